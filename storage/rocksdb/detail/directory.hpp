#pragma once

#include <filesystem>
#include <optional>
#include <utility>

#include "engine/id.hpp"
#include "engine/result.hpp"

namespace anjie::detail {

/// An open file descriptor.
class File {
public:
    explicit File(int descriptor = -1) : descriptor_(descriptor) {}
    ~File();
    File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    File& operator=(File&& other) noexcept;

    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

private:
    int descriptor_;
};

/// Keeps everyone else out of a store's directory until it is destroyed.
/// Errors: `unavailable`.
[[nodiscard]] Result<File> lock_directory(const std::filesystem::path& directory);

/// The format version that the directory's FORMAT file names; nullopt when there is no such file.
/// Errors: `invalid` (not ours), `unavailable`.
[[nodiscard]] Result<std::optional<unsigned>> read_format(const std::filesystem::path& directory);
/// Durable: when it returns.
[[nodiscard]] Result<void> write_format(const std::filesystem::path& directory, unsigned version);

/// Remembers how far appends were acknowledged, without a disk flush of its own: after a power cut it may lag, but it
/// never runs ahead. So a log that ends before it has lost acknowledged events, which the write-ahead log alone cannot
/// tell from a torn tail.
class AcknowledgedMark {
public:
    /// Errors: `unavailable`.
    [[nodiscard]] static Result<AcknowledgedMark> open(const std::filesystem::path& directory, bool read_only);

    /// 0 when there is none yet or it is not whole.
    [[nodiscard]] Position read() const;
    void note(Position position) const;

private:
    explicit AcknowledgedMark(File file) : file_(std::move(file)) {}

    File file_;
};

/// Where in a store's directory RocksDB keeps its files.
[[nodiscard]] std::filesystem::path database_path(const std::filesystem::path& directory);

}  // namespace anjie::detail
