#pragma once

#include <string>
#include <string_view>

#include "engine/time.hpp"

/// Values as the exchange formats write them.
namespace anjie::process_mining {

/// "2024-03-05T14:02:11.123+08:00": xs:dateTime and RFC 3339; the time in China, to the millisecond.
[[nodiscard]] std::string zoned_time(Instant at);
/// "2024-03-05 06:02:11.123", UTC: what SQLite's own time functions read.
[[nodiscard]] std::string sqlite_time(Instant at);

/// Without bytes that are no UTF-8 and characters that XML 1.0 forbids.
[[nodiscard]] std::string clean_text(std::string_view text);
/// Cleaned, and safe between the double quotes of an XML attribute; line ends and tabs survive the reader.
[[nodiscard]] std::string xml_text(std::string_view text);
/// Cleaned, in double quotes.
[[nodiscard]] std::string json_text(std::string_view text);

}  // namespace anjie::process_mining
