#include "adapters/access/approvals.hpp"

#include <fmt/format.h>

namespace anjie::access {

std::string_view code_of(TwoPersonKind kind) { return kind == TwoPersonKind::erasure ? "erasure" : "full_export"; }
Action request_action(TwoPersonKind kind) {
    return kind == TwoPersonKind::erasure ? Action::request_erasure : Action::request_full_export;
}
Action approve_action(TwoPersonKind kind) {
    return kind == TwoPersonKind::erasure ? Action::approve_erasure : Action::approve_full_export;
}

TwoPersonOrder full_export_order(const Principal& for_whom, CaseScope scope, std::string reason) {
    // Whose hands it goes to is part of what was approved: nobody else can carry it out.
    auto target = fmt::format("cases organisation={} confidentiality={} for={}", scope.organisation,
                              code_of(scope.confidentiality), for_whom.id);
    return {.kind = TwoPersonKind::full_export,
            .scope = std::move(scope),
            .target = std::move(target),
            .reason = std::move(reason)};
}

std::string_view code_of(ApprovalRequest::State state) {
    switch (state) {
        case ApprovalRequest::State::open:
            return "open";
        case ApprovalRequest::State::approved:
            return "approved";
        case ApprovalRequest::State::refused:
            return "refused";
        case ApprovalRequest::State::carried_out:
            return "carried_out";
        case ApprovalRequest::State::failed:
            return "failed";
        case ApprovalRequest::State::expired:
            return "expired";
    }
    return {};
}

}  // namespace anjie::access
