#pragma once

#include "adapters/rpc/detail/desk.hpp"
#include "adapters/rpc/office.capnp.h"

namespace anjie::rpc::detail {

class FeedOffice final : public schema::Feed::Server {
public:
    FeedOffice(std::shared_ptr<Desk> desk, Use use) : desk_(std::move(desk)), use_(std::move(use)) {}

    kj::Promise<void> subscribe(SubscribeContext context) override;

private:
    std::shared_ptr<Desk> desk_;
    Use use_;
};

}  // namespace anjie::rpc::detail
