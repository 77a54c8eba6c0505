#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "adapters/json/described.hpp"
#include "adapters/json/field_text.hpp"
#include "adapters/json/reader.hpp"

/// Any described value as JSON and back: codes as their stable names, days as "2024-03-05", moments with their zone,
/// periods as "30d", money as a text in yuan with two decimals ("3500.00", so that no reader rounds it).
namespace anjie::json {

template <class T>
[[nodiscard]] boost::json::value to_json(const T& value);

/// The members of a described value, after those that `object` has already.
template <Described T>
[[nodiscard]] boost::json::object object_of(const T& value, boost::json::object object = {}) {
    T::describe([&](std::string_view name, auto member) { object.emplace(name, to_json(value.*member)); });
    return object;
}

template <class T>
[[nodiscard]] boost::json::value to_json(const T& value) {
    if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::string>) {
        return boost::json::value(value);
    } else if constexpr (std::is_unsigned_v<T>) {
        return std::uint64_t{value};
    } else if constexpr (std::is_integral_v<T>) {
        return std::int64_t{value};
    } else if constexpr (Coded<T>) {
        return boost::json::value(code_of(value));
    } else if constexpr (std::is_same_v<T, AlarmLevel>) {
        return boost::json::value(alarm_level_names[std::to_underlying(value)]);
    } else if constexpr (std::is_same_v<T, dispute::Money>) {
        return boost::json::value(money_text(value));
    } else if constexpr (std::is_same_v<T, Date> || std::is_same_v<T, Instant> || std::is_same_v<T, Period>) {
        return boost::json::value(anjie::to_string(value));
    } else if constexpr (std::is_same_v<T, DueDay>) {
        return boost::json::object{
            {"raw", to_json(value.raw)}, {"rolled", to_json(value.rolled)}, {"provisional", value.provisional}};
    } else if constexpr (is_list<T>) {
        boost::json::array list;
        for (const auto& item : value) list.push_back(to_json(item));
        return list;
    } else if constexpr (requires { value.has_value(); }) {
        return value ? to_json(*value) : boost::json::value(nullptr);
    } else {
        static_assert(Described<T>);
        return object_of(value);
    }
}

template <class T>
[[nodiscard]] Result<T> from_json(const Node& node);

namespace detail {

/// A value that is written as a text: read by the rules of the command line, or refused with its place.
template <class T>
[[nodiscard]] Result<T> from_text(const Node& node) {
    const auto* text = node.value().if_string();
    if (text == nullptr) return node.complaint(fmt::format("write a text: {}", form_of<T>()));
    auto value = parse_field<T>(std::string_view(*text));
    if (!value) return node.complaint(value.error().detail);
    return value;
}

/// The members of an object; those in `besides` are somebody else's.
template <Described T>
[[nodiscard]] Result<T> from_object(const Node& node, std::initializer_list<std::string_view> besides = {}) {
    auto names = field_names<T>();
    names.insert(names.end(), besides.begin(), besides.end());
    ANJIE_CHECK(node.has_only(std::span<const std::string_view>(names)));
    T value{};
    std::optional<Error> error;
    T::describe([&](std::string_view name, auto member) {
        using Field = FieldType<decltype(member)>;
        if (error) return;
        auto found = node.find(name);
        if (found && !*found) {
            if (is_required<T, Field>(name)) error = node.complaint(missing_field<Field>(name)).error();
            return;
        }
        auto read = found ? from_json<Field>(**found) : std::unexpected(found.error());
        if (read)
            value.*member = std::move(*read);
        else
            error = std::move(read).error();
    });
    if (error) return std::unexpected(std::move(*error));
    return value;
}

}  // namespace detail

/// Errors: invalid, naming the place in the document, what stands there and what may; unknown members are refused,
/// members that may be left out are empty.
template <class T>
[[nodiscard]] Result<T> from_json(const Node& node) {
    if constexpr (std::is_same_v<T, bool>) {
        return node.flag();
    } else if constexpr (std::is_same_v<T, std::string>) {
        const auto* text = node.value().if_string();
        if (text == nullptr) return node.complaint("write a text in quotes");
        return std::string(text->data(), text->size());
    } else if constexpr (std::is_integral_v<T>) {
        constexpr auto high = std::min<std::uint64_t>(std::numeric_limits<T>::max(),
                                                      std::uint64_t{std::numeric_limits<std::int64_t>::max()});
        ANJIE_TRY(const auto number, node.integer(std::numeric_limits<T>::min(), static_cast<std::int64_t>(high)));
        return static_cast<T>(number);
    } else if constexpr (std::is_same_v<T, DueDay>) {
        ANJIE_CHECK(node.has_only({"raw", "rolled", "provisional"}));
        ANJIE_TRY(const auto raw, node.at("raw"));
        ANJIE_TRY(const auto rolled, node.at("rolled"));
        ANJIE_TRY(const auto provisional, node.at("provisional"));
        DueDay due;
        ANJIE_TRY(due.raw, raw.date());
        ANJIE_TRY(due.rolled, rolled.date());
        ANJIE_TRY(due.provisional, provisional.flag());
        return due;
    } else if constexpr (is_list<T>) {
        ANJIE_TRY(const auto items, node.items());
        T list;
        list.reserve(items.size());
        for (const auto& item : items) {
            ANJIE_TRY(auto value, from_json<typename T::value_type>(item));
            list.push_back(std::move(value));
        }
        return list;
    } else if constexpr (requires(T value) { value.has_value(); }) {
        if (node.value().is_null()) return T{};
        ANJIE_TRY(auto value, from_json<typename T::value_type>(node));
        return T{std::move(value)};
    } else if constexpr (Described<T>) {
        return detail::from_object<T>(node);
    } else {
        return detail::from_text<T>(node);
    }
}

/// As above, from a document called `name` ("request", a file's name).
template <class T>
[[nodiscard]] Result<T> from_json(const boost::json::value& document, std::string_view name) {
    return from_json<T>(Node(document, name));
}

}  // namespace anjie::json
