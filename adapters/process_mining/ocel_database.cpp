#include "adapters/process_mining/ocel_database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace anjie::process_mining {
namespace {

std::unexpected<Error> refused(sqlite3* handle, int code) {
    return failure(ErrorCode::unavailable,
                   fmt::format("the export's database cannot be written / 导出数据库无法写入: {}",
                               handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code)));
}

}  // namespace

void Insert::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

void Insert::remember(int code) {
    if (code != SQLITE_OK && failed_ == SQLITE_OK) failed_ = code;
}

Insert& Insert::text(int parameter, std::string_view value) {
    // A null pointer would bind NULL instead of the empty text.
    remember(sqlite3_bind_text64(statement_.get(), parameter, value.empty() ? "" : value.data(), value.size(),
                                 SQLITE_STATIC, SQLITE_UTF8));
    return *this;
}

Insert& Insert::integer(int parameter, std::int64_t value) {
    remember(sqlite3_bind_int64(statement_.get(), parameter, value));
    return *this;
}

Insert& Insert::real(int parameter, double value) {
    remember(sqlite3_bind_double(statement_.get(), parameter, value));
    return *this;
}

Result<void> Insert::run() {
    auto* handle = sqlite3_db_handle(statement_.get());
    if (failed_ != SQLITE_OK) return refused(nullptr, failed_);
    const int stepped = sqlite3_step(statement_.get());
    if (stepped != SQLITE_DONE) return refused(handle, stepped);
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
    return {};
}

void OcelDatabase::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Result<OcelDatabase> OcelDatabase::create(const std::filesystem::path& file) {
    sqlite3* handle = nullptr;
    const int opened = sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    OcelDatabase database;
    database.handle_.reset(handle);
    if (opened != SQLITE_OK) return refused(handle, opened);
    // Nobody reads the file before it is whole, so nothing has to be undone; its owner syncs it.
    ANJIE_CHECK(
        database.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; "
                         "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; BEGIN"));
    return database;
}

Result<void> OcelDatabase::execute(const std::string& sql) const {
    const int done = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (done != SQLITE_OK) return refused(handle_.get(), done);
    return {};
}

Result<Insert> OcelDatabase::prepare(const std::string& sql) const {
    sqlite3_stmt* statement = nullptr;
    const int done = sqlite3_prepare_v3(handle_.get(), sql.c_str(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (done != SQLITE_OK) return refused(handle_.get(), done);
    return Insert(statement);
}

}  // namespace anjie::process_mining
