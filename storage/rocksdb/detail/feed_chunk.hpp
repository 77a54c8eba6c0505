#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/id.hpp"
#include "engine/result.hpp"
#include "engine/trust/hash.hpp"

namespace anjie::detail {

/// Entries of one chunk at the most, so that reading one event of the feed reads little; a larger batch makes several.
inline constexpr std::size_t feed_chunk_entries_max = 4096;

struct FeedEntry {
    CaseId case_id;
    Version version{};
    Hash leaf;  ///< `Hasher::leaf` of the stored record: leaf `position - 1` of the tree.
};

/// Collects the entries of one chunk and makes its value.
class FeedChunkWriter {
public:
    FeedChunkWriter();
    void clear();
    void add(const FeedEntry& entry);
    [[nodiscard]] std::size_t size() const { return count_; }
    /// Lifetime: until the next change.
    [[nodiscard]] std::string_view value();

private:
    std::string bytes_;
    std::uint32_t count_{};
};

/// The place of events `first`, `first` + 1 ... in the log. Lifetime: as the bytes it was read from.
class FeedChunk {
public:
    /// Errors: `corrupt`.
    [[nodiscard]] static Result<FeedChunk> read(std::string_view key, std::string_view value);

    [[nodiscard]] Position first() const { return first_; }
    [[nodiscard]] Position last() const { return first_ + count_ - 1; }
    [[nodiscard]] std::uint32_t size() const { return count_; }
    /// Requires: `index` < `size()`.
    [[nodiscard]] FeedEntry entry(std::uint32_t index) const;

private:
    FeedChunk(Position first, std::uint32_t count, std::string_view entries)
        : first_(first), count_(count), entries_(entries) {}

    Position first_;
    std::uint32_t count_;
    std::string_view entries_;
};

[[nodiscard]] std::string feed_key(Position first);

}  // namespace anjie::detail
