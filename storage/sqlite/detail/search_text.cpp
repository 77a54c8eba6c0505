#include "storage/sqlite/detail/search_text.hpp"

#include <cstdint>

namespace anjie::sqlite_detail {
namespace {

/// No word: a symbol to the tokenizer.
constexpr char32_t replacement = 0xFFFD;
/// Private use, so a word of its own that no query can contain.
constexpr char32_t text_boundary = 0xE000;

/// Takes one character off the front; a byte that begins no valid sequence is taken alone, as `replacement`.
char32_t take_character(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byte(0);
    std::size_t length = first < 0x80   ? 1
                         : first < 0xC2 ? 0
                         : first < 0xE0 ? 2
                         : first < 0xF0 ? 3
                         : first < 0xF5 ? 4
                                        : 0;
    char32_t character = length == 1 ? first : length == 0 ? replacement : first & (0x7Fu >> length);
    if (length > text.size()) length = 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0u) != 0x80u) {
            length = 0;
            break;
        }
        character = character << 6 | (byte(i) & 0x3Fu);
    }
    const bool overlong = (length == 3 && character < 0x800) || (length == 4 && character < 0x10000);
    if (length == 0 || overlong || (character >= 0xD800 && character < 0xE000) || character > 0x10FFFF) {
        text.remove_prefix(1);
        return replacement;
    }
    text.remove_prefix(length);
    return character;
}

void append_utf8(std::string& out, char32_t character) {
    const auto put = [&](char32_t value) { out.push_back(static_cast<char>(static_cast<std::uint8_t>(value))); };
    if (character < 0x80) return put(character);
    if (character < 0x800) {
        put(0xC0 | character >> 6);
    } else {
        if (character < 0x10000) {
            put(0xE0 | character >> 12);
        } else {
            put(0xF0 | character >> 18);
            put(0x80 | (character >> 12 & 0x3F));
        }
        put(0x80 | (character >> 6 & 0x3F));
    }
    put(0x80 | (character & 0x3F));
}

/// Scripts written without spaces between words: Chinese (with its extensions), kana, bopomofo.
bool stands_alone(char32_t character) {
    const auto within = [&](char32_t from, char32_t to) { return character >= from && character <= to; };
    return within(0x4E00, 0x9FFF) || within(0x3400, 0x4DBF) || within(0x3005, 0x3007) || within(0x3040, 0x312F) ||
           within(0xF900, 0xFAFF) || within(0x20000, 0x3FFFF);
}

bool is_space(char32_t character) {
    return character == ' ' || (character >= '\t' && character <= '\r') || character == 0xA0 || character == 0x3000 ||
           (character >= 0x2000 && character <= 0x200A) || character == 0x2028 || character == 0x2029;
}

/// The character as it is indexed and searched: one form for full-width and ordinary Latin, none for what is reserved.
char32_t normal_form(char32_t character) {
    if (character >= 0xFF01 && character <= 0xFF5E) return character - 0xFEE0;
    if (character == 0 || character == text_boundary) return replacement;
    return character;
}

void append_spaced(std::string& out, char32_t character) {
    const bool alone = stands_alone(character);
    if (alone) out.push_back(' ');
    append_utf8(out, character);
    if (alone) out.push_back(' ');
}

}  // namespace

std::string index_text(const std::vector<std::string>& texts) {
    std::string out;
    for (std::string_view text : texts) {
        if (!out.empty()) {
            out.push_back(' ');
            append_utf8(out, text_boundary);
            out.push_back(' ');
        }
        while (!text.empty()) append_spaced(out, normal_form(take_character(text)));
    }
    return out;
}

Result<std::string> search_query(std::string_view search, std::size_t bytes_max, std::size_t words_max) {
    if (search.size() > bytes_max)
        return failure(ErrorCode::invalid, "the search text is longer than " + std::to_string(bytes_max) + " bytes");
    std::string query;
    std::size_t words = 0;
    bool in_word = false;
    while (!search.empty()) {
        const char32_t character = normal_form(take_character(search));
        const bool was_in_word = in_word;
        in_word = !is_space(character);
        if (in_word && !was_in_word) {
            query += '"';
            ++words;
        }
        // A quote inside a word would end the phrase; as a space it separates words within it.
        if (in_word) append_spaced(query, character == '"' ? U' ' : character);
        if (!in_word && was_in_word) query += "\" ";
    }
    if (in_word) query.push_back('"');
    if (words > words_max)
        return failure(ErrorCode::invalid, "the search has more than " + std::to_string(words_max) + " words");
    return query;
}

}  // namespace anjie::sqlite_detail
