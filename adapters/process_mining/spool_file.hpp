#pragma once

#include <filesystem>
#include <utility>

#include "adapters/process_mining/byte_sink.hpp"

namespace anjie::process_mining {

/// Bytes that have to wait for others to be written first. The file has no name: nothing remains of it.
class SpoolFile final : public ByteSink {
public:
    /// Errors: `unavailable`.
    [[nodiscard]] static Result<SpoolFile> create(const std::filesystem::path& folder);
    SpoolFile(SpoolFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    SpoolFile& operator=(SpoolFile&&) = delete;
    ~SpoolFile() override;

    [[nodiscard]] Result<void> write(std::string_view bytes) override;
    /// All that was written, from the beginning.
    [[nodiscard]] Result<void> copy_to(Output& out) const;

private:
    explicit SpoolFile(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;
};

}  // namespace anjie::process_mining
