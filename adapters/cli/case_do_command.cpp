#include <fmt/format.h>

#include <map>

#include "adapters/cli/action_fields.hpp"
#include "adapters/cli/case_actions.hpp"
#include "adapters/cli/submit.hpp"
#include "adapters/json/dispute_command.hpp"

namespace anjie::cli {
namespace {

struct DoOptions {
    std::string reference, action, on, command_id;
    std::vector<std::string> sealed;
    std::int64_t expected{-1};
};

/// "1.name=扎西": party 1's name; "summary=…": the case's narrative.
Result<SealedField> sealed_of(const std::string& text) {
    const auto equals = text.find('=');
    const auto left = text.substr(0, equals);
    const auto dot = left.find('.');
    SealedField field;
    const auto code = parse_code<dispute::SealedCode>(dot == std::string::npos ? left : left.substr(dot + 1));
    const auto digits = dot == std::string::npos ? std::string{"0"} : left.substr(0, dot);
    if (equals == std::string::npos || !code || digits.empty() || digits.size() > 4 ||
        digits.find_first_not_of("0123456789") != std::string::npos)
        return failure(
            ErrorCode::invalid,
            fmt::format("--text: \"{}\" is not PARTY.FIELD=TEXT or FIELD=TEXT, for example 1.name=扎西 or note=…",
                        text));
    field.subject = static_cast<std::uint16_t>(std::stoul(digits));
    field.field = static_cast<std::uint16_t>(*code);
    field.text = text.substr(equals + 1);
    return field;
}

Result<Order> order_of(const Session& session, Workspace& workspace, const DoOptions& options,
                       const std::vector<std::string>& rest) {
    Order order;
    ANJIE_TRY(const auto entry, find_case(workspace, options.reference));
    order.case_id = entry.case_id;
    order.label = entry.number;
    order.actor = session.actor;
    ANJIE_TRY(const auto fields, fields_of(rest));
    ANJIE_TRY(order.body, json::parse_command(options.action, fields));
    // These two say that keys were changed; alone they would say so without its being true.
    if (std::holds_alternative<dispute::RecordErasure>(order.body) ||
        std::holds_alternative<dispute::RestrictProcessing>(order.body))
        return failure(ErrorCode::invalid,
                       fmt::format("{} is given by anjie erase, restrict and unrestrict, which also change the keys / "
                                   "请用 anjie erase、restrict 或 unrestrict",
                                   options.action));
    ANJIE_TRY(order.occurred_at, when_option("--at", options.on, workspace.clock().now()));
    if (options.expected >= 0) order.expected_version = static_cast<Version>(options.expected);
    if (!options.command_id.empty()) {
        const auto id = parse_uuid(options.command_id);
        if (!id)
            return failure(ErrorCode::invalid, fmt::format("--command-id: \"{}\" is not a UUID", options.command_id));
        order.id = CommandId{*id};
    }
    for (const auto& text : options.sealed) {
        ANJIE_TRY(auto field, sealed_of(text));
        order.sealed.push_back(std::move(field));
    }
    return order;
}

}  // namespace

void add_case_do_command(CLI::App& cases, Session& session) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto options = std::make_shared<DoOptions>();
    auto* command = cases.add_subcommand("do", help("办理：anjie case do 案号 动作 --字段 值",
                                                    "Act on a case: anjie case do CASE ACTION --field value"));
    take_action_fields(*command, session);
    command->footer([&session] { return action_help(session.console, json::command_forms()); });
    command->add_option("case", options->reference, help("案号或 id 前几位", "Number, or first digits of the id"))
        ->required();
    command->add_option("action", options->action, help("动作，见下", "What to do, see below"))->required();
    command->add_option("--at", options->on,
                        help("发生日期或时间（默认现在）", "Day or time it happened (default: now)"));
    command
        ->add_option("--text", options->sealed,
                     help("个人信息或叙述，如 1.name=扎西、note=…",
                          "Personal data or narrative, for example 1.name=扎西, note=…"))
        ->expected(1)
        ->take_all();
    command->add_option("--expect", options->expected, help("仅当案件为此版本", "Only if the case is at this version"))
        ->check(CLI::NonNegativeNumber);
    command->add_option("--command-id", options->command_id,
                        help("命令 id（重发得到同一结果）", "Id of the command: sent again it gets the same answer"));
    command->callback([&session, options, command] {
        session.exit = session.with_current_workspace([&](Workspace& workspace) {
            auto order = order_of(session, workspace, *options, command->remaining());
            if (!order) return session.console.fail(order.error());
            return submit(session, workspace, std::move(*order));
        });
    });
}

}  // namespace anjie::cli
