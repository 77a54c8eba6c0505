#include "engine/organisation.hpp"

#include <catch2/catch.hpp>
#include <tuple>

namespace anjie {
namespace {

TEST_CASE("An organisation is within itself and what stands above it, and within no neighbour") {
    using Row = std::tuple<const char*, const char*, bool>;
    const auto [organisation, top, within] = GENERATE(table<const char*, const char*, bool>({
        Row{"540629-102", "540629-102", true},
        Row{"540629-102", "540629", true},
        Row{"540629-102", "5406", true},
        Row{"540629-102", "540600", true},
        Row{"540629-102", "540000", true},
        Row{"540629-102", "54", true},
        Row{"540629-102", "CN", true},
        Row{"540629-102-3", "540629-102", true},
        Row{"540629-10", "540629-1", false},  // What a prefix of texts gets wrong.
        Row{"540629-102", "540629-1", false},
        Row{"540629-1", "540629-10", false},
        Row{"540629-102", "540629-102-3", false},
        Row{"540629", "540629-102", false},
        Row{"540628-102", "540629", false},
        Row{"540629102", "540629", true},
        Row{"540629102003", "540629102", true},
        Row{"540629102003", "540629102000", true},
        Row{"540629102", "540629102000", true},
        Row{"540629103", "540629102", false},
        Row{"540629-102", "5", false},  // No division has one digit.
        Row{"540629-102", "54062", false},
        Row{"CN-1", "CN", true},
        Row{"CN-10", "CN-1", false},
        Row{"CNX", "CN", false},
        Row{"CN-1", "54", false},
        Row{"540629-102", "", false},
        Row{"", "", false},
        Row{"", "540629", false},
        Row{"", "CN", false},
    }));
    CAPTURE(organisation, top);
    CHECK(is_within(organisation, top) == within);
}

}  // namespace
}  // namespace anjie
