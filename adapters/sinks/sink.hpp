#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/sinks/cloud_event.hpp"
#include "engine/event.hpp"
#include "engine/result.hpp"

/// Events that leave for other systems: what every kind of sink has to do, and what is done for it.
namespace anjie::sinks {

/// One event on its way out, already reduced to what may leave.
struct Delivery {
    Position position{};
    CaseId case_id;
    Version version{};
    CloudEvent event;
};

/// What became of one event.
struct Outcome {
    enum class Verdict {
        delivered,
        untried,  ///< Not handed over: an earlier event of its case was not delivered, or the sink has trouble.
        later,    ///< This event failed, others may go: its case waits and is tried again.
        poison,   ///< It will never be taken as it is: its case is parked until somebody decides.
    };
    Verdict verdict{Verdict::untried};
    std::string reason{};  ///< For people; never text of an event and never what the other side wrote.
};

/// What is wrong with the sink as a whole; no case is to blame.
struct Trouble {
    enum class Kind {
        unavailable,  ///< Try again after a while.
        one_by_one,   ///< Something in this batch is refused: hand the events over singly, to find which.
        gone,         ///< The other side wants nothing more: stop until somebody resumes.
    };
    Kind kind{Kind::unavailable};
    std::string reason{};  ///< As above.
    std::optional<std::chrono::microseconds> retry_after{};
};

/// What became of a batch. Without trouble, an event is untried only behind an event of its own case that failed.
struct Answer {
    std::vector<Outcome> outcomes{};  ///< In the batch's order; those that are missing at the end are untried.
    std::optional<Trouble> trouble{};
};

/// Events in log order, those of several cases mixed, each case's without a gap.
struct Batch {
    std::span<const Delivery> deliveries;
    /// Where the runner stands when all of this has been delivered. A sink that can keep it in one transaction with
    /// the events makes re-delivery after a crash impossible; others ignore it.
    std::string_view token;
};

/// One other system. Adding a kind of sink is implementing this in a folder of its own.
/// Threads: one at a time uses it.
class Sink {
public:
    virtual ~Sink() = default;

    /// Where events go, for people and the disclosure ledger: a URL or path without any secret.
    [[nodiscard]] virtual std::string destination() const = 0;
    /// Hands over in order; when an event of a case is not delivered, later ones of that case must not be. Ends
    /// soon after `stop` is requested, with what is then untried. Durable: what is answered as delivered is the other
    /// side's, as durably as it can promise. A sink that keeps tokens delivers all or nothing.
    [[nodiscard]] virtual Answer deliver(const Batch& batch, const std::stop_token& stop) = 0;
    /// Whether it keeps tokens, so that each event is there once.
    [[nodiscard]] virtual bool keeps_tokens() const { return false; }
    /// The token of the last batch it has kept; nullopt when there is none or it keeps none.
    /// Errors: `unavailable`; it is asked again before anything is delivered.
    [[nodiscard]] virtual Result<std::optional<std::string>> kept_token() { return std::nullopt; }
};

/// For sinks that hand over singly: calls `one` for each event in order, leaves out those behind a failure in their
/// case, and stops at trouble, or when `stop` is requested.
[[nodiscard]] Answer one_after_another(std::span<const Delivery> deliveries, const std::stop_token& stop,
                                       const std::function<std::variant<Outcome, Trouble>(const Delivery&)>& one);

}  // namespace anjie::sinks
