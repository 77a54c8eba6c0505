#include "adapters/ledger/import.hpp"

#include <catch2/catch.hpp>

#include <iconv.h>

#include <algorithm>

#include "tests/adapters/ledger/fixture.hpp"

using namespace anjie;
using namespace anjie::ledger;
using namespace anjie::ledger::testing;
using namespace anjie::dispute;

namespace {

std::string first_problem(const ImportReport& report) {
    for (const auto& row : report.rows)
        for (const auto& message : row.messages)
            if (message.severity == Severity::error)
                return row.number + " " + message.column + ": " + message.sentence.zh + " / " + message.remedy.zh;
    return {};
}

std::string in_gb18030(std::string text) {
    const iconv_t converter = iconv_open("GB18030", "UTF-8");
    std::string out(text.size() * 2, '\0');
    char* in = text.data();
    char* to = out.data();
    std::size_t in_left = text.size(), out_left = out.size();
    REQUIRE(iconv(converter, &in, &in_left, &to, &out_left) != static_cast<std::size_t>(-1));
    iconv_close(converter);
    out.resize(out.size() - out_left);
    return out;
}

}  // namespace

TEST_CASE("the example's twelve disputes are entered, settled, revisited in time and closed") {
    Township township;
    const auto report = township.import(example());
    CAPTURE(first_problem(report));
    CHECK(report.complete());
    CHECK(report.messages.empty());
    CHECK(report.totals.entered == 12);
    CHECK(report.totals.rows == 12);
    CHECK(township.case_count() == 12);

    std::size_t oral = 0, extended = 0, suspended = 0, followed_up = 0;
    for (int i = 1; i <= 12; ++i) {
        const std::string number = "尼阿调〔2024〕" + std::to_string(i) + "号";
        CAPTURE(number);
        const State state = township.state_of(number);
        CHECK(state.procedure == ProcedurePhase::effective);
        CHECK(state.file == FilePhase::archived);
        CHECK(state.result == CaseResult::succeeded);
        REQUIRE(state.revisits.size() == 1);
        CHECK(state.revisits[0].on > state.agreement.effective.on);
        // Within the month even before holidays are rolled away.
        CHECK(state.revisits[0].on <= last_day(state.agreement.effective.on, {1, PeriodUnit::months}, Calendar{}));
        oral += state.agreement.form == AgreementForm::oral;
        for (const auto& event : township.events_of(number)) {
            extended += std::holds_alternative<ExtensionAgreed>(event);
            suspended += std::holds_alternative<MediationSuspended>(event);
            followed_up += std::holds_alternative<FollowUpResolved>(event);
        }
    }
    CHECK(oral == 2);
    CHECK(extended == 1);
    CHECK(suspended == 1);
    CHECK(followed_up == 1);
}

TEST_CASE("what the ledger states stands in the events, names and narrative only in the sealed part") {
    Township township;
    REQUIRE(township.import(example()).complete());
    const State state = township.state_of("尼阿调〔2024〕4号");
    CHECK(state.type == DisputeType::migrant_wages);
    CHECK(state.source == CaseSource::petition_office);
    CHECK(state.people_count == 9);
    CHECK(state.amount == Money{12'600'000});
    CHECK(state.agreement.amount == Money{12'600'000});
    REQUIRE(state.parties.size() == 4);
    CHECK(state.parties[3].party.kind == PartyKind::legal_person);
    CHECK(state.parties[3].party.role == PartyRole::respondent);
    REQUIRE(state.obligations.size() == 1);
    CHECK(state.obligations[0].obligation.due == make_date(2024, 4, 15));
    CHECK(state.obligations[0].phase == PerformancePhase::performed);
    CHECK(presiding_mediator(state) == "AS-T02");
    CHECK(state.accepted.on == make_date(2024, 3, 18));

    const auto sealed = township.sealed_of("尼阿调〔2024〕4号");
    CHECK(std::ranges::find(sealed, SealedField{1, static_cast<std::uint16_t>(SealedCode::name), "刘福生"}) !=
          sealed.end());
    CHECK(std::ranges::find(sealed, SealedField{4, static_cast<std::uint16_t>(SealedCode::phone), "139****0404"}) !=
          sealed.end());
    for (const auto& event : township.events_of("尼阿调〔2024〕4号")) {
        const auto stored = Dispute::encode(event);
        const std::string_view bytes(reinterpret_cast<const char*>(stored.payload.data()), stored.payload.size());
        CHECK(bytes.find("刘福生") == std::string_view::npos);
        CHECK(bytes.find("索朗") == std::string_view::npos);
    }
}

