#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "engine/workflow.hpp"

namespace anjie {

template <class Command>
struct TypedCommand final : CommandBody {
    explicit TypedCommand(Command command) : value(std::move(command)) {}
    Command value;
};

/// The order as the engine carries it.
template <class W>
[[nodiscard]] std::shared_ptr<const CommandBody> make_body(typename W::Command command) {
    return std::make_shared<const TypedCommand<typename W::Command>>(std::move(command));
}

/// Makes a `Workflow` of plain values and pure functions. `W` (a value holding at most rule tables) provides:
///
///   using State, Command, Event;  // State and Event: copyable, ==; Command and Event: std::variant
///   static constexpr WorkflowId id; static constexpr std::string_view name;
///   std::expected<std::vector<Event>, Rejection> decide(const State&, const Command&, const DecisionContext&) const;
///   static void evolve(State&, const Event&, const EventHeaderView&);  // may read version, type, schema, occurred_at,
///                       // recorded_at, actor and organisation; the rest is not known yet when the event is decided
///   std::vector<Deadline> deadlines(const State&) const;
///   static NewEvent encode(const Event&);
///   static Result<Event> decode(EventType, std::uint16_t schema, BytesView payload);
///   static Command alarm(const AlarmDue&);
///   static std::string_view rule_version(const State&);
///   static Rejection foreign_command();
///   DirectoryEntry describe(const State&, const std::vector<SealedField>&) const;
template <class W>
class TypedWorkflow final : public Workflow {
public:
    class Case final : public CaseState {
    public:
        typename W::State value{};
        [[nodiscard]] std::unique_ptr<CaseState> clone() const override { return std::make_unique<Case>(*this); }
        [[nodiscard]] bool equals(const CaseState& other) const override {
            return value == static_cast<const Case&>(other).value;
        }
    };

    explicit TypedWorkflow(W definition) : definition_(std::move(definition)) {}

    [[nodiscard]] const W& definition() const { return definition_; }
    [[nodiscard]] WorkflowId id() const override { return W::id; }
    [[nodiscard]] std::string_view name() const override { return W::name; }
    [[nodiscard]] std::unique_ptr<CaseState> new_state() const override { return std::make_unique<Case>(); }

    [[nodiscard]] Result<void> evolve(CaseState& state, const EventView& event) const override {
        ANJIE_TRY(const typename W::Event decoded, W::decode(event.header.type, event.header.schema, event.payload));
        W::evolve(static_cast<Case&>(state).value, decoded, event.header);
        return {};
    }

    [[nodiscard]] std::expected<std::vector<NewEvent>, Rejection> decide(
        CaseState& state, const CommandBody& body, const DecisionContext& context) const override {
        auto& value = static_cast<Case&>(state).value;
        auto decided = decide_typed(value, body, context);
        if (!decided) return std::unexpected(std::move(decided).error());

        std::vector<NewEvent> encoded;
        encoded.reserve(decided->size());
        EventHeaderView header;
        header.workflow = W::id;
        header.occurred_at = context.occurred_at;
        header.recorded_at = context.now;
        header.actor = context.actor;
        header.organisation = context.organisation;
        header.version = context.version;
        for (const auto& event : *decided) {
            encoded.push_back(W::encode(event));
            ++header.version;
            header.type = encoded.back().type;
            header.schema = encoded.back().schema;
            W::evolve(value, event, header);
        }
        return encoded;
    }

    [[nodiscard]] std::vector<Deadline> deadlines(const CaseState& state) const override {
        return definition_.deadlines(value_of(state));
    }
    [[nodiscard]] std::string_view rule_version(const CaseState& state) const override {
        return W::rule_version(value_of(state));
    }
    [[nodiscard]] DirectoryEntry describe(const CaseState& state,
                                          const std::vector<SealedField>& sealed) const override {
        return definition_.describe(value_of(state), sealed);
    }

    [[nodiscard]] static const typename W::State& value_of(const CaseState& state) {
        return static_cast<const Case&>(state).value;
    }

private:
    [[nodiscard]] std::expected<std::vector<typename W::Event>, Rejection> decide_typed(
        const typename W::State& state, const CommandBody& body, const DecisionContext& context) const {
        if (const auto* own = dynamic_cast<const TypedCommand<typename W::Command>*>(&body))
            return definition_.decide(state, own->value, context);
        if (const auto* alarm = dynamic_cast<const AlarmDue*>(&body))
            return definition_.decide(state, W::alarm(*alarm), context);
        return std::unexpected(W::foreign_command());
    }

    W definition_;
};

}  // namespace anjie
