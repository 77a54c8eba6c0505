#include "engine/workflow.hpp"
