#include "adapters/cli/action_fields.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace anjie::cli {

Result<std::map<std::string, std::string>> fields_of(const std::vector<std::string>& words) {
    std::map<std::string, std::string> fields;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!words[i].starts_with("--") || words[i].size() < 3)
            return failure(ErrorCode::invalid,
                           fmt::format("\"{}\": fields are written --name value / 字段写作 --名称 值", words[i]));
        auto name = words[i].substr(2);
        std::string value = "true";
        if (const auto equals = name.find('='); equals != std::string::npos) {
            value = name.substr(equals + 1);
            name.resize(equals);
        } else if (i + 1 < words.size() && !words[i + 1].starts_with("--")) {
            value = words[++i];
        }
        std::ranges::replace(name, '-', '_');
        if (!fields.emplace(name, value).second)
            return failure(ErrorCode::invalid, fmt::format("--{}: given twice / 重复", name));
    }
    return fields;
}

std::string action_help(const Console& console, const std::vector<json::CommandForm>& forms) {
    std::string out(console.pick("可用的 ACTION 及其字段：\n", "Actions and their fields:\n"));
    for (const auto& form : forms)
        out += fmt::format("  {:<32} {}  {}\n", form.name, console.pick(form.title.zh, form.title.en),
                           fmt::join(form.fields, " "));
    return out;
}

void take_action_fields(CLI::App& command, Session& session) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    command.allow_extras();
    command.fallthrough(false);
    command.add_flag("--json", session.console.json, help("以 JSON 输出数据", "Print data as JSON"));
    command.add_flag("-q,--quiet", session.console.quiet, help("不显示提示", "No notes"));
    command.add_option("-C,--data", session.data, help("数据目录", "Data directory"));
    command.add_option("--actor", session.actor, help("经办人代号", "Pseudonym of who acts"));
    command.add_option("--lang", "zh, en")->check(CLI::IsMember({"zh", "en"}));
}

}  // namespace anjie::cli
