#include "adapters/access/journal.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace anjie::access {
namespace {

constexpr std::array kinds{
    std::pair{JournalKind::refusal, std::string_view("refusal")},
    std::pair{JournalKind::login, std::string_view("login")},
    std::pair{JournalKind::login_failure, std::string_view("login_failure")},
    std::pair{JournalKind::logout, std::string_view("logout")},
    std::pair{JournalKind::sealed_read, std::string_view("sealed_read")},
    std::pair{JournalKind::sealed_search, std::string_view("sealed_search")},
    std::pair{JournalKind::export_made, std::string_view("export")},
    std::pair{JournalKind::disclosure, std::string_view("disclosure")},
    std::pair{JournalKind::rights_change, std::string_view("rights_change")},
    std::pair{JournalKind::approval, std::string_view("approval")},
    std::pair{JournalKind::trim, std::string_view("trim")},
};

}  // namespace

std::string_view code_of(JournalKind kind) {
    const auto found = std::ranges::find(kinds, kind, [](const auto& pair) { return pair.first; });
    // A number that no version of this program has written: shown, not believed.
    return found == kinds.end() ? "unknown" : found->second;
}

std::optional<JournalKind> parse_journal_kind(std::string_view code) {
    const auto found = std::ranges::find(kinds, code, [](const auto& pair) { return pair.second; });
    return found == kinds.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace anjie::access
