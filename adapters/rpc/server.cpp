#include "adapters/rpc/server.hpp"

#include <fmt/format.h>
#include <kj/async-io.h>
#include <kj/compat/tls.h>
#include <kj/debug.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <iterator>
#include <list>
#include <map>
#include <thread>
#include <vector>

#include "adapters/http/address.hpp"
#include "adapters/rpc/detail/connection.hpp"

namespace anjie::rpc {
namespace {

using detail::Connection;
using detail::House;
using detail::Mailbox;
using detail::Workers;

constexpr auto head_look = std::chrono::milliseconds(100);
constexpr auto accept_pause = 100 * kj::MILLISECONDS;
constexpr auto stop_look = 2 * kj::MILLISECONDS;
constexpr auto leave_time_max = std::chrono::milliseconds(500);
constexpr std::size_t unread_piece = 16'384;

Result<std::string> file_text(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file || text.empty())
        return failure(ErrorCode::invalid, fmt::format("{}: cannot be read / 无法读取", path.string()));
    return text;
}

/// TLS 1.2 or later, as the server.
Result<kj::Own<kj::TlsContext>> tls_context(const TlsFiles& files) {
    ANJIE_TRY(const auto certificate, file_text(files.certificate));
    ANJIE_TRY(const auto key, file_text(files.key));
    try {
        const kj::TlsKeypair pair{kj::TlsPrivateKey(kj::StringPtr(key.c_str(), key.size())),
                                  kj::TlsCertificate(kj::StringPtr(certificate.c_str(), certificate.size()))};
        kj::TlsContext::Options options;
        options.defaultKeypair = pair;
        options.minVersion = kj::TlsVersion::TLS_1_2;
        options.useSystemTrustStore = false;
        return kj::heap<kj::TlsContext>(kj::mv(options));
    } catch (const kj::Exception& why) {
        return failure(ErrorCode::invalid,
                       fmt::format("{} and {}: not a certificate and its key ({}) / 证书与私钥不符",
                                   files.certificate.string(), files.key.string(), why.getDescription().cStr()));
    }
}

kj::Duration duration(std::chrono::milliseconds time) { return time.count() * kj::MILLISECONDS; }

/// Everything that lives on the loop's thread.
class Loop final : public kj::TaskSet::ErrorHandler {
public:
    Loop(service::Service& service, const ServerOptions& options, Workers& workers, detail::Figures& figures)
        : options_(options),
          io_(kj::setupAsyncIo()),
          house_(service, options.limits, workers, std::make_shared<Mailbox>(io_.unixEventPort),
                 io_.provider->getTimer(), figures),
          tasks_(kj::heap<kj::TaskSet>(*this)) {}

    /// Errors: `unavailable`, `invalid`.
    Result<http::Address> listen(const http::Address& address) {
        if (options_.tls) {
            ANJIE_TRY(tls_, tls_context(*options_.tls));
        }
        try {
            auto& network = io_.provider->getNetwork();
            receiver_ =
                network.parseAddress(kj::StringPtr(http::to_string(address).c_str())).wait(io_.waitScope)->listen();
            return http::Address{address.host, static_cast<std::uint16_t>(receiver_->getPort())};
        } catch (const kj::Exception& why) {
            return failure(ErrorCode::unavailable, fmt::format("cannot listen on {} ({}) / 无法监听",
                                                               http::to_string(address), why.getDescription().cStr()));
        }
    }

