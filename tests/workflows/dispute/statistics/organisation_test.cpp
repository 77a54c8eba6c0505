#include <catch2/catch.hpp>

#include "workflows/dispute/statistics/organisation.hpp"

using namespace anjie::dispute::statistics;
using Path = std::vector<std::string>;

TEST_CASE("an organisation stands below its division's levels and its own segments") {
    CHECK(path_of("540629102-01") == Path{"54", "5406", "540629", "540629102", "540629102-01"});
    CHECK(path_of("540629-102") == Path{"54", "5406", "540629", "540629-102"});
    CHECK(path_of("540629102201-01-a") ==
          Path{"54", "5406", "540629", "540629102", "540629102201", "540629102201-01", "540629102201-01-a"});
    CHECK(path_of("54") == Path{"54"});
    CHECK(path_of("asuo-east") == Path{"asuo", "asuo-east"});
    CHECK(path_of("").empty());
}

TEST_CASE("zeros that only fill a division code are no level") {
    CHECK(normal_code("540629000000") == "540629");
    CHECK(normal_code("540629102000-01") == "540629102-01");
    CHECK(normal_code("540000") == "54");
    CHECK(normal_code("540629100200") == "540629100200");
    CHECK(normal_code("x000") == "x000");
}

TEST_CASE("being below is about levels, not about letters") {
    CHECK(is_within("540629102-01", "540629"));
    CHECK(is_within("540629102-01", "540629102000"));
    CHECK(is_within("540629102-01", ""));
    CHECK(is_within("540629102-01", "540629102-01"));
    CHECK_FALSE(is_within("540629102-01", "540629102-0"));
    CHECK_FALSE(is_within("540629102-01", "54062"));
    CHECK_FALSE(is_within("540629", "540629102"));
    CHECK_FALSE(is_within("asuo-east", "asuo-e"));
}
