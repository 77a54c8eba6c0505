#include <atomic>
#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "tests/storage/sample_events.hpp"
#include "tests/storage/stores_under_test.hpp"

namespace anjie::test {

TEMPLATE_TEST_CASE("an empty store has no events, head 0 and one range of all cases", "", ANJIE_STORES_UNDER_TEST) {
    TestType under_test;
    const auto& store = under_test.events();
    CHECK(store.head() == 0);
    CHECK(store.last_recorded_at() == Instant{});
    CHECK(feed_of(store).empty());
    CHECK(case_of(store, case_number(1)).empty());
    CHECK(scan_of(store, {CaseId{}, std::nullopt}).empty());
    const auto ranges = store.split(4);
    REQUIRE(ranges);
    CHECK(ranges->size() == 1);
}

TEMPLATE_TEST_CASE("what is appended is read back by case, by feed and by scan, also after opening again", "",
                   ANJIE_STORES_UNDER_TEST) {
    TestType under_test;
    SampleLog log(7);
    for (const auto size : {1u, 2u, 100u, 1u, 37u, 1000u}) REQUIRE(under_test.events().append(log.batch(size, 40)));
    for (const bool again : {false, true}) {
        if (again) under_test.reopen();
        const auto& store = under_test.events();
        CHECK(store.head() == log.all().size());
        CHECK(store.last_recorded_at() == log.all().back().header.recorded_at);
        CHECK(feed_of(store) == expected(log.all()));
        const auto all = by_case(log.all());
        CHECK(scan_of(store, {CaseId{}, std::nullopt}) == all);
        for (std::uint64_t number = 0; number < 41; ++number) {
            std::vector<SeenEvent> of_case;
            for (const auto& event : all)
                if (event.header.case_id == case_number(number)) of_case.push_back(event);
            CHECK(case_of(store, case_number(number)) == of_case);
        }
    }
}

TEMPLATE_TEST_CASE("a case is read after a version, and reading stops when the visitor has had enough", "",
                   ANJIE_STORES_UNDER_TEST) {
    TestType under_test;
    SampleLog log(8);
    std::vector<AppendEvent> batch;
    for (int i = 0; i < 5; ++i) batch.push_back(log.next(case_number(1)));
    batch.push_back(log.next(case_number(2)));
    REQUIRE(under_test.events().append(batch));
    const auto& store = under_test.events();
    const auto all = expected(batch);
    CHECK(case_of(store, case_number(1), 3) == std::vector(all.begin() + 3, all.begin() + 5));
    CHECK(case_of(store, case_number(1), 5).empty());
    CHECK(case_of(store, case_number(1), 99).empty());
    int visits = 0;
    const EventVisitor twice = [&](const EventView&) { return ++visits % 2 != 0; };
    REQUIRE(store.read_case(case_number(1), 0, twice));
    CHECK(visits == 2);
    REQUIRE(store.read_feed(0, SIZE_MAX, twice));
    CHECK(visits == 4);
    REQUIRE(store.scan({CaseId{}, std::nullopt}, twice));
    CHECK(visits == 6);
}

TEMPLATE_TEST_CASE("the feed is read from any position, across batches and in the middle of one", "",
                   ANJIE_STORES_UNDER_TEST) {
    TestType under_test;
    SampleLog log(9);
    for (const auto size : {1u, 700u, 3u, 290u, 1u, 5u}) REQUIRE(under_test.events().append(log.batch(size, 60)));
    const auto& store = under_test.events();
    const auto all = expected(log.all());
    for (Position after = 0; after <= all.size(); after += 37)
        for (const std::size_t limit : {std::size_t{0}, std::size_t{1}, std::size_t{300}, SIZE_MAX}) {
            const auto begin = all.begin() + static_cast<std::ptrdiff_t>(after);
            const auto count = std::min<std::size_t>(limit, all.size() - after);
            CHECK(feed_of(store, after, limit) == std::vector(begin, begin + static_cast<std::ptrdiff_t>(count)));
        }
    CHECK(feed_of(store, all.size() + 5).empty());
}

TEMPLATE_TEST_CASE("payloads are aligned and the stored record is handed out whole", "", ANJIE_STORES_UNDER_TEST) {
    TestType under_test;
    SampleLog log(10);
    REQUIRE(under_test.events().append(log.batch(200, 9)));
    std::set<std::string> records;
    REQUIRE(under_test.events().read_feed(0, SIZE_MAX, [&](const EventView& event) {
        CHECK(reinterpret_cast<std::uintptr_t>(event.payload.data()) % 8 == 0);
        records.insert({reinterpret_cast<const char*>(event.record.data()), event.record.size()});
        return true;
    }));
    CHECK(records.size() == 200);
    REQUIRE(under_test.events().scan({CaseId{}, std::nullopt}, [&](const EventView& event) {
        CHECK(reinterpret_cast<std::uintptr_t>(event.payload.data()) % 8 == 0);
        records.erase({reinterpret_cast<const char*>(event.record.data()), event.record.size()});
        return true;
    }));
    CHECK(records.empty());
}

TEMPLATE_TEST_CASE("a batch that does not follow on is a conflict and leaves nothing", "", ANJIE_STORES_UNDER_TEST) {
    TestType under_test;
    SampleLog log(11);
    REQUIRE(under_test.events().append(log.batch(10, 3)));
    const auto before = feed_of(under_test.events());
    const auto refused = [&](std::vector<AppendEvent> batch) {
        const auto result = under_test.events().append(batch);
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::conflict);
        CHECK(feed_of(under_test.events()) == before);
    };
    auto fresh = log;
    auto batch = fresh.batch(3, 3);
    SECTION("a gap of positions") {
        for (auto& event : batch) ++event.header.position;
        refused(batch);
    }
    SECTION("positions taken already") {
        for (auto& event : batch) --event.header.position;
        refused(batch);
    }
    SECTION("a gap inside the batch") {
        ++batch.back().header.position;
        refused(batch);
    }
    SECTION("a version skipped") {
        for (auto& event : batch) ++event.header.version;
        refused(batch);
    }
    SECTION("a version taken already") {
        const auto id = batch.front().header.case_id;
        for (auto& event : batch)
            if (event.header.case_id == id) --event.header.version;
        refused(batch);
    }
    SECTION("a new case that begins at version 2") {
        batch = {fresh.all()[10]};
        batch[0].header.case_id = case_number(77);
        batch[0].header.version = 2;
        refused(batch);
    }
    SECTION("time running backwards") {
        batch.back().header.recorded_at.microseconds -= 1'000'000'000;
        refused(batch);
    }
    REQUIRE(under_test.events().append(log.batch(3, 3)));
    CHECK(feed_of(under_test.events()) == expected(log.all()));
}

