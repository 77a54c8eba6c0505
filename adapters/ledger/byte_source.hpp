#pragma once

#include <cstdint>
#include <fstream>
#include <span>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace anjie::ledger {

/// The bytes of a file, front to back, as often as needed.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Bytes read; 0 at the end. Errors: `unavailable`.
    [[nodiscard]] virtual Result<std::size_t> read(std::span<char> into) = 0;
    [[nodiscard]] virtual Result<void> rewind() = 0;
    /// All of its bytes.
    [[nodiscard]] virtual std::uint64_t size() const = 0;
};

/// A file on disk. Cost: memory does not grow with the file.
class FileSource final : public ByteSource {
public:
    /// Errors: `not_found`, `invalid` (a directory or device), `unavailable` (may not be read).
    [[nodiscard]] static Result<FileSource> open(const std::string& path);

    [[nodiscard]] Result<std::size_t> read(std::span<char> into) override;
    [[nodiscard]] Result<void> rewind() override;
    [[nodiscard]] std::uint64_t size() const override { return size_; }

private:
    FileSource(std::ifstream stream, std::uint64_t size, std::string path)
        : stream_(std::move(stream)), size_(size), path_(std::move(path)) {}

    std::ifstream stream_;
    std::uint64_t size_;
    std::string path_;
};

/// Bytes in memory. Lifetime: they outlive it.
class MemorySource final : public ByteSource {
public:
    explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}

    [[nodiscard]] Result<std::size_t> read(std::span<char> into) override;
    [[nodiscard]] Result<void> rewind() override;
    [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }

private:
    std::string_view bytes_;
    std::size_t at_{};
};

}  // namespace anjie::ledger
