#pragma once

#include <expected>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/typed_workflow.hpp"
#include "workflows/screening/commands.hpp"
#include "workflows/screening/refusals.hpp"
#include "workflows/screening/state.hpp"

/// Looking for disputes before they break out (排查): a campaign, its rounds, and the leads they find. One case is one
/// campaign. Pure values and functions.
namespace anjie::screening {

/// The definition that `TypedWorkflow` makes a workflow of.
class Screening {
public:
    using State = screening::State;
    using Command = screening::Command;
    using Event = screening::Event;
    static constexpr WorkflowId id = workflow_id;
    static constexpr std::string_view name = "screening";

    [[nodiscard]] std::expected<std::vector<Event>, Rejection> decide(const State& state, const Command& command,
                                                                      const DecisionContext& context) const;
    static void evolve(State& state, const Event& event, const EventHeaderView& header);
    [[nodiscard]] std::vector<Deadline> deadlines(const State& state) const;

    static NewEvent encode(const Event& event);
    static Result<Event> decode(EventType type, std::uint16_t schema, BytesView payload);
    static Command alarm(const AlarmDue& due);
    /// Nothing here rests on rules that change with place and time.
    static std::string_view rule_version(const State&) { return "screening-1"; }
    static Rejection foreign_command();
    [[nodiscard]] DirectoryEntry describe(const State& state, const std::vector<SealedField>& sealed) const;

    /// What may be done next: for every kind of command (by index in `Command`), nothing or why not. Arguments are not
    /// judged, only whether the campaign's phase and its leads let such a command through at all.
    struct ActionAnswer {
        std::string_view command;
        Title title;
        std::optional<Rejection> refusal;
    };
    [[nodiscard]] std::vector<ActionAnswer> actions(const State& state) const;
};

using ScreeningWorkflow = TypedWorkflow<Screening>;

/// The workflow, ready to be registered.
[[nodiscard]] std::unique_ptr<const Workflow> make_workflow();

}  // namespace anjie::screening
