#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "adapters/sinks/files/detail/day_file.hpp"

namespace anjie::sinks::detail {
namespace {

constexpr std::size_t small_file_bytes_max = 64 * 1024;

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ >= 0; }

private:
    int number_;
};

std::unexpected<Error> refused(std::string_view what, const std::filesystem::path& path) {
    return failure(ErrorCode::unavailable, fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(errno)));
}

Result<void> write_all(int descriptor, std::string_view text, const std::filesystem::path& file) {
    while (!text.empty()) {
        const auto count = ::write(descriptor, text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return refused("write", file);
        text.remove_prefix(static_cast<std::size_t>(count));
    }
    if (::fdatasync(descriptor) != 0) return refused("flush", file);
    return {};
}

}  // namespace

Result<std::uint64_t> append_after(const std::filesystem::path& file, std::uint64_t bytes, std::string_view text) {
    const Descriptor open(::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640));
    if (!open.is_open()) return refused("open", file);
    struct stat found{};
    if (::fstat(open.number(), &found) != 0) return refused("look at", file);
    const auto size = static_cast<std::uint64_t>(found.st_size);
    const auto keep = size == 0 ? 0 : bytes;
    if (size < keep)
        return failure(
            ErrorCode::unavailable,
            fmt::format("{} is shorter than it was: somebody else writes to it / 文件被他人改动", file.string()));
    if (size > keep && ::ftruncate(open.number(), static_cast<off_t>(keep)) != 0) return refused("cut", file);
    if (::lseek(open.number(), static_cast<off_t>(keep), SEEK_SET) < 0) return refused("append to", file);
    ANJIE_CHECK(write_all(open.number(), text, file));
    return keep + text.size();
}

Result<void> flush_folder(const std::filesystem::path& folder) {
    const Descriptor open(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!open.is_open() || ::fsync(open.number()) != 0) return refused("flush", folder);
    return {};
}

Result<void> replace_file(const std::filesystem::path& file, std::string_view content) {
    auto beside = file;
    beside += ".new";
    {
        const Descriptor open(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0640));
        if (!open.is_open()) return refused("write", beside);
        ANJIE_CHECK(write_all(open.number(), content, beside));
    }
    if (::rename(beside.c_str(), file.c_str()) != 0) return refused("replace", file);
    return flush_folder(file.parent_path());
}

Result<std::optional<std::string>> read_small_file(const std::filesystem::path& file) {
    const Descriptor open(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!open.is_open()) {
        if (errno == ENOENT) return std::nullopt;
        return refused("open", file);
    }
    std::string content(small_file_bytes_max, '\0');
    const auto count = ::read(open.number(), content.data(), content.size());
    if (count < 0) return refused("read", file);
    content.resize(static_cast<std::size_t>(count));
    return content;
}

}  // namespace anjie::sinks::detail
