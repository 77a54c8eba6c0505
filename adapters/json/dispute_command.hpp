#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/json/reader.hpp"
#include "engine/result.hpp"
#include "workflows/dispute/commands.hpp"

/// Commands by name: from the fields of a command line and from JSON.
namespace anjie::json {

/// What one field of a command takes, for help, completion and forms.
struct FieldForm {
    std::string_view name;
    std::string form;                     ///< "3500, 3,500.50, 1.2万元".
    std::vector<std::string_view> codes;  ///< Where it is a code, or a list of them.
    bool required{};
    bool is_list{};
};

struct CommandForm {
    std::string_view name;
    dispute::Title title;
    std::vector<std::string> fields;  ///< "--party", or "[--party]" where it may be left out.
    std::vector<FieldForm> details;   ///< The same fields, in the same order.
};

/// Every command, in the order of `dispute::Command`.
[[nodiscard]] const std::vector<CommandForm>& command_forms();
[[nodiscard]] std::vector<std::string_view> command_names();

/// The command of that name with fields as people write them: codes by name or by Chinese or English term, money as
/// 3,500 or 1.2万元, days as 2024-5-1 or 2024年5月1日, lists between commas, obligations and parties as
/// "1:debtor=2,creditor=1,kind=payment,amount=3000,due=2024-05-01; 2:...".
/// Errors: invalid, naming the field, its text and what may stand there.
[[nodiscard]] Result<dispute::Command> parse_command(std::string_view name,
                                                     const std::map<std::string, std::string>& fields);

/// {"command": "give_consent", "party": 2}.
[[nodiscard]] boost::json::object command_to_json(const dispute::Command& command);
/// Errors: invalid, naming the place in the document.
[[nodiscard]] Result<dispute::Command> command_from_json(const Node& node);

}  // namespace anjie::json
