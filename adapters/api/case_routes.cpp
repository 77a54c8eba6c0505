#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/api/detail/routes.hpp"
#include "adapters/views/case_view.hpp"

namespace anjie::api::detail {
namespace {

using http::Method;
using http::Request;
using http::Response;
using service::Answer;
using service::Caller;

constexpr std::uint64_t page_rows_default = 100;
constexpr std::uint64_t page_rows_max = 500;

/// Known to every GET.
void common(Query& query) {
    (void)query.text("wait_for");
    (void)query.text("wait_ms");
    (void)query.text("purpose");
}

/// Percent-encoded as a query's value is.
std::string encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_' || c == '~')
            out += c;
        else
            out += fmt::format("%{:02X}", byte);
    }
    return out;
}

/// The query without the cursor, in the order it came: what a cursor belongs to, and the next page's address.
std::string filter_text(const Request& request) {
    std::string text;
    for (const auto& [name, value] : request.query.entries())
        if (name != "cursor" && name != "wait_for" && name != "wait_ms")
            text += fmt::format("{}{}={}", text.empty() ? "" : "&", encoded(name), encoded(value));
    return text;
}

Answer<Response> list(const Shared& api, const Request& request, const Caller& caller) {
    Query query(request);
    common(query);
    service::CaseQuery asked;
    asked.filter.workflow = dispute::workflow_id;
    asked.filter.organisation = query.text("organisation");
    asked.filter.type = query.text("type");
    asked.filter.phase = query.text("phase");
    asked.filter.holder = query.text("holder");
    asked.filter.opened_from = query.date("opened_from");
    asked.filter.opened_to = query.date("opened_to");
    asked.filter.open = query.flag("open");
    asked.filter.search = query.text("search");
    asked.filter.limit = query.number("limit", 1, page_rows_max).value_or(page_rows_default);
    const auto cursor = query.text("cursor");
    const bool as_file = query.one_of("format", {"json", "xlsx"}) == "xlsx";
    ANJIE_DEMAND(query.check());
    if (as_file && (!cursor.empty() || request.query.find("limit")))
        return service::trouble(ErrorCode::invalid,
                                "query: format: a file has the whole list; leave out limit and cursor / "
                                "文件含全部案件，请勿写 limit 和 cursor");
    if (!asked.filter.type.empty()) {
        const auto type = parse_code<dispute::DisputeType>(asked.filter.type);
        if (!type)
            return service::trouble(
                ErrorCode::invalid,
                fmt::format("query: type: \"{}\" is no type of dispute / 没有这个纠纷类型", asked.filter.type));
        asked.filter.type = code_of(*type);
    }
    if (as_file) {
        ANJIE_ASK(const auto table, api->service.case_table(caller, asked, language_of(request)));
        return xlsx_answer(*api, table, "cases.xlsx");
    }
    const auto filter = filter_text(request);
    if (!cursor.empty()) {
        ANJIE_ASK(asked.filter.after, read_cursor(api->access, cursor, filter));
    }
    ANJIE_ASK(const auto page, api->service.list_cases(caller, asked));
    boost::json::array rows;
    for (const auto& entry : page.entries) rows.emplace_back(views::entry_json(entry));
    boost::json::object body{{"cases", std::move(rows)}, {"next_cursor", nullptr}};
    std::string link;
    if (page.next) {
        ANJIE_ASK(const auto next, make_cursor(api->access, to_string(*page.next), filter));
        body["next_cursor"] = next;
        link = fmt::format("</v1/cases?{}{}cursor={}>; rel=\"next\"", filter, filter.empty() ? "" : "&", next);
    }
    auto response = json_answer(body);
    if (!link.empty()) response.headers.set("Link", link);
    return response;
}

/// 304 when the client has this very view already.
Response tagged(const Request& request, Version version, const boost::json::value& value) {
    auto body = boost::json::serialize(value);
    const auto tag = tag_of(version, body);
    const auto held = request.headers.find("If-None-Match");
    auto response = held && *held == tag ? Response::empty(304) : Response::json(200, std::move(body));
    response.headers.set("ETag", tag);
    // Nothing is kept without asking again: rights may have changed.
    response.headers.set("Cache-Control", "private, no-cache");
    return response;
}

