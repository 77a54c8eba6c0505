#include <algorithm>

#include "adapters/sinks/detail/token.hpp"
#include "adapters/sinks/runner.hpp"

namespace anjie::sinks {

Result<std::optional<Runner::Plan>> Runner::make_plan(Instant now, Step& step) {
    const std::pair<const CaseId, Hold>* next = nullptr;
    std::size_t waiting = 0;
    for (const auto& entry : state_.holds) {
        if (entry.second.parked) continue;
        ++waiting;
        if (next == nullptr || entry.second.retry_at < next->second.retry_at) next = &entry;
    }
    if (next != nullptr && next->second.retry_at <= now) {
        ANJIE_TRY(auto plan, plan_release(next->first, next->second));
        return plan;
    }
    const bool too_many_parked = state_.holds.size() - waiting >= settings_.limits.parked_cases_max;
    if (too_many_parked) trouble_ = "too many parked cases: look at them, then retry or drop / 搁置案件过多";
    if (events_.head() <= state_.cursor || waiting >= settings_.limits.waiting_cases_max || too_many_parked) {
        step.kind = next != nullptr ? Step::Kind::waiting : Step::Kind::idle;
        if (next != nullptr) step.wake_at = next->second.retry_at;
        return std::nullopt;
    }
    ANJIE_TRY(auto plan, plan_feed());
    return plan;
}

std::size_t Runner::batch_events_max(Position at) const {
    return at <= single_until_ ? 1 : settings_.limits.batch_events_max;
}

/// The code that an event was made for. An alarm, which nobody makes, is for whoever registered its case: a bureau that
/// follows its committees has to hear of what is overdue.
Result<std::string> Runner::behalf_of(const EventHeaderView& header) const {
    std::string organisation(header.organisation);
    if (!organisation.empty() || !settings_.fields.asks_organisation()) return organisation;
    ANJIE_CHECK(events_.read_case(header.case_id, 0, [&](const EventView& first) {
        organisation = first.header.organisation;
        return false;
    }));
    return organisation;
}

/// False when the batch ends before this event. One that cannot be read makes a batch of its own.
Result<bool> Runner::add(Plan& plan, const EventView& event, const std::set<CaseId>& blocked,
                         std::size_t& bytes) const {
    const auto& header = event.header;
    if (blocked.contains(header.case_id)) return true;
    ANJIE_TRY(const auto organisation, behalf_of(header));
    if (!settings_.fields.takes(header, organisation)) return true;
    if (!plan.unreadable.empty() || plan.deliveries.size() >= batch_events_max(header.position) ||
        bytes >= settings_.limits.batch_bytes_max)
        return false;
    Delivery delivery{header.position, header.case_id, header.version, {}};
    std::vector<SealedField> sealed;
    if (settings_.fields.wants_sealed(header)) {
        ANJIE_TRY(sealed, events_.unseal(event));
    }
    auto extract = settings_.fields.extract(event, sealed);
    if (!extract) {
        if (!plan.deliveries.empty()) return false;
        plan.unreadable.emplace_back(std::move(delivery), extract.error().detail);
        return true;
    }
    if (settings_.fields.with_actor()) extract->classes.emplace("actor");
    const auto* words = words_of(header.workflow);
    delivery.event = make_cloud_event(settings_.names, header, find_event(*words, header.type)->name, extract->data,
                                      settings_.fields.with_actor());
    bytes += delivery.event.data.size();
    plan.deliveries.push_back(std::move(delivery));
    plan.classes.push_back(std::move(extract->classes));
    return true;
}

Result<Runner::Plan> Runner::plan_feed() const {
    Plan plan{.epoch = epoch_, .through = state_.cursor};
    std::set<CaseId> blocked;
    for (const auto& [id, hold] : state_.holds) blocked.insert(id);
    std::size_t bytes = 0;
    Result<bool> more = true;
    ANJIE_CHECK(events_.read_feed(state_.cursor, settings_.limits.events_read_max, [&](const EventView& event) {
        more = add(plan, event, blocked, bytes);
        if (!more || !*more) return false;
        plan.through = event.header.position;
        return true;
    }));
    if (!more) return std::unexpected(more.error());
    plan.token = token_of(plan);
    return plan;
}

Result<Runner::Plan> Runner::plan_release(CaseId id, const Hold& hold) const {
    Plan plan{.epoch = epoch_, .released = id, .released_to_end = true, .through = state_.cursor};
    const std::set<CaseId> blocked;
    std::size_t bytes = 0;
    std::size_t seen = 0;
    Result<bool> more = true;
    ANJIE_CHECK(events_.read_case(id, hold.from_version - 1, [&](const EventView& event) {
        // What comes after the cursor is the log's to deliver.
        if (event.header.position > state_.cursor) return false;
        more = add(plan, event, blocked, bytes);
        if (!more || !*more || ++seen > settings_.limits.events_read_max) {
            plan.released_to_end = false;
            return false;
        }
        return true;
    }));
    if (!more) return std::unexpected(more.error());
    plan.token = token_of(plan);
    return plan;
}

std::string Runner::token_of(const Plan& plan) const {
    detail::Token token{.serial = state_.serial + 1, .cursor = plan.through, .released = "-"};
    if (plan.released) {
        token.released = anjie::to_string(*plan.released);
        token.next_version =
            plan.released_to_end || plan.deliveries.empty() ? 0 : std::uint64_t{plan.deliveries.back().version} + 1;
    }
    return detail::to_string(token);
}

}  // namespace anjie::sinks
