#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/directory.hpp"
#include "storage/sqlite/detail/database.hpp"

namespace anjie::sqlite_detail {

/// All ids that begin with some hexadecimal digits: [first, last].
struct IdRange {
    CaseId first;
    CaseId last;
    bool complete{};  ///< All 32 digits were given.
};
/// Hyphens are skipped. Errors: nullopt unless there are 1 to 32 hexadecimal digits.
[[nodiscard]] std::optional<IdRange> parse_id_prefix(std::string_view text);

/// The statements that replace rows, prepared once per batch.
class RowWriter {
public:
    [[nodiscard]] static Result<RowWriter> prepare(const Database& database);
    /// Requires: inside a transaction.
    [[nodiscard]] Result<void> replace(const DirectoryEntry& entry);
    [[nodiscard]] Result<void> move_cursor(Position cursor);

private:
    [[nodiscard]] Result<void> replace_deadlines(const DirectoryEntry& entry);
    [[nodiscard]] Result<void> replace_search_text(std::int64_t row_id, const DirectoryEntry& entry);

    Statement upsert_row_;
    Statement delete_deadlines_;
    Statement insert_deadline_;
    Statement read_text_;
    Statement delete_text_;
    Statement insert_text_;
    Statement move_cursor_;
};

[[nodiscard]] Result<Position> read_cursor(const Database& database);
/// Requires: `query` is the full-text query of the filter's search, empty for none.
[[nodiscard]] Result<std::vector<DirectoryEntry>> read_list(const Database& database, const DirectoryFilter& filter,
                                                            const std::string& query);
[[nodiscard]] Result<std::vector<DueEntry>> read_due(const Database& database, const DueFilter& filter);
/// At most two rows, enough to see whether there is exactly one.
[[nodiscard]] Result<std::vector<DirectoryEntry>> read_by_number(const Database& database, std::string_view number);
[[nodiscard]] Result<std::vector<DirectoryEntry>> read_by_id(const Database& database, const IdRange& range);

}  // namespace anjie::sqlite_detail
