#include "adapters/json/screening_command.hpp"

#include "adapters/json/command_fields.hpp"

namespace anjie::json {

const std::vector<CommandForm>& screening_command_forms() {
    static const auto forms = forms_of<screening::Command>();
    return forms;
}

Result<screening::Command> parse_screening_command(std::string_view name,
                                                   const std::map<std::string, std::string>& fields) {
    return parse_command_of<screening::Command>(name, fields);
}

}  // namespace anjie::json
