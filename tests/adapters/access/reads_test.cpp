#include <catch2/catch.hpp>

#include "adapters/access/recorded_reads.hpp"
#include "storage/memory/memory_store.hpp"
#include "tests/adapters/access/fixture.hpp"

namespace anjie::access {
namespace {

AppendEvent event_of(CaseId id, Position position, Version version, std::vector<SealedField> sealed) {
    AppendEvent event;
    event.header.position = position;
    event.header.case_id = id;
    event.header.version = version;
    event.header.workflow = WorkflowId{1};
    event.header.type = EventType{1};
    event.header.recorded_at = {1};
    event.header.command_id = CommandId{{static_cast<std::uint8_t>(position)}};
    event.header.actor = "pema";
    event.header.organisation = "540629-102";
    event.body = {.type = EventType{1}, .schema = 1, .payload = Bytes(8), .sealed = std::move(sealed)};
    return event;
}

const CaseId first{{1}};
const CaseId second{{2}};
const CaseId without{{3}};

/// Two cases with names, and one without.
void fill(MemoryStore& store) {
    const std::vector<AppendEvent> events{
        event_of(first, 1, 1, {{0, 3, "院墙"}, {1, 1, "扎西"}}),
        event_of(first, 2, 2, {}),
        event_of(first, 3, 3, {{2, 1, "卓玛"}}),
        event_of(second, 4, 1, {{1, 1, "次仁"}}),
        event_of(without, 5, 1, {}),
    };
    REQUIRE(store.append(events));
}

std::vector<std::string> texts_of(const EventStore& events, CaseId id, Result<void>& problem) {
    std::vector<std::string> texts;
    REQUIRE(events.read_case(id, 0, [&](const EventView& event) {
        const auto fields = events.unseal(event);
        if (!fields) problem = std::unexpected(fields.error());
        if (fields)
            for (const auto& field : *fields) texts.push_back(field.text);
        return true;
    }));
    return texts;
}

Reader reader_of(Access& access) { return {access.local("pema"), "complaint of 3 March", {"local", "anjie"}}; }

TEST_CASE("Reading sealed texts of a case is recorded once, before the first text is answered, and never the texts") {
    Office office;
    MemoryStore store;
    fill(store);
    const auto reads = recorded_reads(store, office.access(), reader_of(office.access()));
    Result<void> problem;
    CHECK(texts_of(*reads, first, problem) == std::vector<std::string>{"院墙", "扎西", "卓玛"});
    CHECK(problem);
    static_cast<void>(texts_of(*reads, first, problem));
    CHECK(texts_of(*reads, without, problem).empty());
    const auto rows = office.access().journal({});
    REQUIRE(rows->size() == 1);
    const auto& entry = rows->front().entry;
    CHECK(entry.kind == JournalKind::sealed_read);
    CHECK(entry.who == "pema");
    CHECK(entry.roles == "local");
    CHECK(entry.purpose == "complaint of 3 March");
    CHECK(entry.case_id == first);
    CHECK(entry.organisation == "540629-102");
    CHECK(entry.subject == "0:3,1:1,2:1");
    CHECK(entry.count == 3);
    CHECK(texts_of(*reads, second, problem) == std::vector<std::string>{"次仁"});
    CHECK(office.access().journal({.case_id = second})->size() == 1);
    // Another reader is another entry.
    static_cast<void>(texts_of(*recorded_reads(store, office.access(), reader_of(office.access())), first, problem));
    CHECK(office.access().journal({.case_id = first})->size() == 2);
}

TEST_CASE("What reads no sealed text is not recorded") {
    Office office;
    MemoryStore store;
    fill(store);
    const auto reads = recorded_reads(store, office.access(), reader_of(office.access()));
    int seen = 0;
    REQUIRE(reads->read_feed(0, 100, [&](const EventView&) { return ++seen > 0; }));
    CHECK(seen == 5);
    CHECK(reads->head() == 5);
    CHECK(office.access().journal_head()->count == 0);
}

TEST_CASE("A journal that cannot be written shows no text, and the next attempt neither") {
    Office office;
    MemoryStore store;
    fill(store);
    const auto reads = recorded_reads(store, office.access(), reader_of(office.access()));
    REQUIRE(office.raw().execute(
        "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'disk full'); END"));
    for (int i = 0; i < 2; ++i) {
        Result<void> problem;
        CHECK(texts_of(*reads, first, problem).empty());
        CHECK_FALSE(problem);
    }
    REQUIRE(office.raw().execute("DROP TRIGGER full"));
    Result<void> problem;
    CHECK(texts_of(*reads, first, problem).size() == 3);
    CHECK(office.access().journal({.case_id = first})->size() == 1);
}

TEST_CASE("A guarded log hands out everything but sealed texts until somebody is named as their reader") {
    Office office;
    MemoryStore store;
    fill(store);
    const auto guard = guarded_reads(store);
    Result<void> problem;
    CHECK(texts_of(*guard, first, problem).empty());
    REQUIRE_FALSE(problem);
    CHECK(problem.error().code == ErrorCode::invalid);
    // By whatever way an event is got at.
    std::size_t refused = 0;
    const auto unseal = [&](const EventView& event) {
        const auto fields = guard->unseal(event);
        if (!fields && fields.error().code == ErrorCode::invalid) ++refused;
        return true;
    };
    REQUIRE(guard->read_feed(0, 100, unseal));
    CHECK(refused == 5);
    REQUIRE(guard->scan({}, unseal));
    CHECK(refused == 10);
    REQUIRE(store.read_feed(0, 100, unseal));
    CHECK(refused == 15);
    CHECK(guard->head() == store.head());
    CHECK(guard->last_recorded_at() == store.last_recorded_at());
    CHECK(guard->split(2)->size() == store.split(2)->size());
    const std::vector<AppendEvent> events{event_of(first, 6, 4, {})};
    CHECK(guard->append(events).error().code == ErrorCode::invalid);
    CHECK(office.access().journal_head()->count == 0);

    const auto reads = recorded_reads(*guard, office.access(), reader_of(office.access()));
    Result<void> none;
    CHECK(texts_of(*reads, first, none) == std::vector<std::string>{"院墙", "扎西", "卓玛"});
    CHECK(none);
    CHECK(office.access().journal_head()->count == 1);
    // The guard itself has not learnt anything by it.
    CHECK(texts_of(*guard, first, problem).empty());
    // For work that shows nothing to anybody, what stands behind is the log itself.
    CHECK(&unrecorded(*guard) == &store);
    CHECK(&unrecorded(*reads) == &store);
    CHECK(&unrecorded(store) == &store);
}

TEST_CASE("The view for reading takes no events") {
    Office office;
    MemoryStore store;
    const auto reads = recorded_reads(store, office.access(), reader_of(office.access()));
    const std::vector<AppendEvent> events{event_of(first, 1, 1, {})};
    CHECK(reads->append(events).error().code == ErrorCode::invalid);
    CHECK(store.head() == 0);
}

/// One row whatever is asked.
class OneRow final : public Directory {
public:
    Result<Position> cursor() const override { return Position{1}; }
    Result<void> apply(const std::vector<DirectoryEntry>&, Position) override { return {}; }
    Result<void> clear() override { return {}; }
    Result<std::vector<DirectoryEntry>> list(const DirectoryFilter&) const override {
        return std::vector<DirectoryEntry>{{.case_id = first, .number = "1"}};
    }
    Result<std::vector<DueEntry>> due(const DueFilter&) const override { return std::vector<DueEntry>{}; }
    Result<DirectoryEntry> find(std::string_view) const override { return DirectoryEntry{.case_id = first}; }
};

TEST_CASE("A search in sealed texts is recorded by a digest of its words and the number of rows; a list is not") {
    Office office;
    OneRow rows;
    const auto directory = recorded_searches(rows, office.access(), reader_of(office.access()));
    CHECK(directory->list({})->size() == 1);
    CHECK(office.access().journal_head()->count == 0);
    CHECK(directory->list({.search = "扎西"})->size() == 1);
    const auto kept = office.access().journal({});
    REQUIRE(kept->size() == 1);
    CHECK(kept->front().entry.kind == JournalKind::sealed_search);
    CHECK(kept->front().entry.count == 1);
    CHECK(kept->front().entry.query_digest == *office.access().query_digest("扎西"));
    REQUIRE(office.raw().execute(
        "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'disk full'); END"));
    CHECK_FALSE(directory->list({.search = "扎西"}));
}

TEST_CASE("A guarded directory lists and finds, and searches sealed texts only for a named reader") {
    Office office;
    OneRow rows;
    const auto guard = guarded_searches(rows);
    CHECK(guard->list({})->size() == 1);
    CHECK(guard->find("1")->case_id == first);
    const auto searched = guard->list({.search = "扎西"});
    REQUIRE_FALSE(searched);
    CHECK(searched.error().code == ErrorCode::invalid);
    CHECK(office.access().journal_head()->count == 0);
    CHECK(recorded_searches(*guard, office.access(), reader_of(office.access()))->list({.search = "扎西"})->size() ==
          1);
    CHECK(office.access().journal_head()->count == 1);
    CHECK_FALSE(guard->list({.search = "扎西"}));
}

}  // namespace
}  // namespace anjie::access
