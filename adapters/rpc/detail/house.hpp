#pragma once

#include <kj/async.h>
#include <kj/timer.h>

#include <atomic>
#include <list>
#include <memory>

#include "adapters/rpc/detail/allowance.hpp"
#include "adapters/rpc/detail/mailbox.hpp"
#include "adapters/rpc/detail/trouble.hpp"
#include "adapters/rpc/detail/workers.hpp"
#include "adapters/service/service.hpp"

namespace anjie::rpc::detail {

/// Written on the loop's thread, read by any.
struct Figures {
    std::atomic<std::uint64_t> connections, subscriptions, calls, troubles, events_pushed, turned_away;
};

/// Wakes those who wait for the log to grow. On the loop's thread.
class Bell {
public:
    /// Until it rings next.
    [[nodiscard]] kj::Promise<void> next() {
        auto pair = kj::newPromiseAndFulfiller<void>();
        waiting_.push_back(kj::mv(pair.fulfiller));
        return kj::mv(pair.promise);
    }
    void ring() {
        auto waiting = std::exchange(waiting_, {});
        for (auto& one : waiting) one->fulfill();
    }

private:
    std::list<kj::Own<kj::PromiseFulfiller<void>>> waiting_;
};

/// What all connections share. On the loop's thread, except `service`, `workers` and `mailbox`, which may be used from
/// any.
class House {
public:
    House(service::Service& office, const Limits& bounds, Workers& pool, std::shared_ptr<Mailbox> box, kj::Timer& clock,
          Figures& counted)
        : service(office), limits(bounds), workers(pool), mailbox(std::move(box)), timer(clock), figures(counted) {}

    service::Service& service;
    const Limits& limits;
    Workers& workers;
    std::shared_ptr<Mailbox> mailbox;
    kj::Timer& timer;
    Figures& figures;
    Bell bell{};
    std::shared_ptr<Turnstile> log_ins{std::make_shared<Turnstile>(1)};  ///< Passwords cost memory and time.
    std::size_t calls{};                                                 ///< In flight, of all connections.
    bool closing{};

    /// Asks what may block, on a worker, and answers on the loop.
    template <class T>
    [[nodiscard]] kj::Promise<service::Answer<T>> on_worker(std::move_only_function<service::Answer<T>()> question) {
        using Answer = service::Answer<T>;
        auto pair = kj::newPromiseAndFulfiller<Answer>();
        const bool taken = workers.post(
            [mailbox_ = mailbox, fulfiller = kj::mv(pair.fulfiller), question = std::move(question)]() mutable {
                mailbox_->post([fulfiller = kj::mv(fulfiller), answer = caught(question)]() mutable {
                    fulfiller->fulfill(std::move(answer));
                });
            });
        if (taken) return kj::mv(pair.promise);
        return Answer(std::unexpected(over_limit("the office is too busy; try again", "系统繁忙，请稍后再试")));
    }

private:
    /// What a library throws is no reason to end the office.
    template <class Question>
    static auto caught(Question& question) -> decltype(question()) {
        try {
            return question();
        } catch (const std::exception&) {
            return service::trouble(ErrorCode::unavailable, "the office could not answer / 系统未能应答");
        }
    }
};

}  // namespace anjie::rpc::detail
