#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"

namespace anjie::sqlite_detail {

/// What is given to the full-text index: every Chinese character a word of its own, so that a phrase of characters
/// finds any substring of two or more (or one) of them; a mark between texts, so that no phrase runs from one into the
/// next. Full-width Latin letters and digits become ordinary ones; broken UTF-8 separates words.
/// Spaces and punctuation inside a text do not stop a phrase: 张三 finds "张　三", 扎西多吉 finds "扎西·多吉".
[[nodiscard]] std::string index_text(const std::vector<std::string>& texts);

/// The full-text query that finds rows with every word of `search`, whatever characters it holds: each word becomes one
/// quoted phrase, so nothing in it can act as an operator. Empty when there are only spaces.
/// Errors: `invalid` (longer than the limits).
[[nodiscard]] Result<std::string> search_query(std::string_view search, std::size_t bytes_max, std::size_t words_max);

}  // namespace anjie::sqlite_detail
