#include "storage/sqlite/sqlite_directory.hpp"

#include "storage/sqlite/detail/database.hpp"
#include "storage/sqlite/detail/directory_queries.hpp"
#include "storage/sqlite/detail/guarded.hpp"
#include "storage/sqlite/detail/schema.hpp"
#include "storage/sqlite/detail/search_text.hpp"

namespace anjie {

using sqlite_detail::Database;
using sqlite_detail::Guarded;

struct SqliteDirectory::Shared {
    Shared(std::filesystem::path path, Database opened) : file(std::move(path)), database(std::move(opened)) {}

    std::filesystem::path file;
    Guarded<Database> database;
};

SqliteDirectory::SqliteDirectory(std::unique_ptr<Shared> shared) : shared_(std::move(shared)) {}
SqliteDirectory::~SqliteDirectory() = default;

Result<std::unique_ptr<SqliteDirectory>> SqliteDirectory::open(const std::filesystem::path& file) {
    ANJIE_TRY(auto database, sqlite_detail::open_directory_file(file));
    return std::unique_ptr<SqliteDirectory>(new SqliteDirectory(std::make_unique<Shared>(file, std::move(database))));
}

Result<Position> SqliteDirectory::cursor() const { return shared_->database.with(sqlite_detail::read_cursor); }

Result<void> SqliteDirectory::apply(const std::vector<DirectoryEntry>& entries, Position cursor) {
    return shared_->database.with([&](Database& database) -> Result<void> {
        ANJIE_TRY(auto writer, sqlite_detail::RowWriter::prepare(database));
        ANJIE_TRY(auto transaction, sqlite_detail::Transaction::begin(database));
        for (const DirectoryEntry& entry : entries) ANJIE_CHECK(writer.replace(entry));
        ANJIE_CHECK(writer.move_cursor(cursor));
        return transaction.commit();
    });
}

Result<void> SqliteDirectory::clear() {
    return shared_->database.with([&](Database& database) -> Result<void> {
        auto emptied = sqlite_detail::empty_directory(database);
        if (emptied || emptied.error().code != ErrorCode::corrupt) return emptied;
        database = Database{};
        ANJIE_TRY(database, sqlite_detail::recreate_directory_file(shared_->file));
        return {};
    });
}

Result<std::vector<DirectoryEntry>> SqliteDirectory::list(const DirectoryFilter& filter) const {
    ANJIE_TRY(const std::string query, sqlite_detail::search_query(filter.search, search_bytes_max, search_words_max));
    return shared_->database.with(
        [&](const Database& database) { return sqlite_detail::read_list(database, filter, query); });
}

Result<std::vector<DueEntry>> SqliteDirectory::due(const DueFilter& filter) const {
    return shared_->database.with([&](const Database& database) { return sqlite_detail::read_due(database, filter); });
}

Result<DirectoryEntry> SqliteDirectory::find(std::string_view number_or_id) const {
    return shared_->database.with([&](const Database& database) -> Result<DirectoryEntry> {
        ANJIE_TRY(auto found, sqlite_detail::read_by_number(database, number_or_id));
        if (found.empty()) {
            if (const auto range = sqlite_detail::parse_id_prefix(number_or_id)) {
                ANJIE_TRY(found, sqlite_detail::read_by_id(database, *range));
            }
        }
        if (found.empty())
            return failure(ErrorCode::not_found, "no case has the number or id " + std::string(number_or_id));
        if (found.size() > 1)
            return failure(ErrorCode::conflict, "more than one case is meant by " + std::string(number_or_id) +
                                                    "; give more digits of the case id");
        return std::move(found.front());
    });
}

}  // namespace anjie
