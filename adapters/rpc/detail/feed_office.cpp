#include "adapters/rpc/detail/feed_office.hpp"

#include <algorithm>
#include <span>

#include "adapters/rpc/detail/readings.hpp"
#include "adapters/rpc/values.hpp"

namespace anjie::rpc::detail {
namespace {

using service::Answer;
using service::Caller;
using service::FeedEvent;
using service::Service;

constexpr std::size_t window_bytes_min = 4'096;
constexpr std::size_t filter_types_max = 200;
/// What an event weighs on the wire beside its texts.
constexpr std::size_t event_bytes = 200;

struct Wanted {
    service::FeedFilter filter;
    bool json{};
    bool payload{true};
    std::size_t batch_events_max{};
    std::size_t batch_bytes_max{};
    kj::Duration heartbeat{};
};

template <class T>
T lowered(T most, T asked) {
    return asked == T{} ? most : std::min(most, asked);
}

Answer<Wanted> wanted_of(schema::FeedOptions::Reader asked, const Limits& limits) {
    Wanted wanted;
    wanted.filter.organisation = text_of(asked.getFilter().getOrganisation());
    const auto types = asked.getFilter().getTypes();
    if (types.size() > filter_types_max)
        return service::trouble(ErrorCode::invalid, "too many types in the filter / 类型过多");
    for (const auto type : types) wanted.filter.types.push_back(text_of(type));
    wanted.json = asked.getJson();
    wanted.payload = !asked.getWithoutPayload();
    wanted.batch_events_max = lowered<std::size_t>(limits.feed_events_max, asked.getBatchEventsMax());
    wanted.batch_bytes_max =
        std::max(window_bytes_min, lowered<std::size_t>(limits.feed_window_bytes, asked.getWindowBytes()));
    const std::chrono::milliseconds heartbeat = std::chrono::seconds(asked.getHeartbeatSeconds());
    wanted.heartbeat = lowered(limits.heartbeat, heartbeat).count() * kj::MILLISECONDS;
    return wanted;
}

void write(schema::FeedEvent::Builder to, const FeedEvent& event, const Wanted& wanted) {
    const auto& header = event.header;
    to.setPosition(header.position);
    rpc::write(to.initCase(), header.case_id);
    to.setVersion(header.version);
    to.setWorkflow(static_cast<std::uint16_t>(header.workflow));
    to.setType(static_cast<std::uint16_t>(header.type));
    to.setSchema(header.schema);
    rpc::write(to.initOccurredAt(), header.occurred_at);
    to.initRecordedAt().setMicroseconds(header.recorded_at.microseconds);
    rpc::write(to.initCommand(), header.command_id);
    to.setActor(text_of(header.actor));
    to.setOrganisation(text_of(header.organisation));
    to.setRuleVersion(text_of(header.rule_version));
    to.setWorkflowName(text_of(event.workflow));
    to.setName(text_of(event.name));
    to.setCaseNumber(text_of(event.case_number));
    if (wanted.payload) to.setPayload(data_of(event.payload));
    if (wanted.json) to.setJson(text_of(event.json));
}

std::size_t weight(const FeedEvent& event, const Wanted& wanted) {
    return event_bytes + event.case_number.size() + (wanted.payload ? event.payload.size() : 0) +
           (wanted.json ? event.json.size() : 0);
}

/// Pushes the log to one sink, from a position on, until it is dropped, the rights go, or the house closes.
class Pushing final : public schema::Subscription::Server {
public:
    Pushing(std::shared_ptr<Desk> desk, Position after, Wanted wanted, schema::FeedSink::Client sink)
        : desk_(std::move(desk)),
          next_(after),
          wanted_(std::move(wanted)),
          sink_(kj::mv(sink)),
          open_(desk_->count(desk_->allowance().subscriptions)),
          task_(go_on().eagerlyEvaluate([this](kj::Exception&&) { over(); })) {
        ++desk_->house().figures.subscriptions;
    }
    ~Pushing() { over(); }

    kj::Promise<void> status(StatusContext context) override {
        auto results = context.getResults();
        results.setNext(next_);
        results.setHead(desk_->house().service.head());
        return kj::READY_NOW;
    }

private:
    using Batch = service::FeedBatch;

