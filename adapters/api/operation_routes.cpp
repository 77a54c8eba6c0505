#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "adapters/api/detail/routes.hpp"
#include "adapters/json/reader.hpp"

namespace anjie::api::detail {
namespace {

using http::Method;
using http::Request;
using http::Response;
using service::Answer;
using service::Caller;

Answer<Response> projections(const Shared& api, Request&, const Caller& caller) {
    ANJIE_ASK(const auto all, api->service.projections(caller));
    boost::json::array rows;
    for (const auto& one : all)
        rows.push_back({{"name", one.name},
                        {"cursor", one.cursor},
                        {"behind", one.head - std::min(one.head, one.cursor)},
                        {"lag_seconds", one.lag_seconds}});
    return json_answer(boost::json::object{{"head", api->service.head()},
                                           {"feed_subscribers", api->pump.subscribers()},
                                           {"projections", std::move(rows)}});
}

Answer<Response> sinks(const Shared& api, Request&, const Caller& caller) {
    ANJIE_ASK(const auto all, api->service.sinks(caller));
    const auto head = api->service.head();
    boost::json::array rows;
    for (const auto& one : all)
        rows.push_back({{"name", one.name},
                        {"kind", one.kind},
                        {"destination", one.destination},
                        {"state", one.state},
                        {"cursor", one.cursor},
                        {"behind", head - std::min(head, one.cursor)},
                        {"lag_seconds", one.lag_seconds},
                        {"waiting", one.waiting},
                        {"parked", one.parked},
                        {"dropped", one.dropped},
                        {"trouble", one.trouble}});
    return json_answer(boost::json::object{{"head", head}, {"sinks", std::move(rows)}});
}

Answer<Response> resend(const Shared& api, Request& request, const Caller& caller) {
    if (!is_json(request)) return problem_of(request, "unsupported-media-type");
    ANJIE_ASK(const auto body, json_body(request));
    const json::Node node(body, "body");
    ANJIE_DEMAND(node.has_only({"from"}));
    ANJIE_ASK(const auto from_node, node.at("from"));
    ANJIE_ASK(const auto from, from_node.integer(0, std::numeric_limits<std::int64_t>::max()));
    ANJIE_DEMAND(api->service.resend_sink(caller, request.parameters.get("sink"), static_cast<Position>(from)));
    return Response::empty(204);
}

}  // namespace

void add_operation_routes(http::Router& router, const Shared& api) {
    const auto route = [&](Method method, std::string_view pattern, auto work) {
        add(router, api, method, pattern,
            [api, work](Request& request, const Caller& caller) { return work(api, request, caller); });
    };
    route(Method::get, "/v1/projections", projections);
    route(Method::get, "/v1/sinks", sinks);
    route(Method::post, "/v1/sinks/{sink}/pause",
          [](const Shared& shared, Request& request, const Caller& caller) -> Answer<Response> {
              ANJIE_DEMAND(shared->service.pause_sink(caller, request.parameters.get("sink")));
              return Response::empty(204);
          });
    route(Method::post, "/v1/sinks/{sink}/resume",
          [](const Shared& shared, Request& request, const Caller& caller) -> Answer<Response> {
              ANJIE_DEMAND(shared->service.resume_sink(caller, request.parameters.get("sink")));
              return Response::empty(204);
          });
    route(Method::post, "/v1/sinks/{sink}/resend", resend);
}

}  // namespace anjie::api::detail
