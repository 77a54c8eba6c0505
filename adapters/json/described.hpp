#pragma once

#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "engine/deadline.hpp"
#include "engine/describe.hpp"
#include "workflows/dispute/facts.hpp"

/// What the readers and writers of described values share.
namespace anjie::json {

/// A type that lists its members, as commands and events do.
template <class T>
concept Described = requires {
    T::describe([](std::string_view, auto) {});
};

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;

template <class Member>
struct MemberOf;
template <class Class, class Value>
struct MemberOf<Value Class::*> {
    using type = Value;
};
/// The type of the field that a pointer to member points to.
template <class Member>
using FieldType = typename MemberOf<Member>::type;

/// Whether a field has to be stated: what has no honest default (a code, a day, a length of time, whose number).
/// Texts, lists, flags, amounts and counts may be left out; then they are empty.
template <class T, class Field>
[[nodiscard]] bool is_required(std::string_view field) {
    if constexpr (Coded<Field> || std::is_enum_v<Field> || std::is_same_v<Field, Date> ||
                  std::is_same_v<Field, Instant> || std::is_same_v<Field, Period> || std::is_same_v<Field, DueDay> ||
                  std::is_same_v<Field, dispute::CaseNumber>)
        return true;
    // Corrected details replace the old ones all together.
    if constexpr (requires { T::name; })
        if (T::name == "correct_details") return true;
    return field == "party" || field == "obligation" || field == "corrects" || field == "debtor" ||
           field == "creditor" || field == "year" || field == "serial";
}

/// The names of the fields of T, in their order.
template <Described T>
[[nodiscard]] std::vector<std::string_view> field_names() {
    std::vector<std::string_view> names;
    T::describe([&](std::string_view name, auto) { names.push_back(name); });
    return names;
}

template <class Variant>
struct Alternatives;
template <class... T>
struct Alternatives<std::variant<T...>> {
    /// Calls `visit.template operator()<T>()` for each, in order, until one answers true.
    template <class Visit>
    static bool any(Visit&& visit) {
        return (visit.template operator()<T>() || ...);
    }
};

/// "early", "near", "last_day", "passed".
inline constexpr std::string_view alarm_level_names[]{"early", "near", "last_day", "passed"};

}  // namespace anjie::json