Answer<Response> show(const Shared& api, const Request& request, const Caller& caller) {
    Query query(request);
    common(query);
    service::CaseRequest asked{.reference = std::string(request.parameters.get("case")),
                               .until = query.text("at"),
                               .sealed = query.flag("sealed").value_or(false),
                               .diff = false};
    ANJIE_DEMAND(query.check());
    ANJIE_ASK(const auto answer, api->service.show_case(caller, asked));
    return tagged(request, answer.version, answer.view);
}

Answer<Response> history(const Shared& api, const Request& request, const Caller& caller) {
    Query query(request);
    common(query);
    service::CaseRequest asked{.reference = std::string(request.parameters.get("case")),
                               .until = query.text("until"),
                               .sealed = query.flag("sealed").value_or(false),
                               .diff = query.flag("diff").value_or(false)};
    ANJIE_DEMAND(query.check());
    ANJIE_ASK(const auto answer, api->service.history(caller, asked));
    return tagged(request, answer.version, answer.view);
}

Answer<Response> actions(const Shared& api, const Request& request, const Caller& caller) {
    Query query(request);
    common(query);
    ANJIE_DEMAND(query.check());
    ANJIE_ASK(
        const auto answer,
        api->service.show_case(
            caller,
            {.reference = std::string(request.parameters.get("case")), .until = {}, .sealed = false, .diff = false}));
    return tagged(request, answer.version,
                  boost::json::object{{"case_id", to_string(answer.case_id)},
                                      {"version", answer.version},
                                      {"allowed", answer.view.at("allowed")},
                                      {"refused", answer.view.at("refused")}});
}

Answer<Response> dossier(const Shared& api, const Request& request, const Caller& caller) {
    Query query(request);
    common(query);
    ANJIE_DEMAND(query.check());
    ANJIE_ASK(auto bytes, api->service.dossier(caller, std::string(request.parameters.get("case"))));
    auto response = Response::of_type(200, "application/zip", std::move(bytes));
    response.headers.set("Content-Disposition", "attachment; filename=\"dossier.zip\"");
    return response;
}

Answer<Response> due(const Shared& api, const Request& request, const Caller& caller) {
    Query query(request);
    common(query);
    service::DueQuery asked;
    if (const auto within = query.text("within"); !within.empty()) asked.within = within;
    asked.overdue = query.flag("overdue").value_or(false);
    asked.organisation = query.text("organisation");
    asked.holder = query.text("holder");
    asked.on = query.date("on");
    asked.limit = query.number("limit", 1, 10'000).value_or(1'000);
    const bool as_file = query.one_of("format", {"json", "xlsx"}) == "xlsx";
    ANJIE_DEMAND(query.check());
    if (as_file) {
        if (request.query.find("limit"))
            return service::trouble(ErrorCode::invalid,
                                    "query: format: a file has the whole list; leave out limit / "
                                    "文件含全部事项，请勿写 limit");
        ANJIE_ASK(const auto table, api->service.due_table(caller, asked, language_of(request)));
        return xlsx_answer(*api, table, "due.xlsx");
    }
    ANJIE_ASK(const auto answer, api->service.due(caller, asked));
    boost::json::array rows;
    for (const auto& entry : answer.entries) rows.emplace_back(views::due_json(entry, answer.today));
    return json_answer(boost::json::object{{"today", to_string(answer.today)}, {"due", std::move(rows)}});
}

}  // namespace

void add_case_routes(http::Router& router, const Shared& api) {
    const auto route = [&](std::string_view pattern, auto work) {
        add(router, api, Method::get, pattern,
            [api, work](Request& request, const Caller& caller) { return work(api, request, caller); });
    };
    route("/v1/cases", list);
    route("/v1/cases/{case}", show);
    route("/v1/cases/{case}/history", history);
    route("/v1/cases/{case}/actions", actions);
    route("/v1/cases/{case}/dossier", dossier);
    route("/v1/due", due);
}

}  // namespace anjie::api::detail