TEMPLATE_TEST_CASE("a record that is too long is invalid, says how long it is, and leaves nothing of its batch", "",
                   ANJIE_STORES_UNDER_TEST) {
    TestType under_test;
    SampleLog log(12);
    auto batch = log.batch(3, 3);
    batch[1].body.payload.resize(65'536);
    const auto result = under_test.events().append(batch);
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::invalid);
    CHECK(result.error().detail.find("65535") != std::string::npos);
    CHECK(under_test.events().head() == 0);
    batch[1].body.payload.resize(65'535 / 8 * 8 - 512);
    batch[1].body.sealed = {{1, 1, "扎西"}};
    REQUIRE(under_test.events().append(batch));
    CHECK(feed_of(under_test.events()) == expected(batch));
}

TEMPLATE_TEST_CASE("ranges of a split cover every event exactly once, whatever the number of parts", "",
                   ANJIE_STORES_UNDER_TEST) {
    TestType under_test;
    SampleLog log(13);
    for (int i = 0; i < 20; ++i) REQUIRE(under_test.events().append(log.batch(500, 900)));
    const auto all = by_case(log.all());
    for (const std::size_t parts : {0u, 1u, 2u, 3u, 8u, 64u}) {
        const auto ranges = under_test.events().split(parts);
        REQUIRE(ranges);
        REQUIRE_FALSE(ranges->empty());
        CHECK(ranges->size() <= std::max<std::size_t>(parts, 1));
        CHECK(ranges->front().from == CaseId{});
        CHECK_FALSE(ranges->back().to);
        std::vector<SeenEvent> joined;
        for (const auto& range : *ranges) {
            const auto part = scan_of(under_test.events(), range);
            joined.insert(joined.end(), part.begin(), part.end());
        }
        CHECK(joined == all);
    }
}

TEMPLATE_TEST_CASE("a scan of a range has the cases from its first to before its last", "", ANJIE_STORES_UNDER_TEST) {
    TestType under_test;
    SampleLog log(14);
    REQUIRE(under_test.events().append(log.batch(300, 30)));
    std::vector<SeenEvent> wanted;
    for (const auto& event : by_case(log.all()))
        if (event.header.case_id >= case_number(5) && event.header.case_id < case_number(20)) wanted.push_back(event);
    CHECK(scan_of(under_test.events(), {case_number(5), case_number(20)}) == wanted);
    CHECK(scan_of(under_test.events(), {case_number(5), case_number(5)}).empty());
    CHECK(scan_of(under_test.events(), {case_number(99), std::nullopt}).empty());
}

TEMPLATE_TEST_CASE("scans run beside an appending writer and each sees one moment", "", ANJIE_STORES_UNDER_TEST) {
    TestType under_test;
    SampleLog log(15);
    REQUIRE(under_test.events().append(log.batch(200, 20)));
    std::atomic<bool> done{false};
    std::atomic<int> wrong{0};
    const auto scan_until_done = [&] {
        do {
            const auto before = under_test.events().head();
            Position most = 0;
            std::size_t count = 0;
            const auto result = under_test.events().scan({CaseId{}, std::nullopt}, [&](const EventView& event) {
                most = std::max(most, event.header.position);
                ++count;
                return true;
            });
            if (!result || count != most || most < before) ++wrong;
        } while (!done);
    };
    std::thread first(scan_until_done);
    std::thread second(scan_until_done);
    bool appended = true;
    for (int i = 0; i < 60 && appended; ++i) appended = under_test.events().append(log.batch(20, 20)).has_value();
    done = true;
    first.join();
    second.join();
    CHECK(appended);
    CHECK(wrong == 0);
}

}  // namespace anjie::test
