#include "workflows/dispute/audit/auditor.hpp"

#include <algorithm>

#include "workflows/dispute/statistics/organisation.hpp"

namespace anjie::dispute::audit {

Auditor::Auditor(const Setting& setting, Scope scope, const std::vector<std::string>& kinds, Unseal unseal)
    : setting_(setting), scope_(std::move(scope)), unseal_(std::move(unseal)) {
    for (const auto make : all_checks()) {
        auto check = make(setting_);
        if (kinds.empty() || std::ranges::find(kinds, check->kind().id) != kinds.end())
            checks_.push_back(std::move(check));
    }
}

Result<void> Auditor::take(const EventView& event) {
    if (event.header.workflow != workflow_id) return {};
    if (case_ != event.header.case_id) {
        end_case();
        case_ = event.header.case_id;
        in_scope_ = covers(event);
        cases_ += in_scope_ ? 1 : 0;
    }
    if (!in_scope_) return take_elsewhere(event);

    ++events_;
    positions_.push_back(event.header.position);
    ANJIE_TRY(const auto decoded, Dispute::decode(event.header.type, event.header.schema, event.payload));
    ANJIE_TRY(const auto* sealed, opened(event, event.header.type));
    const Step step{.header = event.header,
                    .event = decoded,
                    .state = state_,
                    .sealed = sealed,
                    .by_import = is_import(setting_.thresholds, event.header.actor),
                    .positions = positions_};
    for (const auto& check : checks_) check->before(step, findings_);
    Dispute::evolve(state_, decoded, event.header);
    for (const auto& check : checks_) check->after(step, findings_);
    return {};
}

Result<void> Auditor::take_elsewhere(const EventView& event) {
    const auto type = event.header.type;
    if (std::ranges::none_of(checks_, [&](const auto& check) { return check->wants_elsewhere(type); })) return {};
    ANJIE_TRY(const auto decoded, Dispute::decode(type, event.header.schema, event.payload));
    ANJIE_TRY(const auto* sealed, opened(event, type));
    const Step step{.header = event.header,
                    .event = decoded,
                    .state = state_,
                    .sealed = sealed,
                    .by_import = is_import(setting_.thresholds, event.header.actor),
                    .in_scope = false};
    for (const auto& check : checks_)
        if (check->wants_elsewhere(type)) check->after(step, findings_);
    return {};
}

bool Auditor::covers(const EventView& first) const {
    const auto day = local_date(first.header.occurred_at.at);
    return (!scope_.from || day >= *scope_.from) && (!scope_.to || day <= *scope_.to) &&
           statistics::is_within(first.header.organisation, scope_.organisation);
}

// The one place where personal text is opened: whoever records such reads need look nowhere else.
Result<const std::vector<SealedField>*> Auditor::opened(const EventView& event, EventType type) {
    if (std::ranges::none_of(checks_, [&](const auto& check) { return check->wants_sealed(type); })) return nullptr;
    auto fields = unseal_(event);
    if (!fields && fields.error().code == ErrorCode::corrupt) return std::unexpected(std::move(fields).error());
    if (!fields) return nullptr;
    sealed_ = std::move(*fields);
    return &sealed_;
}

void Auditor::end_case() {
    if (case_ && in_scope_)
        for (const auto& check : checks_) check->end({*case_, state_, positions_}, findings_);
    case_.reset();
    positions_.clear();
    state_ = {};
}

void Auditor::absorb(Auditor&& later) {
    end_case();
    later.end_case();
    for (std::size_t i = 0; i < checks_.size(); ++i) checks_[i]->absorb(std::move(*later.checks_[i]));
    findings_.append(std::move(later.findings_));
    cases_ += later.cases_;
    events_ += later.events_;
}

Findings Auditor::finish() {
    end_case();
    for (const auto& check : checks_) check->finish(findings_);
    return std::move(findings_);
}

}  // namespace anjie::dispute::audit
