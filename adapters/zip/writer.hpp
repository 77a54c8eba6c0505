#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "engine/event.hpp"
#include "engine/result.hpp"

namespace anjie::zip {

/// Writes an archive that depends on nothing but its entries: sorted by name, dated 1980-01-01, the same modes.
/// Cost: the entries are held in memory until they are written.
class Writer {
public:
    /// Requires: the name has not been added before.
    void add(std::string name, Bytes content);
    void add(std::string name, std::string_view content);

    [[nodiscard]] const std::map<std::string, Bytes>& entries() const { return entries_; }

    /// Writes the file whole or not at all; one that is there is replaced. `progress` is told a share from 0 to 1.
    /// Errors: `unavailable`, with the system's reason.
    [[nodiscard]] Result<void> write(const std::filesystem::path& file,
                                     const std::function<void(double)>& progress = {}) const;

private:
    std::map<std::string, Bytes> entries_;
};

}  // namespace anjie::zip
