#include "adapters/process_mining/pseudonyms.hpp"

#include <algorithm>

namespace anjie::process_mining {
namespace {

constexpr std::size_t code_letters_max = 40;

/// "p-" and ten hexadecimal digits: a hash of a name, made by the import of a ledger that has no codes.
bool is_derived_from_name(std::string_view code) {
    return code.size() == 12 && code.starts_with("p-") &&
           std::ranges::all_of(code.substr(2), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= code_letters_max && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
               c == '.';
    });
}

std::string Pseudonyms::dispute(const CaseHistory& history) const {
    return number_all_ ? "case-" + std::to_string(history.ordinal) : to_string(history.id);
}

const std::string& Pseudonyms::stand_in(Known& known, std::string_view prefix, std::string_view recorded) const {
    static const std::string nobody;
    if (recorded.empty()) return nobody;
    auto found = known.find(recorded);
    if (found == known.end()) {
        const bool keep =
            !number_all_ && is_code(recorded) && !is_derived_from_name(recorded) && !recorded.starts_with(prefix);
        auto given = keep ? std::string(recorded) : std::string(prefix) + std::to_string(known.size() + 1);
        found = known.emplace(std::string(recorded), std::move(given)).first;
    }
    return found->second;
}

}  // namespace anjie::process_mining
