#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "adapters/rpc/client/reply.hpp"

namespace anjie::rpc::client {

struct ClientOptions {
    std::string address;              ///< "127.0.0.1:7443"
    std::filesystem::path trusted{};  ///< PEM of who signed the office's certificate; empty: no TLS.
    std::string server_name{};        ///< In the certificate; empty: the host of `address`.
    std::chrono::milliseconds connect_time{5'000};
    std::size_t orders_in_flight_max{4'096};          ///< Of `submit_all`.
    std::chrono::milliseconds reconnect_first{50};    ///< Pause before the first new attempt of `follow`; doubled each
                                                      ///< time, with chance, ...
    std::chrono::milliseconds reconnect_last{5'000};  ///< ... up to this.
};

/// An office for a program without an event loop: every call waits for its answer. A connection that was lost is made
/// anew by the next call, which logs in again. Threads: the one that made it, which must not have an event loop of kj's
/// made otherwise; several clients may share a thread, but no visitor calls one.
class Client {
public:
    /// Connects and logs in. Errors: refusals of the credentials; `connection`.
    [[nodiscard]] static Reply<std::unique_ptr<Client>> connect(ClientOptions options, Credentials credentials);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// As the last log-in said.
    [[nodiscard]] const Who& who() const;
    /// Without a reference: registers a case.
    [[nodiscard]] Reply<Receipt> submit(const Order& order);
    /// All at once: they are given to the log in this order, and the answers stand in it.
    [[nodiscard]] std::vector<Reply<Receipt>> submit_all(std::span<const Order> orders);
    /// A case with its state, deadlines and what may be done next; `until` is a version or a time. `sealed`: with
    /// personal text, which is recorded.
    [[nodiscard]] Reply<ShownCase> show(const std::string& reference, const std::string& until = {},
                                        bool sealed = false);
    /// The first cases of the list, lists having followed the log up to `wait_for`.
    [[nodiscard]] Reply<std::vector<ListedCase>> list(const std::string& organisation, std::uint32_t limit,
                                                      Position wait_for = 0);

    /// Visits the events after a position as they come, until `visit` or `progress` answers false; goes on by itself
    /// when the connection was lost or the office restarted, without leaving out or repeating an event. Answers where
    /// it stopped. `progress` is called after each batch and at every heartbeat. Errors: what will not go away by
    /// itself, such as a revoked token.
    [[nodiscard]] Reply<Position> follow(const FollowOptions& options,
                                         const std::function<bool(const FeedEvent&)>& visit,
                                         const std::function<bool(const FeedProgress&)>& progress = {});

private:
    struct Impl;
    explicit Client(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace anjie::rpc::client
