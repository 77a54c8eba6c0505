#include "tests/workflows/dispute/audit/told_cases.hpp"

namespace anjie::test {

using namespace dispute;

namespace {

EventHeaderView view_of(const EventHeader& header) {
    return {.position = header.position,
            .case_id = header.case_id,
            .version = header.version,
            .workflow = header.workflow,
            .type = header.type,
            .schema = header.schema,
            .occurred_at = header.occurred_at,
            .recorded_at = header.recorded_at,
            .command_id = header.command_id,
            .actor = header.actor,
            .organisation = header.organisation,
            .rule_version = header.rule_version};
}

Instant nine_o_clock(Date day, int minute) {
    return {start_of_day(day).microseconds + (std::int64_t{9} * 60 + minute) * 60'000'000};
}

}  // namespace

audit::Thresholds ToldCases::usual_thresholds() {
    return {.import_actors = {"ledger-import"},
            .late_entry_days = 7,
            .late_entry_grave_days = 30,
            .back_dated_days = 3,
            .duplicate_window_days = 90,
            .duplicate_text_characters = 4,
            .bulk_recorded_count = 5,
            .bulk_recorded_minutes = 10,
            .bulk_stated_per_day = 6,
            .bulk_home_visits_per_day = 3,
            .performance_grace_days = 30};
}

ToldCases& ToldCases::registered(Date day, std::uint32_t serial, RegisterCase order, Entry entry) {
    order.number.serial = serial;
    current_ = case_id_of(organisation, order.number);
    return given(day, {order}, entry);
}

ToldCases& ToldCases::given(Date day, const std::vector<dispute::Command>& orders, const Entry& entry) {
    const auto recorded_at = nine_o_clock(day + std::chrono::days{entry.lag_days}, entry.minute);
    bool first_order = true;
    for (const auto& order : orders) {
        auto& told = told_[current_];
        const DecisionContext context{.now = recorded_at,
                                      .occurred_at = on_day(day),
                                      .actor = entry.actor,
                                      .organisation = std::string(organisation),
                                      .version = static_cast<Version>(told.events.size())};
        const auto decided = workflow_.decide(told.state, order, context);
        INFO(std::visit([](const auto& one) { return std::string(one.name); }, order));
        if (!decided) FAIL(decided.error().code << ": " << decided.error().message.en);
        const CommandId command{uuid_v7(recorded_at, 7, ++commands_)};
        bool first = first_order;
        for (const auto& event : *decided) {
            append(event, on_day(day), recorded_at, entry, command, first);
            first = false;
        }
        first_order = false;
    }
    return *this;
}

ToldCases& ToldCases::event(Date day, const Event& event, const Entry& entry) {
    return event_at(on_day(day), event, entry);
}

ToldCases& ToldCases::event_at(OccurredAt occurred_at, const Event& event, const Entry& entry) {
    const auto recorded_at = nine_o_clock(local_date(occurred_at.at) + std::chrono::days{entry.lag_days}, entry.minute);
    append(event, occurred_at, recorded_at, entry, CommandId{uuid_v7(recorded_at, 7, ++commands_)}, true);
    return *this;
}

void ToldCases::append(const Event& event, OccurredAt occurred_at, Instant recorded_at, const Entry& entry,
                       CommandId command, bool first) {
    auto& told = told_[current_];
    Stored stored{.header = {.position = ++position_,
                             .case_id = current_,
                             .version = static_cast<Version>(told.events.size() + 1),
                             .workflow = workflow_id,
                             .occurred_at = occurred_at,
                             .recorded_at = recorded_at,
                             .command_id = command,
                             .actor = entry.actor,
                             .organisation = std::string(organisation),
                             .rule_version = {}},
                  .body = Dispute::encode(event)};
    stored.header.type = stored.body.type;
    stored.header.schema = stored.body.schema;
    if (first) stored.body.sealed = entry.sealed;
    Dispute::evolve(told.state, event, view_of(stored.header));
    told.events.push_back(std::move(stored));
}

ToldCases& ToldCases::agreed(Date day, std::uint32_t serial, bool owed) {
    using namespace std::chrono;
    registered(day, serial);
    given(day, {RequestConsent{}, GiveConsent{1}, GiveConsent{2}, AcceptCase{}});
    given(day, steps::assigned());
    given(day, {GiveRightsNotice{}});
    given(day + days{10}, {HoldSession{}});
    std::vector<Obligation> obligations;
    if (owed) obligations.push_back(steps::payment(300000, day + days{15}));
    given(day + days{10}, {steps::agreement(std::move(obligations))});
    return given(day + days{10}, steps::signatures());
}

ToldCases& ToldCases::blameless(Date day, std::uint32_t serial, const std::vector<std::string>& names) {
    using namespace std::chrono;
    auto order = steps::registration();
    order.amount = {static_cast<std::int64_t>(serial) * 100};
    registered(day, serial, order, {.sealed = named(names)});
    given(day, {RequestConsent{}, GiveConsent{1}, GiveConsent{2}, AcceptCase{}});
    given(day, steps::assigned());
    given(day + days{10}, {HoldSession{}});
    given(day + days{10}, {steps::agreement({steps::payment(300000, day + days{15})})});
    given(day + days{10}, steps::signatures());
    given(day + days{14}, {PerformObligation{1, {}, false}});
    given(day + days{20}, {steps::good_revisit()});
    return given(day + days{21}, {CloseCase{}});
}

audit::Findings ToldCases::audit(const audit::Scope& scope) const { return audit_in_parts({}, scope); }

audit::Findings ToldCases::audit_in_parts(const std::vector<std::size_t>& cuts, const audit::Scope& scope) const {
    const audit::Setting setting{
        .thresholds = thresholds, .rules = &workflow_.rules(), .today = today, .hash_key = {1, 2}};
    std::map<Position, const Stored*> by_position;
    const auto unseal = [&](const EventView& event) -> Result<std::vector<SealedField>> {
        if (unseal_fails) return failure(*unseal_fails, "as the test wants");
        if (sealed_text_lost) return std::vector<SealedField>{};
        return by_position.at(event.header.position)->body.sealed;
    };
    audit::Auditor all(setting, scope, {}, unseal);
    auto part = std::make_unique<audit::Auditor>(setting, scope, std::vector<std::string>{}, unseal);
    std::size_t index = 0;
    for (const auto& [id, told] : told_) {
        if (std::ranges::find(cuts, index++) != cuts.end()) {
            all.absorb(std::move(*part));
            part = std::make_unique<audit::Auditor>(setting, scope, std::vector<std::string>{}, unseal);
        }
        for (const auto& stored : told.events) {
            by_position[stored.header.position] = &stored;
            const auto taken = part->take({view_of(stored.header), stored.body.payload, {}, {}});
            INFO((taken ? std::string("taken") : taken.error().detail));
            REQUIRE(taken);
        }
    }
    all.absorb(std::move(*part));
    return all.finish();
}

std::vector<SealedField> named(const std::vector<std::string>& names) {
    std::vector<SealedField> fields;
    std::uint16_t party = 0;
    for (const auto& name : names) fields.push_back({++party, static_cast<std::uint16_t>(SealedCode::name), name});
    return fields;
}

SealedField described(std::string text) {
    return {0, static_cast<std::uint16_t>(SealedCode::summary), std::move(text)};
}

}  // namespace anjie::test
