#pragma once

#include <functional>
#include <optional>

#include "adapters/http/router.hpp"
#include "adapters/service/service.hpp"

namespace anjie::api::detail {

/// What a request showed to say who asks; kept so that a long answer can ask again.
struct Credential {
    enum class Kind : std::uint8_t { session, token };
    Kind kind{};
    std::string secret;
};

/// Who asks, attached to the request.
struct Asker {
    service::Caller caller;
    Credential credential;
};

/// The cookie's name: `__Host-` binds it to this host, its root path and TLS.
constexpr std::string_view session_cookie = "__Host-anjie_session";
/// What a browser sends only when a script of the same site asked for it.
constexpr std::string_view request_header = "X-Anjie-Request";

[[nodiscard]] access::Client client_of(const http::Request& request);
[[nodiscard]] std::optional<std::string> session_of(const http::Request& request);
/// The rights of now behind a credential.
[[nodiscard]] access::Admitted<access::Principal> look_up(access::Access& access, const Credential& credential);
/// Whether a request that changes something may come from a browser's session (ASVS 3.5): the header that forms cannot
/// send, and no sign of another site.
[[nodiscard]] bool is_same_site(const http::Request& request);

/// Refuses whoever says nothing, says something wrong, or asks too fast; else attaches `Asker`.
[[nodiscard]] http::Middleware who_asks(access::Access& access);

}  // namespace anjie::api::detail
