#include <catch2/catch.hpp>

#include "adapters/access/recorded_reads.hpp"
#include "adapters/anjie/bench_workload.hpp"
#include "adapters/anjie/data_directory.hpp"
#include "tests/storage/temporary_directory.hpp"

namespace anjie {
namespace {

/// The sealed texts of the whole log, as `events` hands them out; the first refusal in `problem`.
std::vector<std::string> texts_in(const EventStore& events, std::optional<Error>& problem) {
    std::vector<std::string> texts;
    REQUIRE(events.read_feed(0, 1000, [&](const EventView& event) {
        const auto fields = events.unseal(event);
        if (!fields && !problem) problem = fields.error();
        if (fields)
            for (const auto& field : *fields) texts.push_back(field.text);
        return true;
    }));
    return texts;
}

}  // namespace

TEST_CASE("a data directory hands out no sealed text and searches none until a reader is named") {
    const test::TemporaryDirectory folder;
    DataDirectories directories;
    Settings settings;
    settings.organisation = "540629-102";
    settings.jurisdiction = "540629";
    settings.committee = "people";
    settings.number_prefix = "尼阿调";
    REQUIRE(directories.create(folder.path() / "data", settings));
    const auto workspace = std::move(directories.open(folder.path() / "data").value());
    REQUIRE(workspace->engine().execute(BenchWorkload(7).command(1, 0)));
    REQUIRE(workspace->catch_up());

    std::optional<Error> problem;
    CHECK(texts_in(workspace->events(), problem).empty());
    REQUIRE(problem);
    CHECK(problem->code == ErrorCode::invalid);
    DirectoryFilter filter;
    CHECK(workspace->directory().list(filter)->size() == 1);
    filter.search = "扎西";
    CHECK(workspace->directory().list(filter).error().code == ErrorCode::invalid);
    CHECK(workspace->access().journal_head()->count == 0);

    workspace->read_as({workspace->access().local("pema"), "complaint 7", {"local", "test"}});
    problem.reset();
    const auto texts = texts_in(workspace->events(), problem);
    CHECK_FALSE(problem);
    CHECK(std::ranges::find(texts, "扎西（虚构）") != texts.end());
    CHECK(workspace->directory().list(filter)->size() == 1);
    const auto rows = workspace->access().journal({});
    REQUIRE(rows->size() == 2);
    CHECK(rows->at(0).entry.kind == access::JournalKind::sealed_read);
    CHECK(rows->at(1).entry.kind == access::JournalKind::sealed_search);
    for (const auto& row : *rows) CHECK((row.entry.who == "pema" && row.entry.purpose == "complaint 7"));
}

}  // namespace anjie