TEST_CASE("the same file twice changes nothing") {
    Township township;
    REQUIRE(township.import(example()).complete());
    const auto before = township.log();
    township.clock.advance(std::chrono::hours{24 * 40});
    const auto again = township.import(example());
    CHECK(again.totals.unchanged == 12);
    CHECK(again.totals.commands == 0);
    CHECK(township.log() == before);
}

TEST_CASE("a dry run says the same and leaves the store untouched") {
    Township township;
    const auto dry = township.import(example(), true);
    CHECK(dry.dry_run);
    CHECK(dry.totals.entered == 12);
    CHECK(dry.totals.commands > 200);
    CHECK(township.log().empty());
    const auto wet = township.import(example());
    CHECK(wet.totals == dry.totals);
    CHECK(wet.rows == dry.rows);
}

TEST_CASE("every encoding and column order gives the same cases") {
    Township plain;
    REQUIRE(plain.import(example()).complete());

    auto table = example_table();
    for (auto& row : table) std::ranges::reverse(row);
    const std::string variants[]{"\xEF\xBB\xBF" + example(), in_gb18030(example()), to_csv(table)};
    for (const auto& bytes : variants) {
        Township other;
        REQUIRE(other.import(bytes).complete());
        for (int i = 1; i <= 12; ++i) {
            const std::string number = "尼阿调〔2024〕" + std::to_string(i) + "号";
            CHECK(other.state_of(number) == plain.state_of(number));
            CHECK(other.sealed_of(number) == plain.sealed_of(number));
        }
    }
}

TEST_CASE("a stop between two commands of a row is completed by importing again") {
    Township whole;
    REQUIRE(whole.import(example()).complete());
    const auto events = whole.log().size();
    for (std::size_t stop = 0; stop < events; stop += 7) {
        Township township;
        township.store.fail_append_after(stop);
        const auto failed = township.try_import(example());
        CAPTURE(stop);
        REQUIRE_FALSE(failed);
        CHECK(failed.error().code == ErrorCode::unavailable);
        township.engine->stop();
        township.store.reopen();
        township.engine = std::make_unique<Engine>(township.store, township.clock, township.workflows);
        const auto completed = township.import(example());
        CAPTURE(first_problem(completed));
        CHECK(completed.complete());
        CHECK(township.case_count() == 12);
        for (int i = 1; i <= 12; ++i) {
            const std::string number = "尼阿调〔2024〕" + std::to_string(i) + "号";
            CHECK(township.state_of(number) == whole.state_of(number));
        }
        CHECK(township.import(example()).totals.unchanged == 12);
    }
}

TEST_CASE("a stop asked for by the progress keeps what was entered and can be taken up again") {
    Township township;
    const auto report = township.try_import(example(), [](ImportOptions& options) {
        options.progress = [](std::uint64_t done, std::uint64_t total) {
            CHECK(total == 12);
            return done < 5;
        };
    });
    REQUIRE(report);
    CHECK_FALSE(report->readable);
    CHECK(township.case_count() == 5);
    CHECK(township.import(example()).totals.entered == 7);
}

TEST_CASE("many rows go through a small window of commands and a small queue") {
    Township township;
    auto table = example_table();
    const auto pattern = table;
    for (int year = 2010; year < 2024; ++year)
        for (std::size_t i = 1; i < pattern.size(); ++i) {
            auto row = pattern[i];
            row[0] = "尼阿调〔" + std::to_string(year) + "〕" + std::to_string(i) + "号";
            table.push_back(row);
        }
    township.engine = std::make_unique<Engine>(township.store, township.clock, township.workflows,
                                               EngineLimits{.queued_commands_max = 8, .batch_commands_max = 4});
    std::size_t seen = 0;
    const auto report = township.try_import(to_csv(table), [&](ImportOptions& options) {
        options.commands_in_flight_max = 32;
        options.rows_kept_max = 10;
        options.on_row = [&](const RowReport& row) { CHECK(row.line >= 2 + seen++); };
    });
    REQUIRE(report);
    CAPTURE(first_problem(*report));
    CHECK(report->totals.entered == 12 * 15);
    CHECK(report->rows.size() == 10);
    CHECK(seen == 12 * 15);
}
