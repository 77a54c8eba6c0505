#pragma once

#include <map>
#include <memory>
#include <variant>
#include <vector>

#include "engine/engine.hpp"
#include "engine/typed_workflow.hpp"

namespace anjie::test {

/// A small workflow of the tests: a case counts, and makes promises that have a deadline with all four alarms.
struct Tally {
    static constexpr WorkflowId id{900};
    static constexpr std::string_view name = "tally";

    // Commands.
    struct Add {
        std::int64_t amount{};
    };
    struct AddMany {  ///< One event per unit; 0 yields no event.
        std::uint16_t times{};
    };
    struct AddPadded {  ///< An event with so many bytes of padding.
        std::size_t padding{};
    };
    struct MakePromise {
        std::uint16_t item{};
        Date due;
    };
    struct KeepPromise {
        std::uint16_t item{};
    };
    using Command = std::variant<Add, AddMany, AddPadded, MakePromise, KeepPromise, AlarmDue>;

    // Events.
    struct Added {
        std::int64_t amount{};
        std::size_t padding{};
    };
    struct Promised {
        std::uint16_t item{};
        Date due;
    };
    struct Kept {
        std::uint16_t item{};
    };
    struct Warned {
        std::uint16_t item{};
        AlarmLevel level{};
        Instant was_due;
    };
    using Event = std::variant<Added, Promised, Kept, Warned>;

    struct Promise {
        Date due;
        std::uint8_t alarms_raised{};  ///< 0 to 4, in the order of AlarmLevel.
        bool operator==(const Promise&) const = default;
    };
    struct State {
        std::int64_t sum{};
        std::map<std::uint16_t, Promise> promises;
        std::vector<Instant> recorded;  ///< Proves that the envelope is folded alike, live and on replay.
        bool operator==(const State&) const = default;
    };

    /// When an alarm of a promise goes off: 7, 3 and 0 days before its last day, and after it.
    [[nodiscard]] static Instant alarm_at(Date due, AlarmLevel level);

    [[nodiscard]] std::expected<std::vector<Event>, Rejection> decide(const State& state, const Command& command,
                                                                      const DecisionContext& context) const;
    static void evolve(State& state, const Event& event, const EventHeaderView& header);
    [[nodiscard]] std::vector<Deadline> deadlines(const State& state) const;
    [[nodiscard]] static NewEvent encode(const Event& event);
    [[nodiscard]] static Result<Event> decode(EventType type, std::uint16_t schema, BytesView payload);
    [[nodiscard]] static Command alarm(const AlarmDue& due) { return due; }
    [[nodiscard]] static std::string_view rule_version(const State&) { return "tally-1"; }
    [[nodiscard]] static Rejection foreign_command();
    [[nodiscard]] DirectoryEntry describe(const State& state, const std::vector<SealedField>& sealed) const;
};

/// A workflow that is broken on purpose: replay counts one too many, which the checks must notice.
struct ForgetfulTally : Tally {
    [[nodiscard]] static Result<Event> decode(EventType type, std::uint16_t schema, BytesView payload);
};

[[nodiscard]] CaseId tally_case(std::uint64_t number);
[[nodiscard]] CommandId tally_command(std::uint64_t number);
/// A command for the case with that number; a command's own number makes its id.
[[nodiscard]] Command tally_order(std::uint64_t case_number, std::uint64_t command_number, Tally::Command body);

/// The workflow set of most engine tests: Tally as 900.
[[nodiscard]] WorkflowSet tally_workflows();

/// The state of a case as the store replays it; asserts that it is a Tally.
[[nodiscard]] Tally::State replayed_tally(const EventStore& store, std::uint64_t case_number);

}  // namespace anjie::test
