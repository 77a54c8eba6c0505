#include <catch2/catch.hpp>

#include "adapters/json/dispute_command.hpp"
#include "adapters/service/service.hpp"

using namespace anjie;

TEST_CASE(
    "Every command of a dispute needs a right, or may be given by nobody from outside, and this is written down") {
    std::size_t from_outside = 0;
    for (const auto name : json::command_names()) {
        INFO(name);
        CHECK(service::is_command_judged(name));
        if (service::action_of(name)) ++from_outside;
    }
    CHECK(from_outside > 50);
}

TEST_CASE("What changes keys or fires alarms is given by nobody from outside, nor is what nobody knows") {
    for (const auto* name : {"record_erasure", "restrict_processing", "raise_alarm", "recompute_deadlines"}) {
        INFO(name);
        CHECK(service::is_command_judged(name));
        CHECK(service::action_of(name) == std::nullopt);
    }
    CHECK_FALSE(service::is_command_judged("fly"));
    CHECK(service::action_of("fly") == std::nullopt);
}

TEST_CASE("Every right that a command needs is one that writes") {
    for (const auto name : json::command_names())
        if (const auto action = service::action_of(name)) {
            INFO(name);
            CHECK(access::writes(*action));
        }
}
