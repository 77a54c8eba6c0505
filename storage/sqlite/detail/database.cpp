#include "storage/sqlite/detail/database.hpp"

#include <sqlite3.h>

#include <limits>

namespace anjie::sqlite_detail {
namespace {

constexpr int busy_timeout_ms = 5'000;

ErrorCode code_of(int sqlite_code) {
    switch (sqlite_code & 0xff) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_ERROR:  // A table or column that should be there is not.
        case SQLITE_MISMATCH:
        case SQLITE_CONSTRAINT:
            return ErrorCode::corrupt;
        case SQLITE_TOOBIG:
            return ErrorCode::invalid;
        default:
            return ErrorCode::unavailable;
    }
}

std::unexpected<Error> failure_of(int sqlite_code, sqlite3* handle) {
    std::string detail = "case directory: ";
    detail += handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(sqlite_code);
    return failure(code_of(sqlite_code), std::move(detail));
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }

void Statement::remember(int code) {
    if (code != SQLITE_OK && failed_ == SQLITE_OK) failed_ = code;
}

Statement& Statement::bind(int parameter, std::int64_t value) {
    remember(sqlite3_bind_int64(handle_.get(), parameter, value));
    return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
    // A null pointer would bind NULL instead of the empty text.
    const char* data = text.empty() ? "" : text.data();
    remember(sqlite3_bind_text64(handle_.get(), parameter, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(int parameter, std::span<const std::uint8_t> blob) {
    remember(sqlite3_bind_blob64(handle_.get(), parameter, blob.data(), blob.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bind(int parameter, std::optional<std::int64_t> value) {
    if (value) return bind(parameter, *value);
    remember(sqlite3_bind_null(handle_.get(), parameter));
    return *this;
}

Result<bool> Statement::step() {
    if (failed_ != SQLITE_OK) {
        const int failed = std::exchange(failed_, SQLITE_OK);
        return failure_of(failed, nullptr);
    }
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    auto error = failure_of(code, sqlite3_db_handle(handle_.get()));
    reset();
    return error;
}

Result<void> Statement::run() {
    auto stepped = step();
    reset();
    if (!stepped) return std::unexpected(std::move(stepped).error());
    return {};
}

void Statement::reset() {
    sqlite3_reset(handle_.get());
    sqlite3_clear_bindings(handle_.get());
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }

std::optional<std::int64_t> Statement::optional_integer(int column) const {
    if (sqlite3_column_type(handle_.get(), column) == SQLITE_NULL) return std::nullopt;
    return integer(column);
}

std::string_view Statement::text(int column) const {
    const void* data = sqlite3_column_text(handle_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
    return data == nullptr ? std::string_view{} : std::string_view(static_cast<const char*>(data), size);
}

std::span<const std::uint8_t> Statement::blob(int column) const {
    const void* data = sqlite3_column_blob(handle_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
    return {static_cast<const std::uint8_t*>(data), data == nullptr ? 0 : size};
}

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Result<Database> Database::open(const std::filesystem::path& file) {
    Database database;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(
        file.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
        nullptr);
    database.handle_.reset(handle);
    if (code != SQLITE_OK) return failure_of(code, handle);
    sqlite3_busy_timeout(handle, busy_timeout_ms);
    return database;
}

Result<Statement> Database::prepare(std::string_view sql) const {
    if (sql.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        return failure(ErrorCode::invalid, "case directory: statement too long");
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()), &handle, nullptr);
    Statement statement(handle);
    if (code != SQLITE_OK) return failure_of(code, handle_.get());
    return statement;
}

Result<void> Database::execute(const char* sql) const {
    const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failure_of(code, handle_.get());
    return {};
}

std::int64_t Database::last_insert_id() const { return sqlite3_last_insert_rowid(handle_.get()); }

Result<Transaction> Transaction::begin(const Database& database) {
    ANJIE_CHECK(database.execute("BEGIN IMMEDIATE"));
    return Transaction(database);
}

Transaction::~Transaction() {
    // A failed rollback leaves nothing to do: SQLite has already rolled back by itself.
    if (database_ != nullptr) static_cast<void>(database_->execute("ROLLBACK"));
}

Result<void> Transaction::commit() {
    ANJIE_CHECK(database_->execute("COMMIT"));
    database_ = nullptr;
    return {};
}

}  // namespace anjie::sqlite_detail
