#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/id.hpp"

namespace anjie {

/// How sure we are of a rule: read in the law itself, taken from a secondary source, or local configuration that is
/// never printed as law.
enum class SourceMark : std::uint8_t { confirmed, secondary, configuration };

/// "C", "S" or "M".
[[nodiscard]] std::string_view to_string(SourceMark mark);

/// The same sentence for both kinds of reader.
struct Text {
    std::string zh;
    std::string en;

    bool operator==(const Text&) const = default;
};

/// A rule of law or practice, as data.
struct RuleReference {
    std::string id;  ///< Stable, for example "PML-29".
    SourceMark mark{SourceMark::configuration};
    Text title;  ///< 《人民调解法》第二十九条 / People's Mediation Law, art. 29.
    bool operator==(const RuleReference&) const = default;
};

/// The rules say no. Domain data, not an error: it explains itself.
struct Rejection {
    std::uint16_t number{};  ///< The workflow's enum value.
    std::string code;        ///< Stable, for example "agreement_before_acceptance".
    Text message;
    RuleReference rule;
    std::vector<Version> facts;  ///< The events of the case that it rests on.
    Text remedy;                 ///< What would make the command acceptable.

    bool operator==(const Rejection&) const = default;
};

}  // namespace anjie
