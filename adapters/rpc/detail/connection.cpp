#include "adapters/rpc/detail/connection.hpp"

#include <arpa/inet.h>
#include <kj/debug.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <algorithm>
#include <array>

#include "adapters/rpc/detail/gate.hpp"

namespace anjie::rpc::detail {
namespace {

constexpr auto watch_every = std::chrono::milliseconds(50);

kj::Duration duration(std::chrono::milliseconds time) { return time.count() * kj::MILLISECONDS; }

}  // namespace

Connection::Connection(House& house, kj::Own<kj::AsyncIoStream> stream, access::Client client)
    : house_(house),
      stream_(kj::mv(stream)),
      allowance_(std::make_shared<Allowance>(house.limits, [this] { return network_.getCurrentQueueSize(); })),
      messages_(*stream_, house.timer, allowance_),
      network_(messages_, capnp::rpc::twoparty::Side::SERVER),
      rpc_(capnp::makeRpcServer(network_, kj::heap<Gate>(house, allowance_, std::move(client)))),
      since_(house.timer.now()),
      spoke_at_(since_) {
    rpc_.setFlowLimit(house.limits.first_message_bytes_max * 4 / sizeof(capnp::word));
}

kj::Promise<void> Connection::run() { return network_.onDisconnect().exclusiveJoin(watch()); }

kj::Promise<void> Connection::watch() {
    auto& allowance = *allowance_;
    const auto& limits = house_.limits;
    const auto now = house_.timer.now();
    if (!allowance.ended.empty()) return KJ_EXCEPTION(FAILED, "the client passed a limit", allowance.ended);
    if (!allowance.logged_in && now - since_ >= duration(limits.log_in_time))
        return KJ_EXCEPTION(FAILED, "no log-in in time");
    if (allowance.logged_in && !flow_raised_) {
        flow_raised_ = true;
        rpc_.setFlowLimit(limits.call_bytes_max / sizeof(capnp::word));
    }
    if (allowance.messages != messages_seen_ || allowance.calls > 0 || allowance.subscriptions > 0) spoke_at_ = now;
    messages_seen_ = allowance.messages;
    if (now - spoke_at_ >= duration(limits.idle_time)) return KJ_EXCEPTION(FAILED, "idle for long");
    allowance.readings->look();
    const auto pause = std::min({watch_every, limits.log_in_time, limits.idle_time});
    return house_.timer.afterDelay(duration(pause)).then([this] { return watch(); });
}

std::string address_of(kj::AsyncIoStream& stream) {
    sockaddr_storage peer{};
    kj::uint length = sizeof peer;
    try {
        stream.getpeername(reinterpret_cast<sockaddr*>(&peer), &length);
    } catch (const kj::Exception&) {
        return {};
    }
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* address = nullptr;
    if (peer.ss_family == AF_INET) address = &reinterpret_cast<const sockaddr_in*>(&peer)->sin_addr;
    if (peer.ss_family == AF_INET6) address = &reinterpret_cast<const sockaddr_in6*>(&peer)->sin6_addr;
    if (address == nullptr || inet_ntop(peer.ss_family, address, text.data(), text.size()) == nullptr) return {};
    return text.data();
}

void tune(kj::AsyncIoStream& stream) {
    const auto set = [&](int level, int option, int value) { stream.setsockopt(level, option, &value, sizeof value); };
    try {
        set(IPPROTO_TCP, TCP_NODELAY, 1);
        set(SOL_SOCKET, SO_KEEPALIVE, 1);
        set(IPPROTO_TCP, TCP_KEEPIDLE, 60);
        set(IPPROTO_TCP, TCP_KEEPINTVL, 15);
        set(IPPROTO_TCP, TCP_KEEPCNT, 4);
    } catch (const kj::Exception&) {
        // The peer has gone already; the first reading says so.
    }
}

}  // namespace anjie::rpc::detail
