#include "storage/sqlite/detail/schema.hpp"

#include <system_error>

namespace anjie::sqlite_detail {
namespace {

/// "ANJD": whose file this is, in SQLite's header.
constexpr std::int64_t application_id = 0x414e'4a44;

// Personal data: freed pages are overwritten. Whatever is lost can be rebuilt: no fsync per transaction.
constexpr const char* connection_settings =
    "PRAGMA secure_delete = ON;"
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = NORMAL;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA temp_store = MEMORY;";

// Days are counted from 1970-01-01; the two views show them as dates to auditors who read with SQL.
// Categories: letters, numbers and marks make words (marks: Tibetan vowels), private use separates texts.
constexpr const char* tables = R"sql(
CREATE TABLE meta(id INTEGER PRIMARY KEY CHECK (id = 1), schema_version INTEGER NOT NULL, cursor INTEGER NOT NULL);
CREATE TABLE case_row(
  row_id INTEGER PRIMARY KEY,
  case_id BLOB NOT NULL UNIQUE CHECK (length(case_id) = 16),
  workflow INTEGER NOT NULL, version INTEGER NOT NULL,
  number TEXT NOT NULL, organisation TEXT NOT NULL, type TEXT NOT NULL, phase TEXT NOT NULL, holder TEXT NOT NULL,
  opened INTEGER, closed INTEGER, amount_minor INTEGER NOT NULL, confidentiality INTEGER NOT NULL);
CREATE INDEX case_number ON case_row(number);
CREATE INDEX case_holder ON case_row(holder, case_id);
CREATE INDEX case_open ON case_row(case_id) WHERE closed IS NULL;
CREATE TABLE deadline(
  rolled INTEGER NOT NULL, case_id BLOB NOT NULL, ordinal INTEGER NOT NULL,
  kind INTEGER NOT NULL, item INTEGER NOT NULL, raw INTEGER NOT NULL, provisional INTEGER NOT NULL,
  next_alarm INTEGER, next_level INTEGER NOT NULL,
  PRIMARY KEY (rolled, case_id, ordinal)) WITHOUT ROWID;
CREATE INDEX deadline_case ON deadline(case_id, ordinal);
CREATE VIRTUAL TABLE search USING fts5(text, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* Co'");
CREATE VIEW cases AS SELECT lower(hex(case_id)) AS case_id, workflow, version, number, organisation, type, phase, holder,
  date(opened * 86400, 'unixepoch') AS opened, date(closed * 86400, 'unixepoch') AS closed, amount_minor, confidentiality
  FROM case_row;
CREATE VIEW deadlines AS SELECT lower(hex(case_id)) AS case_id, kind, item, date(raw * 86400, 'unixepoch') AS raw,
  date(rolled * 86400, 'unixepoch') AS rolled, provisional FROM deadline;
)sql";

Result<std::int64_t> read_integer(const Database& database, std::string_view sql) {
    ANJIE_TRY(auto statement, database.prepare(sql));
    ANJIE_TRY(const bool found, statement.step());
    if (!found) return failure(ErrorCode::corrupt, "case directory: its description is missing");
    return statement.integer(0);
}

/// Whether an opened file is one of ours and of this version. Errors: `corrupt` (make it anew), `unavailable`.
Result<void> check(const Database& database) {
    ANJIE_TRY(const auto owner, read_integer(database, "PRAGMA application_id"));
    ANJIE_TRY(const auto version, read_integer(database, "SELECT schema_version FROM meta WHERE id = 1"));
    if (owner != application_id || version != schema_version)
        return failure(ErrorCode::corrupt, "case directory: written by another program or version");
    // Reading one row of each finds damage to the roots of the trees; deeper damage shows when it is met.
    ANJIE_CHECK(database.execute(
        "SELECT * FROM case_row LIMIT 1; SELECT * FROM deadline LIMIT 1;"
        "SELECT rowid FROM search LIMIT 1; SELECT rowid FROM search WHERE search MATCH '\"a\"' LIMIT 1;"));
    return {};
}

Result<void> create(const Database& database) {
    ANJIE_TRY(auto transaction, Transaction::begin(database));
    ANJIE_CHECK(database.execute(tables));
    ANJIE_TRY(auto insert, database.prepare("INSERT INTO meta(id, schema_version, cursor) VALUES (1, ?1, 0)"));
    ANJIE_CHECK(insert.bind(1, std::int64_t{schema_version}).run());
    const std::string mark = "PRAGMA application_id = " + std::to_string(application_id);
    ANJIE_CHECK(database.execute(mark.c_str()));
    return transaction.commit();
}

Result<Database> open_sound(const std::filesystem::path& file) {
    ANJIE_TRY(auto database, Database::open(file));
    ANJIE_CHECK(database.execute(connection_settings));
    ANJIE_CHECK(check(database));
    return database;
}

}  // namespace

Result<Database> open_directory_file(const std::filesystem::path& file) {
    std::error_code ignored;
    const auto kind = std::filesystem::status(file, ignored).type();
    if (kind == std::filesystem::file_type::not_found) return recreate_directory_file(file);
    if (kind != std::filesystem::file_type::regular)
        return failure(ErrorCode::unavailable, "case directory: " + file.string() + " is not a file");
    auto database = open_sound(file);
    if (database || database.error().code != ErrorCode::corrupt) return database;
    return recreate_directory_file(file);
}

Result<Database> recreate_directory_file(const std::filesystem::path& file) {
    // The side files go first: a journal left beside a new file would be taken for its own.
    for (const char* suffix : {"-wal", "-shm", "-journal", ""}) {
        auto path = file;
        path += suffix;
        std::error_code failed;
        std::filesystem::remove(path, failed);
        if (failed)
            return failure(ErrorCode::unavailable,
                           "case directory: cannot replace " + path.string() + ": " + failed.message());
    }
    ANJIE_TRY(auto database, Database::open(file));
    ANJIE_CHECK(database.execute(connection_settings));
    ANJIE_CHECK(create(database));
    return database;
}

Result<void> empty_directory(const Database& database) {
    {
        ANJIE_TRY(auto transaction, Transaction::begin(database));
        ANJIE_CHECK(
            database.execute("DELETE FROM deadline; DELETE FROM case_row; DELETE FROM search;"
                             "INSERT INTO search(search) VALUES ('rebuild'); UPDATE meta SET cursor = 0;"));
        ANJIE_CHECK(transaction.commit());
    }
    // The journal still holds the old pages.
    return database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace anjie::sqlite_detail
