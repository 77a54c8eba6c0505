#include <fmt/format.h>

#include <algorithm>

#include "adapters/service/detail/service_impl.hpp"
#include "adapters/views/case_view.hpp"
#include "adapters/views/list_tables.hpp"
#include "engine/organisation.hpp"

namespace anjie::service {

using access::Action;

namespace {

constexpr std::size_t due_rows_looked_at_max = 20'000;

bool is_asked_for(const DirectoryEntry& entry, const std::string& organisation) {
    return organisation.empty() || is_within(entry.organisation, organisation);
}

/// What a store can be asked for: the prefix of what was wanted, or of all the caller can reach.
std::string reach_of(const Caller& caller, const std::string& wanted) {
    if (!wanted.empty()) return detail::prefix_of({wanted});
    if (caller.principal.kind == access::Principal::Kind::local) return {};
    return detail::prefix_of(caller.principal.organisations);
}

Result<void> only_disputes(const detail::CaseLook& look) {
    if (look.workflow->id() == dispute::workflow_id) return {};
    return failure(ErrorCode::not_found, "this is not a dispute / 这不是纠纷案件");
}

/// The action's name stands among those refused, when not the rules but the caller's rights are against it.
Rejection rejection_of(const access::Refusal& refusal) {
    return {.number = 0,
            .code = std::string(access::code_of(refusal.code)),
            .message = refusal.message,
            .rule = {"ACCESS", SourceMark::configuration, {"访问权限（本地配置）", "Rights (local configuration)"}},
            .facts = {},
            .remedy = {"请由有此权限的人办理", "Somebody with that right can do it"}};
}

}  // namespace

Answer<CasePage> Service::list_cases(const Caller& caller, const CaseQuery& query) {
    auto filter = query.filter;
    const auto wanted = filter.organisation;
    const bool searched = !filter.search.empty();
    ANJIE_DEMAND(impl_->allow(caller, Action::list_cases, {wanted, {}}));
    if (searched) ANJIE_DEMAND(impl_->allow(caller, Action::read_sealed, {wanted, {}}));
    filter.organisation = reach_of(caller, wanted);
    const auto wanted_rows = std::clamp<std::size_t>(filter.limit, 1, impl_->limits.list_rows_max);
    filter.limit = wanted_rows + 1;

    auto& workspace = impl_->parts.workspace;
    const auto recorded = searched ? access::recorded_searches(workspace.directory(), impl_->parts.access,
                                                               {caller.principal, caller.purpose, caller.client})
                                   : nullptr;
    const Directory& directory = recorded ? *recorded : workspace.directory();
    const auto may_see = [&](const DirectoryEntry& entry) {
        const auto scope = detail::scope_of(entry);
        const auto& access = impl_->parts.access;
        return access.judge(caller.principal, Action::list_cases, scope) &&
               (!searched || access.judge(caller.principal, Action::read_sealed, scope));
    };
    CasePage page;
    std::size_t looked_at = 0;
    while (true) {
        ANJIE_ASK(auto rows, directory.list(filter));
        for (auto& row : rows) {
            if (page.entries.size() == wanted_rows) {
                page.next = page.entries.back().case_id;
                return page;
            }
            ++looked_at;
            filter.after = to_string(row.case_id);
            if (is_asked_for(row, wanted) && may_see(row)) page.entries.push_back(std::move(row));
        }
        if (rows.size() < filter.limit) return page;
        if (looked_at >= impl_->limits.rows_looked_at_max) {
            page.next = CaseId{*parse_uuid(filter.after)};
            return page;
        }
    }
}

Answer<CaseAnswer> Service::show_case(const Caller& caller, const CaseRequest& request) {
    const auto until = views::parse_until(request.until);
    if (!until)
        return trouble(ErrorCode::invalid, fmt::format("at: \"{}\" is neither a version nor a time; write 5 or "
                                                       "2024-03-05T14:00 / 不是版本也不是时间",
                                                       request.until));
    ANJIE_ASK(auto found, impl_->find(caller, request.reference, Action::read_case));
    ANJIE_DEMAND(only_disputes(*found.look));
    const auto scope = detail::scope_of(found.look->entry);
    if (request.sealed) ANJIE_DEMAND(impl_->allow(caller, Action::read_sealed, scope, found.id));
    auto& workspace = impl_->parts.workspace;
    if (!request.until.empty()) {
        ANJIE_ASK(auto then, detail::look_at(workspace.events(), workspace.workflows(), found.id, *until));
        found.look = std::make_shared<const detail::CaseLook>(std::move(then));
    }
    const auto& look = *found.look;
    const auto& state = dispute::DisputeWorkflow::value_of(*look.state);
    std::vector<dispute::Dispute::ActionAnswer> answers;
    if (request.until.empty()) {
        const auto now = workspace.clock().now();
        answers = workspace.dispute().actions(state, {.now = now,
                                                      .occurred_at = {now, false},
                                                      .actor = caller.principal.id,
                                                      .organisation = look.entry.organisation,
                                                      .version = look.version});
        std::erase_if(answers, [](const auto& answer) { return !action_of(answer.command); });
        for (auto& answer : answers)
            if (const auto may = impl_->parts.access.judge(caller.principal, *action_of(answer.command), scope); !may)
                answer.refusal = rejection_of(may.error());
    }
    std::vector<SealedField> sealed;
    if (request.sealed) {
        const auto store = impl_->recorded(caller);
        Result<std::vector<SealedField>> opened;
        ANJIE_DEMAND(store->read_case(found.id, 0, [&](const EventView& event) {
            if (event.header.version > look.version) return false;
            opened = store->unseal(event);
            if (opened) sealed.insert(sealed.end(), opened->begin(), opened->end());
            return opened.has_value();
        }));
        if (!opened) return std::unexpected(Trouble{opened.error()});
    }
    return CaseAnswer{found.id, look.version,
                      views::case_json({look.entry, state, request.sealed ? &sealed : nullptr, answers, look.version})};
}

Answer<CaseAnswer> Service::history(const Caller& caller, const CaseRequest& request) {
    const auto until = views::parse_until(request.until);
    if (!until)
        return trouble(ErrorCode::invalid, fmt::format("until: \"{}\" is neither a version nor a time; write 5 or "
                                                       "2024-03-05T14:00 / 不是版本也不是时间",
                                                       request.until));
    ANJIE_ASK(const auto found, impl_->find(caller, request.reference, Action::read_case));
    ANJIE_DEMAND(only_disputes(*found.look));
    if (request.sealed)
        ANJIE_DEMAND(impl_->allow(caller, Action::read_sealed, detail::scope_of(found.look->entry), found.id));
    const auto store = impl_->recorded(caller);
    ANJIE_ASK(const auto steps, views::replay_steps(*store, found.id, *until, views::Language::en, request.sealed));
    boost::json::array events;
    for (const auto& step : steps) events.emplace_back(views::step_json(step, request.diff, views::Language::en));
    CaseAnswer answer{.case_id = found.id, .version = steps.empty() ? 0 : steps.back().header.version, .view = {}};
    answer.view = {{"case", found.look->entry.number}, {"case_id", to_string(found.id)}, {"events", std::move(events)}};
    return answer;
}

Answer<DueAnswer> Service::due(const Caller& caller, const DueQuery& query) {
    const auto within = parse_period(query.within);
    if (!within)
        return trouble(ErrorCode::invalid,
                       fmt::format("within: \"{}\" is not a period; write 7d, 5wd, 1m or 1y / 不是期间", query.within));
    const auto action = query.for_calendar ? Action::read_calendar : Action::list_cases;
    ANJIE_DEMAND(impl_->allow(caller, action, {query.organisation, {}}));
    auto& workspace = impl_->parts.workspace;
    DueAnswer answer{.today = query.on.value_or(local_date(workspace.clock().now())), .entries = {}};
    const auto& calendar = workspace.dispute().calendars().at(workspace.settings().jurisdiction);
    DueFilter filter;
    filter.organisation = reach_of(caller, query.organisation);
    filter.holder = query.holder;
    filter.until = query.overdue ? answer.today - std::chrono::days{1} : last_day(answer.today, *within, calendar);
    if (query.overdue) filter.overdue_on = answer.today;
    filter.limit = query.whole ? views::sheet_rows_max : due_rows_looked_at_max;
    ANJIE_ASK(auto rows, workspace.directory().due(filter));
    const auto limit =
        query.whole ? rows.size() : std::clamp<std::size_t>(query.limit, 1, impl_->limits.rows_looked_at_max);
    for (auto& row : rows) {
        if (answer.entries.size() == limit) break;
        if (is_asked_for(row.entry, query.organisation) &&
            impl_->parts.access.judge(caller.principal, action, detail::scope_of(row.entry)))
            answer.entries.push_back(std::move(row));
    }
    return answer;
}

}  // namespace anjie::service
