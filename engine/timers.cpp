#include "engine/timers.hpp"
