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

/// Whether it was acknowledged.
Result<bool> Courier::deliver(const Outgoing& out, Round& round, bool all) {
    if (out.peer == nullptr) {
        round.letters.push_back({out.message.handover, out.message.to, {}});
        return false;
    }
    auto& attempt = attempts_[out.position];
    if (!all && attempt.failed > 0 && clock_.now() < attempt.next) {
        ++round.postponed;
        return false;
    }
    const auto reply = post_(*out.peer, to_json(out.message));
    if (reply && is_acknowledged(*reply)) {
        ANJIE_CHECK(desk_.acknowledge(out));
        attempts_.erase(out.position);
        ++round.delivered;
        return true;
    }
    ++attempt.failed;
    attempt.next = {clock_.now().microseconds + pause_after(attempt.failed, out.position).count()};
    std::string reason = reply ? std::to_string(reply->status) + " " + detail_of(*reply) : reply.error().detail;
    round.failures.push_back({out.message.handover, out.message.to, std::move(reason)});
    return false;
}

Result<Round> Courier::round(bool all) {
    Round round;
    while (true) {
        ANJIE_TRY(const auto waiting, desk_.outgoing());
        round.failures.clear();
        round.letters.clear();
        round.postponed = 0;
        bool moved = false;
        for (const auto& out : waiting) {
            ANJIE_TRY(const bool delivered, deliver(out, round, all));
            moved |= delivered;
        }
        if (!moved) return round;
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
