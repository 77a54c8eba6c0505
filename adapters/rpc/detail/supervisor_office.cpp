#include "adapters/rpc/detail/supervisor_office.hpp"

#include "adapters/rpc/values.hpp"

namespace anjie::rpc::detail {
namespace {

using access::ApprovalRequest;
using service::Answer;
using service::Caller;
using service::Service;

constexpr std::size_t approvals_max = 200;

void write(schema::Approval::Builder to, const ApprovalRequest& request) {
    to.setId(text_of(request.id));
    to.setKind(text_of(std::string(access::code_of(request.order.kind))));
    to.setTarget(text_of(request.order.target));
    to.setReason(text_of(request.order.reason));
    to.setState(text_of(std::string(access::code_of(request.state))));
    to.setRequestedBy(text_of(request.requested_by));
    to.setDecidedBy(text_of(request.decided_by));
    to.setCarriedOutBy(text_of(request.carried_out_by));
    to.setOrganisation(text_of(request.order.scope.organisation));
    to.initRequested().setMicroseconds(request.requested.microseconds);
    to.initExpires().setMicroseconds(request.expires.microseconds);
}

template <class Context>
kj::Promise<void> answered(Context context, kj::Promise<Answer<ApprovalRequest>> promise) {
    return promise.then([context](const Answer<ApprovalRequest>& answer) mutable {
        auto results = context.getResults();
        if (given(results, answer)) write(results.initApproval(), *answer);
    });
}

}  // namespace

kj::Promise<void> SupervisorOffice::approvals(ApprovalsContext context) {
    using Requests = std::vector<ApprovalRequest>;
    return desk_
        ->ask<Requests>(office_,
                        [](Service& service, const Caller& caller) -> Answer<Requests> {
                            const auto& access = service.access();
                            ANJIE_ASK(auto all, access.requests(approvals_max));
                            std::erase_if(all, [&](const ApprovalRequest& request) {
                                const auto& order = request.order;
                                return !access.judge(caller.principal, access::approve_action(order.kind),
                                                     order.scope) &&
                                       !access.judge(caller.principal, access::request_action(order.kind), order.scope);
                            });
                            return all;
                        })
        .then([context](const Answer<Requests>& answer) mutable {
            auto results = context.getResults();
            if (!given(results, answer)) return;
            auto approvals = results.initApprovals(static_cast<unsigned>(answer->size()));
            for (unsigned i = 0; i < approvals.size(); ++i) write(approvals[i], (*answer)[i]);
        });
}

kj::Promise<void> SupervisorOffice::approve(ApproveContext context) {
    return answered(context, desk_->ask<ApprovalRequest>(office_, [id = text_of(context.getParams().getId())](
                                                                      Service& service, const Caller& caller) {
        return answer_of(service.access().approve(caller.principal, id, caller.client));
    }));
}

kj::Promise<void> SupervisorOffice::refuse(RefuseContext context) {
    return answered(context, desk_->ask<ApprovalRequest>(office_, [id = text_of(context.getParams().getId())](
                                                                      Service& service, const Caller& caller) {
        return answer_of(service.access().refuse(caller.principal, id, caller.client));
    }));
}

kj::Promise<void> SupervisorOffice::requestErasure(RequestErasureContext context) {
    const auto asked = context.getParams();
    std::vector<std::uint16_t> subjects;
    for (const auto subject : asked.getSubjects()) subjects.push_back(subject);
    return answered(context,
                    desk_->ask<ApprovalRequest>(
                        office_, [reference = text_of(asked.getReference()), subjects = std::move(subjects),
                                  reason = text_of(asked.getReason())](Service& service, const Caller& caller) {
                            return service.request_erasure(caller, reference, subjects, reason);
                        }));
}

kj::Promise<void> SupervisorOffice::carryOutErasure(CarryOutErasureContext context) {
    return answered(context, desk_->ask<ApprovalRequest>(office_, [id = text_of(context.getParams().getId())](
                                                                      Service& service, const Caller& caller) {
        return service.carry_out_erasure(caller, id);
    }));
}

}  // namespace anjie::rpc::detail
