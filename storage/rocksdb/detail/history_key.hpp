#pragma once

#include <rocksdb/slice.h>

#include <array>
#include <optional>

#include "engine/id.hpp"
#include "storage/rocksdb/detail/big_endian.hpp"

namespace anjie::detail {

inline constexpr std::size_t case_id_bytes = 16;

/// Where in `history` an event stands: case id, then version.
struct HistoryKey {
    static constexpr std::size_t size = case_id_bytes + sizeof(Version);

    HistoryKey(const CaseId& id, Version version) {
        std::memcpy(bytes.data(), id.bytes.data(), case_id_bytes);
        put_big_endian(bytes.data() + case_id_bytes, version);
    }
    [[nodiscard]] rocksdb::Slice slice() const { return {bytes.data(), bytes.size()}; }

    std::array<char, size> bytes{};
};

struct CaseAndVersion {
    CaseId case_id;
    Version version{};
};

/// Errors: nullopt unless `key` has the length of one.
[[nodiscard]] inline std::optional<CaseAndVersion> parse_history_key(const rocksdb::Slice& key) {
    if (key.size() != HistoryKey::size) return std::nullopt;
    CaseAndVersion parsed;
    std::memcpy(parsed.case_id.bytes.data(), key.data(), case_id_bytes);
    parsed.version = read_big_endian<Version>(key.data() + case_id_bytes);
    return parsed;
}

[[nodiscard]] inline rocksdb::Slice slice_of(const CaseId& id) {
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

}  // namespace anjie::detail
