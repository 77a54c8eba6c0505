#include "storage/rocksdb/detail/directory.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

#include "storage/record/record_writer.hpp"
#include "storage/rocksdb/detail/big_endian.hpp"

namespace anjie::detail {
namespace {

constexpr std::string_view format_words = "anjie store format ";

std::unexpected<Error> refused(std::string_view what, const std::filesystem::path& path) {
    return failure(ErrorCode::unavailable, fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(errno)));
}

Result<void> write_durably(const std::filesystem::path& path, std::string_view text) {
    const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (!file.is_open()) return refused("create", path);
    if (::write(file.descriptor(), text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        return refused("write", path);
    if (::fsync(file.descriptor()) != 0) return refused("flush", path);
    return {};
}

}  // namespace

File::~File() {
    if (is_open()) ::close(descriptor_);
}

File& File::operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

Result<File> lock_directory(const std::filesystem::path& directory) {
    const auto path = directory / "LOCKED";
    File file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (!file.is_open()) return refused("open", path);
    if (::flock(file.descriptor(), LOCK_EX | LOCK_NB) == 0) return file;
    if (errno != EWOULDBLOCK) return refused("lock", path);
    return failure(ErrorCode::unavailable,
                   fmt::format("another anjie has {} open; stop it first, or open read-only", directory.string()));
}

Result<std::optional<unsigned>> read_format(const std::filesystem::path& directory) {
    const auto path = directory / "FORMAT";
    std::error_code error;
    if (!std::filesystem::exists(path, error)) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file) return refused("read", path);
    unsigned version{};
    const auto* end = text.data() + text.size();
    if (!text.starts_with(format_words) || text.back() != '\n' ||
        std::from_chars(text.data() + format_words.size(), end - 1, version).ptr != end - 1)
        return failure(ErrorCode::invalid, fmt::format("{} does not name a format of anjie", path.string()));
    return version;
}

Result<void> write_format(const std::filesystem::path& directory, unsigned version) {
    const auto path = directory / "FORMAT";
    const auto fresh = directory / "FORMAT.new";
    ANJIE_CHECK(write_durably(fresh, fmt::format("{}{}\n", format_words, version)));
    if (std::rename(fresh.c_str(), path.c_str()) != 0) return refused("name", path);
    const File folder(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.is_open() || ::fsync(folder.descriptor()) != 0) return refused("flush", directory);
    return {};
}

Result<AcknowledgedMark> AcknowledgedMark::open(const std::filesystem::path& directory, bool read_only) {
    const auto path = directory / "ACKNOWLEDGED";
    File file(read_only ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC)
                        : ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (!file.is_open() && !(read_only && errno == ENOENT)) return refused("open", path);
    return AcknowledgedMark(std::move(file));
}

Position AcknowledgedMark::read() const {
    char bytes[16];
    if (!file_.is_open() || ::pread(file_.descriptor(), bytes, sizeof bytes, 0) != sizeof bytes) return 0;
    if (read_big_endian<std::uint64_t>(bytes + 8) != record_checksum(std::as_bytes(std::span(bytes).first<8>())))
        return 0;
    return read_big_endian<Position>(bytes);
}

void AcknowledgedMark::note(Position position) const {
    char bytes[16];
    put_big_endian(bytes, position);
    put_big_endian(bytes + 8, record_checksum(std::as_bytes(std::span(bytes).first<8>())));
    // A mark that could not be written lags, which is harmless.
    [[maybe_unused]] const auto written = ::pwrite(file_.descriptor(), bytes, sizeof bytes, 0);
}

std::filesystem::path database_path(const std::filesystem::path& directory) { return directory / "rocksdb"; }

}  // namespace anjie::detail
