#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "engine/detail/guarded.hpp"
#include "engine/timers.hpp"

namespace anjie {
namespace {

constexpr std::size_t alarms_per_round_max = 4'096;
/// A workflow whose alarms breed alarms without end must not hold the caller for ever; the next call goes on.
constexpr std::size_t rounds_max = 100'000;

Command command_for(const TimerIndex::Entry& entry, Instant now) {
    auto body = std::make_shared<AlarmDue>();
    body->kind = entry.kind;
    body->item = entry.item;
    body->level = entry.level;
    body->due = entry.due;

    Command command;
    command.id = {uuid_v7_of_name(entry.due, fmt::format("{}/{}/{}/{}", to_string(entry.case_id), entry.kind,
                                                         entry.item, static_cast<unsigned>(entry.level)))};
    command.workflow = entry.workflow;
    command.case_id = entry.case_id;
    command.occurred_at = {now, false};
    command.actor = "engine";
    command.body = std::move(body);
    return command;
}

/// The next alarms to fire: all of the earliest moment that have not been tried, so that what they set off and is due
/// before a later moment comes first.
Result<std::vector<TimerIndex::Entry>> next_round(const TimerIndex& index, Instant now,
                                                  const std::set<TimerIndex::Entry>& tried) {
    ANJIE_TRY(auto due, index.due(now, alarms_per_round_max + tried.size()));
    std::erase_if(due, [&](const auto& entry) { return tried.contains(entry); });
    const auto later = std::ranges::find_if(due, [&](const auto& entry) { return entry.due != due.front().due; });
    due.erase(later, due.end());
    return due;
}

struct Fired {
    std::size_t events{};
    std::optional<Error> failed;
};

/// Sends the alarms and waits for their answers.
Result<std::size_t> fire(Engine& engine, const std::vector<TimerIndex::Entry>& alarms, Instant now) {
    const auto fired = std::make_shared<detail::Guarded<Fired>>();
    const auto told = [fired](const Outcome& outcome) {
        auto state = fired->lock();
        if (outcome) {
            state->events += !outcome->repeated && outcome->first <= outcome->last ? 1U : 0U;
        } else if (const auto* error = std::get_if<Error>(&outcome.error());
                   error && error->code == ErrorCode::unavailable) {
            state->failed = *error;
        }
    };
    for (const auto& alarm : alarms) {
        auto submitted = engine.submit(command_for(alarm, now), told);
        if (submitted) continue;
        engine.drain();  // Full, perhaps: the second time it is meant.
        submitted = engine.submit(command_for(alarm, now), told);
        if (!submitted) return std::unexpected(std::move(submitted).error());
    }
    engine.drain();
    auto state = fired->lock();
    if (state->failed) return std::unexpected(*state->failed);
    return state->events;
}

}  // namespace

Result<std::size_t> fire_due_alarms(Engine& engine, TimerIndex& index, Instant now) {
    std::set<TimerIndex::Entry> tried;
    std::size_t events = 0;
    for (std::size_t round = 0; round < rounds_max; ++round) {
        ANJIE_CHECK(index.catch_up());
        ANJIE_TRY(const auto alarms, next_round(index, now, tried));
        if (alarms.empty()) break;
        ANJIE_TRY(const auto fired, fire(engine, alarms, now));
        events += fired;
        tried.insert(alarms.begin(), alarms.end());
    }
    return events;
}

}  // namespace anjie
