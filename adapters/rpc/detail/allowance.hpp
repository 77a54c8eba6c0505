#pragma once

#include <kj/async.h>

#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <utility>

#include "adapters/rpc/limits.hpp"

namespace anjie::rpc::detail {

/// One more of something, as long as it lives. Lifetime: keeps what holds the count alive.
class Use {
public:
    Use() = default;
    Use(std::shared_ptr<void> owner, std::size_t& count) : owner_(std::move(owner)), count_(&count) { ++count; }
    Use(Use&& other) noexcept : owner_(std::move(other.owner_)), count_(std::exchange(other.count_, nullptr)) {}
    Use& operator=(Use&& other) noexcept {
        std::swap(owner_, other.owner_);
        std::swap(count_, other.count_);
        return *this;
    }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    ~Use() {
        if (count_ != nullptr) --*count_;
    }

private:
    std::shared_ptr<void> owner_;
    std::size_t* count_{};
};

/// Lets in a few at a time, in the order in which they came. On the loop's thread.
class Turnstile : public std::enable_shared_from_this<Turnstile> {
public:
    /// `open` may close it for a while; then somebody calls `look` later.
    explicit Turnstile(std::size_t inside_max, std::function<bool()> open = {})
        : inside_max_(inside_max), open_(std::move(open)) {}

    /// Leaves when it is destroyed.
    class Turn {
    public:
        explicit Turn(std::shared_ptr<Turnstile> turnstile) : turnstile_(std::move(turnstile)) {}
        Turn(Turn&&) = default;
        Turn& operator=(Turn&&) = default;
        ~Turn() {
            if (turnstile_) turnstile_->leave();
        }

    private:
        std::shared_ptr<Turnstile> turnstile_;
    };
    [[nodiscard]] kj::Promise<Turn> enter() {
        auto pair = kj::newPromiseAndFulfiller<Turn>();
        waiting_.push_back(kj::mv(pair.fulfiller));
        look();
        return kj::mv(pair.promise);
    }
    [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
    /// Lets in whoever may go in now.
    void look() {
        while (!waiting_.empty() && inside_ < inside_max_ && (!open_ || open_())) {
            auto next = kj::mv(waiting_.front());
            waiting_.pop_front();
            if (!next->isWaiting()) continue;
            ++inside_;
            next->fulfill(Turn(shared_from_this()));
        }
    }

private:
    void leave() {
        --inside_;
        look();
    }

    std::size_t inside_max_;
    std::function<bool()> open_;
    std::size_t inside_{};
    std::list<kj::Own<kj::PromiseFulfiller<Turn>>> waiting_;
};

/// What one connection has used of its limits. On the loop's thread.
struct Allowance {
    Allowance(const Limits& bounds, std::function<std::size_t()> outgoing_bytes)
        : limits(bounds),
          outgoing(std::move(outgoing_bytes)),
          window(bounds.feed_window_bytes),
          readings(std::make_shared<Turnstile>(bounds.readings_max,
                                               [this] { return outgoing() <= limits.answer_bytes_max; })) {}

    const Limits& limits;
    std::function<std::size_t()> outgoing;  ///< Bytes that wait to be sent.
    bool logged_in{};
    std::size_t questions{};  ///< Not finished by the client.
    std::size_t calls{};      ///< In flight.
    std::size_t capabilities{};
    std::size_t subscriptions{};
    std::size_t log_ins{};
    std::size_t window;
    std::uint64_t messages{};  ///< Received so far.
    std::shared_ptr<Turnstile> readings;
    std::string ended;  ///< Why the connection is to end; empty: it is not.
};

}  // namespace anjie::rpc::detail
