#pragma once

#include <filesystem>

#include "adapters/process_mining/byte_sink.hpp"

namespace anjie::process_mining {

/// A file that appears under its name only when it is complete: written beside it under another name, synced, then
/// renamed. Without `commit` nothing remains and an older file of that name stays as it was.
class ReplacedFile final : public ByteSink {
public:
    /// Readable for its owner only: who else may see an export is for its owner to decide.
    /// Errors: `unavailable`, `invalid` (the name is a directory, a device or a pipe).
    [[nodiscard]] static Result<ReplacedFile> create(const std::filesystem::path& target);
    ReplacedFile(ReplacedFile&& other) noexcept;
    ReplacedFile& operator=(ReplacedFile&&) = delete;
    ~ReplacedFile() override;

    /// The name under which the file is being written.
    [[nodiscard]] const std::filesystem::path& beside() const { return beside_; }
    [[nodiscard]] Result<void> write(std::string_view bytes) override;
    /// Durable: the whole file, under its own name.
    [[nodiscard]] Result<void> commit();

private:
    ReplacedFile(std::filesystem::path target, std::filesystem::path beside, int descriptor);

    std::filesystem::path target_;
    std::filesystem::path beside_;
    int descriptor_;
};

}  // namespace anjie::process_mining
