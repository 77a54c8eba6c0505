#pragma once

#include <cstdint>

namespace anjie::zip {

/// What an archive from outside may ask of us at the most. Sizes are those after unpacking.
struct Limits {
    std::uint64_t file_bytes_max{std::uint64_t{4} << 30};
    std::uint64_t entries_max{10'000};
    std::uint64_t entry_bytes_max{std::uint64_t{64} << 20};
    std::uint64_t total_bytes_max{std::uint64_t{16} << 30};
    /// Unpacked over packed; not asked of entries of up to `small_entry_bytes`, which cannot hurt.
    std::uint64_t ratio_max{200};
    std::uint64_t small_entry_bytes{std::uint64_t{64} << 10};
    std::uint64_t name_bytes_max{255};
};

}  // namespace anjie::zip