    /// Serves until `stop` is posted, then winds up.
    void run() {
        auto stopped = kj::newPromiseAndFulfiller<void>();
        stop_ = kj::mv(stopped.fulfiller);
        auto mail = house_.mailbox->run().eagerlyEvaluate(nullptr);
        auto accepting = accept().eagerlyEvaluate(nullptr);
        std::jthread watching([this](const std::stop_token& token) { watch_head(token); });
        stopped.promise.wait(io_.waitScope);

        accepting = nullptr;
        receiver_ = nullptr;
        house_.closing = true;
        house_.bell.ring();
        const auto latest = house_.timer.now() + duration(options_.limits.stop_time);
        while (house_.timer.now() < latest && !is_quiet()) house_.timer.afterDelay(stop_look).wait(io_.waitScope);
        watching.request_stop();
        std::vector<kj::Own<kj::AsyncIoStream>> streams;
        for (auto& connection : connections_) streams.push_back(connection.outlived_by_stream());
        tasks_ = nullptr;
        connections_.clear();
        take_leave(streams);
        house_.workers.stop();
        mail = nullptr;
        house_.mailbox->close();
    }
    [[nodiscard]] std::shared_ptr<Mailbox> mailbox() { return house_.mailbox; }
    void stop() { stop_->fulfill(); }

private:
    kj::Promise<void> accept() {
        return receiver_->accept().then(
            [this](kj::Own<kj::AsyncIoStream> stream) {
                greet(kj::mv(stream));
                return accept();
            },
            [this](kj::Exception&&) {
                // For want of descriptors, mostly: some will be free again.
                return house_.timer.afterDelay(accept_pause).then([this] { return accept(); });
            });
    }

    void greet(kj::Own<kj::AsyncIoStream> stream) {
        const auto address = detail::address_of(*stream);
        const auto& limits = options_.limits;
        auto& from_there = by_address_[address];
        if (open_ >= limits.connections_max || from_there >= limits.connections_per_address_max) {
            ++house_.figures.turned_away;
            if (from_there == 0) by_address_.erase(address);
            return;
        }
        ++open_;
        ++from_there;
        ++house_.figures.connections;
        detail::tune(*stream);
        tasks_->add(serve(kj::mv(stream), address).attach(kj::defer([this, address] {
            --open_;
            --house_.figures.connections;
            if (--by_address_[address] == 0) by_address_.erase(address);
        })));
    }

    kj::Promise<void> serve(kj::Own<kj::AsyncIoStream> stream, std::string address) {
        if (tls_.get() == nullptr) return served(kj::mv(stream), std::move(address));
        auto late =
            house_.timer.afterDelay(duration(options_.limits.log_in_time)).then([]() -> kj::Own<kj::AsyncIoStream> {
                KJ_FAIL_REQUIRE("no handshake in time");
            });
        return tls_->wrapServer(kj::mv(stream))
            .exclusiveJoin(kj::mv(late))
            .then([this, address = std::move(address)](kj::Own<kj::AsyncIoStream> safe) mutable {
                return served(kj::mv(safe), std::move(address));
            });
    }

    kj::Promise<void> served(kj::Own<kj::AsyncIoStream> stream, std::string address) {
        auto& connection = connections_.emplace_front(house_, kj::mv(stream), access::Client{std::move(address), {}});
        return connection.run().attach(kj::defer([this, place = connections_.begin()] { connections_.erase(place); }));
    }

    /// Says that nothing more will come, and takes in what the clients are still sending until they hang up too. Were a
    /// socket closed with something unread in it, the system would throw away what the client has not read yet, and
    /// with it the answers to orders that are in the log.
    void take_leave(std::vector<kj::Own<kj::AsyncIoStream>>& streams) {
        const auto time = std::min(options_.limits.stop_time, leave_time_max);
        auto late = house_.timer.afterDelay(duration(time)).fork();
        auto leaving = kj::heapArrayBuilder<kj::Promise<void>>(streams.size());
        for (auto& stream : streams) {
            // Neither a peer that has gone already nor one that does not go is any trouble.
            auto gone = kj::evalNow([&] {
                stream->shutdownWrite();
                return drained(*stream);
            });
            leaving.add(gone.exclusiveJoin(late.addBranch()).catch_([](kj::Exception&&) {}));
        }
        kj::joinPromises(leaving.finish()).wait(io_.waitScope);
    }
    static kj::Promise<void> drained(kj::AsyncIoStream& stream) {
        auto bytes = kj::heapArray<kj::byte>(unread_piece);
        auto reading = stream.tryRead(bytes.begin(), 1, bytes.size());
        return reading.attach(kj::mv(bytes)).then([&stream](std::size_t got) -> kj::Promise<void> {
            if (got == 0) return kj::READY_NOW;
            return drained(stream);
        });
    }

