#include "adapters/api/detail/routes.hpp"

namespace anjie::api::detail {
namespace {

using http::Method;
using http::Request;
using http::Response;
using service::Answer;
using service::Caller;

Answer<Response> report(const Shared& api, const Request& request, const Caller& caller) {
    Query query(request);
    (void)query.text("wait_for");
    (void)query.text("wait_ms");
    service::ReportRequest asked;
    asked.year = static_cast<int>(query.number("year", 1990, 2199).value_or(0));
    asked.half = static_cast<unsigned>(query.number("half", 1, 2).value_or(0));
    asked.quarter = static_cast<unsigned>(query.number("quarter", 1, 4).value_or(0));
    asked.month = static_cast<unsigned>(query.number("month", 1, 12).value_or(0));
    asked.from = query.text("from");
    asked.to = query.text("to");
    asked.organisation = query.text("organisation");
    asked.as_of = query.text("as_of");
    asked.public_view = query.flag("public").value_or(false);
    const auto format = query.text("format");
    ANJIE_DEMAND(query.check());
    if (format == "csv") {
        ANJIE_ASK(auto text, api->service.report_csv(
                                 caller, asked,
                                 request.language == http::Language::zh ? views::Language::zh : views::Language::en));
        auto response = Response::of_type(200, "text/csv; charset=utf-8", std::move(text));
        response.headers.set("Content-Disposition", "attachment; filename=\"report.csv\"");
        return response;
    }
    if (!format.empty() && format != "json")
        return service::trouble(ErrorCode::invalid, "query: format: write json or csv / 应为 json 或 csv");
    ANJIE_ASK(const auto made, api->service.report(caller, asked));
    return json_answer(made);
}

Answer<Response> findings(const Shared& api, const Request& request, const Caller& caller) {
    Query query(request);
    (void)query.text("wait_for");
    (void)query.text("wait_ms");
    service::FindingsRequest asked;
    if (const auto year = query.number("year", 1990, 2199)) {
        asked.from = make_date(static_cast<int>(*year), 1, 1);
        asked.to = make_date(static_cast<int>(*year), 12, 31);
    }
    if (const auto from = query.date("from")) asked.from = from;
    if (const auto to = query.date("to")) asked.to = to;
    asked.organisation = query.text("organisation");
    asked.kinds = query.texts("kind");
    ANJIE_DEMAND(query.check());
    ANJIE_ASK(const auto found, api->service.findings(caller, asked));
    return json_answer(found);
}

}  // namespace

void add_figure_routes(http::Router& router, const Shared& api) {
    add(router, api, Method::get, "/v1/reports",
        [api](Request& request, const Caller& caller) { return report(api, request, caller); });
    add(router, api, Method::get, "/v1/findings",
        [api](Request& request, const Caller& caller) { return findings(api, request, caller); });
}

}  // namespace anjie::api::detail
