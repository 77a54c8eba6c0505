#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <string>

#include "adapters/rpc/detail/offices.hpp"
#include "adapters/rpc/detail/workers.hpp"
#include "adapters/service/service.hpp"

namespace anjie::rpc::detail {

/// What somebody showed at the gate.
struct Shown {
    std::string token;  ///< Of a machine; empty: a person's name and password.
    std::string name, password;
    access::Client client;
    std::string purpose;
};

/// One log-in. It keeps what proves who asks and never what he may: that is looked up anew each time.
/// Threads: any, at once. All of it may block on disk.
class Session {
public:
    /// Errors: refusals of wrong credentials, and of too many attempts from this address.
    [[nodiscard]] static service::Answer<std::shared_ptr<Session>> open(access::Access& access, const Shown& shown);
    /// One that answers everything with this trouble.
    Session(access::Access& access, service::Trouble refused);

    /// Who asks, with the rights of this moment.
    [[nodiscard]] service::Answer<service::Caller> caller() const;
    /// That this caller may enter the office now.
    [[nodiscard]] service::Answer<void> enter(const service::Caller& caller, Office office) const;
    /// That this caller does not ask too fast.
    [[nodiscard]] service::Answer<void> keep_pace(const service::Caller& caller) const;
    /// Ends a person's session; a token stays valid.
    void close() const;
    /// As it was at the log-in.
    [[nodiscard]] const access::Principal& principal() const { return principal_; }

private:
    explicit Session(access::Access& access) : access_(access) {}

    access::Access& access_;
    std::optional<service::Trouble> refused_;
    std::string token_, cookie_;
    access::Client client_;
    std::string purpose_;
    access::Principal principal_;
};

/// An order on its way to the service.
struct OrderWork {
    std::shared_ptr<const Session> session;
    Office office{};
    service::SubmitOrder order;
    std::string command;  ///< JSON, not read yet; becomes `order.command`.
    service::SubmitCompletion done;
};

/// The orders of one connection, given to the service one after the other as they came. Threads: any.
class OrderLane : public std::enable_shared_from_this<OrderLane> {
public:
    OrderLane(service::Service& service, Workers& workers) : service_(service), workers_(workers) {}

    /// False when the workers have too much to do; then `done` is not called.
    [[nodiscard]] bool post(OrderWork work);

private:
    void drain();
    void give(OrderWork& work, const service::Answer<service::Caller>& caller);

    service::Service& service_;
    Workers& workers_;
    std::mutex mutex_;
    std::deque<OrderWork> waiting_;  ///< Guarded by `mutex_`, as what follows.
    bool running_{};
};

}  // namespace anjie::rpc::detail
