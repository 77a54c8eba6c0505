#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "adapters/json/dispute_command.hpp"
#include "adapters/json/values.hpp"

/// Commands by name from the fields of a command line, for any workflow's variant of described commands.
namespace anjie::json {

using CommandFields = std::map<std::string, std::string>;

template <class Field>
std::vector<std::string_view> codes_of() {
    std::vector<std::string_view> codes;
    if constexpr (Coded<Field>) {
        for (const auto& entry : code_table(Field{})) codes.push_back(entry.code);
    } else if constexpr (is_list<Field>) {
        codes = codes_of<typename Field::value_type>();
    } else if constexpr (std::is_same_v<Field, bool>) {
        codes = {"true", "false"};
    } else if constexpr (std::is_same_v<Field, AlarmLevel>) {
        codes.assign(std::begin(alarm_level_names), std::end(alarm_level_names));
    }
    return codes;
}

template <class C>
CommandForm form_of_command() {
    CommandForm form{.name = C::name, .title = {C::title.zh, C::title.en}, .fields = {}, .details = {}};
    C::describe([&](std::string_view name, auto member) {
        using Field = FieldType<decltype(member)>;
        const bool required = is_required<C, Field>(name);
        form.fields.push_back(required ? fmt::format("--{}", name) : fmt::format("[--{}]", name));
        form.details.push_back({.name = name,
                                .form = form_of<Field>(),
                                .codes = codes_of<Field>(),
                                .required = required,
                                .is_list = is_list<Field>});
    });
    return form;
}

template <class C>
Result<C> parse_as(const CommandFields& fields) {
    const auto names = field_names<C>();
    std::vector<std::string> unknown;
    for (const auto& [name, unused] : fields)
        if (std::ranges::find(names, name) == names.end()) unknown.push_back(name);
    if (!unknown.empty())
        return failure(ErrorCode::invalid, fmt::format("{}: {}", C::name, unknown_names(unknown, names)));

    C command{};
    std::optional<Error> error;
    C::describe([&](std::string_view name, auto member) {
        using Field = FieldType<decltype(member)>;
        if (error) return;
        const auto found = fields.find(std::string(name));
        if (found == fields.end()) {
            if (is_required<C, Field>(name))
                error = Error{ErrorCode::invalid, fmt::format("{}: {}", C::name, missing_field<Field>(name))};
            return;
        }
        auto read = parse_field<Field>(found->second);
        if (read)
            command.*member = std::move(*read);
        else
            error = Error{ErrorCode::invalid, fmt::format("{}: {}: {}", C::name, name, read.error().detail)};
    });
    if (error) return std::unexpected(std::move(*error));
    return command;
}

/// Every command of the variant, in its order.
template <class Variant>
[[nodiscard]] std::vector<CommandForm> forms_of() {
    std::vector<CommandForm> made;
    Alternatives<Variant>::any([&]<class C>() {
        made.push_back(form_of_command<C>());
        return false;
    });
    return made;
}

/// The names most like a misspelt one, else all of them.
[[nodiscard]] std::unexpected<Error> unknown_command(std::string_view name, const std::vector<CommandForm>& forms);

/// The command of that name, or of that Chinese title. Errors: invalid, naming the field, its text and what may stand
/// there.
template <class Variant>
[[nodiscard]] Result<Variant> parse_command_of(std::string_view name, const CommandFields& fields) {
    const std::string written = plain(name);
    std::optional<Result<Variant>> parsed;
    Alternatives<Variant>::any([&]<class C>() {
        if (written != C::name && written != C::title.zh) return false;
        auto command = parse_as<C>(fields);
        if (command)
            parsed.emplace(std::move(*command));
        else
            parsed.emplace(std::unexpected(std::move(command).error()));
        return true;
    });
    if (!parsed) return unknown_command(name, forms_of<Variant>());
    return std::move(*parsed);
}

}  // namespace anjie::json
