#pragma once

#include <functional>
#include <map>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "adapters/handover/endpoint.hpp"

namespace anjie::handover {

/// Brings one message to a peer and answers what came back. Errors: `unavailable` when nothing came back.
using Post = std::function<Result<Reply>(const Peer& peer, const std::string& message)>;

/// One attempt at everything that waits.
struct Round {
    struct Failure {
        std::string handover, to, reason;
    };
    std::size_t delivered{};
    std::size_t postponed{};  ///< Not tried: it failed before, or its peer did not answer, and it is not due yet.
    std::vector<Failure> failures{};
    std::vector<Failure> letters{};  ///< No line to that organisation.
};

/// Delivers what waits on a desk until it is acknowledged. A message that fails holds up its own hand-over only, and is
/// tried again after a pause that doubles up to a limit. A peer that does not answer at all is left alone for such a
/// pause, with whatever waits for it, and holds up nobody else. Threads: one.
class Courier {
public:
    static constexpr std::chrono::seconds pause_first{1};
    static constexpr std::chrono::seconds pause_most{300};

    /// Lifetime: desk and clock outlive it.
    Courier(Desk& desk, Post post, const Clock& clock) : desk_(desk), post_(std::move(post)), clock_(clock) {}

    /// Tries what is due, each message once, until nothing that was acknowledged has a successor waiting. `all`: also
    /// what failed before and should pause. Errors: the desk's.
    [[nodiscard]] Result<Round> round(bool all = false);

    /// Rounds until asked to stop; `wait` returns when there may be something to do. A failing desk is tried again.
    void run(const std::stop_token& stop, const std::function<void()>& wait);

private:
    struct Attempt {
        std::size_t failed{};
        Instant next{};
    };
    /// Whether the peer answered; a letter is answered by nobody.
    [[nodiscard]] Result<bool> deliver(const Outgoing& out, Round& round);
    void pause(const Outgoing& out);
    void pause(const Peer& peer);
    template <class Key>
    [[nodiscard]] bool is_pausing(const std::map<Key, Attempt>& attempts, Key key) const {
        const auto found = attempts.find(key);
        return found != attempts.end() && clock_.now() < found->second.next;
    }

    Desk& desk_;
    Post post_;
    const Clock& clock_;
    std::map<Position, Attempt> attempts_;
    std::map<const Peer*, Attempt> silent_;
};

}  // namespace anjie::handover
