#include "adapters/anjie/bench_workload.hpp"

#include <fmt/format.h>

#include <array>

#include "engine/assert.hpp"
#include "workflows/dispute/dispute.hpp"

namespace anjie {
namespace {

using namespace dispute;

constexpr std::uint64_t mixed(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15u;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

RegisterCase registration(std::uint64_t random, const CaseNumber& number) {
    RegisterCase order;
    order.number = number;
    order.jurisdiction = "CN";
    order.committee = static_cast<CommitteeKind>(1 + random % 6);
    order.source = CaseSource::application;
    order.channel = Channel::written;
    order.type = random % 2 == 0 ? DisputeType::neighbour : DisputeType::migrant_wages;
    order.difficulty = Difficulty::ordinary;
    order.parties = {{1, PartyRole::applicant, PartyKind::natural_person},
                     {2, PartyRole::respondent, PartyKind::natural_person}};
    order.people_count = 2 + static_cast<std::uint32_t>(random % 5);
    order.amount = Money{static_cast<std::int64_t>(random % 5'000'000)};
    return order;
}

DraftAgreement agreement(std::uint64_t random, Date due) {
    DraftAgreement order;
    order.form = AgreementForm::written;
    order.amount = Money{static_cast<std::int64_t>(random % 5'000'000) + 1};
    order.obligations = {{1, 2, 1, ObligationKind::payment, order.amount, due}};
    return order;
}

dispute::Command order_of(std::uint64_t random, const CaseNumber& number, std::size_t step, Date start) {
    switch (step) {
        case 0:
            return registration(random, number);
        case 1:
            return GiveConsent{.party = 2};
        case 2:
            return AcceptCase{};
        case 3:
            return AssignMediator{.mediator = fmt::format("M{:04}", random % 2000),
                                  .role = MediatorRole::presiding,
                                  .basis = AssignmentBasis::designated};
        case 4:
            return GiveRightsNotice{};
        case 5:
            return HoldSession{};
        case 6:
            return agreement(random, start + std::chrono::days{20});
        case 7:
            return SignAsParty{.party = 1, .method = SigningMethod::handwritten};
        case 8:
            return SignAsParty{.party = 2, .method = SigningMethod::fingerprint};
        case 9:
            return SignAsMediator{.mediator = {}, .method = SigningMethod::handwritten};
        case 10:
            return AffixSeal{};
        case 11:
            return PerformObligation{.obligation = 1, .amount = {}, .on_the_spot = false};
        case 12:
            return MakeRevisit{.agreement_number = {},
                               .revisitor = "clerk",
                               .method = RevisitMethod::phone,
                               .satisfaction = Satisfaction::satisfied,
                               .fulfilment = Fulfilment::fulfilled,
                               .residual_risk = ResidualRisk::none,
                               .problem = RevisitProblem::none,
                               .parties = {}};
        case 13:
            return FileDocument{.kind = DocumentKind::identity_proof, .pages = 2};
        case 14:
            return FileDocument{.kind = DocumentKind::back_cover, .pages = 1};
        default:
            return CloseCase{};
    }
}

}  // namespace

anjie::Command BenchWorkload::command(std::uint32_t number, std::size_t step) const {
    ANJIE_ASSERT(step < steps);
    static constexpr std::array<int, steps> day_of_step{0, 0, 1, 1, 2, 5, 8, 8, 8, 8, 8, 15, 30, 31, 31, 31};
    const auto random = mixed(seed_ ^ mixed(number));
    const CaseNumber label{"BENCH", 2024, number};
    const std::string organisation = fmt::format("CN-{:05}", number % 40'000);
    const auto start = make_date(2024, 1, 2) + std::chrono::days{random % 300};
    const auto day = start + std::chrono::days{day_of_step[step]};

    anjie::Command command{.id = {},
                           .workflow = workflow_id,
                           .case_id = case_id_of(organisation, label),
                           .expected_version = {},
                           .occurred_at = on_day(day),
                           .actor = "clerk",
                           .organisation = organisation,
                           .body = make_body<Dispute>(order_of(random, label, step, start)),
                           .sealed = {}};
    command.id = CommandId{uuid_v7(start_of_day(day), mixed(random + step), mixed(random ^ ~std::uint64_t{step}))};
    if (step == 0)
        command.sealed = {{1, static_cast<std::uint16_t>(SealedCode::name), "扎西（虚构）"},
                          {2, static_cast<std::uint16_t>(SealedCode::name), "次仁（虚构）"},
                          {0, static_cast<std::uint16_t>(SealedCode::summary), "双方因院墙和排水发生争执，请求调解。"}};
    return command;
}

}  // namespace anjie
