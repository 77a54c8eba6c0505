#include <fmt/format.h>

#include "adapters/service/detail/export_record.hpp"
#include "adapters/service/detail/service_impl.hpp"
#include "adapters/views/list_tables.hpp"

namespace anjie::service {

using access::Action;

Answer<tables::Workbook> Service::case_table(const Caller& caller, const CaseQuery& query, views::Language language) {
    ANJIE_DEMAND(impl_->allow(caller, Action::export_list, {query.filter.organisation, {}}));
    auto page_query = query;
    page_query.filter.after.clear();
    page_query.filter.limit = impl_->limits.list_rows_max;
    std::vector<DirectoryEntry> all;
    while (true) {
        ANJIE_ASK(auto page, list_cases(caller, page_query));
        for (auto& entry : page.entries)
            if (impl_->parts.access.judge(caller.principal, Action::export_list, detail::scope_of(entry)))
                all.push_back(std::move(entry));
        if (all.size() > views::sheet_rows_max)
            return trouble(ErrorCode::invalid,
                           "there are more cases than a sheet has rows; narrow the list / 案件过多");
        if (!page.next) break;
        page_query.filter.after = to_string(*page.next);
    }
    ANJIE_DEMAND(detail::record_export(impl_->parts.access, caller,
                                       {.action = Action::export_list,
                                        .what = "list of cases, xlsx",
                                        .organisation = query.filter.organisation,
                                        .case_id = {},
                                        .count = all.size()}));
    return views::case_workbook(views::all_of(std::move(all)), impl_->parts.workspace.clock().now(), language);
}

Answer<tables::Workbook> Service::due_table(const Caller& caller, const DueQuery& query, views::Language language) {
    ANJIE_DEMAND(impl_->allow(caller, Action::export_list, {query.organisation, {}}));
    auto whole = query;
    whole.whole = true;
    ANJIE_ASK(auto answer, due(caller, whole));
    std::erase_if(answer.entries, [&](const DueEntry& one) {
        return !impl_->parts.access.judge(caller.principal, Action::export_list, detail::scope_of(one.entry));
    });
    ANJIE_DEMAND(detail::record_export(impl_->parts.access, caller,
                                       {.action = Action::export_list,
                                        .what = "due list, xlsx",
                                        .organisation = query.organisation,
                                        .case_id = {},
                                        .count = answer.entries.size()}));
    return views::due_workbook(answer.entries, answer.today, impl_->parts.workspace.clock().now(), language);
}

}  // namespace anjie::service
