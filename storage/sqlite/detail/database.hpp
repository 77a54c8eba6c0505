#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "engine/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace anjie::sqlite_detail {

/// A prepared statement. Parameters count from 1, columns from 0.
/// Lifetime: bound texts and blobs are copied; column views live until the next `step` or `reset`.
/// The first failure of a binding is remembered and answered by `step`.
class Statement {
public:
    Statement() = default;
    explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}

    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, std::string_view text);
    Statement& bind(int parameter, std::span<const std::uint8_t> blob);
    Statement& bind(int parameter, std::optional<std::int64_t> value);

    /// Whether there is a row.
    [[nodiscard]] Result<bool> step();
    /// For statements without rows: steps, then makes the statement ready for new parameters.
    [[nodiscard]] Result<void> run();
    void reset();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::span<const std::uint8_t> blob(int column) const;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* handle) const;
    };
    void remember(int code);

    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
    int failed_{};
};

/// A connection to one database file.
class Database {
public:
    /// Opens or creates. Errors: `unavailable`.
    [[nodiscard]] static Result<Database> open(const std::filesystem::path& file);

    [[nodiscard]] Result<Statement> prepare(std::string_view sql) const;
    /// Runs statements that have no parameters and whose rows nobody needs. Requires: `sql` is our own text.
    [[nodiscard]] Result<void> execute(const char* sql) const;
    [[nodiscard]] std::int64_t last_insert_id() const;

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    std::unique_ptr<sqlite3, Close> handle_;
};

/// Rolls back when it goes out of scope without `commit`.
class Transaction {
public:
    [[nodiscard]] static Result<Transaction> begin(const Database& database);
    Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    [[nodiscard]] Result<void> commit();

private:
    explicit Transaction(const Database& database) : database_(&database) {}
    const Database* database_;
};

}  // namespace anjie::sqlite_detail
