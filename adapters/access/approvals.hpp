#pragma once

#include <optional>
#include <string>

#include "adapters/access/principal.hpp"
#include "engine/time.hpp"

namespace anjie::access {

/// What one person alone may not do.
enum class TwoPersonKind : std::uint8_t { erasure = 1, full_export = 2 };
[[nodiscard]] std::string_view code_of(TwoPersonKind kind);
[[nodiscard]] Action request_action(TwoPersonKind kind);
[[nodiscard]] Action approve_action(TwoPersonKind kind);

/// What exactly is to be done, so that nothing else can be done with the approval.
struct TwoPersonOrder {
    TwoPersonKind kind{};
    CaseScope scope{};
    std::string target{};  ///< Canonical, made by whoever carries it out: "case=<id> subjects=1,2".
    std::string reason{};  ///< Why; shown to the one who approves. No personal data.

    bool operator==(const TwoPersonOrder&) const = default;
};
inline bool operator==(const CaseScope& a, const CaseScope& b) {
    return a.organisation == b.organisation && a.confidentiality == b.confidentiality;
}

/// Everything of an area with sealed texts, for one person alone: all cases within `scope.organisation` that are kept
/// no more closely than `scope.confidentiality`, as they stand when it is carried out.
[[nodiscard]] TwoPersonOrder full_export_order(const Principal& for_whom, CaseScope scope, std::string reason);

struct ApprovalRequest {
    enum class State : std::uint8_t { open, approved, refused, carried_out, failed, expired };
    std::string id{};  ///< Short, to be typed.
    TwoPersonOrder order{};
    State state{};
    std::string requested_by{}, decided_by{}, carried_out_by{};
    Instant requested{}, expires{};
    std::optional<Instant> decided{}, carried_out{};
};
[[nodiscard]] std::string_view code_of(ApprovalRequest::State state);

}  // namespace anjie::access
