#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/handover/desk.hpp"
#include "engine/engine.hpp"
#include "storage/memory/memory_store.hpp"
#include "tests/support/dispute_rules.hpp"
#include "workflows/dispute/dispute.hpp"

namespace anjie::test {

/// An organisation with a log in memory, an engine and a desk, that can be stopped and started.
class TestOffice {
public:
    TestOffice(std::string organisation, ManualClock& clock, handover::Peers peers);

    /// What a process loses when it is killed: engine, desk, and with a power cut the rows that were not durable.
    void restart(bool power_cut = false);

    Outcome execute(CaseId id, dispute::Command body, std::vector<SealedField> sealed = {});
    /// As above; the test fails when it is refused.
    void must(CaseId id, dispute::Command body, std::vector<SealedField> sealed = {});
    /// A registered case, if nothing is in the way.
    void try_new_case();
    /// A registered and accepted case.
    CaseId new_case(std::vector<SealedField> sealed = {});
    [[nodiscard]] dispute::State state(CaseId id) const;
    /// Every case of the log, with its state.
    [[nodiscard]] std::vector<std::pair<CaseId, dispute::State>> cases() const;
    /// The events of a case, decoded.
    [[nodiscard]] std::vector<dispute::Event> history(CaseId id) const;
    /// The one case that came by this hand-over.
    [[nodiscard]] std::optional<CaseId> came_by(std::string_view handover) const;

    const std::string organisation;
    MemoryStore store;
    [[nodiscard]] handover::Desk& desk() { return *desk_; }

private:
    ManualClock& clock_;
    handover::Peers peers_;
    WorkflowSet workflows_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<handover::Desk> desk_;
    std::uint32_t serial_{};
    std::uint64_t orders_{};
};

/// A line to that organisation; the address is never used.
[[nodiscard]] inline handover::Peer line_to(std::string organisation, std::vector<dispute::SealedCode> fields = {}) {
    return {.organisation = std::move(organisation),
            .name = {},
            .source = std::nullopt,
            .url = "http://127.0.0.1/",
            .token_file = {},
            .their_token_file = {},
            .ca_file = {},
            .fields = std::move(fields)};
}

}  // namespace anjie::test
