#include "adapters/handover/courier.hpp"

#include <algorithm>

namespace anjie::handover {
namespace {

/// Doubles each time; a quarter is left to the message's place in the log, so that many do not come back at once.
std::chrono::microseconds pause_after(std::size_t failed, Position position) {
    const auto doublings = std::min<std::size_t>(failed - 1, 10);
    const std::chrono::microseconds whole =
        std::min<std::chrono::seconds>(Courier::pause_first * (std::int64_t{1} << doublings), Courier::pause_most);
    return whole - whole / 4 * static_cast<std::int64_t>(position % 5) / 4;
}

}  // namespace

void Courier::pause(const Outgoing& out) {
    auto& attempt = attempts_[out.position];
    ++attempt.failed;
    attempt.next = {clock_.now().microseconds + pause_after(attempt.failed, out.position).count()};
}

/// Half of what a message waits: then another message is tried, lest one that the peer chokes on holds up the rest.
void Courier::pause(const Peer& peer) {
    auto& attempt = silent_[&peer];
    ++attempt.failed;
    attempt.next = {clock_.now().microseconds + pause_after(attempt.failed, 0).count() / 2};
}

Result<bool> Courier::deliver(const Outgoing& out, Round& round) {
    if (out.peer == nullptr) {
        round.letters.push_back({out.message.handover, out.message.to, {}});
        attempts_[out.position].next = {clock_.now().microseconds + std::chrono::microseconds(pause_most).count()};
        return false;
    }
    const auto reply = post_(*out.peer, to_json(out.message));
    if (reply)
        silent_.erase(out.peer);
    else
        pause(*out.peer);
    if (reply && is_acknowledged(*reply)) {
        ANJIE_CHECK(desk_.acknowledge(out));
        attempts_.erase(out.position);
        ++round.delivered;
        return true;
    }
    pause(out);
    std::string reason = reply ? std::to_string(reply->status) + " " + detail_of(*reply) : reply.error().detail;
    round.failures.push_back({out.message.handover, out.message.to, std::move(reason)});
    return reply.has_value();
}

Result<Round> Courier::round(bool all) {
    Round round;
    std::set<Position> tried;
    std::set<const Peer*> silent;
    const auto is_due = [&](Position position, const Peer* peer) {
        if (tried.contains(position)) return false;
        const bool waits =
            silent.contains(peer) || (!all && (is_pausing(attempts_, position) || is_pausing(silent_, peer)));
        if (waits && peer != nullptr) ++round.postponed;
        return !waits;
    };
    while (true) {
        round.postponed = 0;
        ANJIE_TRY(const auto next, desk_.outgoing(is_due));
        if (next.empty()) return round;
        for (const auto& out : next) {
            if (silent.contains(out.peer)) continue;  // Found out by the message before.
            tried.insert(out.position);
            ANJIE_TRY(const bool answered, deliver(out, round));
            if (!answered && out.peer != nullptr) silent.insert(out.peer);
        }
    }
}

void Courier::run(const std::stop_token& stop, const std::function<void()>& wait) {
    while (!stop.stop_requested()) {
        // What failed is tried again next time; the desk keeps what waits.
        (void)round();
        wait();
    }
}

}  // namespace anjie::handover
