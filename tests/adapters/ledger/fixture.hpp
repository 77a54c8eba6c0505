#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/ledger/import.hpp"
#include "engine/clock.hpp"
#include "engine/engine.hpp"
#include "storage/memory/memory_store.hpp"
#include "workflows/dispute/dispute.hpp"

namespace anjie::ledger::testing {

/// The whole township in memory: store, engine and the rules of the example.
class Township {
public:
    Township();

    /// Imports and requires that the world did not fail.
    ImportReport import(std::string_view bytes, bool dry_run = false);
    Result<ImportReport> try_import(std::string_view bytes, const std::function<void(ImportOptions&)>& change = {});

    /// Every event's header and bytes, to see that nothing changed.
    [[nodiscard]] std::vector<std::string> log() const;
    [[nodiscard]] dispute::State state_of(std::string_view number) const;
    [[nodiscard]] CaseId case_id(std::string_view number) const;
    [[nodiscard]] std::vector<dispute::Event> events_of(std::string_view number) const;
    [[nodiscard]] std::vector<SealedField> sealed_of(std::string_view number) const;
    [[nodiscard]] std::size_t case_count() const;

    MemoryStore store;
    ManualClock clock;
    WorkflowSet workflows;
    const dispute::DisputeWorkflow* workflow{};
    std::unique_ptr<Engine> engine;
    ImportOptions options;
};

/// examples/asuo-2024.csv.
[[nodiscard]] std::string example();
/// Its rows, the header first.
[[nodiscard]] std::vector<std::vector<std::string>> example_table();
[[nodiscard]] std::string to_csv(const std::vector<std::vector<std::string>>& table);
/// The cell of row `row` (1: the first case) under a header.
[[nodiscard]] std::string& cell(std::vector<std::vector<std::string>>& table, std::size_t row, std::string_view column);

}  // namespace anjie::ledger::testing
