#include "adapters/json/dispute_command.hpp"

#include <algorithm>
#include <boost/json/object.hpp>

#include "adapters/json/values.hpp"

namespace anjie::json {
namespace {

using Commands = Alternatives<dispute::Command>;
using Fields = std::map<std::string, std::string>;

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
    CommandForm form{.name = C::name, .title = C::title, .fields = {}, .details = {}};
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
Result<dispute::Command> parse_as(const Fields& fields) {
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
    return dispute::Command{std::move(command)};
}

/// The names most like a misspelt one, else all of them.
std::unexpected<Error> unknown_command(std::string_view name) {
    std::vector<std::string_view> likely;
    for (const auto known : command_names())
        if (!name.empty() && (known.find(name) != std::string_view::npos || known.substr(0, 4) == name.substr(0, 4)))
            likely.push_back(known);
    return failure(ErrorCode::invalid, fmt::format("\"{}\" is not a command / 没有此动作; commands / 可用: {}", name,
                                                   fmt::join(likely.empty() ? command_names() : likely, ", ")));
}

}  // namespace

const std::vector<CommandForm>& command_forms() {
    static const std::vector<CommandForm> forms = [] {
        std::vector<CommandForm> made;
        Commands::any([&]<class C>() {
            made.push_back(form_of_command<C>());
            return false;
        });
        return made;
    }();
    return forms;
}

std::vector<std::string_view> command_names() {
    std::vector<std::string_view> names;
    for (const auto& form : command_forms()) names.push_back(form.name);
    return names;
}

Result<dispute::Command> parse_command(std::string_view name, const Fields& fields) {
    const std::string written = plain(name);
    Result<dispute::Command> command = dispute::AcceptCase{};
    const bool known = Commands::any([&]<class C>() {
        if (written != C::name && written != C::title.zh) return false;
        command = parse_as<C>(fields);
        return true;
    });
    if (!known) return unknown_command(name);
    return command;
}

boost::json::object command_to_json(const dispute::Command& command) {
    return std::visit([]<class C>(const C& value) { return object_of(value, {{"command", C::name}}); }, command);
}

Result<dispute::Command> command_from_json(const Node& node) {
    ANJIE_TRY(const auto name_node, node.at("command"));
    ANJIE_TRY(const auto name, name_node.text());
    Result<dispute::Command> command = dispute::AcceptCase{};
    const bool known = Commands::any([&]<class C>() {
        if (name != C::name) return false;
        auto read = detail::from_object<C>(node, {"command"});
        if (read)
            command = std::move(*read);
        else
            command = std::unexpected(std::move(read).error());
        return true;
    });
    if (!known) return name_node.complaint(unknown_command(name).error().detail);
    return command;
}

}  // namespace anjie::json
