#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "adapters/rulebook/other_rules.hpp"
#include "adapters/service/detail/export_record.hpp"
#include "adapters/service/detail/service_impl.hpp"
#include "adapters/views/audit_view.hpp"
#include "adapters/views/report_tables.hpp"
#include "adapters/views/report_view.hpp"
#include "adapters/views/what_if_view.hpp"

namespace anjie::service {

using access::Action;
namespace statistics = dispute::statistics;
namespace audit = dispute::audit;

namespace {

constexpr std::size_t audit_threads = 2;

Result<statistics::Report> made(Workspace& workspace, const ReportRequest& request, const std::string& organisation) {
    statistics::ReportQuery query;
    ANJIE_TRY(query.period, views::period_of(request));
    ANJIE_TRY(const auto as_of, views::as_of_moment(request.as_of));
    query.organisation = organisation;
    query.public_view = request.public_view;
    ANJIE_TRY(query.as_of, views::as_of_log(workspace, as_of));
    ANJIE_TRY(const auto rows, views::dispute_rows(workspace, as_of));
    ANJIE_TRY(query.screening, views::screening_figures(workspace, query.period, organisation, as_of));
    return statistics::make_report(rows, query);
}

Result<void> check_kinds(const std::vector<std::string>& kinds) {
    const auto known = views::finding_kinds();
    for (const auto& kind : kinds)
        if (std::ranges::find(known, kind) == known.end())
            return failure(ErrorCode::invalid, fmt::format("kind: there is no kind \"{}\"; there are {} / 没有这一种类",
                                                           kind, fmt::join(known, ", ")));
    return {};
}

/// Figures that leave as a file.
Result<void> record_report(access::Access& access, const Caller& caller, std::string what,
                           const std::string& organisation) {
    return detail::record_export(access, caller,
                                 {.action = Action::read_reports,
                                  .what = std::move(what),
                                  .organisation = organisation,
                                  .case_id = {},
                                  .count = 0});
}

}  // namespace

Answer<boost::json::object> Service::report(const Caller& caller, const ReportRequest& request) {
    ANJIE_ASK(const auto organisation, impl_->area(caller, Action::read_reports, request.organisation));
    ANJIE_ASK(const auto report, made(impl_->parts.workspace, request, organisation));
    return views::report_json(report);
}

Answer<std::string> Service::report_csv(const Caller& caller, const ReportRequest& request, views::Language language) {
    ANJIE_ASK(const auto organisation, impl_->area(caller, Action::read_reports, request.organisation));
    ANJIE_ASK(const auto report, made(impl_->parts.workspace, request, organisation));
    ANJIE_DEMAND(record_report(impl_->parts.access, caller, "report, csv", organisation));
    // The mark by which spreadsheets know UTF-8 stands before it.
    return "\xef\xbb\xbf" + statistics::to_csv(report, language == views::Language::zh ? statistics::Language::zh
                                                                                       : statistics::Language::en);
}

Answer<tables::Workbook> Service::report_table(const Caller& caller, const ReportRequest& request,
                                               views::Language language) {
    ANJIE_ASK(const auto organisation, impl_->area(caller, Action::read_reports, request.organisation));
    ANJIE_ASK(const auto report, made(impl_->parts.workspace, request, organisation));
    ANJIE_DEMAND(record_report(impl_->parts.access, caller, "report, xlsx", organisation));
    return views::report_workbook(report, language);
}

Answer<boost::json::object> Service::what_if(const Caller& caller, const WhatIfRequest& request) {
    auto asked = request;
    ANJIE_ASK(asked.organisation, impl_->area(caller, Action::read_reports, request.organisation));
    if (request.cases) ANJIE_DEMAND(impl_->allow(caller, Action::list_cases, {asked.organisation, {}}));
    auto& workspace = impl_->parts.workspace;
    const auto& own = workspace.dispute().rules();
    ANJIE_ASK(const auto other,
              rulebook::parse_other_rules(request.rules, request.rules_name, own, impl_->parts.directory));
    ANJIE_ASK(const auto report, views::what_if_report(workspace, other, asked));
    const auto may_see = [&](CaseId id) {
        const auto look = impl_->cases.at_head(id);
        return look &&
               impl_->parts.access.judge(caller.principal, Action::list_cases, detail::scope_of((*look)->entry));
    };
    ANJIE_ASK(auto json, views::what_if_json({.report = report,
                                              .own = own,
                                              .other = other.book,
                                              .rules_file = request.rules_name,
                                              .with_cases = request.cases,
                                              .number_of = views::numbers_in(workspace.directory()),
                                              .may_see = may_see}));
    return json;
}

Answer<boost::json::object> Service::findings(const Caller& caller, const FindingsRequest& request) {
    ANJIE_ASK(const auto organisation, impl_->area(caller, Action::read_findings, request.organisation));
    ANJIE_DEMAND(check_kinds(request.kinds));
    if (request.from && request.to && *request.to < *request.from)
        return trouble(ErrorCode::invalid, "to lies before from / 止日早于起日");
    auto& workspace = impl_->parts.workspace;
    std::vector<std::filesystem::path> files;
    const auto own = impl_->parts.directory / "audit.json";
    if (std::error_code failed; std::filesystem::exists(own, failed)) files.push_back(own);
    ANJIE_ASK(const auto thresholds, views::read_thresholds(files));
    audit::Setting setting{.thresholds = thresholds.values,
                           .rules = &workspace.dispute().rules(),
                           .today = local_date(workspace.clock().now()),
                           .hash_key = {}};
    impl_->parts.crypto.random.fill(std::as_writable_bytes(std::span(setting.hash_key)));
    const audit::Scope scope{.from = request.from, .to = request.to, .organisation = organisation};
    ANJIE_ASK(const auto result,
              views::run_audit(access::unrecorded(workspace.events()), setting, scope, request.kinds, audit_threads));
    views::CaseNumbers numbers(workspace.events());
    auto json = views::audit_json({result, scope, thresholds, setting.today, request.kinds}, numbers);

    // A finding may compare cases of two areas: it is shown to whoever may see them all.
    std::map<std::string, bool> seen;
    const auto may_see = [&](const boost::json::value& event) {
        const std::string id(event.as_object().at("case_id").get_string());
        const auto [at, fresh] = seen.try_emplace(id);
        if (fresh) {
            const auto look = impl_->cases.at_head(CaseId{*parse_uuid(id)});
            at->second = look && impl_->parts.access.judge(caller.principal, Action::read_findings,
                                                           detail::scope_of((*look)->entry));
        }
        return at->second;
    };
    auto& listed = json["findings"].as_array();
    boost::json::array shown;
    for (auto& finding : listed)
        if (std::ranges::all_of(finding.as_object().at("events").as_array(), may_see)) shown.push_back(finding);
    json["withheld"] = listed.size() - shown.size();
    json["findings"] = std::move(shown);
    return json;
}

}  // namespace anjie::service
