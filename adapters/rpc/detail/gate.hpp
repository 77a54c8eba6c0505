#pragma once

#include "adapters/rpc/detail/desk.hpp"
#include "adapters/rpc/office.capnp.h"

namespace anjie::rpc::detail {

/// What a connection can call before anybody has said who it is.
class Gate final : public schema::Gate::Server {
public:
    Gate(House& house, std::shared_ptr<Allowance> allowance, access::Client client)
        : house_(house),
          allowance_(std::move(allowance)),
          client_(std::move(client)),
          lane_(std::make_shared<OrderLane>(house.service, house.workers)) {}

    kj::Promise<void> logIn(LogInContext context) override;

private:
    [[nodiscard]] kj::Promise<service::Answer<std::shared_ptr<Session>>> shown(Shown shown);
    void let_in(schema::Gate::LogInResults::Builder results, std::shared_ptr<Session> session);

    House& house_;
    std::shared_ptr<Allowance> allowance_;
    access::Client client_;
    std::shared_ptr<OrderLane> lane_;
};

}  // namespace anjie::rpc::detail
