#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/message.hpp"
#include "engine/result.hpp"

namespace anjie::http {

/// One wrong place of a request.
struct FieldProblem {
    std::string pointer;  ///< RFC 6901, into the body: "/parties/0/name"; or "query:limit", "header:If-Match".
    std::string code;     ///< Stable.
    std::string detail;   ///< For people, in the request's language.
};

/// Why a request was not answered as wished (RFC 9457).
struct Problem {
    unsigned status{400};
    std::string code;  ///< Stable, kebab-case: the problem's type is "/problems/<code>".
    std::string title_zh{}, title_en{};
    std::string detail{};  ///< What is wrong with this very request, in the request's language; may be empty.
    std::vector<FieldProblem> errors{};
    std::optional<bool> retryable{};  ///< Left out: by the status (429 and 503 are).
    std::optional<std::chrono::seconds> retry_after{};
    boost::json::object extensions{};  ///< More members, for example current_version.
};

/// The answer as application/problem+json, with the request's language and trace id. `instance` is the request's trace
/// as a URN, never its path, which may hold what should not be kept.
[[nodiscard]] Response problem(const Request& request, const Problem& problem);
/// A problem for an Error of the world: not_found 404, conflict 409, unavailable 503, invalid 400, corrupt 500. The
/// detail of `corrupt` stays inside.
[[nodiscard]] Response problem(const Request& request, const Error& error);

/// Chooses by the request's language.
[[nodiscard]] std::string_view pick(const Request& request, std::string_view zh, std::string_view en);

}  // namespace anjie::http
