#include "adapters/api/detail/feed_pump.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace anjie::api::detail {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::size_t events_per_batch = 256;
constexpr std::size_t bytes_per_write = 65'536;
/// Farther behind than this, a subscriber reads older events and is served beside those at the end.
constexpr Position older_than = 4'096;
/// A subscriber who was at the end and fell behind so far, with a full buffer, does not read.
constexpr Position dropped_behind = 8'192;
constexpr auto wait_max = 100ms;
constexpr auto rights_last = 2s;
constexpr auto place_told_every = 15s;

std::string end_event(std::string_view reason) {
    return fmt::format("event: end\ndata: {{\"reason\":\"{}\"}}\n\n", reason);
}

}  // namespace

struct FeedPump::Subscriber {
    Subscriber(std::shared_ptr<http::StreamWriter> to, FeedOrder asked)
        : writer(std::move(to)), order(std::move(asked)), position(order.after) {}

    std::shared_ptr<http::StreamWriter> writer;
    std::mutex serving;  ///< One thread serves it at a time.
    FeedOrder order;     ///< Guarded by `serving`.
    std::atomic<Position> position;
    std::atomic<bool> reached_end{};
    std::string waiting;     ///< Made, but there was no room. Guarded by `serving`.
    Position waiting_for{};  ///< Where `waiting` leads. Guarded by `serving`.
    Position told{};         ///< Last place the client knows. Guarded by `serving`.
    Clock::time_point told_at{Clock::now()};
    Clock::time_point looked_up{Clock::now()};

    void end(std::string_view reason) {
        (void)writer->write(end_event(reason));
        writer->finish();
    }
};

FeedPump::FeedPump(service::Service& service)
    : service_(service), newest_([this] { serve_newest(); }), older_([this] { serve_older(); }) {}

void FeedPump::stop() {
    stopping_ = true;
    woken_.notify_all();
    if (newest_.joinable()) newest_.join();
    if (older_.joinable()) older_.join();
    const std::scoped_lock lock(mutex_);
    subscribers_.clear();
}

std::size_t FeedPump::subscribers() const {
    const std::scoped_lock lock(mutex_);
    return subscribers_.size();
}

void FeedPump::subscribe(std::shared_ptr<http::StreamWriter> writer, FeedOrder order) {
    // Something at once: the client knows that it is connected, and from where it goes on.
    if (!writer->write(fmt::format(": anjie\nid: {}\n\n", order.after))) return;
    writer->on_drained([this] {
        const std::scoped_lock lock(mutex_);
        nudged_ = true;
        woken_.notify_all();
    });
    auto subscriber = std::make_shared<Subscriber>(std::move(writer), std::move(order));
    subscriber->told = subscriber->position;
    const std::scoped_lock lock(mutex_);
    subscribers_.push_back(std::move(subscriber));
    nudged_ = true;
    woken_.notify_all();
}

FeedPump::Subscribers FeedPump::snapshot(bool older) {
    const auto head = service_.head();
    const std::scoped_lock lock(mutex_);
    Subscribers some;
    for (const auto& subscriber : subscribers_)
        if ((head - std::min(head, subscriber->position.load()) > older_than) == older) some.push_back(subscriber);
    return some;
}

void FeedPump::forget_ended() {
    const std::scoped_lock lock(mutex_);
    std::erase_if(subscribers_, [](const auto& subscriber) { return !subscriber->writer->open(); });
}

bool FeedPump::push(Subscriber& one, Position head, std::size_t batches) {
    const std::scoped_lock serving(one.serving);
    bool did = false;
    for (std::size_t i = 0; i < batches && one.writer->open(); ++i) {
        if (!one.waiting.empty()) {
            if (one.writer->room() < one.waiting.size()) {
                if (one.reached_end && head - std::min(head, one.position.load()) > dropped_behind) one.end("slow");
                return did;
            }
            if (!one.writer->write(one.waiting)) return did;
            one.told = one.waiting_for;
            one.told_at = Clock::now();
            one.waiting.clear();
            one.position = one.waiting_for;
            did = true;
        }
        if (one.position >= head) {
            one.reached_end = true;
            break;
        }
        const auto batch = service_.read_feed(one.order.caller, one.order.filter, one.position, events_per_batch);
        if (!batch) {
            one.end(std::holds_alternative<access::Refusal>(batch.error()) ? "rights" : "unavailable");
            return did;
        }
        if (batch->next == one.position) break;
        did = true;
        one.waiting_for = batch->next;
        for (const auto& event : batch->events) {
            fmt::format_to(std::back_inserter(one.waiting), "id: {}\nevent: {}\ndata: {}\n\n", event->header.position,
                           event->name, event->json);
            // No more than a client's buffer holds at once; the rest is read again.
            if (one.waiting.size() < bytes_per_write) continue;
            one.waiting_for = event->header.position;
            break;
        }
        if (one.waiting.empty()) one.position = batch->next;
    }
    // What the filter left out need not be looked at again after a reconnection.
    if (one.waiting.empty() && one.position > one.told && Clock::now() - one.told_at > place_told_every) {
        (void)one.writer->write(fmt::format("id: {}\n\n", one.position.load()));
        one.told = one.position;
        one.told_at = Clock::now();
    }
    return did;
}

void FeedPump::ask_again(Subscriber& one) {
    const std::scoped_lock serving(one.serving);
    if (Clock::now() - one.looked_up < rights_last || !one.writer->open()) return;
    one.looked_up = Clock::now();
    auto principal = look_up(service_.access(), one.order.credential);
    if (principal)
        one.order.caller.principal = std::move(*principal);
    else if (principal.error().refusal() != nullptr)
        one.end("rights");
}

void FeedPump::serve_newest() {
    Position seen = service_.head();
    while (!stopping_) {
        const auto head = service_.wait_past(seen, wait_max);
        for (const auto& subscriber : snapshot(false)) (void)push(*subscriber, head, 8);
        seen = head;
    }
}

void FeedPump::serve_older() {
    while (!stopping_) {
        bool did = false;
        for (const auto& subscriber : snapshot(true)) did |= push(*subscriber, service_.head(), 1);
        // Whoever just came or has room again may be at the end, with nothing new to wake the other thread.
        for (const auto& subscriber : snapshot(false)) {
            if (subscriber->position < service_.head()) did |= push(*subscriber, service_.head(), 1);
            ask_again(*subscriber);
        }
        for (const auto& subscriber : snapshot(true)) ask_again(*subscriber);
        forget_ended();
        if (did) continue;
        std::unique_lock lock(mutex_);
        woken_.wait_for(lock, wait_max, [&] { return nudged_ || stopping_; });
        nudged_ = false;
    }
}

}  // namespace anjie::api::detail
