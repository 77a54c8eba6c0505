#include "adapters/sqlite/database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <limits>

namespace anjie::sqlite {
namespace {

constexpr int busy_timeout_ms = 5'000;

ErrorCode code_of(int sqlite_code) {
    switch (sqlite_code & 0xff) {
        case SQLITE_CONSTRAINT:
            return ErrorCode::conflict;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_ERROR:  // A table or column that should be there is not.
        case SQLITE_MISMATCH:
            return ErrorCode::corrupt;
        case SQLITE_TOOBIG:
            return ErrorCode::invalid;
        default:
            return ErrorCode::unavailable;
    }
}

std::unexpected<Error> failure_of(const std::string& label, int sqlite_code, sqlite3* handle) {
    return failure(
        code_of(sqlite_code),
        fmt::format("{}: {}", label, handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(sqlite_code)));
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }

void Statement::remember(int code) {
    if (code != SQLITE_OK && failed_ == SQLITE_OK) failed_ = code;
}

Statement& Statement::integer(int parameter, std::int64_t value) {
    remember(sqlite3_bind_int64(handle_.get(), parameter, value));
    return *this;
}

Statement& Statement::real(int parameter, double value) {
    remember(sqlite3_bind_double(handle_.get(), parameter, value));
    return *this;
}

Statement& Statement::text(int parameter, std::string_view value) {
    // A null pointer would bind NULL instead of the empty text.
    const char* data = value.empty() ? "" : value.data();
    remember(sqlite3_bind_text64(handle_.get(), parameter, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::blob(int parameter, BytesView value) {
    const void* data = value.empty() ? static_cast<const void*>("") : value.data();
    remember(sqlite3_bind_blob64(handle_.get(), parameter, data, value.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::optional_integer(int parameter, std::optional<std::int64_t> value) {
    if (value) return integer(parameter, *value);
    remember(sqlite3_bind_null(handle_.get(), parameter));
    return *this;
}

Result<bool> Statement::step() {
    if (failed_ != SQLITE_OK) {
        const int failed = std::exchange(failed_, SQLITE_OK);
        return failure_of(*label_, failed, nullptr);
    }
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    auto error = failure_of(*label_, code, sqlite3_db_handle(handle_.get()));
    reset();
    return error;
}

Result<void> Statement::run() {
    while (true) {
        auto more = step();
        if (more && *more) continue;
        reset();
        if (!more) return std::unexpected(std::move(more).error());
        return {};
    }
}

void Statement::reset() {
    sqlite3_reset(handle_.get());
    sqlite3_clear_bindings(handle_.get());
}

bool Statement::is_null(int column) const { return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL; }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }

std::optional<std::int64_t> Statement::optional_integer(int column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
}

std::string_view Statement::text(int column) const {
    const void* data = sqlite3_column_text(handle_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
    return data == nullptr ? std::string_view{} : std::string_view(static_cast<const char*>(data), size);
}

BytesView Statement::blob(int column) const {
    const void* data = sqlite3_column_blob(handle_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
    return {static_cast<const std::byte*>(data), data == nullptr ? 0 : size};
}

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Result<Database> Database::open(const std::filesystem::path& file, Mode mode, std::string label) {
    Database database;
    database.label_ = std::make_unique<std::string>(std::move(label));
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (mode == Mode::create ? SQLITE_OPEN_CREATE : 0);
    const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
    database.handle_.reset(handle);
    if (code != SQLITE_OK) return failure_of(*database.label_, code, handle);
    sqlite3_busy_timeout(handle, busy_timeout_ms);
    return database;
}

Result<Statement> Database::prepare(std::string_view sql) const {
    if (sql.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        return failure(ErrorCode::invalid, *label_ + ": statement too long");
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    Statement statement(handle, label_.get());
    if (code != SQLITE_OK) return failure_of(*label_, code, handle_.get());
    return statement;
}

Result<Statement*> Database::prepared(std::string_view sql) {
    auto found = prepared_.find(sql);
    if (found == prepared_.end()) {
        ANJIE_TRY(auto statement, prepare(sql));
        found = prepared_.emplace(std::string(sql), std::move(statement)).first;
    }
    found->second.reset();
    return &found->second;
}

Result<void> Database::execute(const std::string& sql) const {
    const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failure_of(*label_, code, handle_.get());
    return {};
}

std::int64_t Database::changed() const { return sqlite3_changes64(handle_.get()); }

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

}  // namespace anjie::sqlite
