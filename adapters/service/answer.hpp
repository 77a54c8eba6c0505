#pragma once

#include <expected>
#include <string>
#include <variant>

#include "adapters/access/access.hpp"
#include "engine/rejection.hpp"
#include "engine/result.hpp"

namespace anjie::service {

/// An order that met another one.
struct Clash {
    enum class Kind : std::uint8_t {
        stale_version,    ///< The case is not at the version that was expected: read it again, then decide again.
        key_reused,       ///< The key came before with another order.
        key_in_progress,  ///< The very same order is being carried out: ask again in a moment.
    };
    Kind kind{};
    Version current{};  ///< Of the case; only with `stale_version`.

    bool operator==(const Clash&) const = default;
};

/// Why an order or a question came to nothing: the rights say no, the rules of the workflow say no, or the world does.
/// A case outside the asker's organisations or above the asker's clearance is answered as `Error` not_found, so that
/// its existence is not told; the journal has the true reason.
using Trouble = std::variant<access::Refusal, Rejection, Clash, Error>;

template <class T>
using Answer = std::expected<T, Trouble>;

/// Who asks, from where and what for. The rights are those of the moment the principal was looked up.
struct Caller {
    access::Principal principal;
    access::Client client;
    std::string purpose;  ///< Stated by the caller, for the journal of sealed reads; may be empty.
};

[[nodiscard]] inline std::unexpected<Trouble> trouble(ErrorCode code, std::string detail) {
    return std::unexpected(Trouble{Error{code, std::move(detail)}});
}

/// What the access file answered, as an answer of the service.
template <class T>
[[nodiscard]] Answer<T> admitted(access::Admitted<T> answer) {
    if (answer) return std::move(*answer);
    if (const auto* refusal = answer.error().refusal()) return std::unexpected(Trouble{*refusal});
    return std::unexpected(Trouble{*answer.error().error()});
}

}  // namespace anjie::service

/// As ANJIE_TRY and ANJIE_CHECK, for an `Answer` whose trouble is the caller's, and for a `Result` on the way to one.
#define ANJIE_ASK(declaration, expression) \
    ANJIE_ASK_INNER(ANJIE_CONCAT(anjie_answer_, __LINE__), declaration, expression)
#define ANJIE_ASK_INNER(name, declaration, expression)                                   \
    auto name = (expression);                                                            \
    if (!name) return std::unexpected(anjie::service::Trouble{std::move(name).error()}); \
    declaration = std::move(*name)
#define ANJIE_DEMAND(expression)                                                                \
    do {                                                                                        \
        if (auto anjie_demanded = (expression); !anjie_demanded)                                \
            return std::unexpected(anjie::service::Trouble{std::move(anjie_demanded).error()}); \
    } while (false)
