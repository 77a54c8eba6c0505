#pragma once

#include <capnp/serialize-async.h>
#include <kj/timer.h>

#include <memory>

#include "adapters/rpc/detail/allowance.hpp"

namespace anjie::rpc::detail {

/// The messages of one connection, counted: what a client sends is held against its limits before anything acts on it,
/// and nothing is read while too much waits to be sent.
class GuardedStream final : public capnp::MessageStream {
public:
    GuardedStream(kj::AsyncIoStream& stream, kj::Timer& timer, std::shared_ptr<Allowance> allowance)
        : inner_(stream), timer_(timer), allowance_(std::move(allowance)) {}

    /// Errors: throws when a limit is passed; the connection ends then.
    kj::Promise<kj::Maybe<capnp::MessageReaderAndFds>> tryReadMessage(kj::ArrayPtr<kj::AutoCloseFd> descriptors,
                                                                      capnp::ReaderOptions options,
                                                                      kj::ArrayPtr<capnp::word> scratch) override;
    kj::Promise<void> writeMessage(kj::ArrayPtr<const int> descriptors,
                                   kj::ArrayPtr<const kj::ArrayPtr<const capnp::word>> segments) override {
        return inner_.writeMessage(descriptors, segments);
    }
    kj::Promise<void> writeMessages(
        kj::ArrayPtr<kj::ArrayPtr<const kj::ArrayPtr<const capnp::word>>> messages) override {
        return inner_.writeMessages(messages);
    }
    /// What decides how much is pushed to a sink before it answers.
    kj::Maybe<int> getSendBufferSize() override { return static_cast<int>(allowance_->window); }
    kj::Promise<void> end() override { return inner_.end(); }

private:
    kj::Promise<void> room();
    void count(capnp::MessageReader& message);

    capnp::AsyncIoMessageStream inner_;
    kj::Timer& timer_;
    std::shared_ptr<Allowance> allowance_;
};

}  // namespace anjie::rpc::detail
