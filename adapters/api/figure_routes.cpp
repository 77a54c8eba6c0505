#include <fmt/format.h>

#include <boost/json/serialize.hpp>

#include "adapters/api/detail/routes.hpp"
#include "adapters/json/values.hpp"

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
    const auto format = query.one_of("format", {"json", "csv", "xlsx"});
    ANJIE_DEMAND(query.check());
    if (format == "csv") {
        ANJIE_ASK(auto text, api->service.report_csv(caller, asked, language_of(request)));
        auto response = Response::of_type(200, "text/csv; charset=utf-8", std::move(text));
        response.headers.set("Content-Disposition", "attachment; filename=\"report.csv\"");
        return response;
    }
    if (format == "xlsx") {
        ANJIE_ASK(const auto table, api->service.report_table(caller, asked, language_of(request)));
        return xlsx_answer(*api, table, "report.xlsx");
    }
    ANJIE_ASK(const auto made, api->service.report(caller, asked));
    return json_answer(made);
}

/// A member of the body that is a number; 0 when it is left out.
Result<unsigned> number_at(const json::Node& body, std::string_view name, unsigned low, unsigned high) {
    ANJIE_TRY(const auto node, body.find(name));
    if (!node) return 0U;
    ANJIE_TRY(const auto number, json::from_json<std::uint16_t>(*node));
    if (number < low || number > high)
        return node->complaint(fmt::format("write a whole number from {} to {} / 应为整数", low, high));
    return unsigned{number};
}

Result<std::string> text_at(const json::Node& body, std::string_view name) {
    ANJIE_TRY(const auto node, body.find(name));
    if (!node) return std::string{};
    ANJIE_TRY(const auto text, node->text());
    return std::string(text);
}

Result<service::WhatIfRequest> what_if_order(const Request& request) {
    ANJIE_TRY(const auto document, json_body(request));
    const json::Node body(document, "body");
    ANJIE_CHECK(body.has_only(
        {"rules", "name", "cases", "year", "half", "quarter", "month", "from", "to", "organisation", "as_of"}));
    service::WhatIfRequest asked;
    ANJIE_TRY(const auto rules, body.at("rules"));
    asked.rules = boost::json::serialize(rules.value());
    ANJIE_TRY(auto name, text_at(body, "name"));
    if (!name.empty()) asked.rules_name = std::move(name);
    ANJIE_TRY(const auto cases, body.find("cases"));
    if (cases) {
        ANJIE_TRY(asked.cases, cases->flag());
    }
    ANJIE_TRY(const auto year, number_at(body, "year", 1990, 2199));
    asked.year = static_cast<int>(year);
    ANJIE_TRY(asked.half, number_at(body, "half", 1, 2));
    ANJIE_TRY(asked.quarter, number_at(body, "quarter", 1, 4));
    ANJIE_TRY(asked.month, number_at(body, "month", 1, 12));
    ANJIE_TRY(asked.from, text_at(body, "from"));
    ANJIE_TRY(asked.to, text_at(body, "to"));
    ANJIE_TRY(asked.organisation, text_at(body, "organisation"));
    ANJIE_TRY(asked.as_of, text_at(body, "as_of"));
    return asked;
}

Answer<Response> what_if(const Shared& api, const Request& request, const Caller& caller) {
    if (!is_json(request)) return problem_of(request, "unsupported-media-type");
    ANJIE_ASK(const auto asked, what_if_order(request));
    ANJIE_ASK(const auto made, api->service.what_if(caller, asked));
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
    add(router, api, Method::post, "/v1/what-if",
        [api](Request& request, const Caller& caller) { return what_if(api, request, caller); });
    add(router, api, Method::get, "/v1/findings",
        [api](Request& request, const Caller& caller) { return findings(api, request, caller); });
}

}  // namespace anjie::api::detail
