#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/event.hpp"
#include "engine/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

/// SQLite for the adapters that keep or write a database file of their own.
namespace anjie::sqlite {

/// A prepared statement. Parameters count from 1, columns from 0; what is not bound is NULL.
/// Lifetime: bound texts and blobs are copied; column views live until the next `step`, `run` or `reset`.
/// The first failure of a binding is remembered and answered by `step` or `run`.
class Statement {
public:
    Statement(sqlite3_stmt* handle, const std::string* label) : handle_(handle), label_(label) {}

    Statement& integer(int parameter, std::int64_t value);
    Statement& real(int parameter, double value);
    Statement& text(int parameter, std::string_view value);
    Statement& blob(int parameter, BytesView value);
    Statement& optional_integer(int parameter, std::optional<std::int64_t> value);

    /// Whether there is a row.
    [[nodiscard]] Result<bool> step();
    /// Steps through to the end, then makes the statement ready for new parameters.
    [[nodiscard]] Result<void> run();
    void reset();

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] BytesView blob(int column) const;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* handle) const;
    };
    void remember(int code);

    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
    const std::string* label_;  ///< The database's.
    int failed_{};
};

/// A connection to one database file. Threads: one at a time.
/// Errors: `unavailable`; `corrupt` for a file that is no such database; `conflict` when a constraint was broken.
class Database {
public:
    enum class Mode : std::uint8_t { existing, create };
    /// `label` begins every complaint. Waits up to five seconds for others who write.
    [[nodiscard]] static Result<Database> open(const std::filesystem::path& file, Mode mode, std::string label);

    [[nodiscard]] Result<Statement> prepare(std::string_view sql) const;
    /// The statement of this text, prepared once and ready for new parameters. Requires: nobody is in the middle of it.
    /// Lifetime: the database's.
    [[nodiscard]] Result<Statement*> prepared(std::string_view sql);
    /// Runs statements that have no parameters and whose rows nobody needs. Requires: `sql` is our own text.
    [[nodiscard]] Result<void> execute(const std::string& sql) const;
    /// Rows the last statement changed.
    [[nodiscard]] std::int64_t changed() const;

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    std::unique_ptr<std::string> label_;
    std::unique_ptr<sqlite3, Close> handle_;
    std::map<std::string, Statement, std::less<>> prepared_;
};

/// Rolls back when it goes out of scope without `commit`.
class Transaction {
public:
    /// For writing: waits for others first.
    [[nodiscard]] static Result<Transaction> begin(const Database& database);
    Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    [[nodiscard]] Result<void> commit();

private:
    explicit Transaction(const Database& database) : database_(&database) {}
    const Database* database_;
};

}  // namespace anjie::sqlite
