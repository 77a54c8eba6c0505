#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "tests/storage/sample_events.hpp"
#include "tests/storage/stores_under_test.hpp"

namespace anjie::test {
namespace {

constexpr std::string_view planted = "身份证540229198001011234";

/// The next event of a case, with texts of two people and a narrative.
AppendEvent personal(SampleLog& log, CaseId id) {
    auto event = log.next(id);
    event.body.sealed = {{0, 1, std::string(planted)}, {1, 2, "扎西"}, {2, 2, "次仁"}};
    return event;
}

}  // namespace

TEMPLATE_TEST_CASE("personal text is not in the stored record and is read back through the store", "",
                   ANJIE_STORES_UNDER_TEST) {
    TestType under_test;
    SampleLog log(40);
    std::vector<AppendEvent> all;
    for (int i = 0; i < 3; ++i) {
        const std::vector batch{personal(log, case_number(1)), personal(log, case_number(2)),
                                personal(log, case_number(1))};
        REQUIRE(under_test.events().append(batch));
        all.insert(all.end(), batch.begin(), batch.end());
        under_test.reopen();
    }
    CHECK(feed_of(under_test.events()) == expected(all));
    REQUIRE(under_test.events().read_feed(0, SIZE_MAX, [&](const EventView& event) {
        const std::string_view record(reinterpret_cast<const char*>(event.record.data()), event.record.size());
        CHECK(record.find(planted) == std::string_view::npos);
        CHECK(record.find("扎西") == std::string_view::npos);
        return true;
    }));
}

TEMPLATE_TEST_CASE("an append that is refused leaves no keys, and the next one is read back", "",
                   ANJIE_STORES_UNDER_TEST) {
    TestType under_test;
    SampleLog log(41);
    auto fresh = log;
    std::vector too_long{personal(fresh, case_number(1)), personal(fresh, case_number(1))};
    too_long[1].body.payload.resize(65'536);
    REQUIRE_FALSE(under_test.events().append(too_long));
    const std::vector batch{personal(log, case_number(1)), personal(log, case_number(1))};
    REQUIRE(under_test.events().append(batch));
    under_test.reopen();
    CHECK(feed_of(under_test.events()) == expected(batch));
}

TEST_CASE("a batch that shows though its append failed is read with the keys that were written with it") {
    for (const auto outcome : {FailedAppend::kept, FailedAppend::lost}) {
        MemoryStore store;
        SampleLog log(42);
        std::vector<AppendEvent> all{log.next(case_number(1))};
        all[0].body.sealed = {{1, 2, "扎西"}};
        REQUIRE(store.append(all));
        auto fresh = log;
        const std::vector failing{personal(fresh, case_number(1)), personal(fresh, case_number(2))};
        store.fail_append_after(0, outcome);
        REQUIRE_FALSE(store.append(failing));
        store.reopen();
        if (outcome == FailedAppend::kept) {
            all.insert(all.end(), failing.begin(), failing.end());
            log = fresh;
        }
        const std::vector more{personal(log, case_number(1)), personal(log, case_number(2))};
        REQUIRE(store.append(more));
        all.insert(all.end(), more.begin(), more.end());
        CHECK(feed_of(store) == expected(all));
    }
}

TEST_CASE("no file of a store holds personal text; the same search finds what is not sealed") {
    const RocksDbUnderTest under_test;
    SampleLog log(43);
    for (int i = 0; i < 50; ++i) {
        auto event = personal(log, case_number(static_cast<std::uint64_t>(i % 7)));
        event.header.actor = "m-findable";
        REQUIRE(under_test.store->append(std::vector{event}));
    }
    const auto files_with = [&](std::string_view text) {
        int files = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(under_test.directory.path())) {
            if (!entry.is_regular_file()) continue;
            std::ifstream file(entry.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
            files += bytes.find(text) != std::string::npos ? 1 : 0;
        }
        return files;
    };
    CHECK(files_with(planted) == 0);
    CHECK(files_with("m-findable") > 0);
}

}  // namespace anjie::test
