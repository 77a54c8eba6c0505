#include "engine/time.hpp"
