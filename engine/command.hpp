#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/deadline.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"
#include "engine/result.hpp"

namespace anjie {

/// An order in the words of one workflow; the engine carries it without looking inside.
struct CommandBody {
    virtual ~CommandBody() = default;
};

/// The one command the engine itself gives: an alarm of a deadline is due. It is decided like any other, so a timer
/// that no longer matters is refused and harmless.
struct AlarmDue final : CommandBody {
    std::uint16_t kind{};
    std::uint16_t item{};
    AlarmLevel level{};
    Instant due;  ///< When the alarm was due; the command's occurred_at is when it fired.
};

/// An order for one case.
struct Command {
    CommandId id;
    WorkflowId workflow{};
    CaseId case_id;
    std::optional<Version> expected_version;  ///< Refuse with `conflict` unless the case is at this version.
    OccurredAt occurred_at;
    std::string actor;
    std::string organisation;
    std::shared_ptr<const CommandBody> body;
    /// Personal data and narrative: attached to the first event the command yields, unseen by the decision.
    std::vector<SealedField> sealed;
};

/// The command was accepted and its events are durable.
struct Committed {
    CaseId case_id;
    Version first{};  ///< Versions of its events, both included. A command may yield no event: then first > last.
    Version last{};
    Position position{};  ///< Of its last event; wait for it to read your own write.
    bool repeated{};      ///< Sent before: this is the first answer again.

    bool operator==(const Committed&) const = default;
};

/// What the sender is told: done, refused by the rules, or failed by the world.
using Outcome = std::expected<Committed, std::variant<Rejection, Error>>;
/// Called exactly once, from an engine thread, after the events are durable (or on refusal). Must not block.
using Completion = std::move_only_function<void(const Outcome&)>;

}  // namespace anjie
