#pragma once

#include <string>

#include "engine/rejection.hpp"

namespace anjie::ledger {

enum class Severity { note, warning, error };

/// One thing to say about a row or about the file as a whole: where, what stands there, what is the matter, what to do.
struct Message {
    Severity severity{Severity::error};
    std::string column{};  ///< The header as the file has it, or empty.
    std::string value{};   ///< What the cell holds, shortened.
    Text sentence{};
    Text remedy{};
    std::string rule{};  ///< Id of the rule of law behind a refusal, or empty.

    bool operator==(const Message&) const = default;
};

/// At most 60 characters of a cell, control characters shown as spaces: fit for one line of a report.
[[nodiscard]] std::string shortened(std::string_view value);

}  // namespace anjie::ledger
