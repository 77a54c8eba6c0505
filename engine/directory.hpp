#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/deadline.hpp"
#include "engine/event.hpp"
#include "engine/result.hpp"

namespace anjie {

/// One case as a list shows it. Codes are the workflow's stable codes; texts for people are made by adapters.
struct DirectoryEntry {
    CaseId case_id{};
    WorkflowId workflow{};
    Version version{};
    std::string number{};  ///< 案号, the human number; unique per organisation and year.
    std::string organisation{};
    std::string type{};    ///< Code of the kind of dispute, campaign ...
    std::string phase{};   ///< Code of the main phase.
    std::string holder{};  ///< Who must act next: a mediator's pseudonym or an organisation's code.
    std::optional<Date> opened{};
    std::optional<Date> closed{};
    std::int64_t amount_minor{};
    std::uint8_t confidentiality{};  ///< The number of a `Confidentiality`: the higher, the fewer may see the case.
    std::vector<Deadline> deadlines{};
    std::vector<std::string> search_texts{};  ///< Names, places, narrative: full-text search only. Personal data.

    bool operator==(const DirectoryEntry&) const = default;
};

struct DirectoryFilter {
    std::optional<WorkflowId> workflow{};
    std::string organisation{};  ///< It and all below it (engine/organisation.hpp). Empty: all.
    std::string type{};
    std::string phase{};
    std::string holder{};
    std::optional<Date> opened_from{}, opened_to{};     ///< Both included.
    std::optional<bool> open{};                         ///< true: not closed.
    std::optional<std::uint8_t> confidentiality_max{};  ///< Only cases that are at most so confidential.
    std::string search{};  ///< Words; every one must be found; two Chinese characters suffice.
    std::string after{};   ///< Cursor: the case id of the last row seen.
    std::size_t limit{100};
};

struct DueEntry {
    DirectoryEntry entry{};  ///< Without search texts.
    Deadline deadline{};
};

struct DueFilter {
    std::string organisation{};
    std::string holder{};
    Date until{};                                       ///< Rolled due day at the latest, included.
    std::optional<Date> overdue_on{};                   ///< Only those whose rolled due day is before this day.
    std::optional<std::uint8_t> confidentiality_max{};  ///< Only of cases that are at most so confidential.
    std::size_t limit{1000};
};

/// Lists, filters and searches; a follower of the log that holds nothing that cannot be rebuilt.
class Directory {
public:
    virtual ~Directory() = default;

    [[nodiscard]] virtual Result<Position> cursor() const = 0;
    /// Replaces the rows of these cases and moves the cursor, all or nothing.
    [[nodiscard]] virtual Result<void> apply(const std::vector<DirectoryEntry>& entries, Position cursor) = 0;
    /// Forgets everything; the cursor is 0 again.
    [[nodiscard]] virtual Result<void> clear() = 0;

    [[nodiscard]] virtual Result<std::vector<DirectoryEntry>> list(const DirectoryFilter& filter) const = 0;
    /// By rolled due day, then case.
    [[nodiscard]] virtual Result<std::vector<DueEntry>> due(const DueFilter& filter) const = 0;
    /// By number, or the first digits of the case id if only one case has them. Errors: not_found, conflict (several).
    [[nodiscard]] virtual Result<DirectoryEntry> find(std::string_view number_or_id) const = 0;
};

}  // namespace anjie
