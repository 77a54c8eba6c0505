#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace anjie {

/// What the caller should do about a failure of the world (a refusal by the rules is a `Rejection`, not an `Error`).
enum class ErrorCode {
    not_found,    ///< Nothing there: ask for something else.
    conflict,     ///< Somebody was faster, or the place is taken: read again, then decide again.
    unavailable,  ///< Not now (queue full, disk refuses, directory locked): try again later.
    corrupt,      ///< What was stored is not what was written: stop and verify.
    invalid,      ///< The request itself is wrong: correct it.
};

/// The stable name of a code, for example "not_found".
[[nodiscard]] std::string_view to_string(ErrorCode code);

/// A failure with a sentence a person can act on.
struct Error {
    ErrorCode code{};
    std::string detail;

    bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> failure(ErrorCode code, std::string detail) {
    return std::unexpected(Error{code, std::move(detail)});
}

}  // namespace anjie

#define ANJIE_CONCAT_INNER(a, b) a##b
#define ANJIE_CONCAT(a, b) ANJIE_CONCAT_INNER(a, b)

/// `ANJIE_TRY(auto x, f());` binds the value of a Result (or returns its error to the caller).
#define ANJIE_TRY(declaration, expression) \
    ANJIE_TRY_INNER(ANJIE_CONCAT(anjie_result_, __LINE__), declaration, expression)
#define ANJIE_TRY_INNER(name, declaration, expression)          \
    auto name = (expression);                                   \
    if (!name) return std::unexpected(std::move(name).error()); \
    declaration = std::move(*name)

/// `ANJIE_CHECK(f());` returns the error of a Result<void> to the caller.
#define ANJIE_CHECK(expression)                                       \
    do {                                                              \
        if (auto anjie_checked = (expression); !anjie_checked)        \
            return std::unexpected(std::move(anjie_checked).error()); \
    } while (false)