    void watch_head(const std::stop_token& token) {
        Position head = 0;
        while (!token.stop_requested()) {
            const auto now = house_.service.wait_past(head, head_look);
            if (now == head) continue;
            head = now;
            house_.mailbox->post([this] { house_.bell.ring(); });
        }
    }

    [[nodiscard]] bool is_quiet() {
        if (house_.calls > 0 || house_.figures.subscriptions > 0) return false;
        return std::ranges::all_of(connections_, [](Connection& connection) { return connection.is_flushed(); });
    }

    void taskFailed(kj::Exception&& why) override {
        if (why.getType() != kj::Exception::Type::DISCONNECTED) ++house_.figures.turned_away;
    }

    const ServerOptions& options_;
    kj::AsyncIoContext io_;
    House house_;
    kj::Own<kj::TlsContext> tls_;
    kj::Own<kj::ConnectionReceiver> receiver_;
    kj::Own<kj::PromiseFulfiller<void>> stop_;
    std::size_t open_{};
    std::map<std::string, std::size_t> by_address_;
    std::list<Connection> connections_;
    kj::Own<kj::TaskSet> tasks_;  ///< Last: what runs is dropped first.
};

}  // namespace

struct RpcServer::Impl {
    Impl(service::Service& office, ServerOptions given)
        : service(office),
          options(std::move(given)),
          workers(options.limits.workers, options.limits.queued_works_max) {}

    service::Service& service;
    ServerOptions options;
    detail::Figures figures{};
    Workers workers;
    std::string address;
    Loop* loop{};  ///< Lives on `thread`.
    std::shared_ptr<Mailbox> mailbox;
    std::thread thread;

    /// The thread of the loop.
    void run(const http::Address& wanted, std::promise<Result<http::Address>> listening) {
        try {
            Loop own(service, options, workers, figures);
            auto listens = own.listen(wanted);
            const bool serves = listens.has_value();
            loop = &own;
            mailbox = own.mailbox();
            listening.set_value(std::move(listens));
            if (serves)
                own.run();
            else
                mailbox->close();
        } catch (const kj::Exception& why) {
            fail(listening, why.getDescription().cStr());
        } catch (const std::exception& why) {
            fail(listening, why.what());
        }
    }
    static void fail(std::promise<Result<http::Address>>& listening, const char* why) {
        try {
            listening.set_value(failure(ErrorCode::unavailable, fmt::format("RPC: {}", why)));
        } catch (const std::future_error&) {
            // It was serving: the event loop itself has broken, which is ours to mend.
            std::terminate();
        }
    }
};

RpcServer::RpcServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

RpcServer::~RpcServer() { stop(); }

Result<std::unique_ptr<RpcServer>> RpcServer::start(service::Service& service, ServerOptions options) {
    ANJIE_TRY(const auto wanted, http::parse_address(options.address));
    if (!options.tls && !http::is_loopback(wanted))
        return failure(ErrorCode::invalid,
                       fmt::format("{}: passwords and tokens would cross the network in the clear; give a certificate "
                                   "and its key, or listen on 127.0.0.1 / 未配置TLS证书，只能监听本机地址",
                                   options.address));
    auto impl = std::make_unique<Impl>(service, std::move(options));
    std::promise<Result<http::Address>> listening;
    auto listens = listening.get_future();
    auto& own = *impl;
    own.thread = std::thread(
        [&own, wanted, listening = std::move(listening)]() mutable { own.run(wanted, std::move(listening)); });
    const auto address = listens.get();
    if (!address) {
        own.thread.join();
        return std::unexpected(address.error());
    }
    own.address = http::to_string(*address);
    return std::unique_ptr<RpcServer>(new RpcServer(std::move(impl)));
}

const std::string& RpcServer::address() const { return impl_->address; }

ServerFigures RpcServer::figures() const {
    const auto& figures = impl_->figures;
    return {.connections = figures.connections,
            .subscriptions = figures.subscriptions,
            .calls = figures.calls,
            .troubles = figures.troubles,
            .events_pushed = figures.events_pushed,
            .turned_away = figures.turned_away};
}

void RpcServer::stop() {
    if (!impl_->thread.joinable()) return;
    impl_->mailbox->post([loop = impl_->loop] { loop->stop(); });
    impl_->thread.join();
}

}  // namespace anjie::rpc
