#pragma once

#include "adapters/rpc/detail/case_worker_office.hpp"

namespace anjie::rpc::detail {

class SupervisorOffice final : public virtual schema::Supervisor::Server,
                               public CaseWorkerOffice,
                               public FiguresOffice {
public:
    SupervisorOffice(const std::shared_ptr<Desk>& desk, Use use)
        : CaseWorkerOffice(desk, Office::supervisor, std::move(use)), FiguresOffice(desk, Office::supervisor) {}

    kj::Promise<void> approvals(ApprovalsContext context) override;
    kj::Promise<void> approve(ApproveContext context) override;
    kj::Promise<void> refuse(RefuseContext context) override;
    kj::Promise<void> requestErasure(RequestErasureContext context) override;
    kj::Promise<void> carryOutErasure(CarryOutErasureContext context) override;
};

}  // namespace anjie::rpc::detail
