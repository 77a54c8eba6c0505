#include "adapters/rpc/client/client.hpp"

#include <kj/async-io.h>
#include <kj/debug.h>

#include <algorithm>
#include <deque>
#include <random>

#include "adapters/rpc/client/promises.hpp"
#include "adapters/rpc/values.hpp"

namespace anjie::rpc::client {

struct Client::Impl {
    Impl(ClientOptions given, Credentials shown) : options(std::move(given)), credentials(std::move(shown)) {}

    ClientOptions options;
    Credentials credentials;
    std::shared_ptr<kj::AsyncIoContext> loop{loop_of_thread()};
    kj::AsyncIoContext& io{*loop};
    Who who;
    kj::Maybe<kj::Own<Connection>> connection;
    kj::Maybe<schema::CaseWorker::Client> case_worker;
    kj::Maybe<schema::Auditor::Client> auditor;
    kj::Maybe<schema::Feed::Client> feed;
    std::minstd_rand chance{std::random_device{}()};

    void hang_up() {
        case_worker = nullptr;
        auditor = nullptr;
        feed = nullptr;
        connection = nullptr;
    }

    /// Throws what broke the connection.
    [[nodiscard]] Reply<void> be_connected() {
        if (connection != nullptr) return {};
        auto& timer = io.provider->getTimer();
        const auto most = options.connect_time.count() * kj::MILLISECONDS;
        auto open = timer
                        .timeoutAfter(most, Connection::open(io.provider->getNetwork(),
                                                             {options.address, options.trusted, options.server_name}))
                        .wait(io.waitScope);
        auto in = log_in(open->gate(), credentials);
        auto answer = in.who.wait(io.waitScope);
        if (!answer) return std::unexpected(std::move(answer).error());
        who = std::move(*answer);
        case_worker = kj::mv(in.case_worker);
        auditor = kj::mv(in.auditor);
        feed = kj::mv(in.feed);
        connection = kj::mv(open);
        return {};
    }

    /// Does `ask` with a connection; what it throws is answered as a trouble, and the next call connects anew.
    template <class T, class Ask>
    [[nodiscard]] Reply<T> connected(Ask ask) {
        try {
            if (auto ready = be_connected(); !ready) return std::unexpected(std::move(ready).error());
            return ask();
        } catch (const kj::Exception& why) {
            hang_up();
            return std::unexpected(trouble_of(why));
        }
    }
    /// Whoever may not work on cases reads them as an auditor.
    [[nodiscard]] schema::Reading::Client reading() {
        if (who.case_worker) return KJ_ASSERT_NONNULL(case_worker);
        return KJ_ASSERT_NONNULL(auditor);
    }

    void pause(std::chrono::milliseconds& next) {
        const auto some = next / 2 + std::chrono::milliseconds(chance() % static_cast<unsigned>(next.count() / 2 + 1));
        io.provider->getTimer().afterDelay(some.count() * kj::MILLISECONDS).wait(io.waitScope);
        next = std::min(next * 2, options.reconnect_last);
    }
};

Client::Client(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Client::~Client() { impl_->hang_up(); }

Reply<std::unique_ptr<Client>> Client::connect(ClientOptions options, Credentials credentials) {
    auto impl = std::make_unique<Impl>(std::move(options), std::move(credentials));
    auto ready = impl->connected<bool>([] { return true; });
    if (!ready) return std::unexpected(std::move(ready).error());
    return std::unique_ptr<Client>(new Client(std::move(impl)));
}

const Who& Client::who() const { return impl_->who; }

Reply<Receipt> Client::submit(const Order& order) {
    return impl_->connected<Receipt>(
        [&] { return client::submit(KJ_ASSERT_NONNULL(impl_->case_worker), order).wait(impl_->io.waitScope); });
}

std::vector<Reply<Receipt>> Client::submit_all(std::span<const Order> orders) {
    std::vector<Reply<Receipt>> replies;
    replies.reserve(orders.size());
    auto& impl = *impl_;
    const auto ready = impl.connected<bool>([] { return true; });
    if (!ready) return {orders.size(), std::unexpected(ready.error())};
    auto office = KJ_ASSERT_NONNULL(impl.case_worker);
    std::deque<kj::Promise<Reply<Receipt>>> in_flight;
    std::size_t sent = 0;
    bool lost = false;
    while (replies.size() < orders.size()) {
        for (; sent < orders.size() && in_flight.size() < impl.options.orders_in_flight_max; ++sent)
            in_flight.push_back(client::submit(office, orders[sent]));
        try {
            replies.push_back(in_flight.front().wait(impl.io.waitScope));
        } catch (const kj::Exception& why) {
            lost = true;
            replies.push_back(std::unexpected(trouble_of(why)));
        }
        in_flight.pop_front();
    }
    if (lost) impl.hang_up();
    return replies;
}

Reply<ShownCase> Client::show(const std::string& reference, const std::string& until, bool sealed) {
    return impl_->connected<ShownCase>(
        [&] { return client::show(impl_->reading(), reference, until, sealed).wait(impl_->io.waitScope); });
}

Reply<std::vector<ListedCase>> Client::list(const std::string& organisation, std::uint32_t limit, Position wait_for) {
    using Listed = std::vector<ListedCase>;
    return impl_->connected<Listed>([&]() -> Reply<Listed> {
        auto request = impl_->reading().listRequest();
        auto query = request.initQuery();
        query.setOrganisation(text_of(organisation));
        query.setLimit(limit);
        query.setWaitFor(wait_for);
        const auto response = request.send().wait(impl_->io.waitScope);
        if (response.hasTrouble()) return std::unexpected(trouble_of(response.getTrouble()));
        Listed listed;
        for (const auto row : response.getRows())
            listed.push_back({.case_id = CaseId{uuid_of(row.getId())},
                              .version = row.getVersion(),
                              .number = text_of(row.getNumber()),
                              .organisation = text_of(row.getOrganisation()),
                              .type = text_of(row.getType()),
                              .phase = text_of(row.getPhase()),
                              .holder = text_of(row.getHolder())});
        return listed;
    });
}

Reply<Position> Client::follow(const FollowOptions& options, const std::function<bool(const FeedEvent&)>& visit,
                               const std::function<bool(const FeedProgress&)>& progress) {
    auto& impl = *impl_;
    auto wanted = options;
    auto pause = impl.options.reconnect_first;
    while (true) {
        auto next = wanted.after;
        const auto followed = impl.connected<Followed>([&]() -> Reply<Followed> {
            auto lost = KJ_ASSERT_NONNULL(impl.connection)->lost().then([]() -> Followed {
                kj::throwFatalException(KJ_EXCEPTION(DISCONNECTED, "the office has gone"));
            });
            return client::follow(KJ_ASSERT_NONNULL(impl.feed), wanted, visit, progress, next)
                .exclusiveJoin(kj::mv(lost))
                .wait(impl.io.waitScope);
        });
        if (next > wanted.after) pause = impl.options.reconnect_first;
        wanted.after = next;
        if (followed && followed->stopped) return next;
        const auto& trouble = followed ? *followed->ended : followed.error();
        if (!trouble.retryable) return std::unexpected(trouble);
        impl.hang_up();
        impl.pause(pause);
    }
}

}  // namespace anjie::rpc::client
