#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "adapters/sinks/detail/token.hpp"

namespace anjie::sinks::detail {

std::string to_string(const Token& token) {
    return fmt::format("{} {} {} {}", token.serial, token.cursor, token.released, token.next_version);
}

std::optional<Token> parse_token(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const auto space = std::min(text.find(' '), text.size());
        words.push_back(text.substr(0, space));
        text.remove_prefix(std::min(space + 1, text.size()));
    }
    if (words.size() != 4) return std::nullopt;
    const auto number = [](std::string_view word) -> std::optional<std::uint64_t> {
        std::uint64_t value{};
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
        return error == std::errc{} && end == word.data() + word.size() ? std::optional(value) : std::nullopt;
    };
    const auto serial = number(words[0]);
    const auto cursor = number(words[1]);
    const auto version = number(words[3]);
    if (!serial || !cursor || !version) return std::nullopt;
    return Token{*serial, *cursor, std::string(words[2]), *version};
}

}  // namespace anjie::sinks::detail
