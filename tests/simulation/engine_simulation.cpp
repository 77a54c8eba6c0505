#include "tests/simulation/engine_simulation.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "engine/detail/case_folder.hpp"

namespace anjie::test {
namespace {

constexpr std::uint64_t cases = 6;
const Date first_day = make_date(2024, 1, 1);

}  // namespace

EngineSimulation::EngineSimulation(std::uint64_t seed, const WorkflowSet& workflows)
    : random_(seed), workflows_(workflows), clock_(start_of_day(first_day)) {
    limits_.batch_commands_max = 1 + random_.below(8);
    limits_.cached_cases_max = 1 + random_.below(cases);
    processor_ = std::make_unique<detail::CommandProcessor>(store_, clock_, workflows_, limits_);
}

std::optional<std::string> EngineSimulation::run(std::size_t steps) {
    for (std::size_t i = 0; i < steps && !broken_; ++i) {
        step();
        check_memory_equals_log();
    }
    restart();
    check_memory_equals_log();
    check_answers_against_log();
    check_index_against_log();
    return broken_;
}

void EngineSimulation::step() {
    switch (random_.below(20)) {
        case 0: return restart();
        case 1: return arm_fault();
        case 2: return clock_.advance(std::chrono::hours{random_.between(-5, 60)});
        case 3: case 4: case 5: case 6: case 7: case 8: case 9: return write_oldest();
        default: return in_flight_.size() < 3 ? decide_batch() : write_oldest();
    }
}

Tally::Command EngineSimulation::random_body() {
    const auto item = static_cast<std::uint16_t>(random_.below(3));
    switch (random_.below(7)) {
        case 0: return Tally::AddMany{static_cast<std::uint16_t>(random_.below(4))};
        case 1: return Tally::MakePromise{item, first_day + std::chrono::days{random_.between(0, 60)}};
        case 2: return Tally::KeepPromise{item};
        case 3: return random_.one_in(8) ? Tally::Command(Tally::AddPadded{70'000}) : Tally::Add{7};
        default: return Tally::Add{random_.between(-9, 12)};
    }
}

/// A new order, or an old one sent again: because it failed, or just so.
std::size_t EngineSimulation::next_order() {
    if (!sent_.empty() && random_.one_in(4)) {
        const auto place = sent_.size() - 1 - random_.below(std::min<std::size_t>(sent_.size(), 20));
        if (sent_[place].answer) return place;  // Else it is still on its way.
    }
    auto order = tally_order(random_.below(cases), sent_.size() + 1, random_body());
    if (random_.one_in(5)) order.expected_version = static_cast<Version>(random_.below(40));
    sent_.push_back({std::move(order), {}, {}});
    return sent_.size() - 1;
}

void EngineSimulation::decide_batch() {
    std::vector<detail::PendingCommand> waiting;
    for (auto count = 1 + random_.below(10); count > 0; --count) {
        const auto place = next_order();
        sent_[place].answer.reset();
        waiting.push_back({sent_[place].command, [this, place](const Outcome& outcome) { answered(place, outcome); }, 1});
    }
    std::span<detail::PendingCommand> rest(waiting);
    while (!rest.empty()) {
        detail::PreparedBatch batch;
        rest = rest.subspan(processor_->decide_batch(rest, batch));
        if (!in_flight_.empty() && random_.one_in(2))
            in_flight_.back().join(std::move(batch));
        else
            in_flight_.push_back(std::move(batch));
    }
}

void EngineSimulation::write_oldest() {
    if (in_flight_.empty()) return;
    const auto before = store_.head();
    if (auto written = processor_->commit(in_flight_.front()); !written) {
        ++failed_writes_;
        note(before);
        if (store_.head() != before) broken("a failed write shows before the store is opened again");
        return restart();
    }
    auto batch = std::move(in_flight_.front());
    in_flight_.erase(in_flight_.begin());
    note(store_.head());
    detail::answer(batch);
}

/// What is in flight fails, and the engine starts from the store.
void EngineSimulation::restart() {
    ++restarts_;
    for (auto& batch : std::exchange(in_flight_, {}))
        detail::answer_failed(batch, {ErrorCode::unavailable, "restarted"});
    store_.power_cut();
    if (random_.one_in(2))
        processor_->reset();
    else
        processor_ = std::make_unique<detail::CommandProcessor>(store_, clock_, workflows_, limits_);
    note(store_.head());
}

void EngineSimulation::arm_fault() {
    store_.fail_append_after(random_.below(20), random_.one_in(2) ? FailedAppend::lost : FailedAppend::kept);
}

void EngineSimulation::answered(std::size_t place, const Outcome& outcome) {
    auto& order = sent_[place];
    order.answer = outcome;
    note(place * 4 + (outcome ? 1 : 0));
    if (!outcome) return;
    outcome->repeated ? ++repeated_ : ++accepted_;
    if (outcome->position > store_.head()) broken(fmt::format("order {} was answered before it was durable", place));
    if (outcome->first > outcome->last) return;  // Nothing stored, nothing promised.
    auto told = *outcome;
    told.repeated = false;
    if (order.committed && *order.committed != told) broken(fmt::format("order {} got two different answers", place));
    if (order.committed && !outcome->repeated) broken(fmt::format("order {} was carried out twice", place));
    order.committed = told;
}

/// The state that decisions rest on must be the one that the log, and then what is in flight, give.
void EngineSimulation::check_memory_equals_log() {
    if (!in_flight_.empty()) return;
    for (std::uint64_t number = 0; number < cases && !broken_; ++number) {
        const auto* cached = processor_->cached(tally_case(number));
        if (!cached || cached->spoiled) continue;
        detail::CaseFolder folder(workflows_);
        const auto read = store_.read_case(tally_case(number), 0,
                                           [&](const EventView& event) { return folder.add(event).has_value(); });
        ANJIE_ASSERT(read.has_value());
        if (folder.version() != cached->version)
            broken(fmt::format("case {} is at version {} in memory, {} in the log", number, cached->version,
                               folder.version()));
        else if (folder.state() && !folder.state()->equals(*cached->state))
            broken(fmt::format("case {} replayed differs from case {} in memory", number, number));
    }
}

/// Every command's events are in the log once, and those that were promised are where it was said.
void EngineSimulation::check_answers_against_log() {
    std::map<CommandId, Committed> stored;
    Position last = 0;
    Instant recorded;
    const auto read = store_.read_feed(0, 10'000'000, [&](const EventView& event) {
        const auto& header = event.header;
        if (header.position != ++last) broken(fmt::format("position {} is missing", last));
        if (header.recorded_at < recorded) broken(fmt::format("recorded_at goes back at position {}", last));
        recorded = header.recorded_at;
        auto [place, first] = stored.try_emplace(header.command_id,
                                                 Committed{header.case_id, header.version, header.version, last, false});
        if (!first && place->second.last + 1 != header.version) broken("a command was carried out twice");
        place->second.last = header.version;
        place->second.position = last;
        return true;
    });
    ANJIE_ASSERT(read.has_value());
    for (const auto& order : sent_) {
        if (!order.committed) continue;
        const auto found = stored.find(order.command.id);
        if (found == stored.end() || found->second != *order.committed) broken("an acknowledged command is not in the log");
    }
}

void EngineSimulation::check_index_against_log() {
    TimerIndex index(store_, store_, workflows_);
    ANJIE_ASSERT(index.catch_up().has_value());
    const auto differences = index.verify().value();
    for (const auto& difference : differences) broken(difference);
}

void EngineSimulation::note(std::uint64_t value) {
    trace_ = (trace_ ^ value) * 0x100000001b3;
    trace_ ^= trace_ >> 29;
}

void EngineSimulation::broken(std::string sentence) {
    if (!broken_) broken_ = std::move(sentence);
}

}  // namespace anjie::test
