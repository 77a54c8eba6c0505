#pragma once

#include <algorithm>
#include <vector>

#include "workflows/dispute/audit/check.hpp"

namespace anjie::dispute::audit::detail {

/// Watches which running deadlines an event ends. Call `before` and `ended` around each event.
class DeadlineWatch {
public:
    void before(const Step& step) { running_ = step.state.deadlines; }

    /// Deadlines that were met by what the event says was done; not those that merely became pointless by it.
    [[nodiscard]] std::vector<RunningDeadline> met(const Step& step) const {
        std::vector<RunningDeadline> met;
        if (is_no_deed(step.event)) return met;
        const bool agreed = std::holds_alternative<AgreementEffective>(step.event);
        for (const auto& before : running_) {
            const auto kind = before.start.kind;
            // A new agreement puts its own obligations and its own window in the place of the old ones.
            if (agreed && (kind == DeadlineKind::performance || kind == DeadlineKind::confirmation)) continue;
            if (informs_only(kind)) continue;
            const bool still = std::ranges::any_of(step.state.deadlines, [&](const auto& now) {
                return now.start.kind == kind && now.start.item == before.start.item;
            });
            if (!still) met.push_back(before);
        }
        return met;
    }

private:
    static bool is_no_deed(const Event& event) {
        return std::holds_alternative<AlarmRaised>(event) || std::holds_alternative<DeadlinesRecomputed>(event) ||
               std::holds_alternative<CaseClosed>(event) || std::holds_alternative<CaseReopened>(event);
    }
    static bool informs_only(DeadlineKind kind) {
        return kind == DeadlineKind::enforcement || kind == DeadlineKind::limitation ||
               kind == DeadlineKind::party_objection || kind == DeadlineKind::third_party_objection ||
               kind == DeadlineKind::traffic_police;
    }

    std::vector<RunningDeadline> running_;
};

}  // namespace anjie::dispute::audit::detail
