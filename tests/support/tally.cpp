#include "tests/support/tally.hpp"

#include <cstring>
#include <initializer_list>

#include "engine/assert.hpp"
#include "engine/projection.hpp"

namespace anjie::test {
namespace {

constexpr EventType added_type{1}, promised_type{2}, kept_type{3}, warned_type{4};

template <class... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};

NewEvent words(EventType type, std::initializer_list<std::int64_t> values, std::size_t padding = 0) {
    NewEvent event;
    event.type = type;
    event.payload.resize(values.size() * 8 + (padding + 7) / 8 * 8);
    std::memcpy(event.payload.data(), values.begin(), values.size() * 8);
    return event;
}

std::int64_t word(BytesView payload, std::size_t index) {
    std::int64_t value = 0;
    std::memcpy(&value, payload.data() + index * 8, 8);
    return value;
}

Date date_of(std::int64_t days) { return Date{std::chrono::days{days}}; }
std::int64_t days_of(Date day) { return day.time_since_epoch().count(); }

std::unexpected<Rejection> refuse(std::uint16_t number, std::string code) {
    return std::unexpected(Rejection{number, std::move(code), {"不行", "no"}, {}, {}, {}});
}

}  // namespace

Instant Tally::alarm_at(Date due, AlarmLevel level) {
    switch (level) {
        case AlarmLevel::early:
            return start_of_day(due - std::chrono::days{7});
        case AlarmLevel::near:
            return start_of_day(due - std::chrono::days{3});
        case AlarmLevel::last_day:
            return start_of_day(due);
        case AlarmLevel::passed:
            return start_of_day(due + std::chrono::days{1});
    }
    return {};
}

std::expected<std::vector<Tally::Event>, Rejection> Tally::decide(const State& state, const Command& command,
                                                                  const DecisionContext&) const {
    using Events = std::vector<Event>;
    using Decision = std::expected<Events, Rejection>;
    return std::visit(Overloaded{
                          [&](const Add& add) -> Decision {
                              if (state.sum + add.amount < 0) return refuse(1, "below_zero");
                              return Events{Added{add.amount, 0}};
                          },
                          [&](const AddMany& many) -> Decision {
                              return Events(many.times, Event{Added{1, 0}});
                          },
                          [&](const AddPadded& padded) -> Decision {
                              return Events{Added{1, padded.padding}};
                          },
                          [&](const MakePromise& promise) -> Decision {
                              if (state.promises.contains(promise.item)) return refuse(2, "promised_already");
                              return Events{Promised{promise.item, promise.due}};
                          },
                          [&](const KeepPromise& keep) -> Decision {
                              if (!state.promises.contains(keep.item)) return refuse(3, "no_such_promise");
                              return Events{Kept{keep.item}};
                          },
                          [&](const AlarmDue& alarm) -> Decision {
                              const auto promise = state.promises.find(alarm.item);
                              if (promise == state.promises.end() ||
                                  promise->second.alarms_raised != static_cast<std::uint8_t>(alarm.level) ||
                                  alarm_at(promise->second.due, alarm.level) != alarm.due)
                                  return refuse(4, "alarm_no_longer_matters");
                              return Events{Warned{alarm.item, alarm.level, alarm.due}};
                          },
                      },
                      command);
}

void Tally::evolve(State& state, const Event& event, const EventHeaderView& header) {
    state.recorded.push_back(header.recorded_at);
    std::visit(Overloaded{
                   [&](const Added& added) { state.sum += added.amount; },
                   [&](const Promised& promised) {
                       state.promises[promised.item] = {promised.due, 0};
                   },
                   [&](const Kept& kept) { state.promises.erase(kept.item); },
                   [&](const Warned& warned) { ++state.promises[warned.item].alarms_raised; },
               },
               event);
}

std::vector<Deadline> Tally::deadlines(const State& state) const {
    std::vector<Deadline> deadlines;
    for (const auto& [item, promise] : state.promises) {
        Deadline deadline{1, item, {promise.due, promise.due, false}, std::nullopt, {}};
        if (promise.alarms_raised < 4) {
            deadline.next_level = static_cast<AlarmLevel>(promise.alarms_raised);
            deadline.next_alarm = alarm_at(promise.due, deadline.next_level);
        }
        deadlines.push_back(deadline);
    }
    return deadlines;
}

NewEvent Tally::encode(const Event& event) {
    return std::visit(Overloaded{
                          [](const Added& added) { return words(added_type, {added.amount}, added.padding); },
                          [](const Promised& promised) {
                              return words(promised_type, {promised.item, days_of(promised.due)});
                          },
                          [](const Kept& kept) { return words(kept_type, {kept.item}); },
                          [](const Warned& warned) {
                              return words(warned_type, {warned.item, static_cast<std::int64_t>(warned.level),
                                                         warned.was_due.microseconds});
                          },
                      },
                      event);
}

Result<Tally::Event> Tally::decode(EventType type, std::uint16_t, BytesView payload) {
    const auto item = [&] { return static_cast<std::uint16_t>(word(payload, 0)); };
    if (type == added_type && payload.size() >= 8) return Added{word(payload, 0), payload.size() - 8};
    if (type == promised_type && payload.size() == 16) return Promised{item(), date_of(word(payload, 1))};
    if (type == kept_type && payload.size() == 8) return Kept{item()};
    if (type == warned_type && payload.size() == 24)
        return Warned{item(), static_cast<AlarmLevel>(word(payload, 1)), {word(payload, 2)}};
    return failure(ErrorCode::corrupt, "not an event of a tally");
}

Rejection Tally::foreign_command() { return {5, "foreign_command", {"不识", "not mine"}, {}, {}, {}}; }

DirectoryEntry Tally::describe(const State& state, const std::vector<SealedField>& sealed) const {
    DirectoryEntry entry;
    entry.workflow = id;
    entry.amount_minor = state.sum;
    entry.deadlines = deadlines(state);
    for (const auto& field : sealed) entry.search_texts.push_back(field.text);
    return entry;
}

Result<Tally::Event> ForgetfulTally::decode(EventType type, std::uint16_t schema, BytesView payload) {
    auto event = Tally::decode(type, schema, payload);
    if (event)
        if (auto* added = std::get_if<Added>(&*event); added && added->amount == 7) added->amount = 8;
    return event;
}

CaseId tally_case(std::uint64_t number) { return {uuid_v7(Instant{1'700'000'000'000'000}, 1, number)}; }
CommandId tally_command(std::uint64_t number) { return {uuid_v7(Instant{1'700'000'000'000'000}, 2, number)}; }

Command tally_order(std::uint64_t case_number, std::uint64_t command_number, Tally::Command body) {
    Command command;
    command.id = tally_command(command_number);
    command.workflow = Tally::id;
    command.case_id = tally_case(case_number);
    command.occurred_at = {Instant{1'700'000'000'000'000}, false};
    command.actor = "m1";
    command.organisation = "540000";
    command.body = make_body<Tally>(std::move(body));
    return command;
}

WorkflowSet tally_workflows() {
    WorkflowSet workflows;
    workflows.add(std::make_unique<TypedWorkflow<Tally>>(Tally{}));
    return workflows;
}

Tally::State replayed_tally(const EventStore& store, std::uint64_t case_number) {
    const auto workflows = tally_workflows();
    auto replayed = replay_case(store, workflows, tally_case(case_number));
    ANJIE_ASSERT(replayed.has_value());
    return TypedWorkflow<Tally>::value_of(*replayed->state);
}

}  // namespace anjie::test
