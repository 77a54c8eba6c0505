#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

// What the line-based formats of the log have in common.

namespace anjie::detail {

/// True when every line of it may stand in a signed note: UTF-8 (shortest forms, no surrogates), and no control
/// character below U+0020 but the newline.
[[nodiscard]] bool is_note_text(std::string_view text);

/// True for a name that may stand in a signature line: such text, not empty, without `+` and any Unicode space.
[[nodiscard]] bool is_key_name(std::string_view name);

/// A number as the formats write it: decimal digits, no leading zero, below 2^63 (what readers elsewhere hold in a
/// signed number). Nullopt for anything else.
[[nodiscard]] std::optional<std::uint64_t> parse_decimal(std::string_view text);

/// Gives lines one by one. A last line without a newline is none: the formats end every line.
class LineReader {
public:
    explicit LineReader(std::string_view text) : rest_(text) {}
    /// Nullopt at the end, and before an unended line.
    [[nodiscard]] std::optional<std::string_view> next();
    [[nodiscard]] std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
};

}  // namespace anjie::detail
