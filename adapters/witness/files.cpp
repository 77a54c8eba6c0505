#include "adapters/witness/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace anjie::witness {
namespace {

Result<void> write_all(int descriptor, std::string_view content, const std::filesystem::path& file) {
    while (!content.empty()) {
        const auto count = ::write(descriptor, content.data(), content.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return refused("write", file);
        content.remove_prefix(static_cast<std::size_t>(count));
    }
    if (::fsync(descriptor) != 0) return refused("flush", file);
    return {};
}

Result<void> flush_folder_of(const std::filesystem::path& file) {
    const auto path = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.is_open() || ::fsync(folder.number()) != 0) return refused("flush", path);
    return {};
}

}  // namespace

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

std::unexpected<Error> refused(std::string_view what, const std::filesystem::path& path) {
    return failure(ErrorCode::unavailable, fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(errno)));
}

Result<std::optional<std::string>> read_file(const std::filesystem::path& file, std::size_t bytes_max) {
    const Descriptor open(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!open.is_open()) {
        if (errno == ENOENT) return std::nullopt;
        return refused("open", file);
    }
    std::string content(bytes_max + 1, '\0');
    std::size_t size = 0;
    while (size < content.size()) {
        const auto count = ::read(open.number(), content.data() + size, content.size() - size);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return refused("read", file);
        if (count == 0) break;
        size += static_cast<std::size_t>(count);
    }
    if (size > bytes_max)
        return failure(ErrorCode::invalid, fmt::format("{} is longer than {} bytes", file.string(), bytes_max));
    content.resize(size);
    return content;
}

Result<void> replace_file(const std::filesystem::path& file, std::string_view content) {
    auto beside = file;
    beside += ".new";
    {
        const Descriptor open(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
        if (!open.is_open()) return refused("write", beside);
        ANJIE_CHECK(write_all(open.number(), content, beside));
    }
    if (::rename(beside.c_str(), file.c_str()) != 0) return refused("replace", file);
    return flush_folder_of(file);
}

Result<void> create_file(const std::filesystem::path& file, std::string_view content, unsigned mode) {
    const Descriptor open(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
    if (!open.is_open() && errno == EEXIST)
        return failure(ErrorCode::conflict, fmt::format("{} exists already and is not overwritten", file.string()));
    if (!open.is_open() || ::fchmod(open.number(), mode) != 0) return refused("create", file);
    ANJIE_CHECK(write_all(open.number(), content, file));
    return flush_folder_of(file);
}

}  // namespace anjie::witness
