#include "adapters/access/detail/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "adapters/access/detail/secrets.hpp"

namespace anjie::access::detail {
namespace {

constexpr std::int64_t schema_version = 1;

constexpr std::string_view tables = R"(
CREATE TABLE meta(
  id INTEGER PRIMARY KEY CHECK(id = 1), setup_hash BLOB, query_key BLOB NOT NULL) STRICT;
CREATE TABLE user(
  name TEXT PRIMARY KEY, display_name TEXT NOT NULL, roles TEXT NOT NULL, organisations TEXT NOT NULL,
  clearance INTEGER NOT NULL, password TEXT NOT NULL, disabled INTEGER NOT NULL, created INTEGER NOT NULL,
  last_login INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE session(
  hash BLOB PRIMARY KEY, user TEXT NOT NULL REFERENCES user(name), created INTEGER NOT NULL,
  seen INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_user ON session(user);
CREATE TABLE token(
  id TEXT PRIMARY KEY, hash BLOB NOT NULL UNIQUE, address INTEGER NOT NULL, name TEXT NOT NULL, scopes TEXT NOT NULL,
  organisations TEXT NOT NULL, clearance INTEGER NOT NULL, owner TEXT NOT NULL, created INTEGER NOT NULL,
  expires INTEGER NOT NULL, revoked INTEGER NOT NULL, last_used INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE request(
  id TEXT PRIMARY KEY, kind INTEGER NOT NULL, organisation TEXT NOT NULL, confidentiality INTEGER NOT NULL,
  target TEXT NOT NULL, reason TEXT NOT NULL, state INTEGER NOT NULL, requested_by TEXT NOT NULL,
  decided_by TEXT NOT NULL, carried_out_by TEXT NOT NULL, requested INTEGER NOT NULL, expires INTEGER NOT NULL,
  decided INTEGER, carried_out INTEGER) STRICT, WITHOUT ROWID;
CREATE INDEX request_by_time ON request(requested);
CREATE TABLE journal(
  number INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind INTEGER NOT NULL, who TEXT NOT NULL, roles TEXT NOT NULL,
  credential TEXT NOT NULL, purpose TEXT NOT NULL, action TEXT NOT NULL, case_id BLOB, organisation TEXT NOT NULL,
  subject TEXT NOT NULL, outcome TEXT NOT NULL, client TEXT NOT NULL, query_digest TEXT NOT NULL,
  count INTEGER NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE INDEX journal_by_case ON journal(case_id, number) WHERE case_id IS NOT NULL;
CREATE INDEX journal_by_who ON journal(who, number);
CREATE TABLE journal_head(
  id INTEGER PRIMARY KEY CHECK(id = 1), count INTEGER NOT NULL, hash BLOB NOT NULL, removed INTEGER NOT NULL,
  removed_hash BLOB NOT NULL) STRICT;
)";

/// Makes the file, so that it is nobody else's from its first byte on; SQLite gives its companions the same rights. A
/// file that is there is not opened: closing it again would take away the locks that this process holds on it, and
/// another program would then throw away the write-ahead log under its feet.
Result<void> make_file(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0 && errno == EEXIST) return {};
    if (descriptor < 0)
        return failure(
            errno == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable,
            fmt::format("{}: cannot be opened: {} / 打不开", file.string(), std::system_category().message(errno)));
    ::close(descriptor);
    return {};
}

Result<std::int64_t> version_of(const sqlite::Database& file) {
    ANJIE_TRY(auto statement, file.prepare("PRAGMA user_version"));
    ANJIE_TRY(const bool found, statement.step());
    return found ? statement.integer(0) : 0;
}

Result<void> make_tables(const sqlite::Database& file) {
    ANJIE_CHECK(file.execute(std::string(tables)));
    ANJIE_TRY(auto meta, file.prepare("INSERT INTO meta(id, query_key) VALUES(1, ?1)"));
    ANJIE_CHECK(meta.blob(1, random_bytes(32)).run());
    ANJIE_TRY(auto head, file.prepare("INSERT INTO journal_head VALUES(1, 0, ?1, 0, ?1)"));
    ANJIE_CHECK(head.blob(1, view_of(Hash{})).run());
    return file.execute(fmt::format("PRAGMA user_version={}", schema_version));
}

}  // namespace

Result<sqlite::Database> open_file(const std::filesystem::path& directory) {
    const auto path = directory / "access.sqlite";
    ANJIE_CHECK(make_file(path));
    ANJIE_TRY(auto file, sqlite::Database::open(path, sqlite::Database::Mode::create, "access.sqlite"));
    ANJIE_CHECK(
        file.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                     "PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON"));
    ANJIE_TRY(auto version, version_of(file));
    if (version == 0) {
        ANJIE_TRY(auto whole, sqlite::Transaction::begin(file));
        // Another program may have been faster.
        ANJIE_TRY(version, version_of(file));
        if (version == 0) {
            ANJIE_CHECK(make_tables(file));
            version = schema_version;
        }
        ANJIE_CHECK(whole.commit());
    }
    if (version != schema_version)
        return failure(
            ErrorCode::corrupt,
            fmt::format("{}: made by another version of this program ({}) / 由其他版本建立", path.string(), version));
    return file;
}

Result<void> copy_file(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code failed;
    if (std::filesystem::exists(to, failed))
        return failure(ErrorCode::conflict, fmt::format("{} is there already / 已存在", to.string()));
    {
        ANJIE_TRY(auto source, sqlite::Database::open(from, sqlite::Database::Mode::existing, from.string()));
        // The target is empty, but nobody else's from its first byte on.
        ANJIE_CHECK(make_file(to));
        ANJIE_TRY(auto copy, source.prepare("VACUUM INTO ?1"));
        ANJIE_CHECK(copy.text(1, to.string()).run());
    }
    ANJIE_TRY(auto target, sqlite::Database::open(to, sqlite::Database::Mode::existing, to.string()));
    // A login belongs to the place where it was made.
    ANJIE_CHECK(target.execute("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; DELETE FROM session"));
    return {};
}

}  // namespace anjie::access::detail
