#pragma once

#include <expected>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/typed_workflow.hpp"
#include "workflows/dispute/commands.hpp"
#include "workflows/dispute/rules.hpp"
#include "workflows/dispute/state.hpp"

/// The life of a dispute (矛盾纠纷): intake, mediation, agreement, revisit, closed. Pure values and functions.
namespace anjie::dispute {

/// The definition that `TypedWorkflow` makes a workflow of. Holds the rules and calendars new decisions are made under.
class Dispute {
public:
    using State = dispute::State;
    using Command = dispute::Command;
    using Event = dispute::Event;
    static constexpr WorkflowId id = workflow_id;
    static constexpr std::string_view name = "dispute";

    Dispute(RuleBook rules, CalendarBook calendars) : rules_(std::move(rules)), calendars_(std::move(calendars)) {}

    /// Decides one order. A refusal explains itself: the rule with its source mark, the facts, the way out.
    [[nodiscard]] std::expected<std::vector<Event>, Rejection> decide(const State& state, const Command& command,
                                                                      const DecisionContext& context) const;
    static void evolve(State& state, const Event& event, const EventHeaderView& header);
    [[nodiscard]] std::vector<Deadline> deadlines(const State& state) const;

    static NewEvent encode(const Event& event);
    static Result<Event> decode(EventType type, std::uint16_t schema, BytesView payload);
    static Command alarm(const AlarmDue& due);
    static std::string_view rule_version(const State& state) { return state.rule_version; }
    static Rejection foreign_command();
    [[nodiscard]] DirectoryEntry describe(const State& state, const std::vector<SealedField>& sealed) const;

    /// What may be done next: for every kind of command (by index in `Command`), nullopt or why not. Arguments are not
    /// judged, only whether the case's state lets such a command through at all.
    struct ActionAnswer {
        std::string_view command;  ///< Its name.
        Title title;
        std::optional<Rejection> refusal;
    };
    [[nodiscard]] std::vector<ActionAnswer> actions(const State& state, const DecisionContext& context) const;

    [[nodiscard]] const RuleBook& rules() const { return rules_; }
    [[nodiscard]] const CalendarBook& calendars() const { return calendars_; }

private:
    RuleBook rules_;
    CalendarBook calendars_;
};

using DisputeWorkflow = TypedWorkflow<Dispute>;

}  // namespace anjie::dispute
