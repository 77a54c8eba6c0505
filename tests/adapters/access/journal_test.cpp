#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <tuple>

#include "tests/adapters/access/fixture.hpp"

namespace anjie::access {
namespace {

JournalEntry read_of(std::uint8_t number) {
    JournalEntry entry;
    entry.kind = JournalKind::sealed_read;
    entry.who = "pema";
    entry.roles = "mediator";
    entry.credential = "session 0123";
    entry.purpose = "case show";
    entry.action = "read_sealed";
    entry.case_id = CaseId{{number}};
    entry.organisation = "540629-102";
    entry.subject = "0:1,1:2";
    entry.client = "local";
    entry.count = 2;
    return entry;
}

/// Nine entries, a minute apart.
void fill(Office& office) {
    for (std::uint8_t i = 1; i <= 9; ++i) {
        REQUIRE(office.access().record(read_of(i)));
        office.clock().advance(std::chrono::minutes{1});
    }
}

TEST_CASE("Entries are kept whole, in order, each with the hash of the one before") {
    Office office;
    fill(office);
    office.reopen();
    const auto rows = office.access().journal({});
    REQUIRE(rows);
    REQUIRE(rows->size() == 9);
    Hash previous;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        const auto& row = rows->at(i);
        CHECK(row.number == i + 1);
        CHECK(row.entry == read_of(static_cast<std::uint8_t>(i + 1)));
        CHECK(row.previous == previous);
        previous = row.hash;
    }
    CHECK(office.access().journal_head() == Result<JournalHead>{{9, previous}});
    CHECK(office.access().verify_journal() == Result<std::vector<std::string>>{});
}

TEST_CASE("The journal is filtered by kind, person, case and time, page by page") {
    Office office;
    const auto begun = office.clock().now();
    fill(office);
    auto other = read_of(3);
    other.kind = JournalKind::export_made;
    other.who = "dolma";
    REQUIRE(office.access().record(other));
    const auto size = [&](const JournalFilter& filter) { return office.access().journal(filter)->size(); };
    CHECK(size({.kinds = {JournalKind::export_made}}) == 1);
    CHECK(size({.kinds = {JournalKind::export_made, JournalKind::sealed_read}}) == 10);
    CHECK(size({.who = "dolma"}) == 1);
    CHECK(size({.case_id = CaseId{{3}}}) == 2);
    CHECK(size({.kinds = {JournalKind::sealed_read}, .case_id = CaseId{{3}}}) == 1);
    CHECK(size({.from = Instant{begun.microseconds + 1}}) == 9);
    CHECK(size({.to = begun}) == 1);
    CHECK(size({.after = 7}) == 3);
    CHECK(size({.after = 2, .limit = 4}) == 4);
    CHECK(office.access().journal({.after = 2, .limit = 4})->front().number == 3);
}

TEST_CASE("Whatever is done to the journal behind its back is found, and the entry named") {
    const auto [damage, finding] = GENERATE(table<const char*, const char*>({
        std::tuple{"UPDATE journal SET who = 'dolma' WHERE number = 5", "entry 5 was changed"},
        std::tuple{"UPDATE journal SET roles = 'auditor' WHERE number = 5", "entry 5 was changed"},
        std::tuple{"UPDATE journal SET credential = 'x' WHERE number = 5", "entry 5 was changed"},
        std::tuple{"UPDATE journal SET purpose = 'x' WHERE number = 5", "entry 5 was changed"},
        std::tuple{"UPDATE journal SET action = 'x' WHERE number = 5", "entry 5 was changed"},
        std::tuple{"UPDATE journal SET organisation = '1' WHERE number = 5", "entry 5 was changed"},
        std::tuple{"UPDATE journal SET subject = '' WHERE number = 5", "entry 5 was changed"},
        std::tuple{"UPDATE journal SET outcome = 'x' WHERE number = 5", "entry 5 was changed"},
        std::tuple{"UPDATE journal SET client = 'x' WHERE number = 5", "entry 5 was changed"},
        std::tuple{"UPDATE journal SET query_digest = 'x' WHERE number = 5", "entry 5 was changed"},
        std::tuple{"UPDATE journal SET count = 3 WHERE number = 5", "entry 5 was changed"},
        std::tuple{"UPDATE journal SET kind = 7 WHERE number = 5", "entry 5 was changed"},
        std::tuple{"UPDATE journal SET at = at + 1 WHERE number = 5", "entry 5 was changed"},
        std::tuple{"UPDATE journal SET case_id = NULL WHERE number = 5", "entry 5 was changed"},
        // A letter moved from one member to the next: lengths are hashed too.
        std::tuple{"UPDATE journal SET who = 'pem', roles = 'amediator' WHERE number = 5", "entry 5 was changed"},
        std::tuple{"UPDATE journal SET previous = zeroblob(32) WHERE number = 5", "entry 5 does not follow"},
        std::tuple{"UPDATE journal SET hash = zeroblob(32) WHERE number = 5", "entry 5 was changed"},
        std::tuple{"DELETE FROM journal WHERE number = 5", "entry 5 is missing"},
        std::tuple{"DELETE FROM journal WHERE number = 1", "entry 1 is missing"},
        std::tuple{"DELETE FROM journal WHERE number = 5; UPDATE journal SET number = number - 1 WHERE number > 5",
                   "entry 5 does not follow"},
        std::tuple{"UPDATE journal SET number = 100 WHERE number = 4; UPDATE journal SET number = 4 WHERE number = 5; "
                   "UPDATE journal SET number = 5 WHERE number = 100",
                   "entry 4 does not follow"},
        std::tuple{"DELETE FROM journal WHERE number = 9", "ends at entry 8, its head says 9"},
        std::tuple{"DELETE FROM journal WHERE number > 2", "ends at entry 2, its head says 9"},
        std::tuple{"DELETE FROM journal", "ends at entry 0, its head says 9"},
        std::tuple{"UPDATE journal_head SET count = 8", "not what its head says"},
        std::tuple{"UPDATE journal_head SET hash = zeroblob(32)", "not what its head says"},
        std::tuple{"DELETE FROM journal WHERE number < 4; UPDATE journal_head SET removed = 3",
                   "entry 4 does not follow"},
        std::tuple{
            "INSERT INTO journal SELECT -1, at, kind, who, roles, credential, purpose, action, case_id, organisation, "
            "subject, outcome, client, query_digest, count, previous, hash FROM journal WHERE number = 1",
            "entry 1 is missing"},
    }));
    CAPTURE(damage);
    Office office;
    fill(office);
    REQUIRE(office.raw().execute(damage));
    office.reopen();
    const auto findings = office.access().verify_journal();
    REQUIRE(findings);
    REQUIRE_FALSE(findings->empty());
    std::string all;
    for (const auto& line : *findings) all += line + "\n";
    CAPTURE(all);
    CHECK(all.find(finding) != std::string::npos);
}

TEST_CASE("A chain written anew from end to end is found by a head that somebody kept outside") {
    Office office;
    fill(office);
    const auto held = office.access().journal_head();
    REQUIRE(held);
    // Whoever owns the file can make a journal that is sound in itself: the same, without what pema did.
    Office forged;
    for (std::uint8_t i = 1; i <= 9; ++i) {
        auto entry = read_of(i);
        entry.who = "dolma";
        REQUIRE(forged.access().record(entry));
        forged.clock().advance(std::chrono::minutes{1});
    }
    CHECK(forged.access().verify_journal()->empty());
    const auto findings = forged.access().verify_journal({*held});
    REQUIRE(findings->size() == 1);
    CHECK(findings->front().find("entry 9 is not what a head kept outside says") != std::string::npos);
    // Rolled back to an older copy: shorter than what was held.
    Office rolled_back;
    CHECK(rolled_back.access().verify_journal({*held})->front().find("9 entries, the journal only 0") !=
          std::string::npos);
    // The true one goes on and still holds what was held.
    fill(office);
    CHECK(office.access().verify_journal({*held})->empty());
}

TEST_CASE("What is kept long enough is removed from the beginning, and the chain stays provable") {
    Office office;
    fill(office);
    const auto held = office.access().journal_head();
    office.clock().advance(std::chrono::days{1000});
    fill(office);
    CHECK(office.access().trim_journal(office.client()) == Result<std::uint64_t>{0});
    office.clock().advance(std::chrono::days{100});
    CHECK(office.access().trim_journal(office.client()) == Result<std::uint64_t>{9});
    const auto rows = office.access().journal({});
    REQUIRE(rows->size() == 10);
    CHECK(rows->front().number == 10);
    CHECK(rows->front().previous == held->hash);
    CHECK(rows->back().entry.kind == JournalKind::trim);
    CHECK(rows->back().entry.count == 9);
    // A head from the time of what was removed still fits; the removed end is its hash.
    CHECK(office.access().verify_journal({*held})->empty());
    REQUIRE(office.raw().execute("UPDATE journal_head SET removed_hash = zeroblob(32)"));
    CHECK_FALSE(office.access().verify_journal()->empty());
}

TEST_CASE("The last entry stays, however old, so that the chain has an end") {
    Office office;
    fill(office);
    office.clock().advance(std::chrono::days{4000});
    CHECK(office.access().trim_journal(office.client()) == Result<std::uint64_t>{8});
    CHECK(office.access().verify_journal()->empty());
    CHECK(office.access().journal({})->front().number == 9);
}

TEST_CASE("Words searched for are kept as a keyed digest: the same for the same words, of no use elsewhere") {
    Office one;
    Office other;
    const auto digest = one.access().query_digest("扎西");
    REQUIRE(digest);
    CHECK(digest->size() == 32);
    CHECK(one.access().query_digest("扎西") == digest);
    CHECK(one.access().query_digest("卓玛") != digest);
    CHECK(other.access().query_digest("扎西") != digest);
}

}  // namespace
}  // namespace anjie::access
