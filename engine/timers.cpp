#include "engine/timers.hpp"

#include <algorithm>
#include <limits>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "engine/detail/case_folder.hpp"
#include "engine/detail/feed_chunk.hpp"
#include "engine/detail/guarded.hpp"
#include "engine/detail/range_workers.hpp"
#include "engine/detail/timer_rows.hpp"

namespace anjie {
namespace {

constexpr std::uint32_t layout_version = 1;
constexpr std::size_t events_per_chunk = 4'096;
constexpr std::size_t rows_per_load = 8'192;
constexpr std::size_t differences_max = 1'000;

DerivedName generation_of(std::uint32_t generation) { return {std::string(TimerIndex::name), generation}; }

/// The alarms of one case as its events give them.
Result<std::vector<TimerIndex::Entry>> replay_alarms(const EventStore& events, const WorkflowSet& workflows,
                                                     const CaseId& id) {
    detail::CaseFolder folder(workflows);
    Result<void> added;
    ANJIE_CHECK(events.read_case(id, 0, [&](const EventView& event) {
        added = folder.add(event);
        return added.has_value();
    }));
    if (!added) return std::unexpected(std::move(added).error());
    if (!folder.state()) return std::vector<TimerIndex::Entry>{};
    return detail::alarms_of(*folder.workflow(), *folder.state(), id);
}

/// Hands the alarms of every case of a range that has any to `sink`, in order of case.
Result<void> scan_alarms(const EventStore& events, const WorkflowSet& workflows, const CaseRange& range,
                         const std::function<Result<void>(const std::vector<TimerIndex::Entry>&)>& sink) {
    detail::CaseFolder folder(workflows);
    const auto finish_case = [&]() -> Result<void> {
        if (!folder.state()) return {};
        const auto alarms = detail::alarms_of(*folder.workflow(), *folder.state(), folder.case_id());
        folder.reset();
        return alarms.empty() ? Result<void>{} : sink(alarms);
    };
    const auto add = [&](const EventView& event) -> Result<void> {
        if (event.header.case_id != folder.case_id()) ANJIE_CHECK(finish_case());
        return folder.add(event);
    };
    Result<void> added;
    ANJIE_CHECK(events.scan(range, [&](const EventView& event) {
        added = add(event);
        return added.has_value();
    }));
    ANJIE_CHECK(added);
    return finish_case();
}

Result<void> follow(const EventStore& events, DerivedStore& derived, const WorkflowSet& workflows, DerivedHead live) {
    const auto name = generation_of(live.generation);
    for (const auto head = events.head(); live.cursor < head;) {
        ANJIE_TRY(const auto touched, detail::read_touched(events, live.cursor, events_per_chunk));
        if (touched.last == live.cursor) break;
        std::vector<std::string> keys;
        for (const auto& id : touched.cases) keys.push_back(detail::case_key(id));
        ANJIE_TRY(const auto stored, derived.get_many(name, keys));
        std::vector<DerivedWrite> writes;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            ANJIE_TRY(const auto alarms, replay_alarms(events, workflows, touched.cases[i]));
            ANJIE_CHECK(detail::replace_alarms(touched.cases[i], stored[i], alarms, writes));
        }
        live.cursor = touched.last;
        ANJIE_CHECK(derived.write(name, writes, live));
    }
    return {};
}

/// Answers alarms of the log and of the index that the other lacks.
std::vector<std::string> compare(const std::vector<TimerIndex::Entry>& fresh,
                                 const std::vector<TimerIndex::Entry>& stored, std::string_view where) {
    std::vector<std::string> differences;
    const auto report = [&](const std::vector<TimerIndex::Entry>& alarms, std::string_view what) {
        for (const auto& alarm : alarms)
            if (differences.size() < differences_max)
                differences.push_back(fmt::format("case {}: the alarm of deadline {}/{} due {} {} {}",
                                                  to_string(alarm.case_id), alarm.kind, alarm.item,
                                                  to_string(alarm.due), what, where));
    };
    std::vector<TimerIndex::Entry> only;
    std::ranges::set_difference(fresh, stored, std::back_inserter(only));
    report(only, "is missing in");
    only.clear();
    std::ranges::set_difference(stored, fresh, std::back_inserter(only));
    report(only, "should not be in");
    return differences;
}

}  // namespace

TimerIndex::TimerIndex(const EventStore& events, DerivedStore& derived, const WorkflowSet& workflows)
    : events_(events), derived_(derived), workflows_(workflows) {}

