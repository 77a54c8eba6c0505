#include "adapters/http/server.hpp"

#include <fmt/format.h>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <csignal>

#include "adapters/http/detail/connection.hpp"
#include "adapters/http/detail/core.hpp"
#include "adapters/http/detail/tls_context.hpp"
#include "adapters/http/detail/transport.hpp"

namespace anjie::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using detail::Connection;
using detail::Core;

namespace {

/// How often deadlines are looked at.
constexpr std::chrono::milliseconds tick{50};

}  // namespace

struct Server::Impl {
    explicit Impl(std::shared_ptr<Core> shared)
        : core(std::move(shared)), acceptor(core->io), timer(core->io), pool(core->options.limits.workers) {
        core->run_on_worker = [this](std::function<void()> work) { return queue(std::move(work)); };
    }
    ~Impl() {
        finish_workers();
        core->run_on_worker = [](const std::function<void()>&) { return false; };
    }

    Result<void> listen() {
        const auto& wanted = core->options.address;
        error_code failed;
        const tcp::endpoint endpoint(asio::ip::make_address(wanted.host, failed), wanted.port);
        if (!failed) acceptor.open(endpoint.protocol(), failed);
        if (!failed) acceptor.set_option(asio::socket_base::reuse_address(true), failed);
        if (!failed) acceptor.bind(endpoint, failed);
        if (!failed) acceptor.listen(asio::socket_base::max_listen_connections, failed);
        if (failed)
            return failure(ErrorCode::unavailable,
                           fmt::format("cannot listen on {}: {}", to_string(wanted), failed.message()));
        address = {wanted.host, acceptor.local_endpoint().port()};
        if (core->options.signals) {
            signals.emplace(core->io, SIGINT, SIGTERM);
            signals->add(SIGHUP);
            await_signal();
        }
        return {};
    }

    bool queue(std::function<void()> work) {
        if (core->queued.fetch_add(1) >= core->options.limits.queued_requests_max + core->options.limits.workers) {
            --core->queued;
            return false;
        }
        asio::post(pool, [shared = core, work = std::move(work)] {
            work();
            --shared->queued;
        });
        return true;
    }

    void await_signal() {
        signals->async_wait([this](error_code failed, int signal) {
            if (failed) return;
            if (signal != SIGHUP) return begin_stop();
            await_signal();
            if (!core->options.tls) return;
            if (const auto read = reload(); read)
                core->log(LogLevel::info, "http.tls_reloaded", {});
            else
                core->log(LogLevel::error, "http.tls_not_reloaded",
                          {{"why", LogText::of_operator(read.error().detail)}});
        });
    }

    Result<void> reload() {
        if (!core->options.tls) return {};
        ANJIE_TRY(auto made, detail::load_tls(*core->options.tls));
        asio::dispatch(core->io, [this, made = std::move(made)]() mutable { tls = std::move(made); });
        return {};
    }

    void accept() {
        accepting = true;
        acceptor.async_accept([this](error_code failed, tcp::socket socket) {
            accepting = false;
            if (failed == asio::error::operation_aborted || core->stopping) return;
            if (failed) return;  // No descriptor left, perhaps: the next tick tries again.
            admit(std::move(socket));
            accept();
        });
    }

    void admit(tcp::socket socket) {
        const auto& limits = core->options.limits;
        error_code failed;
        const auto peer = socket.remote_endpoint(failed).address().to_string();
        if (failed || core->connections.size() >= limits.connections_max) return refused("connections");
        auto& of_peer = core->by_address[peer];
        if (of_peer >= limits.connections_per_address_max) return refused("connections-per-address");
        ++of_peer;
        socket.set_option(tcp::no_delay(true), failed);
        auto transport =
            tls ? detail::tls_transport(std::move(socket), tls) : detail::plain_transport(std::move(socket));
        const auto connection = std::make_shared<Connection>(*core, std::move(transport), peer, tls != nullptr);
        core->connections.insert(connection);
        connection->start();
    }

    void refused(std::string_view why) { core->note_refusal(why, 0); }

    void await_tick() {
        timer.expires_after(tick);
        timer.async_wait([this](error_code failed) {
            if (failed) return;
            const auto now = std::chrono::steady_clock::now();
            // A copy: a connection that ends takes itself out of the set.
            const std::vector<std::shared_ptr<Connection>> all(core->connections.begin(), core->connections.end());
            for (const auto& connection : all) connection->tick(now);
            if (core->stopping) {
                if (now >= stop_at)
                    for (const auto& connection : all) connection->cut();
                if (core->connections.empty()) return end();
            } else if (!accepting) {
                accept();
            }
            await_tick();
        });
    }

    void begin_stop() {
        if (core->stopping.exchange(true)) return;
        if (core->options.stopping) core->options.stopping();
        stop_at = std::chrono::steady_clock::now() + core->options.limits.stop_time;
        error_code ignored;
        acceptor.close(ignored);
        const std::vector<std::shared_ptr<Connection>> all(core->connections.begin(), core->connections.end());
        for (const auto& connection : all) connection->stop();
    }

    void end() {
        if (signals) {
            error_code ignored;
            signals->cancel(ignored);
        }
        core->io.stop();
    }

    void finish_workers() { pool.join(); }

    std::shared_ptr<Core> core;
    Address address;
    std::shared_ptr<detail::TlsContext> tls;
    tcp::acceptor acceptor;
    asio::steady_timer timer;
    std::optional<asio::signal_set> signals;
    std::chrono::steady_clock::time_point stop_at{};
    bool accepting{};
    asio::thread_pool pool;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::listen(Router router, ServerOptions options) {
    try {
        auto impl = std::make_unique<Impl>(std::make_shared<Core>(std::move(router), std::move(options)));
        if (impl->core->options.tls) {
            ANJIE_TRY(impl->tls, detail::load_tls(*impl->core->options.tls));
        }
        ANJIE_CHECK(impl->listen());
        return std::unique_ptr<Server>(new Server(std::move(impl)));
    } catch (const std::exception& thrown) {
        return failure(ErrorCode::unavailable, fmt::format("the server cannot start: {}", thrown.what()));
    }
}

const Address& Server::address() const { return impl_->address; }

Result<void> Server::run() {
    auto& core = *impl_->core;
    impl_->accept();
    impl_->await_tick();
    while (!core.io.stopped()) {
        try {
            core.io.run();
        } catch (const std::exception& thrown) {
            // One connection's misfortune; the others go on.
            core.log(LogLevel::error, "http.unexpected", {{"why", LogText::of_operator(thrown.what())}});
        }
    }
    impl_->finish_workers();
    return {};
}

void Server::stop() {
    asio::post(impl_->core->io, [this] { impl_->begin_stop(); });
}

Result<void> Server::reload_tls() { return impl_->reload(); }

}  // namespace anjie::http
