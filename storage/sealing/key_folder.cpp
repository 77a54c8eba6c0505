#include "storage/sealing/key_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace anjie {
namespace {

constexpr std::string_view name_prefix = "kek-";
constexpr mode_t for_others = S_IRWXG | S_IRWXO;

class OpenFile {
public:
    OpenFile(const std::filesystem::path& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    ~OpenFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
    [[nodiscard]] int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

std::unexpected<Error> refused(std::string_view what, const std::filesystem::path& path) {
    return failure(ErrorCode::unavailable, fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(errno)));
}

/// What a key's file holds: one line, so that a person who finds it knows what it is.
std::string line_of(KeyEpoch epoch, const SecretKey& key) {
    return fmt::format("anjie kek 1 {} {}\n", epoch, to_hex(key));
}

Result<void> write_whole(const OpenFile& file, std::string_view text, const std::filesystem::path& path) {
    if (::pwrite(file.descriptor(), text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
        return refused("write", path);
    if (::fsync(file.descriptor()) != 0) return refused("flush", path);
    return {};
}

}  // namespace

std::filesystem::path KeyFolder::file_of(KeyEpoch epoch) const {
    return directory_ / fmt::format("{}{}", name_prefix, epoch);
}

std::string KeyFolder::place_of(KeyEpoch epoch) const { return file_of(epoch).string(); }

Result<SecretKey> KeyFolder::read(KeyEpoch epoch) const {
    const auto path = file_of(epoch);
    const OpenFile file(path, O_RDONLY | O_NOFOLLOW);
    if (!file.is_open() && errno == ENOENT)
        return failure(ErrorCode::not_found,
                       fmt::format("the key file {} is missing; put it back from where keys are kept: without it no "
                                   "sealed text can be read or written",
                                   path.string()));
    if (!file.is_open()) return refused("open", path);
    struct stat about {};
    if (::fstat(file.descriptor(), &about) != 0) return refused("look at", path);
    if ((about.st_mode & for_others) != 0)
        return failure(ErrorCode::invalid,
                       fmt::format("others than its owner may use the key file {}; run: chmod 600 '{}'", path.string(),
                                   path.string()));
    std::string text(256, '\0');
    const auto size = ::read(file.descriptor(), text.data(), text.size());
    if (size < 0) return refused("read", path);
    text.resize(static_cast<std::size_t>(size));
    const auto digits = text.size() > 65 ? text.substr(text.size() - 65, 64) : std::string{};
    const auto bytes = from_hex(digits);
    SecretKey key{};
    if (bytes && bytes->size() == key.size()) std::ranges::copy(*bytes, key.begin());
    if (text != line_of(epoch, key))
        return failure(ErrorCode::invalid, fmt::format("{} is not the file of key {}; put the right one back",
                                                       path.string(), epoch));
    return key;
}

Result<std::vector<KeyEpoch>> KeyFolder::epochs() const {
    std::vector<KeyEpoch> epochs;
    std::error_code failed;
    if (!std::filesystem::exists(directory_, failed)) return epochs;
    for (const auto& entry : std::filesystem::directory_iterator(directory_, failed)) {
        const auto name = entry.path().filename().string();
        KeyEpoch epoch{};
        if (!name.starts_with(name_prefix)) continue;
        const auto* end = name.data() + name.size();
        if (const auto parsed = std::from_chars(name.data() + name_prefix.size(), end, epoch);
            parsed.ec == std::errc{} && parsed.ptr == end)
            epochs.push_back(epoch);
    }
    if (failed)
        return failure(ErrorCode::unavailable,
                       fmt::format("cannot list {}: {}", directory_.string(), failed.message()));
    std::ranges::sort(epochs);
    return epochs;
}

Result<void> KeyFolder::flush_names() const {
    const OpenFile folder(directory_, O_RDONLY | O_DIRECTORY);
    if (!folder.is_open() || ::fsync(folder.descriptor()) != 0) return refused("flush", directory_);
    return {};
}

Result<void> KeyFolder::create(KeyEpoch epoch, const SecretKey& key) {
    if (::mkdir(directory_.c_str(), 0700) != 0 && errno != EEXIST) return refused("create", directory_);
    const auto path = file_of(epoch);
    auto fresh = path;
    fresh += ".new";
    {
        std::error_code none;
        std::filesystem::remove(fresh, none);  // What a process that died here left; nothing was ever sealed with it.
        const OpenFile file(fresh, O_WRONLY | O_CREAT | O_EXCL);
        if (!file.is_open()) return refused("create", fresh);
        ANJIE_CHECK(write_whole(file, line_of(epoch, key), fresh));
    }
    if (std::rename(fresh.c_str(), path.c_str()) != 0) return refused("name", path);
    return flush_names();
}

Result<void> KeyFolder::destroy(KeyEpoch epoch) {
    for (const auto& path : {file_of(epoch), std::filesystem::path(file_of(epoch).string() + ".new")}) {
        {
            const OpenFile file(path, O_WRONLY | O_NOFOLLOW);
            if (!file.is_open() && errno == ENOENT) continue;
            if (!file.is_open()) return refused("open", path);
            ANJIE_CHECK(write_whole(file, std::string(line_of(epoch, SecretKey{}).size(), '0'), path));
        }
        if (::unlink(path.c_str()) != 0) return refused("remove", path);
    }
    return flush_names();
}

}  // namespace anjie
