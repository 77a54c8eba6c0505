#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/time.hpp"
#include "workflows/dispute/facts.hpp"

/// Values as people write them in tables and on paper.
namespace anjie::text_forms {

/// Full-width digits, letters and punctuation (１２，（）：) become their ASCII forms, ideographic and no-break spaces
/// become spaces, and both ends are trimmed. Other text is kept byte for byte.
[[nodiscard]] std::string to_half_width(std::string_view text);

/// 2024-3-5, 2024/3/5, 2024.3.5, 2024年3月5日 (号 too), 20240305, each in full-width digits too and with a time of day
/// after it, which is dropped. Errors: nullopt unless it is an existing day of the years 1900 to 2199.
[[nodiscard]] std::optional<Date> parse_date_any(std::string_view text);

/// 3500, 3,500, 3500.5, ¥3,500元, 1.2万元, 人民币3500元整, 0. Errors: nullopt for anything else, for more than two
/// decimals of a yuan, for negative amounts and for amounts of 10 trillion yuan or more.
[[nodiscard]] std::optional<dispute::Money> parse_money(std::string_view text);

/// "3500.00", always with two decimals, without separators: `parse_money` reads it back.
[[nodiscard]] std::string to_text(dispute::Money amount);

}  // namespace anjie::text_forms
