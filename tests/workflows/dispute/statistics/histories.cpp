#include "tests/workflows/dispute/statistics/histories.hpp"

namespace anjie::dispute::statistics::testing {
namespace {

template <class E>
E pick_code(test::Random& random) {
    return random.pick(code_table(E{})).value;
}

Date days_after(test::Random& random, Date day, std::int64_t low, std::int64_t high) {
    return day + std::chrono::days{random.between(low, high)};
}

void random_revisit(test::Random& random, History& history, Date ended) {
    if (random.one_in(4)) return;
    const auto day = days_after(random, ended, 0, 60);
    const auto problem = random.one_in(4) ? RevisitProblem::mood_relapse : RevisitProblem::none;
    history.revisited(day, pick_code<Satisfaction>(random), problem, pick_code<Fulfilment>(random));
    if (problem == RevisitProblem::none) return;
    history.on(day, FollowUpOpened{.assignee = "m-2", .problem = problem, .starts = {}});
    if (random.one_in(2)) history.on(day, FollowUpResolved{});
    if (random.one_in(2)) history.revisited(days_after(random, day, 1, 30), pick_code<Satisfaction>(random));
}

void random_ending(test::Random& random, History& history, Date accepted, std::uint16_t number) {
    const auto day = days_after(random, accepted, 0, 50);
    switch (random.below(10)) {
        case 0:
            history.failed(day);
            return;
        case 1:
            history.on(day, MediationTerminated{});
            return;
        case 2:
            history.on(day, ApplicationWithdrawn{});
            return;
        case 3:
            history.on(day, SettledPrivately{});
            return;
        case 4:
            history.on(day, CaseTransferred{});
            return;
        case 5:
            return;  // still in mediation
        default:
            break;
    }
    const auto obligations = static_cast<std::uint16_t>(random.below(3));
    history.agreed(day, day + std::chrono::days{30}, pick_code<AgreementForm>(random), random.between(0, 20'000'000),
                   obligations, number);
    for (std::uint16_t i = 0; i < obligations; ++i)
        if (!random.one_in(3))
            history.on(day, ObligationPerformed{.obligation = i, .amount = {100}, .on_the_spot = random.one_in(2)});
    random_revisit(random, history, day);
}

}  // namespace

History::History(std::uint32_t serial, std::string_view organisation) : organisation_(organisation) {
    row_.id.bytes[15] = static_cast<std::uint8_t>(serial);
    row_.id.bytes[14] = static_cast<std::uint8_t>(serial >> 8);
    row_.id.bytes[13] = static_cast<std::uint8_t>(serial >> 16);
}

History& History::on(Date day, const Event& event, int lag) {
    EventHeaderView header;
    header.case_id = row_.id;
    header.version = version() + 1;
    header.workflow = workflow_id;
    header.type = std::visit([](const auto& known) { return known.event_type; }, event);
    header.occurred_at = on_day(day);
    header.recorded_at = start_of_day(day + std::chrono::days{lag});
    header.organisation = organisation_;
    apply(row_, event, header);
    return *this;
}

History& History::registered(Date day, DisputeType type, CaseSource source, CommitteeKind committee) {
    CaseRegistered event;
    event.jurisdiction = "540629";
    event.committee = committee;
    event.source = source;
    event.channel = Channel::oral;
    event.type = type;
    event.difficulty = Difficulty::ordinary;
    event.parties.resize(2);
    event.people_count = 3;
    return on(day, event);
}

History& History::accepted(Date day) {
    return on(day,
              CaseAccepted{.rules = {}, .starts = {deadline(DeadlineKind::mediation, day + std::chrono::days{30})}});
}

History& History::agreed(Date day, Date revisit_due, AgreementForm form, std::int64_t amount_fen,
                         std::uint16_t obligations, std::uint16_t number) {
    AgreementDrafted drafted;
    drafted.agreement = number;
    drafted.form = form;
    drafted.obligations.resize(obligations);
    drafted.amount = {amount_fen};
    on(day, drafted);
    return on(day, AgreementEffective{.agreement = number,
                                      .on = day,
                                      .starts = {deadline(DeadlineKind::revisit, revisit_due),
                                                 deadline(DeadlineKind::confirmation, day)}});
}

History& History::failed(Date day) { return on(day, MediationFailed{}); }

History& History::revisited(Date day, Satisfaction satisfaction, RevisitProblem problem, Fulfilment fulfilment) {
    RevisitMade event;
    event.satisfaction = satisfaction;
    event.fulfilment = fulfilment;
    event.residual_risk = ResidualRisk::none;
    event.problem = problem;
    return on(day, event);
}

DeadlineStart deadline(DeadlineKind kind, Date rolled) {
    DeadlineStart start{};
    start.kind = kind;
    start.due = {rolled, rolled, false};
    return start;
}

ReportQuery year_2024() {
    return {.period = year_period(2024),
            .organisation = {},
            .as_of = {.position = 1000, .at = start_of_day(make_date(2025, 6, 30))},
            .screening = std::nullopt};
}

CaseRow random_case(test::Random& random, std::uint32_t serial) {
    static const std::vector<std::string> organisations{"540629102",    "540629102-01", "540629102-02", "540629103-01",
                                                        "540629000000", "5406",         "5424010",      "asuo-east"};
    History history(serial, random.pick(organisations));
    const auto day = days_after(random, make_date(2023, 11, 1), 0, 480);
    history.registered(day, pick_code<DisputeType>(random), pick_code<CaseSource>(random),
                       pick_code<CommitteeKind>(random));
    if (random.one_in(12)) return history.on(day, AcceptanceRefused{}).row();
    if (random.one_in(15)) return history.row();
    const auto accepted = days_after(random, day, 0, 5);
    history.accepted(accepted);
    if (random.one_in(20)) history.on(accepted, HarmPrevented{.kind = pick_code<HarmKind>(random), .people = 4});
    random_ending(random, history, accepted, 1);
    if (random.one_in(10)) {
        history.on(accepted + std::chrono::days{70}, CaseReopened{.new_proceeding = true});
        random_ending(random, history, accepted + std::chrono::days{70}, 2);
    }
    if (random.one_in(8))
        history.on(accepted, DetailsCorrected{.type = pick_code<DisputeType>(random),
                                              .source = pick_code<CaseSource>(random),
                                              .difficulty = pick_code<Difficulty>(random),
                                              .people_count = 5,
                                              .amount = {700}});
    return history.row();
}

std::vector<CaseRow> random_cases(test::Random& random, std::uint32_t count) {
    std::vector<CaseRow> rows;
    for (std::uint32_t i = 0; i < count; ++i) rows.push_back(random_case(random, i + 1));
    return rows;
}

}  // namespace anjie::dispute::statistics::testing
