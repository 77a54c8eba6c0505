#include "workflows/dispute/detail/documents.hpp"

#include <algorithm>

namespace anjie::dispute::detail {
namespace {

/// Whether the file of a case that went this way has to hold such a paper at all.
bool is_needed(const State& state, DocumentKind kind) {
    switch (kind) {
        case DocumentKind::agreement:
        case DocumentKind::oral_agreement_register:
        case DocumentKind::revisit_record:
        case DocumentKind::performance_proof:
            return state.procedure == ProcedurePhase::effective;
        case DocumentKind::mediation_record:
        case DocumentKind::rights_notice:
        case DocumentKind::identity_proof:
            return static_cast<bool>(state.first_session);
        case DocumentKind::acceptance_register:
            return static_cast<bool>(state.accepted);
        case DocumentKind::application:
        case DocumentKind::power_of_attorney:
        case DocumentKind::investigation_record:
        case DocumentKind::evidence:
        case DocumentKind::confirmation_papers:
        case DocumentKind::case_note:
        case DocumentKind::cover:
        case DocumentKind::back_cover:
            return true;
    }
    return true;
}

/// One paper may stand for another: the application or the register, the written or the oral agreement.
bool is_present(const State& state, DocumentKind kind) {
    const auto filed = [&](DocumentKind one) {
        return std::ranges::find(state.documents, one) != state.documents.end();
    };
    if (filed(kind)) return true;
    switch (kind) {
        case DocumentKind::application:
            return filed(DocumentKind::acceptance_register);
        case DocumentKind::acceptance_register:
            return filed(DocumentKind::application);
        case DocumentKind::agreement:
            return filed(DocumentKind::oral_agreement_register);
        case DocumentKind::oral_agreement_register:
            return filed(DocumentKind::agreement);
        default:
            return false;
    }
}

}  // namespace

std::vector<DocumentKind> missing_documents(const State& state, const std::vector<DocumentKind>& wanted) {
    std::vector<DocumentKind> missing;
    for (const auto kind : wanted)
        if (is_needed(state, kind) && !is_present(state, kind)) missing.push_back(kind);
    return missing;
}

}  // namespace anjie::dispute::detail
