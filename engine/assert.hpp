#pragma once

#include <cstdio>
#include <cstdlib>

/// Aborts with the broken expectation when `condition` is false, in release builds too: the log on disk is the way
/// back, a wrong state in memory is not. For what *we* may have got wrong, never for bad input.
#define ANJIE_ASSERT(condition)                                                                              \
    do {                                                                                                     \
        if (!(condition)) [[unlikely]] {                                                                     \
            std::fprintf(stderr, "anjie: broken expectation: %s (%s:%d)\n", #condition, __FILE__, __LINE__); \
            std::abort();                                                                                    \
        }                                                                                                    \
    } while (false)
