#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "adapters/api/detail/routes.hpp"
#include "adapters/json/values.hpp"

namespace anjie::api::detail {
namespace {

using http::Method;
using http::Request;
using http::Response;
using service::Answer;
using service::Caller;

boost::json::object request_json(const access::ApprovalRequest& request) {
    const auto moment = [](const std::optional<Instant>& at) {
        return at ? boost::json::value(to_string(*at)) : boost::json::value(nullptr);
    };
    return {{"id", request.id},
            {"kind", access::code_of(request.order.kind)},
            {"organisation", request.order.scope.organisation},
            {"target", request.order.target},
            {"reason", request.order.reason},
            {"state", access::code_of(request.state)},
            {"requested_by", request.requested_by},
            {"decided_by", request.decided_by},
            {"carried_out_by", request.carried_out_by},
            {"requested", to_string(request.requested)},
            {"expires", to_string(request.expires)},
            {"decided", moment(request.decided)},
            {"carried_out", moment(request.carried_out)}};
}

struct PrivacyOrder {
    std::vector<std::uint16_t> subjects;
    std::string reason;
    bool lift{};
};
Result<PrivacyOrder> privacy_order(const Request& request, bool may_lift) {
    ANJIE_TRY(const auto body, json_body(request));
    const json::Node node(body, "body");
    ANJIE_CHECK(may_lift ? node.has_only({"subjects", "reason", "lift"}) : node.has_only({"subjects", "reason"}));
    PrivacyOrder order;
    ANJIE_TRY(const auto subjects, node.at("subjects"));
    ANJIE_TRY(order.subjects, json::from_json<std::vector<std::uint16_t>>(subjects));
    ANJIE_TRY(const auto reason, node.at("reason"));
    ANJIE_TRY(order.reason, reason.text());
    ANJIE_TRY(const auto lift, node.find("lift"));
    if (lift) {
        ANJIE_TRY(order.lift, lift->flag());
    }
    return order;
}

Answer<Response> ask_erasure(const Shared& api, const Request& request, const Caller& caller) {
    if (!is_json(request)) return problem_of(request, "unsupported-media-type");
    ANJIE_ASK(const auto order, privacy_order(request, false));
    ANJIE_ASK(const auto made, api->service.request_erasure(caller, std::string(request.parameters.get("case")),
                                                            order.subjects, order.reason));
    auto response = json_answer(request_json(made), 201);
    response.headers.set("Location", "/v1/requests/" + made.id);
    return response;
}

Answer<Response> ask_full_export(const Shared& api, const Request& request, const Caller& caller) {
    if (!is_json(request)) return problem_of(request, "unsupported-media-type");
    ANJIE_ASK(const auto body, json_body(request));
    const json::Node node(body, "body");
    ANJIE_DEMAND(node.has_only({"organisation", "reason"}));
    std::string organisation;
    ANJIE_ASK(const auto named, node.find("organisation"));
    if (named) {
        ANJIE_ASK(organisation, named->text());
    }
    ANJIE_ASK(const auto why, node.at("reason"));
    ANJIE_ASK(const auto reason, why.text());
    ANJIE_ASK(const auto made, api->service.request_full_export(caller, organisation, std::string(reason)));
    auto response = json_answer(request_json(made), 201);
    response.headers.set("Location", "/v1/requests/" + made.id);
    return response;
}

/// The export itself, as fast as the client reads it.
Answer<Response> download(const Shared& api, const Request& request, const Caller& caller, const std::string& id) {
    auto place = api->exports.take();
    if (!place)
        return service::trouble(ErrorCode::unavailable, "another full export is being written / 正在写另一份全量导出");
    ANJIE_ASK(auto made, api->service.carry_out_full_export(caller, id));
    const auto* asker = request.attached<Asker>();
    auto still_may = [access = &api->access, credential = asker->credential] {
        const auto now = look_up(*access, credential);
        return now && access->judge(*now, access::Action::request_full_export, {});
    };
    Response response;
    response.headers.set("Content-Type", "application/x-ndjson");
    response.headers.set("Content-Disposition", fmt::format("attachment; filename=\"full-export-{}.ndjson\"", id));
    http::Stream stream;
    stream.heartbeat = std::chrono::milliseconds{0};
    // The answer's form is copied and kept; what is held for it goes once, to the writer, or with the form.
    struct Held {
        ExportWriter::Place place;
        std::unique_ptr<service::FullExport> order;
    };
    stream.start = [exports = &api->exports, held = std::make_shared<Held>(std::move(place), std::move(made)),
                    still_may](std::shared_ptr<http::StreamWriter> writer) {
        exports->start(std::move(held->place), std::move(held->order), std::move(writer), still_may);
    };
    response.stream = std::move(stream);
    return response;
}

Answer<Response> restrict_use(const Shared& api, const Request& request, const Caller& caller) {
    if (!is_json(request)) return problem_of(request, "unsupported-media-type");
    ANJIE_ASK(const auto order, privacy_order(request, true));
    ANJIE_DEMAND(api->service.restrict_processing(caller, std::string(request.parameters.get("case")), order.subjects,
                                                  order.lift, order.reason));
    return Response::empty(204);
}

/// Those whom a request concerns: whoever may ask for such a thing or approve it.
bool concerns(const access::Access& access, const Caller& caller, const access::ApprovalRequest& request) {
    const auto kind = request.order.kind;
    return access.judge(caller.principal, access::request_action(kind), request.order.scope) ||
           access.judge(caller.principal, access::approve_action(kind), request.order.scope);
}

Answer<Response> list(const Shared& api, const Request&, const Caller& caller) {
    ANJIE_ASK(const auto all, api->access.requests());
    boost::json::array rows;
    for (const auto& one : all)
        if (concerns(api->access, caller, one)) rows.emplace_back(request_json(one));
    return json_answer(boost::json::object{{"requests", std::move(rows)}});
}

Answer<access::ApprovalRequest> concerned(const Shared& api, const Request& request, const Caller& caller) {
    ANJIE_ASK(auto found, api->access.request_of(request.parameters.get("request")));
    if (concerns(api->access, caller, found)) return found;
    return service::trouble(ErrorCode::not_found, "there is no such request / 没有此请求");
}

}  // namespace

void add_approval_routes(http::Router& router, const Shared& api) {
    const auto route = [&](Method method, std::string_view pattern, auto work) {
        add(router, api, method, pattern,
            [api, work](Request& request, const Caller& caller) { return work(api, request, caller); });
    };
    route(Method::post, "/v1/cases/{case}/erasure-requests", ask_erasure);
    route(Method::post, "/v1/cases/{case}/restrictions", restrict_use);
    route(Method::post, "/v1/full-export-requests", ask_full_export);
    route(Method::get, "/v1/requests", list);
    route(Method::get, "/v1/requests/{request}",
          [](const Shared& shared, const Request& request, const Caller& caller) -> Answer<Response> {
              ANJIE_ASK(const auto found, concerned(shared, request, caller));
              return json_answer(request_json(found));
          });
    route(Method::post, "/v1/requests/{request}/approve",
          [](const Shared& shared, const Request& request, const Caller& caller) -> Answer<Response> {
              ANJIE_ASK(const auto found, concerned(shared, request, caller));
              ANJIE_ASK(const auto now,
                        service::admitted(shared->access.approve(caller.principal, found.id, caller.client)));
              return json_answer(request_json(now));
          });
    route(Method::post, "/v1/requests/{request}/refuse",
          [](const Shared& shared, const Request& request, const Caller& caller) -> Answer<Response> {
              ANJIE_ASK(const auto found, concerned(shared, request, caller));
              ANJIE_ASK(const auto now,
                        service::admitted(shared->access.refuse(caller.principal, found.id, caller.client)));
              return json_answer(request_json(now));
          });
    route(Method::post, "/v1/requests/{request}/carry-out",
          [](const Shared& shared, const Request& request, const Caller& caller) -> Answer<Response> {
              ANJIE_ASK(const auto found, concerned(shared, request, caller));
              if (found.order.kind == access::TwoPersonKind::full_export)
                  return download(shared, request, caller, found.id);
              ANJIE_ASK(const auto now, shared->service.carry_out_erasure(caller, found.id));
              return json_answer(request_json(now));
          });
}

}  // namespace anjie::api::detail
