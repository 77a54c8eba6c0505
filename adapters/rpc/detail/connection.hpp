#pragma once

#include <capnp/rpc-twoparty.h>
#include <kj/async-io.h>

#include <memory>

#include "adapters/rpc/detail/guarded_stream.hpp"
#include "adapters/rpc/detail/house.hpp"

namespace anjie::rpc::detail {

/// One client. On the loop's thread.
class Connection {
public:
    Connection(House& house, kj::Own<kj::AsyncIoStream> stream, access::Client client);

    /// Until the client goes, or has to: it did not log in in time, was idle for long, passed a limit. Errors: throws
    /// with the reason.
    [[nodiscard]] kj::Promise<void> run();
    /// Whether everything answered is on its way.
    [[nodiscard]] bool is_flushed() { return network_.getCurrentQueueSize() == 0; }
    /// The stream, to be closed with care once this is gone.
    [[nodiscard]] kj::Own<kj::AsyncIoStream> outlived_by_stream() { return kj::mv(stream_); }

private:
    kj::Promise<void> watch();

    House& house_;
    kj::Own<kj::AsyncIoStream> stream_;
    std::shared_ptr<Allowance> allowance_;
    GuardedStream messages_;
    capnp::TwoPartyVatNetwork network_;
    capnp::RpcSystem<capnp::rpc::twoparty::VatId> rpc_;
    kj::TimePoint since_;
    kj::TimePoint spoke_at_;
    std::uint64_t messages_seen_{};
    bool flow_raised_{};
};

/// Numeric address of the other end; empty when the system does not say.
[[nodiscard]] std::string address_of(kj::AsyncIoStream& stream);
/// Small messages at once; a peer that has gone without a word is noticed by the system.
void tune(kj::AsyncIoStream& stream);

}  // namespace anjie::rpc::detail
