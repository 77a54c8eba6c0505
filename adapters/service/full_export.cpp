#include <fmt/format.h>

#include "adapters/service/detail/export_record.hpp"
#include "adapters/service/detail/service_impl.hpp"
#include "engine/organisation.hpp"

namespace anjie::service {

using access::Action;

namespace {

class TakenExport final : public FullExport {
public:
    TakenExport(Workspace& workspace, access::Access& access, Caller caller, access::ApprovalRequest request)
        : workspace_(workspace), access_(access), caller_(std::move(caller)), request_(std::move(request)) {
        if (caller_.purpose.empty())
            caller_.purpose = fmt::format("full export {}: {}", request_.id, request_.order.reason);
    }
    ~TakenExport() override {
        // Nobody waits for this answer; a request that stays "carried out" says no less than the truth.
        if (!whole_) static_cast<void>(access_.carried_out_in_vain(caller_.principal, request_.id, caller_.client));
    }
    TakenExport(const TakenExport&) = delete;
    TakenExport& operator=(const TakenExport&) = delete;

    [[nodiscard]] Result<void> record(std::string_view what, std::uint64_t count) {
        return detail::record_export(access_, caller_,
                                     {.action = Action::request_full_export,
                                      .what = fmt::format("full export {}, with sealed texts: {}", request_.id, what),
                                      .organisation = request_.order.scope.organisation,
                                      .case_id = {},
                                      .count = count});
    }

    [[nodiscard]] Result<void> write(const views::LineSink& put) override {
        const auto reads =
            access::recorded_reads(workspace_.events(), access_, {caller_.principal, caller_.purpose, caller_.client});
        const auto& scope = request_.order.scope;
        ANJIE_TRY(const auto written, views::write_full_export(
                                          *reads, workspace_.workflows(),
                                          {.origin = workspace_.settings().origin,
                                           .organisation = scope.organisation,
                                           .confidentiality = std::string(access::code_of(scope.confidentiality)),
                                           .up_to = workspace_.events().head(),
                                           .made_at = workspace_.clock().now(),
                                           .request = request_.id,
                                           .requested_by = request_.requested_by,
                                           .approved_by = request_.decided_by},
                                          [&](const DirectoryEntry& entry) { return leaves(entry); }, put));
        whole_ = true;
        return record("whole", written.events);
    }

private:
    /// What was approved and what the one who asked may see, both.
    [[nodiscard]] bool leaves(const DirectoryEntry& entry) const {
        const auto of_case = detail::scope_of(entry);
        const auto& approved = request_.order.scope;
        return is_within(of_case.organisation, approved.organisation) &&
               of_case.confidentiality <= approved.confidentiality &&
               access_.judge(caller_.principal, Action::request_full_export, of_case) &&
               access_.judge(caller_.principal, Action::read_sealed, of_case);
    }

    Workspace& workspace_;
    access::Access& access_;
    Caller caller_;
    access::ApprovalRequest request_;
    bool whole_{};
};

}  // namespace

Answer<access::ApprovalRequest> Service::request_full_export(const Caller& caller, const std::string& organisation,
                                                             const std::string& reason) {
    if (reason.empty()) return trouble(ErrorCode::invalid, "reason: say what it is for / 请写明理由");
    ANJIE_ASK(auto area, impl_->area(caller, Action::request_full_export, organisation));
    // An empty organisation would be within everybody's reach, also of whoever approves.
    if (area.empty()) area = "CN";
    const access::CaseScope scope{std::move(area), caller.principal.clearance};
    ANJIE_DEMAND(impl_->allow(caller, Action::read_sealed, scope));
    return admitted(impl_->parts.access.request(
        caller.principal, access::full_export_order(caller.principal, scope, reason), caller.client));
}

Answer<std::unique_ptr<FullExport>> Service::carry_out_full_export(const Caller& caller, const std::string& request) {
    auto& access = impl_->parts.access;
    ANJIE_ASK(const auto asked, access.request_of(request));
    if (asked.order.kind != access::TwoPersonKind::full_export)
        return trouble(ErrorCode::invalid, fmt::format("{} is not about a full export / 不是全量导出申请", request));
    ANJIE_DEMAND(impl_->allow(caller, Action::read_sealed, asked.order.scope));
    ANJIE_ASK(auto taken,
              admitted(access.carry_out(
                  caller.principal, request,
                  access::full_export_order(caller.principal, asked.order.scope, asked.order.reason), caller.client)));
    auto made = std::make_unique<TakenExport>(impl_->parts.workspace, access, caller, std::move(taken));
    // What cannot be recorded does not leave.
    ANJIE_DEMAND(made->record("begun", 0));
    return made;
}

}  // namespace anjie::service
