#pragma once

#include <memory>

#include "engine/event_store.hpp"
#include "engine/workflow.hpp"

namespace anjie::detail {

/// Folds one case's events, in order, into its state: the only way from a log back to a case.
class CaseFolder {
public:
    explicit CaseFolder(const WorkflowSet& workflows) : workflows_(workflows) {}

    /// Errors: `corrupt` when a version is missing, the workflow changes or is unknown, or the payload cannot be read;
    /// then the folder is of no further use until `reset`.
    [[nodiscard]] Result<void> add(const EventView& event);
    /// Forgets the case, ready for another.
    void reset();

    [[nodiscard]] const Workflow* workflow() const { return workflow_; }
    /// Null before the first event.
    [[nodiscard]] const CaseState* state() const { return state_.get(); }
    [[nodiscard]] std::unique_ptr<CaseState> take_state() { return std::move(state_); }
    [[nodiscard]] CaseId case_id() const { return case_id_; }
    [[nodiscard]] Version version() const { return version_; }
    [[nodiscard]] Position position() const { return position_; }

private:
    const WorkflowSet& workflows_;
    const Workflow* workflow_{};
    std::unique_ptr<CaseState> state_;
    CaseId case_id_;
    Version version_{};
    Position position_{};
};

}  // namespace anjie::detail
