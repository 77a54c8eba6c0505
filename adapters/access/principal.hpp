#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/access/roles.hpp"
#include "engine/confidentiality.hpp"
#include "engine/result.hpp"

namespace anjie::access {

/// Who asks, as known at this moment: looked up anew for every request, so that a change of rights holds at once.
struct Principal {
    enum class Kind : std::uint8_t {
        user,     ///< A person who gave a password.
        token,    ///< A machine.
        address,  ///< Whoever knows a person's secret address (calendar).
        local,    ///< The operator at this machine, who can read the files anyway.
    };
    Kind kind{Kind::user};
    std::string id{};            ///< Login name, id of the token, or the operator's pseudonym: what the journal says.
    std::string display_name{};  ///< For the person's own screen only.
    std::vector<Role> roles{};
    std::vector<std::string> organisations{};  ///< With all below them (`is_within`).
    Confidentiality clearance{Confidentiality::ordinary};
    /// Of a token or address: the only actions it is good for, whatever its roles allow.
    std::optional<std::vector<Action>> only{};
    /// What the journal calls this login or token, so that its acts can be told from another's; not a secret.
    std::string credential{};

    bool operator==(const Principal&) const = default;
};

/// "ordinary", "confidential", "restricted".
[[nodiscard]] std::string_view code_of(Confidentiality level);

/// What is asked about: whose case it is and how closely it is kept. What concerns no case (statistics of an area,
/// people) has the organisation alone; what concerns the whole installation has an empty organisation, which is within
/// everybody's reach (the role decides).
struct CaseScope {
    std::string organisation{};
    Confidentiality confidentiality{Confidentiality::ordinary};
};

enum class RefusalCode : std::uint8_t {
    wrong_credentials,  ///< Unknown name, wrong password, disabled: never told apart.
    session_ended,      ///< Unknown, expired, logged out.
    token_invalid,      ///< Unknown, mistyped, expired, revoked.
    not_set_up,         ///< There are no users yet.
    wrong_setup_secret,
    login_required,  ///< There are users: the operator's word alone does not do.
    role_lacks_action,
    token_lacks_scope,
    outside_organisation,
    above_clearance,
    needs_second_person,  ///< Two-person rule: to be requested and approved first.
    own_request,          ///< Nobody approves his own request.
    request_not_open,     ///< Expired, refused, or carried out already.
    request_differs,      ///< What was approved is not what is about to be done.
    too_many_attempts,    ///< Rate limit: see `retry_after`.
};
/// "outside_organisation": stable, for problem documents and the journal.
[[nodiscard]] std::string_view code_of(RefusalCode code);
[[nodiscard]] std::optional<RefusalCode> parse_refusal(std::string_view code);

/// The rights say no.
struct Refusal {
    RefusalCode code{};
    Text message;
    std::optional<std::chrono::seconds> retry_after{};  ///< Of `too_many_attempts`.

    bool operator==(const Refusal&) const = default;
};
[[nodiscard]] Refusal refusal(RefusalCode code);

using Decision = std::expected<void, Refusal>;

/// Why there is no answer: the rights' no, or the world's.
class NotAdmitted {
public:
    NotAdmitted(Refusal refused) : refused_(true), refusal_(std::move(refused)) {}
    NotAdmitted(Error failed) : error_(std::move(failed)) {}

    /// Null when it was the world.
    [[nodiscard]] const Refusal* refusal() const { return refused_ ? &refusal_ : nullptr; }
    /// Null when it was the rights.
    [[nodiscard]] const Error* error() const { return refused_ ? nullptr : &error_; }

private:
    // Both are always there: GCC 12 takes the moves of a variant for reads of what was never set.
    bool refused_{};
    Refusal refusal_{};
    Error error_{};
};

/// An answer, or why not.
template <class T>
using Admitted = std::expected<T, NotAdmitted>;

}  // namespace anjie::access