    kj::Promise<void> go_on() {
        if (desk_->house().closing)
            return end(over_limit("the office is closing; subscribe again", "系统正在关闭，请稍后重新订阅"));
        return desk_
            ->put<Batch>(
                Office::feed,
                [filter = wanted_.filter, after = next_, limit = wanted_.batch_events_max](
                    Service& service, const Caller& caller) { return service.read_feed(caller, filter, after, limit); },
                false)
            .then([this](Answer<Batch> answer) -> kj::Promise<void> {
                if (!answer) return end(answer.error());
                if (!answer->events.empty()) return push(std::move(*answer), 0).then([this] { return go_on(); });
                next_ = std::max(next_, answer->next);
                if (next_ >= desk_->house().service.head()) return wait();
                return is_silent_for_long() ? alive() : go_on();
            });
    }

    /// The events from `from` on, as many at a time as the batch's bytes allow.
    kj::Promise<void> push(Batch batch, std::size_t from) {
        auto& house = desk_->house();
        std::size_t bytes = 0;
        std::size_t to = from;
        while (to < batch.events.size() && (to == from || bytes < wanted_.batch_bytes_max))
            bytes += weight(*batch.events[to++], wanted_);
        auto request = sink_.pushRequest(capnp::MessageSize{bytes / sizeof(capnp::word) + 64, 0});
        auto pushed = request.initBatch();
        auto events = pushed.initEvents(static_cast<unsigned>(to - from));
        for (unsigned i = 0; i < events.size(); ++i) write(events[i], *batch.events[from + i], wanted_);
        const bool all = to == batch.events.size();
        next_ =
            all ? std::max(batch.next, batch.events.back()->header.position) : batch.events[to - 1]->header.position;
        pushed.setNext(next_);
        pushed.setHead(house.service.head());
        house.figures.events_pushed += to - from;
        spoke_at_ = house.timer.now();
        auto sent = request.send();
        if (all) return sent;
        return sent.then([this, batch = std::move(batch), to]() mutable { return push(std::move(batch), to); });
    }

    /// Says that the feed is alive and how far it has looked.
    kj::Promise<void> alive() {
        auto request = sink_.pushRequest();
        auto batch = request.initBatch();
        batch.setNext(next_);
        batch.setHead(desk_->house().service.head());
        spoke_at_ = desk_->house().timer.now();
        return request.send().then([this] { return go_on(); });
    }

    kj::Promise<void> wait() {
        auto& house = desk_->house();
        auto rung = house.bell.next();
        // Asked again after the bell is held, so that nothing falls between.
        if (house.service.head() > next_) return go_on();
        return rung.exclusiveJoin(house.timer.atTime(spoke_at_ + wanted_.heartbeat)).then([this] {
            return is_silent_for_long() ? alive() : go_on();
        });
    }

    kj::Promise<void> end(const service::Trouble& trouble) {
        auto request = sink_.endedRequest();
        detail::write(request.initTrouble(), trouble);
        request.setNext(next_);
        return request.send().ignoreResult().then([this] { over(); });
    }

    [[nodiscard]] bool is_silent_for_long() const {
        return desk_->house().timer.now() - spoke_at_ >= wanted_.heartbeat;
    }
    void over() {
        if (std::exchange(is_over_, true)) return;
        --desk_->house().figures.subscriptions;
        open_ = Use();
    }

    std::shared_ptr<Desk> desk_;
    Position next_;
    Wanted wanted_;
    schema::FeedSink::Client sink_;
    kj::TimePoint spoke_at_{desk_->house().timer.now()};
    bool is_over_{};
    Use open_;
    kj::Promise<void> task_;  ///< Last: dropped first.
};

}  // namespace

kj::Promise<void> FeedOffice::subscribe(SubscribeContext context) {
    const auto asked = context.getParams();
    auto& allowance = desk_->allowance();
    auto wanted = wanted_of(asked.getOptions(), desk_->house().limits);
    auto results = context.getResults();
    if (!given(results, wanted)) return kj::READY_NOW;
    // Asked first without an event, so that a refusal is the answer and not the feed's last word.
    return desk_
        ->ask<service::FeedBatch>(Office::feed,
                                  [filter = wanted->filter](Service& service, const Caller& caller) {
                                      return service.read_feed(caller, filter, service.head(), 1);
                                  })
        .then([this, context, results, &allowance,
               wanted = std::move(*wanted)](const Answer<service::FeedBatch>& may) mutable {
            if (!given(results, may)) return;
            if (allowance.subscriptions >= allowance.limits.subscriptions_max)
                return detail::write(results.initTrouble(), over_limit("too many subscriptions", "订阅过多"));
            const auto room = context.getParams();
            allowance.window = std::min(allowance.window, wanted.batch_bytes_max);
            results.setSubscription(kj::heap<Pushing>(desk_, room.getAfter(), std::move(wanted), room.getSink()));
        });
}

}  // namespace anjie::rpc::detail
