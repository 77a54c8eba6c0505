#include <catch2/catch.hpp>
#include <thread>

#include "adapters/service/detail/case_book.hpp"
#include "storage/memory/memory_store.hpp"
#include "tests/support/gated_store.hpp"
#include "tests/support/tally.hpp"

using namespace anjie;
using namespace anjie::test;
using service::detail::CaseBook;
using service::detail::look_at;

namespace {

struct Fixture {
    MemoryStore memory;
    GatedStore store{memory};
    ManualClock clock{Instant{1'700'000'000'000'000}};
    WorkflowSet workflows = tally_workflows();
    Engine engine{store, clock, workflows};
    std::uint64_t command{};

    void add(std::uint64_t number) { REQUIRE(engine.execute(tally_order(number, ++command, Tally::Add{1}))); }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a case asked for again costs its newest events only, and is never an old one") {
    CaseBook book(store, workflows, 10);
    for (int i = 0; i < 50; ++i) add(1);
    REQUIRE((*book.at_head(tally_case(1)))->version == 50);
    (void)store.case_events_read();
    for (Version version = 51; version <= 60; ++version) {
        add(1);
        const auto look = book.at_head(tally_case(1));
        REQUIRE(look);
        REQUIRE((*look)->version == version);
        REQUIRE((*look)->entry.version == version);
        REQUIRE((*look)->commands.size() == version);
        const auto fresh = look_at(store, workflows, tally_case(1));
        REQUIRE((*look)->state->equals(*fresh->state));
        REQUIRE((*look)->entry.amount_minor == fresh->entry.amount_minor);
        (void)store.case_events_read();
        REQUIRE(*book.at_head(tally_case(1)) == *look);
        REQUIRE(store.case_events_read() == 0);
    }
    add(1);
    (void)store.case_events_read();
    REQUIRE(book.at_head(tally_case(1)));
    CHECK(store.case_events_read() == 1);
}

TEST_CASE_METHOD(Fixture, "what was answered stays as it was when the case goes on") {
    CaseBook book(store, workflows, 10);
    add(1);
    const auto before = *book.at_head(tally_case(1));
    const auto state = before->state->clone();
    add(1);
    const auto after = *book.at_head(tally_case(1));
    CHECK(after->version == 2);
    CHECK(before->version == 1);
    CHECK(before->state->equals(*state));
    CHECK_FALSE(after->state->equals(*state));
}

TEST_CASE_METHOD(Fixture, "it keeps the cases asked for last") {
    CaseBook book(store, workflows, 2);
    for (std::uint64_t number = 1; number <= 3; ++number) add(number);
    for (std::uint64_t number : {1, 2, 1, 3}) REQUIRE(book.at_head(tally_case(number)));
    (void)store.case_events_read();
    REQUIRE(book.at_head(tally_case(1)));
    REQUIRE(book.at_head(tally_case(3)));
    CHECK(store.case_events_read() == 0);
    REQUIRE(book.at_head(tally_case(2)));
    CHECK(store.case_events_read() == 1);
}

TEST_CASE_METHOD(Fixture, "a case that is not there is not there, until it is") {
    CaseBook book(store, workflows, 2);
    const auto missing = book.at_head(tally_case(7));
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == ErrorCode::not_found);
    add(7);
    CHECK(book.at_head(tally_case(7)));
}

TEST_CASE_METHOD(Fixture, "many may ask while the cases go on") {
    CaseBook book(store, workflows, 3);
    for (std::uint64_t number = 0; number < 5; ++number) add(number);
    std::atomic<bool> went_back{};
    std::vector<std::jthread> readers;
    for (int reader = 0; reader < 3; ++reader)
        readers.emplace_back([&](const std::stop_token& stop) {
            std::array<Version, 5> seen{};
            for (std::uint64_t number = 0; !stop.stop_requested(); number = (number + 1) % 5) {
                const auto look = book.at_head(tally_case(number));
                if (!look || (*look)->version < seen.at(number)) went_back = true;
                if (look) seen.at(number) = (*look)->version;
            }
        });
    for (std::uint64_t i = 0; i < 500; ++i) add(i % 5);
    readers.clear();
    CHECK_FALSE(went_back);
    for (std::uint64_t number = 0; number < 5; ++number) CHECK((*book.at_head(tally_case(number)))->version == 101);
}
