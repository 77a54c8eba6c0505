#pragma once

#include "adapters/rpc/detail/readings.hpp"

namespace anjie::rpc::detail {

class CaseWorkerOffice : public virtual schema::CaseWorker::Server, public Readings {
public:
    CaseWorkerOffice(std::shared_ptr<Desk> desk, Office office, Use use)
        : Readings(std::move(desk), office), use_(std::move(use)) {}

    kj::Promise<void> registerCase(RegisterCaseContext context) override;
    kj::Promise<void> submit(SubmitContext context) override;
    kj::Promise<void> actions(ActionsContext context) override;
    kj::Promise<void> open(OpenContext context) override;

private:
    Use use_;
};

}  // namespace anjie::rpc::detail
