#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "adapters/http/address.hpp"
#include "adapters/http/log.hpp"
#include "adapters/http/metrics.hpp"
#include "adapters/http/router.hpp"
#include "engine/result.hpp"

namespace anjie::http {

/// Every bound has a name. A request that passes one is refused and its connection closed.
struct Limits {
    std::size_t head_bytes_max{16'384};   ///< Request line and headers. 431.
    std::size_t target_bytes_max{8'192};  ///< 414.
    std::size_t headers_max{100};         ///< Fields. 431.
    std::size_t connections_max{1'024};   ///< One more is closed at once.
    std::size_t connections_per_address_max{256};
    std::size_t requests_per_connection_max{100'000};  ///< Then it is closed after the answer.
    std::size_t streams_max{512};                      ///< Long answers at once; one more is 503.
    std::size_t workers{8};                            ///< Threads that run handlers.
    std::size_t queued_requests_max{1'024};            ///< For a worker; one more is 503.

    std::chrono::milliseconds handshake_time{10'000};  ///< Of TLS.
    std::chrono::milliseconds idle_time{60'000};       ///< Between requests.
    std::chrono::milliseconds head_time{10'000};       ///< From a request's first byte to the end of its head. 408.
    std::chrono::milliseconds body_time{30'000};       ///< For the body; longer ones get a second per 64 kB more. 408.
    std::chrono::milliseconds answer_time{60'000};     ///< From the whole request to the handler's answer. 503.
    std::chrono::milliseconds write_time{30'000};      ///< For an answer to go out; of a stream, for any part of it.
    std::chrono::milliseconds linger_time{2'000};      ///< For the other end to take the last answer.
    std::chrono::milliseconds stop_time{10'000};       ///< For requests in flight once the server is to stop.
};

/// Files of PEM: the certificate with its chain, and its private key.
struct TlsFiles {
    std::filesystem::path certificate;
    std::filesystem::path key;
};

struct ServerOptions {
    Address address{"127.0.0.1", 0};
    std::optional<TlsFiles> tls;
    Limits limits{};
    Metrics* metrics{};   ///< May be null. Gets anjie_http_requests_total, anjie_http_request_seconds, ...
    const Log* log{};     ///< May be null: nothing is said.
    bool log_requests{};  ///< A line for every request, not only for those that failed here.
    /// SIGINT and SIGTERM stop the server, SIGHUP reads the TLS files again.
    bool signals{};
    /// Called on the I/O thread when the server begins to stop, before it waits for requests in flight.
    std::function<void()> stopping;
};

/// An HTTP/1.1 server: one thread for all connections, a bounded pool for handlers.
/// Threads: `stop`, `address` and `reload_tls` may be called from any thread.
class Server {
public:
    /// Listens; nobody is answered before `run`. Errors: `unavailable` (cannot listen there), `invalid` (a TLS file,
    /// with its name and why).
    [[nodiscard]] static Result<std::unique_ptr<Server>> listen(Router router, ServerOptions options);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Where it listens, with the port it got.
    [[nodiscard]] const Address& address() const;
    /// Serves until `stop`: then takes no more connections, finishes what is in flight within `stop_time`, ends
    /// streams with their last words, and returns. Once. Errors: `unavailable`.
    [[nodiscard]] Result<void> run();
    void stop();
    /// Reads certificate and key again; connections that are open keep theirs. Errors: as `listen`; then the old ones
    /// stay in use.
    [[nodiscard]] Result<void> reload_tls();

private:
    struct Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace anjie::http
