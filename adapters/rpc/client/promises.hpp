#pragma once

#include <capnp/rpc-twoparty.h>
#include <kj/async-io.h>

#include <filesystem>
#include <functional>
#include <memory>

#include "adapters/rpc/client/reply.hpp"
#include "adapters/rpc/office.capnp.h"

/// The office as promises, for programs that have an event loop of their own.
namespace anjie::rpc::client {

/// The event loop of this thread, made on first use and shared by all that need one. Requires: the thread has none that
/// was made otherwise. Lifetime: as long as somebody holds it.
[[nodiscard]] std::shared_ptr<kj::AsyncIoContext> loop_of_thread();

struct Endpoint {
    std::string address;              ///< "127.0.0.1:7443"
    std::filesystem::path trusted{};  ///< PEM of who signed the office's certificate; empty: no TLS.
    std::string server_name{};        ///< In the certificate; empty: the host of `address`.
};

/// A connection to an office. Lifetime: the event loop outlives it. Threads: the loop's own.
class Connection {
public:
    [[nodiscard]] static kj::Promise<kj::Own<Connection>> open(kj::Network& network, Endpoint endpoint);
    /// Over any stream.
    explicit Connection(kj::Own<kj::AsyncIoStream> stream);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] schema::Gate::Client gate() { return client_.bootstrap().castAs<schema::Gate>(); }
    /// Fulfilled when the other end has gone.
    [[nodiscard]] kj::Promise<void> lost() { return client_.onDisconnect(); }

private:
    kj::Own<kj::AsyncIoStream> stream_;
    capnp::TwoPartyClient client_;
};

/// What a log-in gives. The offices can be called at once, before `who` is there: then all goes in one round trip.
struct LoggedIn {
    kj::Promise<Reply<Who>> who;
    schema::CaseWorker::Client case_worker;
    schema::Supervisor::Client supervisor;
    schema::Auditor::Client auditor;
    schema::Feed::Client feed;
};
[[nodiscard]] LoggedIn log_in(schema::Gate::Client gate, const Credentials& credentials);

/// A case that can be called before its registration has been answered.
struct Registered {
    kj::Promise<Reply<Receipt>> receipt;
    schema::Case::Client registered;
};
[[nodiscard]] Registered register_case(schema::CaseWorker::Client office, const Order& order);
[[nodiscard]] kj::Promise<Reply<Receipt>> submit(schema::CaseWorker::Client office, const Order& order);
[[nodiscard]] kj::Promise<Reply<Receipt>> submit(schema::Case::Client to, const Order& order);
[[nodiscard]] kj::Promise<Reply<ShownCase>> show(schema::Reading::Client office, const std::string& reference,
                                                 const std::string& until, bool sealed);

/// Answers false to stop.
using FeedVisitor = std::function<bool(const FeedEvent&)>;
using ProgressVisitor = std::function<bool(const FeedProgress&)>;

/// What came of following for a while.
struct Followed {
    Position next{};                 ///< Follow after this one to go on.
    bool stopped{};                  ///< By a visitor.
    std::optional<Trouble> ended{};  ///< By the office, and why.
};
/// Follows the feed until a visitor stops it, the office ends it, or the connection is lost (then the promise is
/// broken; `next` is kept up to date all along). A batch is answered when all of it has been visited.
[[nodiscard]] kj::Promise<Followed> follow(schema::Feed::Client feed, const FollowOptions& options, FeedVisitor visit,
                                           ProgressVisitor progress, Position& next);

[[nodiscard]] Trouble trouble_of(schema::Trouble::Reader trouble);
/// For what broke a promise.
[[nodiscard]] Trouble trouble_of(const kj::Exception& why);

}  // namespace anjie::rpc::client
