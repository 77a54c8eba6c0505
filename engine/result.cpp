#include "engine/result.hpp"
