#include "engine/id.hpp"
