#include <algorithm>

#include "adapters/api/detail/problems.hpp"
#include "adapters/api/detail/who.hpp"

namespace anjie::api::detail {
namespace {

using http::Method;
using http::Request;

constexpr std::string_view bearer = "Bearer ";
constexpr std::size_t program_bytes_max = 128;

bool changes_something(Method method) {
    return method != Method::get && method != Method::head && method != Method::options;
}

/// "office.example:8443" of "https://office.example:8443"; whoever ends TLS before us changes only the scheme.
std::string_view host_of(std::string_view origin) {
    const auto slashes = origin.find("://");
    return slashes == std::string_view::npos ? std::string_view{} : origin.substr(slashes + 3);
}

std::optional<Credential> credential_of(const Request& request) {
    if (const auto header = request.headers.find("Authorization"))
        return Credential{Credential::Kind::token,
                          header->starts_with(bearer) ? std::string(header->substr(bearer.size())) : std::string{}};
    if (auto cookie = session_of(request)) return Credential{Credential::Kind::session, std::move(*cookie)};
    return std::nullopt;
}

}  // namespace

access::Client client_of(const Request& request) {
    const auto program = request.headers.find("User-Agent").value_or(std::string_view{});
    return {request.peer, std::string(program.substr(0, program_bytes_max))};
}

std::optional<std::string> session_of(const Request& request) {
    for (auto cookies : request.headers.all("Cookie"))
        while (!cookies.empty()) {
            const auto end = std::min(cookies.find(';'), cookies.size());
            auto pair = cookies.substr(0, end);
            cookies.remove_prefix(std::min(end + 1, cookies.size()));
            while (pair.starts_with(' ')) pair.remove_prefix(1);
            if (pair.starts_with(session_cookie) && pair.substr(session_cookie.size()).starts_with('='))
                return std::string(pair.substr(session_cookie.size() + 1));
        }
    return std::nullopt;
}

access::Admitted<access::Principal> look_up(access::Access& access, const Credential& credential) {
    return credential.kind == Credential::Kind::token ? access.token_of(credential.secret)
                                                      : access.session_of(credential.secret);
}

bool is_same_site(const Request& request) {
    if (!request.headers.find(request_header)) return false;
    if (const auto site = request.headers.find("Sec-Fetch-Site"); site && *site != "same-origin" && *site != "none")
        return false;
    const auto origin = request.headers.find("Origin");
    return !origin || (!host_of(*origin).empty() && request.headers.find("Host") == host_of(*origin));
}

http::Middleware who_asks(access::Access& access) {
    return [&access](Request& request) -> std::optional<http::Response> {
        const auto client = client_of(request);
        if (const auto rate = access.allow_rate(client); !rate)
            return problem_of(request, service::Trouble{rate.error()});
        auto credential = credential_of(request);
        if (!credential) return problem_of(request, "unauthenticated");
        if (credential->kind == Credential::Kind::session && changes_something(request.method) &&
            !is_same_site(request))
            return problem_of(request, "cross-site");
        auto principal = look_up(access, *credential);
        if (!principal) return refused(request, principal.error());
        if (const auto rate = access.allow_rate(*principal); !rate)
            return problem_of(request, service::Trouble{rate.error()});
        request.context =
            Asker{{std::move(*principal), client, std::string(request.query.get("purpose"))}, std::move(*credential)};
        return std::nullopt;
    };
}

}  // namespace anjie::api::detail
