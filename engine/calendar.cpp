#include "engine/calendar.hpp"
