#include "adapters/anjie/unfinished_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "adapters/witness/files.hpp"
#include "storage/sealing/key_folder.hpp"

namespace anjie {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> refused(std::string_view what, const fs::path& path, const std::error_code& why) {
    return failure(ErrorCode::unavailable, fmt::format("cannot {} {}: {}", what, path.string(), why.message()));
}

}  // namespace

UnfinishedFolder::UnfinishedFolder(fs::path place) : place_(std::move(place)), path_(place_) { path_ += ".unfinished"; }

UnfinishedFolder::UnfinishedFolder(UnfinishedFolder&& other) noexcept
    : place_(std::move(other.place_)), path_(std::exchange(other.path_, {})) {}

UnfinishedFolder::~UnfinishedFolder() {
    std::error_code failed;
    if (!path_.empty()) fs::remove_all(path_, failed);
}

Result<UnfinishedFolder> UnfinishedFolder::create(const fs::path& place) {
    auto named = fs::absolute(place).lexically_normal();
    if (!named.has_filename()) named = named.parent_path();  // It was written with a slash at its end.
    std::error_code failed;
    if (fs::exists(fs::symlink_status(named, failed)))
        return failure(ErrorCode::conflict,
                       fmt::format("{} exists already; name a new place / 已存在，请换一个新位置", named.string()));
    UnfinishedFolder folder(std::move(named));
    if (!fs::create_directory(folder.path_, failed)) {
        const auto path = std::exchange(folder.path_, {});  // Not ours: it stays.
        if (failed) return refused("create", path, failed);
        return failure(ErrorCode::conflict,
                       fmt::format("{} exists: another is at work there, or one was cut short; then remove it and try "
                                   "again / 上次未完成的残留，请删除后再试",
                                   path.string()));
    }
    fs::permissions(folder.path_, fs::perms::owner_all, failed);
    if (failed) return refused("keep others out of", folder.path_, failed);
    return folder;
}

Result<void> UnfinishedFolder::clear() const {
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(path_, failed))
        if (fs::remove_all(entry.path(), failed); failed) break;
    if (failed) return refused("empty", path_, failed);
    return {};
}

Result<void> UnfinishedFolder::finish() {
    const auto flush = [](const fs::path& folder, auto how) -> Result<void> {
        const witness::Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!opened.is_open() || how(opened.number()) != 0) return witness::refused("flush", folder);
        return {};
    };
    // One flush of the file system instead of one for each of thousands of small files.
    ANJIE_CHECK(flush(path_, ::syncfs));
    if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, place_.c_str(), RENAME_NOREPLACE) != 0)
        return witness::refused("name", place_);
    path_.clear();
    return flush(place_.parent_path(), ::fsync);
}

Result<void> copy_if_there(const fs::path& from, const fs::path& to) {
    std::error_code failed;
    if (!fs::exists(from, failed) && !failed) return {};
    if (!failed) fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::copy_symlinks, failed);
    if (failed) return refused("copy", from, failed);
    return {};
}

Result<void> copy_sealing_keys(const fs::path& from, const fs::path& to) {
    std::error_code failed;
    fs::create_directories(to, failed);
    if (!failed) fs::permissions(to, fs::perms::owner_all, failed);
    if (failed) return refused("create", to, failed);
    const KeyFolder keys(from);
    KeyFolder copies(to);
    ANJIE_TRY(const auto epochs, keys.epochs());
    for (const auto epoch : epochs) {
        auto key = keys.read(epoch);
        if (!key) return failure(ErrorCode::unavailable, key.error().detail);
        ANJIE_CHECK(copies.create(epoch, *key));
    }
    return {};
}

}  // namespace anjie
