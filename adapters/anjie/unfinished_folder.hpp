#pragma once

#include <filesystem>
#include <string_view>

#include "engine/result.hpp"

namespace anjie {

/// A folder that is filled under the name `<place>.unfinished` and gets its own name only when it is whole, so that
/// half of one is never taken for all of it. Given up, it goes away with everything in it.
class UnfinishedFolder {
public:
    /// Errors: `conflict` (the place is taken, or an earlier attempt left something there), `unavailable`.
    [[nodiscard]] static Result<UnfinishedFolder> create(const std::filesystem::path& place);
    ~UnfinishedFolder();
    UnfinishedFolder(UnfinishedFolder&& other) noexcept;
    UnfinishedFolder& operator=(UnfinishedFolder&&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// Removes what is in it, for another attempt.
    [[nodiscard]] Result<void> clear() const;
    /// Gives the folder its name. Durable: everything in it.
    [[nodiscard]] Result<void> finish();

private:
    explicit UnfinishedFolder(std::filesystem::path place);

    std::filesystem::path place_;
    std::filesystem::path path_;  ///< Empty once it is finished.
};

/// Copies a file or a folder with all below it, with the same permissions, when it is there; the target must not be.
/// Errors: `unavailable`. Durable: not before the folder is finished.
[[nodiscard]] Result<void> copy_if_there(const std::filesystem::path& from, const std::filesystem::path& to);

/// Copies the key-encryption keys of a folder into a new one, both for their owner alone; no other key.
/// Errors: `unavailable`, also when one went away meanwhile.
[[nodiscard]] Result<void> copy_sealing_keys(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace anjie
