#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "adapters/json/values.hpp"

/// What `to_json` writes and `from_json` reads, as JSON Schema (draft 2020-12): so that a document that describes
/// commands and events cannot drift from them.
namespace anjie::json {

template <class T>
[[nodiscard]] boost::json::object schema_of();

/// The members of a described value. With `all_required` as it is written; else as it may be sent, where what has an
/// honest default may be left out.
template <Described T>
[[nodiscard]] boost::json::object object_schema(bool all_required) {
    boost::json::object members;
    boost::json::array required;
    T::describe([&](std::string_view name, auto member) {
        using Field = FieldType<decltype(member)>;
        members[name] = schema_of<Field>();
        if (all_required || is_required<T, Field>(name)) required.emplace_back(name);
    });
    boost::json::object schema{{"type", "object"}, {"properties", std::move(members)}, {"additionalProperties", false}};
    if (!required.empty()) schema["required"] = std::move(required);
    return schema;
}

template <class T>
boost::json::object schema_of() {
    if constexpr (std::is_same_v<T, bool>) {
        return {{"type", "boolean"}};
    } else if constexpr (std::is_same_v<T, std::string>) {
        return {{"type", "string"}};
    } else if constexpr (std::is_integral_v<T>) {
        boost::json::object schema{{"type", "integer"}};
        if constexpr (std::is_unsigned_v<T>) schema["minimum"] = 0;
        return schema;
    } else if constexpr (Coded<T>) {
        boost::json::array codes;
        for (const auto& entry : code_table(T{})) codes.emplace_back(entry.code);
        return {{"type", "string"}, {"enum", std::move(codes)}};
    } else if constexpr (std::is_same_v<T, AlarmLevel>) {
        return {{"type", "string"},
                {"enum", boost::json::array(std::begin(alarm_level_names), std::end(alarm_level_names))}};
    } else if constexpr (std::is_same_v<T, dispute::Money>) {
        return {{"type", "string"}, {"description", "Yuan, two decimals: 3500.00"}};
    } else if constexpr (std::is_same_v<T, Date>) {
        return {{"type", "string"}, {"format", "date"}};
    } else if constexpr (std::is_same_v<T, Instant>) {
        return {{"type", "string"}, {"format", "date-time"}};
    } else if constexpr (std::is_same_v<T, Period>) {
        return {{"type", "string"}, {"pattern", "^[0-9]+(d|wd|m|y)$"}};
    } else if constexpr (std::is_same_v<T, DueDay>) {
        return {{"type", "object"},
                {"properties",
                 {{"raw", schema_of<Date>()}, {"rolled", schema_of<Date>()}, {"provisional", schema_of<bool>()}}},
                {"required", {"raw", "rolled", "provisional"}},
                {"additionalProperties", false}};
    } else if constexpr (is_list<T>) {
        return {{"type", "array"}, {"items", schema_of<typename T::value_type>()}};
    } else if constexpr (requires(T value) { value.has_value(); }) {
        return {{"anyOf", {schema_of<typename T::value_type>(), boost::json::object{{"type", "null"}}}}};
    } else {
        static_assert(Described<T>);
        return object_schema<T>(true);
    }
}

}  // namespace anjie::json
