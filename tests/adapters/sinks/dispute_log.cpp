#include "tests/adapters/sinks/dispute_log.hpp"

#include <array>
#include <catch2/catch.hpp>

#include "workflows/dispute/dispute.hpp"

namespace anjie::test {
namespace {

dispute::MediatorAssigned assigned_mediator() {
    return {.mediator = "mediator-1",
            .role = dispute::MediatorRole::presiding,
            .basis = dispute::AssignmentBasis::designated};
}

}  // namespace

CaseId DisputeLog::case_id(std::uint64_t number) {
    return CaseId{uuid_v7({1'700'000'000'000'000 + static_cast<std::int64_t>(number) * 1000}, number, number)};
}

Position DisputeLog::append(std::uint64_t case_number, NewEvent event) {
    AppendEvent whole;
    whole.header.position = store_.head() + 1;
    whole.header.case_id = case_id(case_number);
    whole.header.version = ++versions_[case_number];
    whole.header.workflow = dispute::workflow_id;
    whole.header.type = event.type;
    whole.header.schema = event.schema;
    whole.header.occurred_at = on_day(make_date(2024, 3, 5));
    whole.header.recorded_at = {start_of_day(make_date(2024, 3, 6)).microseconds +
                                static_cast<std::int64_t>(whole.header.position) * 1000};
    whole.header.command_id = CommandId{uuid_v7({0}, 1, whole.header.position)};
    whole.header.actor = "clerk-7";
    whole.header.organisation = organisation;
    whole.header.rule_version = "CN-1";
    whole.body = std::move(event);
    const auto appended = store_.append(std::array{whole});
    if (!appended) FAIL(appended.error().detail);
    return whole.header.position;
}

Position DisputeLog::append(std::uint64_t case_number, const dispute::Event& event, std::vector<SealedField> sealed) {
    auto encoded = dispute::Dispute::encode(event);
    encoded.sealed = std::move(sealed);
    return append(case_number, std::move(encoded));
}

Position DisputeLog::append_broken(std::uint64_t case_number) {
    auto encoded = dispute::Dispute::encode(dispute::ConsentGiven{.party = 2});
    encoded.payload.assign(8, std::byte{0xff});
    return append(case_number, std::move(encoded));
}

void DisputeLog::append_some(Random& random, std::size_t count, std::uint64_t cases) {
    for (std::size_t i = 0; i < count; ++i) {
        const auto party = static_cast<dispute::PartyNumber>(1 + random.below(3));
        if (random.one_in(3))
            append(random.below(cases), assigned_mediator());
        else
            append(random.below(cases), dispute::ConsentGiven{.party = party});
    }
}

sinks::RunnerSettings test_settings() {
    sinks::RunnerSettings settings;
    settings.name = "test";
    settings.kind = "recording";
    settings.names = {.source = "//anjie/540629-102/test", .type_prefix = "cn.gov.540629"};
    return settings;
}

}  // namespace anjie::test
