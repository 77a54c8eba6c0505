#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "adapters/api/detail/routes.hpp"
#include "adapters/json/reader.hpp"

namespace anjie::api::detail {
namespace {

using http::Method;
using http::Request;
using http::Response;

boost::json::object principal_json(const access::Access& access, const access::Principal& principal) {
    constexpr std::string_view kinds[] = {"user", "token", "address", "local"};
    boost::json::array roles;
    for (const auto role : principal.roles) roles.emplace_back(access::code_of(role));
    boost::json::array actions;
    for (const auto action : access::all_actions())
        if (access.judge(principal, action, {})) actions.emplace_back(access::code_of(action));
    constexpr std::string_view levels[] = {"ordinary", "confidential", "restricted"};
    return {{"kind", kinds[static_cast<std::size_t>(principal.kind) % 4]},
            {"id", principal.id},
            {"display_name", principal.display_name},
            {"roles", std::move(roles)},
            {"organisations", boost::json::array(principal.organisations.begin(), principal.organisations.end())},
            {"clearance", levels[static_cast<std::size_t>(principal.clearance) % 3]},
            {"actions", std::move(actions)}};
}

struct Login {
    std::string name, password;
};
Result<Login> login_of(const Request& request) {
    ANJIE_TRY(const auto body, json_body(request));
    const json::Node node(body, "body");
    ANJIE_CHECK(node.has_only({"name", "password"}));
    ANJIE_TRY(const auto name, node.at("name"));
    ANJIE_TRY(const auto password, node.at("password"));
    Login login;
    ANJIE_TRY(login.name, name.text());
    ANJIE_TRY(login.password, password.text());
    return login;
}

Response log_in(const Shared& api, const Request& request) {
    const auto client = client_of(request);
    if (const auto rate = api->access.allow_rate(client); !rate)
        return problem_of(request, service::Trouble{rate.error()});
    if (!is_same_site(request)) return problem_of(request, "cross-site");
    if (!is_json(request)) return problem_of(request, "unsupported-media-type");
    const auto login = login_of(request);
    if (!login) return problem_of(request, service::Trouble{login.error()});
    auto issued = api->access.log_in(login->name, login->password, client);
    if (!issued) return refused(request, issued.error());
    auto response = json_answer(principal_json(api->access, issued->principal), 201);
    response.headers.add(
        "Set-Cookie", fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=Strict", session_cookie, issued->cookie));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

}  // namespace

void add_session_routes(http::Router& router, const Shared& api) {
    router.add(Method::post, "/v1/session", [api](Request& request) { return log_in(api, request); },
               {.body_bytes_max = 4'096, .chunked = false, .open = true});
    add(router, api, Method::get, "/v1/session",
        [api](Request&, const service::Caller& caller) -> service::Answer<Response> {
            return json_answer(principal_json(api->access, caller.principal));
        });
    add(router, api, Method::remove, "/v1/session",
        [api](Request& request, const service::Caller& caller) -> service::Answer<Response> {
            const auto cookie = session_of(request);
            if (!cookie) return service::trouble(ErrorCode::not_found, "there is no session / 没有会话");
            ANJIE_DEMAND(api->access.log_out(*cookie, caller.client));
            auto response = Response::empty(204);
            response.headers.add(
                "Set-Cookie", fmt::format("{}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0", session_cookie));
            response.headers.set("Clear-Site-Data", "\"cache\", \"cookies\", \"storage\"");
            return response;
        });
}

}  // namespace anjie::api::detail
