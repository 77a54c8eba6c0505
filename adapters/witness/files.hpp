#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/result.hpp"

namespace anjie::witness {

/// An open file descriptor.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;

    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ >= 0; }

private:
    int number_;
};

/// The sentence for what the system refused just now (errno). Errors: always `unavailable`.
[[nodiscard]] std::unexpected<Error> refused(std::string_view what, const std::filesystem::path& path);

/// Nullopt when there is no such file. Errors: `unavailable`; `invalid` when it is longer than `bytes_max`.
[[nodiscard]] Result<std::optional<std::string>> read_file(const std::filesystem::path& file, std::size_t bytes_max);

/// The new content or the old one is there at any moment, whatever fails. Durable: the new one, on return.
/// Requires: one writer at a time. Errors: `unavailable`.
[[nodiscard]] Result<void> replace_file(const std::filesystem::path& file, std::string_view content);

/// Writes a file that must not exist yet. Durable: it. Errors: `conflict` when it exists; `unavailable`.
[[nodiscard]] Result<void> create_file(const std::filesystem::path& file, std::string_view content, unsigned mode);

}  // namespace anjie::witness
