#include "adapters/json/dispute_command.hpp"

#include <boost/json/object.hpp>

#include "adapters/json/command_fields.hpp"

namespace anjie::json {

std::unexpected<Error> unknown_command(std::string_view name, const std::vector<CommandForm>& forms) {
    std::vector<std::string_view> all;
    std::vector<std::string_view> likely;
    for (const auto& form : forms) {
        all.push_back(form.name);
        if (!name.empty() &&
            (form.name.find(name) != std::string_view::npos || form.name.substr(0, 4) == name.substr(0, 4)))
            likely.push_back(form.name);
    }
    return failure(ErrorCode::invalid, fmt::format("\"{}\" is not a command / 没有此动作; commands / 可用: {}", name,
                                                   fmt::join(likely.empty() ? all : likely, ", ")));
}

const std::vector<CommandForm>& command_forms() {
    static const auto forms = forms_of<dispute::Command>();
    return forms;
}

std::vector<std::string_view> command_names() {
    std::vector<std::string_view> names;
    for (const auto& form : command_forms()) names.push_back(form.name);
    return names;
}

Result<dispute::Command> parse_command(std::string_view name, const CommandFields& fields) {
    return parse_command_of<dispute::Command>(name, fields);
}

boost::json::object command_to_json(const dispute::Command& command) {
    return std::visit([]<class C>(const C& value) { return object_of(value, {{"command", C::name}}); }, command);
}

Result<dispute::Command> command_from_json(const Node& node) {
    ANJIE_TRY(const auto name_node, node.at("command"));
    ANJIE_TRY(const auto name, name_node.text());
    Result<dispute::Command> command = dispute::AcceptCase{};
    const bool known = Alternatives<dispute::Command>::any([&]<class C>() {
        if (name != C::name) return false;
        auto read = detail::from_object<C>(node, {"command"});
        if (read)
            command = std::move(*read);
        else
            command = std::unexpected(std::move(read).error());
        return true;
    });
    if (!known) return name_node.complaint(unknown_command(name, command_forms()).error().detail);
    return command;
}

}  // namespace anjie::json
