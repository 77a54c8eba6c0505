#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/handover/message.hpp"
#include "adapters/handover/peers.hpp"
#include "engine/clock.hpp"
#include "engine/derived_store.hpp"
#include "engine/engine.hpp"
#include "engine/event_store.hpp"

namespace anjie::handover {

/// Whose desk it is, and how it numbers the cases it is sent.
struct Office {
    std::string organisation;
    std::string jurisdiction;
    dispute::CommitteeKind committee{};
    std::string number_prefix;
};

/// A message that its receiver has not acknowledged yet.
struct Outgoing {
    Position position{};  ///< Of the event that it tells; the key of its acknowledgement.
    CaseId case_id{};
    Message message;
    const Peer* peer{};  ///< nullptr: there is no line to that organisation; a letter has to say it.
};

/// What became of a message that came in.
enum class Verdict {
    recorded,  ///< Its fact is in the log now.
    repeated,  ///< It was, already.
    ignored,   ///< The conversation was past it: what the sender will hear says so.
    refused,   ///< Not taken; the sender keeps it and may send it again.
};
[[nodiscard]] std::string_view to_string(Verdict verdict);

struct Answer {
    Verdict verdict{};
    std::string number{};  ///< The case's number here, where there is one.
    std::string detail{};  ///< Why it was ignored or refused, in both languages.

    bool operator==(const Answer&) const = default;
};

/// The desk where hand-overs leave and arrive. It keeps nothing of its own that the log does not say: outgoing messages
/// are the log's events, what has been acknowledged and which case belongs to which hand-over are rows that follow the
/// log. Rows lost are built again, and messages then sent twice are known by their ids.
/// Threads: every method may be called from any thread. Lifetime: what it is given outlives it.
class Desk {
public:
    Desk(const EventStore& events, DerivedStore& derived, Engine& engine, const Clock& clock, Office office,
         Peers peers);
    ~Desk();
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    /// Everything that is still to be delivered, in log order, without texts: for a list.
    [[nodiscard]] Result<std::vector<Outgoing>> waiting();
    /// Asked before a message is composed, by its place in the log and where it goes (nullptr: no line).
    using IsDue = std::function<bool(Position, const Peer*)>;
    static constexpr std::size_t outgoing_max = 64;
    /// What is to be delivered next, in log order; of one hand-over only the first, so that its messages arrive in
    /// order; without those that are not due. Texts go with an offer as far as the peer may have them; that they leave
    /// is in the log before this answers. Errors: as the store and the engine.
    /// Cost: a row for whatever waits; the case's events for each message answered, of which there are no more than
    /// `outgoing_max`, and once for each that waits.
    [[nodiscard]] Result<std::vector<Outgoing>> outgoing(const IsDue& is_due = {});
    /// The receiver has it. May be lost in a power cut: then the message is sent once more.
    [[nodiscard]] Result<void> acknowledge(const Outgoing& sent);

    /// Takes a message from `peer`, whoever proved to be that organisation. Durable: what it answers as recorded or
    /// repeated is in the log. Errors: as the store and the engine; then nothing is known, and the sender tries again.
    [[nodiscard]] Result<Answer> receive(const Message& message, std::string_view peer);

    [[nodiscard]] const Peers& peers() const;
    [[nodiscard]] const Office& office() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace anjie::handover
