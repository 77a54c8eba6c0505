#include <benchmark/benchmark.h>

#include "benchmarks/life.hpp"
#include "engine/assert.hpp"
#include "workflows/dispute/statistics/projection.hpp"

/// Each figure is per event (items/s), over a whole life, so that frequent and rare events weigh as in life.
namespace anjie {
namespace {

using dispute::Dispute;

EventView view_of(const AppendEvent& event) {
    const auto& header = event.header;
    return {.header = {header.position, header.case_id, header.version, header.workflow, header.type, header.schema,
                       header.occurred_at, header.recorded_at, header.command_id, header.actor, header.organisation,
                       header.rule_version},
            .payload = event.body.payload,
            .sealed = {},
            .record = {}};
}

std::vector<dispute::Event> decoded(const bench::Life& life) {
    std::vector<dispute::Event> events;
    for (const auto& event : life.events) {
        auto read = Dispute::decode(event.header.type, event.header.schema, event.body.payload);
        ANJIE_ASSERT(read.has_value());
        events.push_back(std::move(*read));
    }
    return events;
}

void count_items(benchmark::State& state, std::size_t each) {
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(each));
}

void encode_event(benchmark::State& state) {
    const auto events = decoded(bench::live(1));
    for (auto _ : state)
        for (const auto& event : events) benchmark::DoNotOptimize(Dispute::encode(event));
    count_items(state, events.size());
}
BENCHMARK(encode_event);

void decode_event(benchmark::State& state) {
    const auto life = bench::live(1);
    for (auto _ : state)
        for (const auto& event : life.events)
            benchmark::DoNotOptimize(Dispute::decode(event.header.type, event.header.schema, event.body.payload));
    count_items(state, life.events.size());
}
BENCHMARK(decode_event);

/// From events in memory to the state, with nothing decoded.
void evolve_event(benchmark::State& state) {
    const auto life = bench::live(1);
    const auto events = decoded(life);
    for (auto _ : state) {
        dispute::State value;
        for (std::size_t i = 0; i < events.size(); ++i)
            Dispute::evolve(value, events[i], view_of(life.events[i]).header);
        benchmark::DoNotOptimize(value);
    }
    count_items(state, events.size());
}
BENCHMARK(evolve_event);

/// One order as the engine carries it out: decide, encode, evolve. Per order, not per event.
void decide_step(benchmark::State& state) {
    const auto life = bench::live(1);
    const auto& workflow = bench::dispute_workflow();
    for (auto _ : state) {
        const auto value = workflow.new_state();
        Version version = 0;
        for (const auto& command : life.commands) {
            const auto decided = workflow.decide(*value, *command.body, bench::context_of(command, version));
            ANJIE_ASSERT(decided.has_value());
            version += static_cast<Version>(decided->size());
        }
    }
    count_items(state, life.commands.size());
}
BENCHMARK(decide_step);

void fold_statistics(benchmark::State& state) {
    const auto life = bench::live(1);
    const dispute::StatisticsProjection projection;
    for (auto _ : state) {
        std::string row;
        for (const auto& event : life.events) ANJIE_ASSERT(projection.fold(row, view_of(event)).has_value());
        benchmark::DoNotOptimize(row);
    }
    count_items(state, life.events.size());
}
BENCHMARK(fold_statistics);

}  // namespace
}  // namespace anjie
