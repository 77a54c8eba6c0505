#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "engine/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace anjie::process_mining {

/// One INSERT. Parameters count from 1; what is not bound is NULL.
/// Lifetime: bound texts live until `run` returns.
class Insert {
public:
    explicit Insert(sqlite3_stmt* statement) : statement_(statement) {}

    Insert& text(int parameter, std::string_view value);
    Insert& integer(int parameter, std::int64_t value);
    Insert& real(int parameter, double value);
    /// Writes the row and forgets what was bound. Errors: `unavailable`, the first failure of a binding included.
    [[nodiscard]] Result<void> run();

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    void remember(int code);

    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    int failed_{};
};

/// A database file that is written once, from the beginning to the end, and of no use before.
class OcelDatabase {
public:
    /// Opens an empty file; what is written is one transaction without a journal.
    [[nodiscard]] static Result<OcelDatabase> create(const std::filesystem::path& file);

    /// Requires: `sql` is our own text.
    [[nodiscard]] Result<void> execute(const std::string& sql) const;
    [[nodiscard]] Result<Insert> prepare(const std::string& sql) const;
    /// Ends the transaction.
    [[nodiscard]] Result<void> finish() const { return execute("COMMIT"); }

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace anjie::process_mining
