#pragma once

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "engine/typed_workflow.hpp"
#include "tests/support/dispute_rules.hpp"
#include "workflows/dispute/dispute.hpp"

namespace anjie::test {

/// One case told as given (what went before), when (one order), then (events, or a refusal). Every accepted order is
/// also replayed from the beginning through the codec: live state and replayed state must be equal.
class DisputeStory {
public:
    DisputeStory() : DisputeStory(dispute::Dispute(small_rules(), small_calendars())) {}
    explicit DisputeStory(dispute::Dispute workflow) : workflow_(std::move(workflow)) {}

    /// Orders that must be accepted, all on `day`.
    DisputeStory& given(Date day, const std::vector<dispute::Command>& commands) {
        for (const auto& command : commands) {
            when(day, command);
            INFO(refusal_text());
            REQUIRE_FALSE(refusal);
        }
        return *this;
    }
    /// One order; `events` or `refusal` say what came of it.
    DisputeStory& when(Date day, const dispute::Command& command) { return when_at(on_day(day), command); }
    DisputeStory& when_at(OccurredAt occurred_at, const dispute::Command& command) {
        events.clear();
        refusal.reset();
        const auto before = state;
        const auto context = context_at(occurred_at);
        auto decided = workflow_.decide(state, command, context);
        if (!decided) {
            refusal = std::move(decided).error();
            REQUIRE(state == before);
            return *this;
        }
        events = std::move(*decided);
        for (const auto& event : events) take(event, occurred_at);
        REQUIRE(replayed() == state);
        return *this;
    }
    void then_refused(std::string_view code) const {
        REQUIRE(refusal);
        CHECK(refusal->code == code);
    }
    void then_accepted() const {
        INFO(refusal_text());
        CHECK_FALSE(refusal);
    }
    template <class E>
    const E& then() const {
        INFO(refusal_text());
        for (const auto& event : events)
            if (const auto* found = std::get_if<E>(&event)) return *found;
        FAIL("no event " << E::name);
        throw 0;  // Not reached: FAIL does not return.
    }
    [[nodiscard]] const dispute::RunningDeadline* running(dispute::DeadlineKind kind, std::uint16_t item = 0) const {
        for (const auto& one : state.deadlines)
            if (one.start.kind == kind && one.start.item == item) return &one;
        return nullptr;
    }
    [[nodiscard]] DecisionContext context_at(OccurredAt occurred_at) const {
        return {.now = now,
                .occurred_at = occurred_at,
                .actor = "clerk",
                .organisation = "540629001",
                .version = static_cast<Version>(history_.size())};
    }
    [[nodiscard]] const dispute::Dispute& workflow() const { return workflow_; }
    [[nodiscard]] std::string refusal_text() const {
        return refusal ? refusal->code + ": " + refusal->message.en : std::string("accepted");
    }
    [[nodiscard]] dispute::State replayed() const {
        dispute::State again;
        for (const auto& [bytes, header] : history_) {
            const auto decoded = dispute::Dispute::decode(bytes.type, bytes.schema, bytes.payload);
            REQUIRE(decoded);
            dispute::Dispute::evolve(again, *decoded, header);
        }
        return again;
    }

    dispute::State state{};
    std::vector<dispute::Event> events{};
    std::optional<Rejection> refusal{};
    Instant now{start_of_day(make_date(2026, 1, 1))};

private:
    void take(const dispute::Event& event, OccurredAt occurred_at) {
        EventHeaderView header;
        header.workflow = dispute::workflow_id;
        header.occurred_at = occurred_at;
        header.recorded_at = now;
        header.actor = "clerk";
        header.organisation = "540629001";
        header.version = static_cast<Version>(history_.size() + 1);
        history_.emplace_back(dispute::Dispute::encode(event), header);
        dispute::Dispute::evolve(state, event, header);
    }

    dispute::Dispute workflow_;
    std::vector<std::pair<NewEvent, EventHeaderView>> history_{};
};

}  // namespace anjie::test
