#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/time.hpp"

namespace anjie {

/// 16 bytes in the order in which they are written and sorted (RFC 9562).
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Uuid&) const = default;
    [[nodiscard]] bool is_nil() const { return *this == Uuid{}; }
};

/// Lower-case 8-4-4-4-12.
[[nodiscard]] std::string to_string(const Uuid& id);
/// Errors: nullopt unless `text` is 8-4-4-4-12 hexadecimal digits, upper or lower case.
[[nodiscard]] std::optional<Uuid> parse_uuid(std::string_view text);

/// A UUIDv7 whose 48-bit time field is `at` in milliseconds (0 before 1970) and whose 74 random bits come from the two
/// words.
[[nodiscard]] Uuid uuid_v7(Instant at, std::uint64_t random_high, std::uint64_t random_low);
/// A UUIDv7 whose time field is `at` and whose other bits are a stable hash of `name`: the same name and time give
/// the same id on every machine and in every release (id.cpp defines the hash). Collisions: 74
/// bits against chance; not against somebody who seeks them, nor does it hide a name that can be guessed.
[[nodiscard]] Uuid uuid_v7_of_name(Instant at, std::string_view name);

/// Which case. Neighbours in time are neighbours on disk.
struct CaseId : Uuid {
    auto operator<=>(const CaseId&) const = default;
};
/// Which command, chosen by whoever sends it; sent again, it gets its first answer again.
struct CommandId : Uuid {
    auto operator<=>(const CommandId&) const = default;
};

/// Place of an event in the whole log: 1, 2, 3 ... without gaps. 0 means before the first.
using Position = std::uint64_t;
/// Place of an event in its case: 1, 2, 3 ... without gaps. 0 means the case does not exist yet.
using Version = std::uint32_t;

}  // namespace anjie

template <>
struct std::hash<anjie::CaseId> {
    std::size_t operator()(const anjie::CaseId& id) const noexcept;
};
template <>
struct std::hash<anjie::CommandId> {
    std::size_t operator()(const anjie::CommandId& id) const noexcept;
};