Result<void> TimerIndex::catch_up() {
    ANJIE_TRY(const auto live, derived_.head(name));
    const bool usable = live && live->code_version == layout_version && live->cursor <= events_.head();
    if (usable) return follow(events_, derived_, workflows_, *live);
    return rebuild(std::max(1U, std::thread::hardware_concurrency()));
}

Result<void> TimerIndex::rebuild(std::size_t threads) {
    ANJIE_TRY(const auto live, derived_.head(name));
    const DerivedHead next{live ? live->generation + 1 : 1, events_.head(), layout_version};
    const auto generation = generation_of(next.generation);
    ANJIE_CHECK(derived_.drop(generation));  // What an interrupted rebuild has left.

    // A case read here may hold events after `next.cursor`; following the log from there puts its rows right.
    ANJIE_TRY(const auto ranges, detail::ranges_for(events_, threads));
    auto built = detail::for_each_range(ranges, threads, [&](const CaseRange& range) -> Result<void> {
        std::vector<DerivedWrite> rows;
        const auto load = [&](const std::vector<Entry>& alarms) -> Result<void> {
            ANJIE_CHECK(detail::replace_alarms(alarms.front().case_id, std::nullopt, alarms, rows));
            if (rows.size() < rows_per_load) return {};
            ANJIE_CHECK(derived_.load(generation, rows));
            rows.clear();
            return {};
        };
        ANJIE_CHECK(scan_alarms(events_, workflows_, range, load));
        return derived_.load(generation, rows);
    });
    if (!built) {
        ANJIE_CHECK(derived_.drop(generation));
        return built;
    }

    ANJIE_CHECK(derived_.make_durable());
    ANJIE_CHECK(derived_.write(generation, {}, next));
    ANJIE_CHECK(follow(events_, derived_, workflows_, next));
    ANJIE_CHECK(derived_.make_durable());
    if (live) ANJIE_CHECK(derived_.drop(generation_of(live->generation)));
    return {};
}

Result<std::vector<TimerIndex::Entry>> TimerIndex::due(Instant now, std::size_t limit) const {
    std::vector<Entry> entries;
    ANJIE_TRY(const auto live, derived_.head(name));
    if (!live || limit == 0) return entries;
    Result<void> read;
    ANJIE_CHECK(derived_.scan(generation_of(live->generation), std::string(1, detail::due_prefix),
                              detail::due_from({now.microseconds + 1}),
                              [&](std::string_view key, std::string_view value) {
                                  auto entry = detail::read_due_row(key, value);
                                  if (!entry) {
                                      read = std::unexpected(std::move(entry).error());
                                      return false;
                                  }
                                  entries.push_back(*entry);
                                  return entries.size() < limit;
                              }));
    ANJIE_CHECK(read);
    return entries;
}

Result<std::optional<Instant>> TimerIndex::next_due() const {
    constexpr Instant end_of_time{std::numeric_limits<std::int64_t>::max() - 1};
    ANJIE_TRY(const auto first, due(end_of_time, 1));
    return first.empty() ? std::nullopt : std::optional(first.front().due);
}

Result<std::vector<std::string>> TimerIndex::verify() const {
    ANJIE_TRY(const auto live, derived_.head(name));
    if (!live) return std::vector<std::string>{"the timer index has never been built"};
    std::vector<Entry> fresh;
    ANJIE_CHECK(scan_alarms(events_, workflows_, {}, [&](const std::vector<Entry>& alarms) -> Result<void> {
        fresh.insert(fresh.end(), alarms.begin(), alarms.end());
        return {};
    }));
    std::ranges::sort(fresh);

    std::vector<Entry> by_due, by_case;
    const auto add_row = [&](std::string_view key, std::string_view value) -> Result<void> {
        if (key.front() == detail::due_prefix) {
            ANJIE_TRY(const auto alarm, detail::read_due_row(key, value));
            by_due.push_back(alarm);
        } else {
            ANJIE_TRY(const auto alarms, detail::read_case_row(value));
            by_case.insert(by_case.end(), alarms.begin(), alarms.end());
        }
        return {};
    };
    Result<void> added;
    ANJIE_CHECK(
        derived_.scan(generation_of(live->generation), {}, {}, [&](std::string_view key, std::string_view value) {
            added = add_row(key, value);
            return added.has_value();
        }));
    ANJIE_CHECK(added);
    std::ranges::sort(by_due);
    std::ranges::sort(by_case);
    auto differences = compare(fresh, by_due, "the due order");
    std::ranges::move(compare(fresh, by_case, "its case's row"), std::back_inserter(differences));
    return differences;
}

}  // namespace anjie
