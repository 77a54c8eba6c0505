#include "storage/rocksdb/detail/feed_chunk.hpp"

#include <fmt/format.h>

#include <limits>

#include "engine/assert.hpp"
#include "storage/rocksdb/detail/big_endian.hpp"

namespace anjie::detail {
namespace {

constexpr char format_leaf_hash = 2;  ///< Entries end in a leaf hash; 1 was an XXH3 checksum, no longer read.
constexpr std::size_t header_bytes = 8;
constexpr std::size_t entry_bytes = 16 + 4 + 32;

}  // namespace

FeedChunkWriter::FeedChunkWriter() { clear(); }

void FeedChunkWriter::clear() {
    bytes_.assign(header_bytes, '\0');
    bytes_[0] = format_leaf_hash;
    count_ = 0;
}

void FeedChunkWriter::add(const FeedEntry& entry) {
    bytes_.append(reinterpret_cast<const char*>(entry.case_id.bytes.data()), entry.case_id.bytes.size());
    append_big_endian(bytes_, entry.version);
    bytes_.append(reinterpret_cast<const char*>(entry.leaf.bytes.data()), entry.leaf.bytes.size());
    ++count_;
}

std::string_view FeedChunkWriter::value() {
    put_big_endian(bytes_.data() + 4, count_);
    return bytes_;
}

Result<FeedChunk> FeedChunk::read(std::string_view key, std::string_view value) {
    if (key.size() != sizeof(Position))
        return failure(ErrorCode::corrupt, fmt::format("a feed key has {} bytes instead of 8", key.size()));
    const auto first = read_big_endian<Position>(key.data());
    if (value.size() < header_bytes || value[0] != format_leaf_hash || value[1] != 0 || value[2] != 0 || value[3] != 0)
        return failure(ErrorCode::corrupt, fmt::format("the feed chunk at position {} has no known header", first));
    const auto count = read_big_endian<std::uint32_t>(value.data() + 4);
    if (count == 0 || value.size() != header_bytes + std::uint64_t{count} * entry_bytes || first == 0 ||
        first > std::numeric_limits<Position>::max() - count)
        return failure(ErrorCode::corrupt, fmt::format("the feed chunk at position {} has {} bytes for {} entries",
                                                       first, value.size(), count));
    return FeedChunk(first, count, value.substr(header_bytes));
}

FeedEntry FeedChunk::entry(std::uint32_t index) const {
    ANJIE_ASSERT(index < count_);
    const auto* bytes = entries_.data() + std::size_t{index} * entry_bytes;
    FeedEntry entry;
    std::memcpy(entry.case_id.bytes.data(), bytes, entry.case_id.bytes.size());
    entry.version = read_big_endian<std::uint32_t>(bytes + 16);
    std::memcpy(entry.leaf.bytes.data(), bytes + 20, entry.leaf.bytes.size());
    return entry;
}

std::string feed_key(Position first) {
    std::string key;
    append_big_endian(key, first);
    return key;
}

}  // namespace anjie::detail
