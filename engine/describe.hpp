#pragma once

#include <algorithm>
#include <concepts>
#include <optional>
#include <span>
#include <string_view>

namespace anjie {

/// One value of a code table: its stable code for machines, and its names for people.
template <class E>
struct CodeEntry {
    E value;
    std::string_view code;  ///< Lower snake case, part of the format of JSON, CSV and the command line.
    std::string_view zh;    ///< The official Chinese term where one exists.
    std::string_view en;
};

/// Every code table is a function `code_table(E)` beside its enum, found by argument-dependent lookup.
template <class E>
concept Coded = requires(E value) {
    { code_table(value) } -> std::same_as<std::span<const CodeEntry<E>>>;
};

/// The entry of a value. Requires: the value is in its table (a test walks every table).
template <Coded E>
[[nodiscard]] const CodeEntry<E>& entry_of(E value) {
    const auto table = code_table(value);
    const auto found = std::ranges::find(table, value, &CodeEntry<E>::value);
    static constexpr CodeEntry<E> unknown{E{}, "unknown", "未知", "unknown"};
    return found == table.end() ? unknown : *found;
}

template <Coded E>
[[nodiscard]] std::string_view code_of(E value) {
    return entry_of(value).code;
}

/// By code, or by the Chinese or English name.
template <Coded E>
[[nodiscard]] std::optional<E> parse_code(std::string_view text) {
    for (const auto& entry : code_table(E{}))
        if (text == entry.code || text == entry.zh || text == entry.en) return entry.value;
    return std::nullopt;
}

/// Whether a number read from outside is a value of the table.
template <Coded E>
[[nodiscard]] bool is_known(E value) {
    const auto table = code_table(value);
    return std::ranges::find(table, value, &CodeEntry<E>::value) != table.end();
}

// Commands and events describe themselves once; JSON, the command line, diffs and generators follow from it:
//
//   template <class V> static void describe(V&& v) { v("party", &PartySigned::party); v("method",
//   &PartySigned::method); }
//
// Every command and event also has `static constexpr std::string_view name` (snake case) and a `title` (zh, en).

}  // namespace anjie
