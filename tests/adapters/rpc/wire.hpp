#pragma once

#include <kj/async-io.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/rpc/client/promises.hpp"
#include "adapters/rpc/values.hpp"

namespace anjie::rpc::test {

/// A program with an event loop of its own, connected to an office.
struct Loop {
    std::shared_ptr<kj::AsyncIoContext> held = client::loop_of_thread();
    kj::AsyncIoContext& io = *held;

    [[nodiscard]] kj::Own<client::Connection> connect(const std::string& address) {
        return client::Connection::open(io.provider->getNetwork(), {.address = address}).wait(io.waitScope);
    }
    template <class T>
    auto wait(kj::Promise<T> promise) {
        return promise.wait(io.waitScope);
    }
};

/// A stream that hears nothing before `open`, so that whatever was answered before cannot have been waited for.
class DeafStream final : public kj::AsyncIoStream {
public:
    explicit DeafStream(kj::Own<kj::AsyncIoStream> inner);

    void open() { opener_->fulfill(); }

    kj::Promise<std::size_t> tryRead(void* buffer, std::size_t least, std::size_t most) override;
    kj::Promise<void> write(const void* buffer, std::size_t size) override { return inner_->write(buffer, size); }
    kj::Promise<void> write(kj::ArrayPtr<const kj::ArrayPtr<const kj::byte>> pieces) override {
        return inner_->write(pieces);
    }
    kj::Promise<void> whenWriteDisconnected() override { return inner_->whenWriteDisconnected(); }
    void shutdownWrite() override { inner_->shutdownWrite(); }

private:
    kj::Own<kj::AsyncIoStream> inner_;
    kj::Own<kj::PromiseFulfiller<void>> opener_;
    kj::ForkedPromise<void> opened_;
};

/// A plain socket, for what no client of Cap'n Proto would send.
class RawSocket {
public:
    explicit RawSocket(const std::string& address);
    ~RawSocket();
    RawSocket(const RawSocket&) = delete;
    RawSocket& operator=(const RawSocket&) = delete;

    /// False when the other end has closed.
    bool send(std::string_view bytes) const;
    void end_sending() const;
    /// Whether the other end closes within some seconds; what it says before is dropped.
    [[nodiscard]] bool is_closed_by_peer() const;

private:
    int fd_;
};

}  // namespace anjie::rpc::test
