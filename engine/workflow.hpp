#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/calendar.hpp"
#include "engine/command.hpp"
#include "engine/directory.hpp"
#include "engine/event.hpp"

namespace anjie {

/// What a decision may know beside the state and the command.
struct DecisionContext {
    Instant now;  ///< Will be recorded_at of the events.
    OccurredAt occurred_at;
    std::string_view actor;
    std::string_view organisation;
    Version version{};  ///< The case's version before this command.
    /// Subjects of whom the command brings sealed text; never the text itself.
    std::span<const std::uint16_t> sealed_subjects{};
};

/// A case as its workflow sees it, made by `evolve` alone.
class CaseState {
public:
    virtual ~CaseState() = default;
    [[nodiscard]] virtual std::unique_ptr<CaseState> clone() const = 0;
    [[nodiscard]] virtual bool equals(const CaseState& other) const = 0;
};

/// One kind of case: pure functions behind one interface, so the engine need not know which workflows exist.
/// Derive from `TypedWorkflow` (engine/typed_workflow.hpp) instead of from this.
/// Threads: all methods are const and may run at once.
class Workflow {
public:
    virtual ~Workflow() = default;

    [[nodiscard]] virtual WorkflowId id() const = 0;
    [[nodiscard]] virtual std::string_view name() const = 0;
    [[nodiscard]] virtual std::unique_ptr<CaseState> new_state() const = 0;

    /// Folds one stored event into the state. Errors: `corrupt` (bytes or type unknown).
    [[nodiscard]] virtual Result<void> evolve(CaseState& state, const EventView& event) const = 0;

    /// Decides; when accepted, `state` has evolved past the returned events (without their sealed fields).
    /// When refused, `state` is as before. A body of another workflow is `Rejection` "foreign_command".
    [[nodiscard]] virtual std::expected<std::vector<NewEvent>, Rejection> decide(
        CaseState& state, const CommandBody& body, const DecisionContext& context) const = 0;

    [[nodiscard]] virtual std::vector<Deadline> deadlines(const CaseState& state) const = 0;

    /// Version of the rules that hold for the case, for the envelope of the events that led to this state.
    [[nodiscard]] virtual std::string_view rule_version(const CaseState& state) const = 0;

    /// The case's row in the directory. `sealed` are all sealed fields of its events, in order.
    [[nodiscard]] virtual DirectoryEntry describe(const CaseState& state,
                                                  const std::vector<SealedField>& sealed) const = 0;
};

/// The workflows a program knows, registered by hand in main.
class WorkflowSet {
public:
    /// Requires: no other workflow has its id or name.
    void add(std::unique_ptr<const Workflow> workflow);
    [[nodiscard]] const Workflow* find(WorkflowId id) const;
    [[nodiscard]] const Workflow* find(std::string_view name) const;
    [[nodiscard]] std::vector<const Workflow*> all() const;

private:
    std::vector<std::unique_ptr<const Workflow>> workflows_;
};

}  // namespace anjie
