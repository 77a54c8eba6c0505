#include <boost/json/object.hpp>

#include "adapters/api/detail/routes.hpp"

namespace anjie::api::detail {
namespace {

using http::Method;
using http::Request;
using http::Response;
using service::Answer;
using service::Caller;

constexpr std::string_view ending = ".ics";

/// Whatever is wrong with an address, there is nothing there.
Response nothing(const Request& request) { return problem_of(request, "not-found"); }

Response calendar(const Shared& api, const Request& request) {
    const auto client = client_of(request);
    if (const auto rate = api->access.allow_rate(client); !rate)
        return problem_of(request, service::Trouble{rate.error()});
    auto secret = request.parameters.get("file");
    if (!secret.ends_with(ending)) return nothing(request);
    secret.remove_suffix(ending.size());
    auto principal = api->access.address_of(secret);
    if (!principal) return nothing(request);
    service::DueQuery query;
    query.within = "3m";
    query.for_calendar = true;
    const auto due = api->service.due({std::move(*principal), client, "calendar"}, query);
    if (!due) return problem_of(request, due.error());
    auto response = Response::of_type(200, "text/calendar; charset=utf-8",
                                      api->options.calendar(due->entries, request.language == http::Language::zh));
    response.headers.set("Cache-Control", "private");
    return response;
}

}  // namespace

void add_calendar_routes(http::Router& router, const Shared& api) {
    if (!api->options.calendar) return;
    router.add(Method::get, "/calendar/{file}", [api](Request& request) { return calendar(api, request); },
               {.body_bytes_max = 0, .chunked = false, .open = true});
    add(router, api, Method::post, "/v1/calendar-addresses",
        [api](Request& request, const Caller& caller) -> Answer<Response> {
            auto issued = api->access.add_address(caller.principal, caller.client);
            if (!issued) return refused(request, issued.error());
            return json_answer(boost::json::object{{"id", issued->id},
                                                   {"path", "/calendar/" + issued->secret + std::string(ending)},
                                                   {"expires", to_string(issued->expires)}},
                               201);
        });
    add(router, api, Method::remove, "/v1/calendar-addresses/{address}",
        [api](Request& request, const Caller& caller) -> Answer<Response> {
            if (const auto done =
                    api->access.revoke_token(caller.principal, request.parameters.get("address"), caller.client);
                !done)
                return refused(request, done.error());
            return Response::empty(204);
        });
}

}  // namespace anjie::api::detail
