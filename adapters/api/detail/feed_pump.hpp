#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "adapters/api/detail/who.hpp"
#include "adapters/http/stream.hpp"

namespace anjie::api::detail {

/// Who follows the log, from where, and what of it.
struct FeedOrder {
    service::Caller caller;
    Credential credential;  ///< Asked again every now and then: rights that are gone end the feed.
    service::FeedFilter filter;
    Position after{};
};

/// Sends events to subscribers. One thread serves those at the end of the log, as each event becomes durable; another
/// those who still read older ones, so that the first never waits for the disk. Nothing is kept for a subscriber but
/// its place: who reads slowly is read for slowly, and who falls far behind the end is dropped and told so.
/// Threads: any.
class FeedPump {
public:
    explicit FeedPump(service::Service& service);
    ~FeedPump() { stop(); }
    FeedPump(const FeedPump&) = delete;
    FeedPump& operator=(const FeedPump&) = delete;

    void subscribe(std::shared_ptr<http::StreamWriter> writer, FeedOrder order);
    void stop();
    [[nodiscard]] std::size_t subscribers() const;

private:
    struct Subscriber;
    using Subscribers = std::vector<std::shared_ptr<Subscriber>>;

    void serve_newest();
    void serve_older();
    [[nodiscard]] Subscribers snapshot(bool older);
    void forget_ended();
    /// Sends what there is room for. Answers false when there was nothing to do.
    bool push(Subscriber& subscriber, Position head, std::size_t batches);
    void ask_again(Subscriber& subscriber);

    service::Service& service_;
    mutable std::mutex mutex_;
    std::condition_variable woken_;
    Subscribers subscribers_;  ///< Guarded by `mutex_`.
    bool nudged_{};            ///< Guarded by `mutex_`.
    std::atomic<bool> stopping_{};
    std::jthread newest_, older_;
};

}  // namespace anjie::api::detail
