#pragma once

#include <span>
#include <string_view>

#include "adapters/http/message.hpp"
#include "adapters/http/problem.hpp"
#include "adapters/service/answer.hpp"

namespace anjie::api::detail {

/// A kind of problem as the page of its type explains it. Codes are stable.
struct ProblemKind {
    std::string_view code;
    unsigned status{};
    std::string_view zh, en;                ///< Title.
    std::string_view advice_zh, advice_en;  ///< What to do.
};
[[nodiscard]] std::span<const ProblemKind> problem_kinds();
/// Requires: there is such a kind.
[[nodiscard]] const ProblemKind& problem_kind(std::string_view code);

/// A problem of a kind. `detail` may be empty.
[[nodiscard]] http::Response problem_of(const http::Request& request, std::string_view code, std::string detail = {},
                                        boost::json::object extensions = {});
/// What a trouble of the service is called over HTTP.
[[nodiscard]] http::Response problem_of(const http::Request& request, const service::Trouble& trouble);
[[nodiscard]] http::Response refused(const http::Request& request, const access::NotAdmitted& why);

/// The page of a problem's type; 404 for an unknown one.
[[nodiscard]] http::Response problem_page(const http::Request& request, std::string_view code);

}  // namespace anjie::api::detail
