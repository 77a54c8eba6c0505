#include "adapters/access/approvals.hpp"

namespace anjie::access {

std::string_view code_of(TwoPersonKind kind) { return kind == TwoPersonKind::erasure ? "erasure" : "full_export"; }
Action request_action(TwoPersonKind kind) {
    return kind == TwoPersonKind::erasure ? Action::request_erasure : Action::request_full_export;
}
Action approve_action(TwoPersonKind kind) {
    return kind == TwoPersonKind::erasure ? Action::approve_erasure : Action::approve_full_export;
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
