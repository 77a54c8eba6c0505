#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "adapters/rpc/limits.hpp"
#include "adapters/service/service.hpp"
#include "engine/result.hpp"

namespace anjie::rpc {

/// Files of PEM: the certificate with its chain, and its private key; those of the HTTP server will do.
struct TlsFiles {
    std::filesystem::path certificate;
    std::filesystem::path key;
};

struct ServerOptions {
    std::string address{"127.0.0.1:0"};  ///< A numeric address and a port; port 0 is any free one.
    std::optional<TlsFiles> tls{};       ///< Needed unless `address` is this machine's own.
    Limits limits{};
};

/// What the server has done, for metrics.
struct ServerFigures {
    std::uint64_t connections{};    ///< Open now.
    std::uint64_t subscriptions{};  ///< Open now.
    std::uint64_t calls{};          ///< Answered so far.
    std::uint64_t troubles{};       ///< Of those, answered with a trouble.
    std::uint64_t events_pushed{};  ///< To all subscribers.
    std::uint64_t turned_away{};    ///< Connections over a limit or broken off for what they sent.
};

/// Serves an office over Cap'n Proto RPC (docs/rpc.md): one thread for all connections, a bounded pool that asks the
/// service. Threads: every method may be called from any thread. Lifetime: the service outlives the server and is
/// stopped after it.
class RpcServer {
public:
    /// Listens and serves. Errors: `invalid` (not a numeric address; not this machine's own and no TLS; a TLS file,
    /// with its name and why), `unavailable` (cannot listen there).
    [[nodiscard]] static Result<std::unique_ptr<RpcServer>> start(service::Service& service, ServerOptions options);
    /// Stops as `stop` does.
    ~RpcServer();
    RpcServer(const RpcServer&) = delete;
    RpcServer& operator=(const RpcServer&) = delete;

    /// Where it listens, with the port it got.
    [[nodiscard]] const std::string& address() const;
    [[nodiscard]] ServerFigures figures() const;
    /// Takes no more connections and no more calls, answers those in flight within `Limits::stop_time`, tells
    /// subscribers where to go on, and ends. May be called twice.
    void stop();

private:
    struct Impl;
    explicit RpcServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace anjie::rpc
