#include "storage/memory/memory_store.hpp"

#include <catch2/catch.hpp>

#include "tests/storage/sample_events.hpp"

namespace anjie::test {

TEST_CASE("a failed append leaves nothing, and everything is refused until the store is opened again") {
    for (std::size_t kept_before = 0; kept_before < 6; ++kept_before) {
        MemoryStore store;
        SampleLog log(1);
        store.fail_append_after(kept_before);
        std::size_t appended = 0;
        for (; appended < 6; appended += 2) {
            const auto result = store.append(log.batch(2, 3));
            if (!result) {
                CHECK(result.error().code == ErrorCode::unavailable);
                break;
            }
        }
        CHECK(appended == kept_before / 2 * 2);
        log.take_back(2);
        CHECK(feed_of(store) == expected(log.all()));
        auto refused = log;
        CHECK_FALSE(store.append(refused.batch(1, 3)));
        CHECK_FALSE(store.write({"x", 1}, {{"k", "v"}}, std::nullopt));
        store.reopen();
        CHECK(feed_of(store) == expected(log.all()));
        CHECK(store.append(log.batch(2, 3)));
        CHECK(feed_of(store) == expected(log.all()));
    }
}

TEST_CASE("a batch that the disk kept though it reported an error shows after opening again") {
    MemoryStore store;
    SampleLog log(2);
    store.fail_append_after(0, FailedAppend::kept);
    REQUIRE_FALSE(store.append(log.batch(2, 3)));
    CHECK(store.head() == 0);
    store.reopen();
    CHECK(feed_of(store) == expected(log.all()));
}

TEST_CASE("a power cut takes back rows and head together, but not what an append has made durable") {
    MemoryStore store;
    SampleLog log(3);
    REQUIRE(store.write({"x", 1}, {{"k", "1"}}, DerivedHead{1, 0, 1}));
    REQUIRE(store.append(log.batch(1, 1)));
    REQUIRE(store.write({"x", 1}, {{"k", "2"}, {"l", "2"}}, DerivedHead{1, 1, 1}));
    REQUIRE(store.write({"x", 1}, {{"k", std::nullopt}}, DerivedHead{1, 1, 2}));
    REQUIRE(store.drop({"x", 1}));
    store.power_cut();
    CHECK(*store.get({"x", 1}, "k") == "1");
    CHECK(*store.get({"x", 1}, "l") == std::nullopt);
    CHECK(*store.head("x") == DerivedHead{1, 0, 1});
    CHECK(store.head() == 1);
}

}  // namespace anjie::test
