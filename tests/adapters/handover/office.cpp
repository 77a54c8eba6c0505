#include "tests/adapters/handover/office.hpp"

#include <catch2/catch.hpp>

#include <set>

namespace anjie::test {

using namespace dispute;

namespace {

RegisterCase registration(const std::string& organisation, std::uint32_t serial) {
    return {.number = {.prefix = "自" + organisation, .year = 2024, .serial = serial},
            .jurisdiction = std::string(township),
            .committee = CommitteeKind::township,
            .source = CaseSource::application,
            .channel = Channel::oral,
            .type = DisputeType::neighbour,
            .difficulty = Difficulty::ordinary,
            .parties = {{.number = 1, .role = PartyRole::applicant}, {.number = 2, .role = PartyRole::respondent}},
            .amount = {300000}};
}

}  // namespace

TestOffice::TestOffice(std::string own, ManualClock& clock, handover::Peers peers)
    : organisation(std::move(own)), clock_(clock), peers_(std::move(peers)) {
    workflows_.add(std::make_unique<DisputeWorkflow>(Dispute(small_rules(), small_calendars())));
    restart();
}

void TestOffice::restart(bool power_cut) {
    desk_.reset();
    engine_.reset();
    if (power_cut)
        store.power_cut();
    else
        store.reopen();
    engine_ = std::make_unique<Engine>(store, clock_, workflows_);
    desk_ = std::make_unique<handover::Desk>(store, store, *engine_, clock_,
                                             handover::Office{.organisation = organisation,
                                                              .jurisdiction = std::string(township),
                                                              .committee = CommitteeKind::township,
                                                              .number_prefix = "尼" + organisation},
                                             peers_);
}

Outcome TestOffice::execute(CaseId id, dispute::Command body, std::vector<SealedField> sealed) {
    anjie::Command order;
    order.id = CommandId{uuid_v7_of_name(Instant{}, organisation + "#" + std::to_string(++orders_))};
    order.workflow = workflow_id;
    order.case_id = id;
    order.occurred_at = {.at = clock_.now(), .day_only = false};
    order.actor = "clerk";
    order.organisation = organisation;
    order.body = make_body<Dispute>(std::move(body));
    order.sealed = std::move(sealed);
    return engine_->execute(std::move(order));
}

void TestOffice::must(CaseId id, dispute::Command body, std::vector<SealedField> sealed) {
    const auto done = execute(id, std::move(body), std::move(sealed));
    std::string why;
    if (!done) {
        const auto* rejection = std::get_if<Rejection>(&done.error());
        why = rejection != nullptr ? rejection->code : std::get<Error>(done.error()).detail;
    }
    INFO(organisation << ": " << why);
    REQUIRE(done.has_value());
}

void TestOffice::try_new_case() {
    const auto order = registration(organisation, ++serial_);
    (void)execute(case_id_of(organisation, order.number), order);
}

CaseId TestOffice::new_case(std::vector<SealedField> sealed) {
    const auto order = registration(organisation, ++serial_);
    const auto id = case_id_of(organisation, order.number);
    must(id, order, std::move(sealed));
    must(id, GiveConsent{1});
    must(id, GiveConsent{2});
    must(id, AcceptCase{});
    return id;
}

std::vector<dispute::Event> TestOffice::history(CaseId id) const {
    std::vector<dispute::Event> events;
    REQUIRE(store.read_case(id, 0, [&](const EventView& view) {
        const auto decoded = Dispute::decode(view.header.type, view.header.schema, view.payload);
        REQUIRE(decoded.has_value());
        events.push_back(*decoded);
        return true;
    }));
    return events;
}

dispute::State TestOffice::state(CaseId id) const {
    State state;
    REQUIRE(store.read_case(id, 0, [&](const EventView& view) {
        const auto decoded = Dispute::decode(view.header.type, view.header.schema, view.payload);
        REQUIRE(decoded.has_value());
        Dispute::evolve(state, *decoded, view.header);
        return true;
    }));
    return state;
}

std::vector<std::pair<CaseId, dispute::State>> TestOffice::cases() const {
    std::set<CaseId> ids;
    REQUIRE(store.read_feed(0, 1'000'000, [&](const EventView& view) {
        ids.insert(view.header.case_id);
        return true;
    }));
    std::vector<std::pair<CaseId, State>> all;
    for (const auto& id : ids) all.emplace_back(id, state(id));
    return all;
}

std::optional<CaseId> TestOffice::came_by(std::string_view handover) const {
    std::optional<CaseId> found;
    for (const auto& [id, state] : cases()) {
        const auto origin = parse_handover_origin(state.origin);
        if (!origin || origin->handover != handover) continue;
        REQUIRE_FALSE(found.has_value());
        found = id;
    }
    return found;
}

}  // namespace anjie::test
