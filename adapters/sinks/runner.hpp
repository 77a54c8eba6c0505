#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "adapters/sinks/back_off.hpp"
#include "adapters/sinks/field_list.hpp"
#include "adapters/sinks/sink.hpp"
#include "adapters/sinks/sink_state.hpp"
#include "engine/clock.hpp"
#include "engine/event_store.hpp"

namespace anjie::sinks {

/// Every bound of a runner has a name.
struct RunnerLimits {
    std::size_t batch_events_max{500};
    std::size_t batch_bytes_max{4u << 20};
    std::size_t events_read_max{2'000};  ///< In one step, those that are passed over included.
    std::size_t waiting_cases_max{64};   ///< With so many cases waiting, no further events are taken.
    std::size_t parked_cases_max{10'000};
};

/// A case that does not go on, for people.
struct HeldCase {
    CaseId case_id;
    Hold hold;
};

/// How a sink does.
struct SinkStatus {
    enum class State {
        up_to_date,
        working,
        backing_off,  ///< The other side, or its answer, makes it wait.
        paused,       ///< By order.
        gone,         ///< The other side wants nothing more; `resume` tries again.
    };
    std::string name;
    std::string kind;
    std::string destination;
    State state{};
    Position cursor{};
    std::uint64_t lag_positions{};
    std::int64_t lag_seconds{};  ///< Age of the first event that is not yet looked at; 0 when there is none.
    std::size_t waiting{}, parked{};
    std::uint64_t dropped{};
    std::string trouble;  ///< Of the sink as a whole; empty when there is none.
    std::optional<Instant> next_try{};
};
[[nodiscard]] std::string_view code_of(SinkStatus::State state);

/// Told of a line of the disclosure ledger before its first events leave, and before sealed texts leave. A failure
/// keeps the events here.
using DisclosureJournal = std::function<Result<void>(const Disclosure&)>;

/// Names of a sink, and how it is to be run.
struct RunnerSettings {
    std::string name;
    std::string kind;
    CloudNames names;
    FieldList fields;
    RetryPlan retry{};
    RunnerLimits limits{};
    std::uint64_t seed{};
};

/// Carries the log to one sink: at least once, each case's events in order. The cursor moves only past what is settled;
/// a case whose event fails is held and the others go on; a held case is served from its own history, so holding costs
/// one row whatever happens in it. Nothing here can hold the log or another sink.
/// Threads: `step` one at a time; everything else from any thread, at once with it. Lifetime: all arguments outlive it.
class Runner {
public:
    Runner(const EventStore& events, DerivedStore& derived, const Clock& clock, Sink& sink, RunnerSettings settings,
           DisclosureJournal journal = {});

    /// Reads where the sink stands. To be called once, before anything else.
    [[nodiscard]] Result<void> open();

    /// What a step came to.
    struct Step {
        enum class Kind { worked, idle, waiting, stopped } kind{};
        std::optional<Instant> wake_at{};  ///< `waiting`: no use before.
    };
    /// Delivers one batch, if anything may be delivered now. Errors: the store's; nothing has changed then.
    [[nodiscard]] Result<Step> step(const std::stop_token& stop = {});

    [[nodiscard]] Result<void> pause();
    [[nodiscard]] Result<void> resume();
    /// Delivers everything from a position on again. Errors: `invalid` beyond the head.
    [[nodiscard]] Result<void> resend(Position from);
    /// Tries a held case (nullopt: every parked one) again at once; answers how many.
    [[nodiscard]] Result<std::size_t> retry(std::optional<CaseId> id);
    /// Gives up the event that holds a case and goes on with the next; kept in the ledger. Errors: `not_found`.
    [[nodiscard]] Result<void> drop(CaseId id);

    [[nodiscard]] Result<SinkStatus> status() const;
    /// Parked and waiting cases, at most `limit`.
    [[nodiscard]] std::vector<HeldCase> held(std::size_t limit) const;
    [[nodiscard]] Result<std::vector<Disclosure>> disclosures() const;

private:
    /// What is about to be delivered, and where that leads.
    struct Plan {
        std::uint64_t epoch{};
        std::optional<CaseId> released{};  ///< A held case; else the log itself.
        bool released_to_end{};
        Position through{};  ///< Last position looked at.
        std::vector<Delivery> deliveries{};
        std::vector<std::set<std::string, std::less<>>> classes{};   ///< One for each delivery.
        std::vector<std::pair<Delivery, std::string>> unreadable{};  ///< And why; then nothing else.
        std::string token{};
    };

    [[nodiscard]] Result<void> reconcile();
    [[nodiscard]] static Answer judged(const Plan& plan, Answer answer);
    [[nodiscard]] Result<std::optional<Plan>> make_plan(Instant now, Step& step);
    [[nodiscard]] Result<Plan> plan_feed() const;
    [[nodiscard]] Result<Plan> plan_release(CaseId id, const Hold& hold) const;
    [[nodiscard]] Result<std::string> behalf_of(const EventHeaderView& header) const;
    [[nodiscard]] Result<bool> add(Plan& plan, const EventView& event, const std::set<CaseId>& blocked,
                                   std::size_t& bytes) const;
    [[nodiscard]] std::size_t batch_events_max(Position at) const;
    [[nodiscard]] std::string token_of(const Plan& plan) const;
    [[nodiscard]] Result<void> record(const Plan& plan, Instant now);
    [[nodiscard]] Result<void> settle(const Plan& plan, const Answer& answer, Instant now);
    [[nodiscard]] Result<void> settle_release(const Plan& plan, const Answer& answer, Instant now);
    [[nodiscard]] bool settle_feed(const Plan& plan, const Answer& answer, Instant now, std::vector<CaseId>& changed);
    void hold_case(const Delivery& delivery, const Outcome& outcome, Instant now);
    void note_trouble(const Trouble& trouble, const Plan& plan, Instant now);
    [[nodiscard]] std::size_t waiting_count() const;

    const EventStore& events_;
    const Clock& clock_;
    Sink& sink_;
    const RunnerSettings settings_;
    const DisclosureJournal journal_;

    mutable std::mutex mutex_;  // Guards all below.
    SinkStateStore store_;
    SinkState state_;
    BackOff back_off_;
    std::uint64_t epoch_{};  // Grows when an order makes what is under way worthless.
    bool reconciled_{};
    std::uint32_t failures_{};
    std::string trouble_;
    Instant not_before_{};
    Position single_until_{};  // Up to here events are handed over one by one.
    std::uint64_t successes_{};
    std::map<CaseId, std::uint64_t> successes_at_failure_;  // Of waiting cases.
};

}  // namespace anjie::sinks
