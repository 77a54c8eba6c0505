#include <fmt/format.h>

#include <map>

#include "adapters/cli/session.hpp"
#include "workflows/dispute/phases/confirmation.hpp"
#include "workflows/dispute/phases/custody.hpp"
#include "workflows/dispute/phases/file.hpp"
#include "workflows/dispute/phases/performance.hpp"
#include "workflows/dispute/phases/procedure.hpp"
#include "workflows/dispute/phases/revisit.hpp"

namespace anjie::cli {
namespace {

/// One region as a Mermaid state diagram: an arrow per pair of phases, with the events that go along it. Events that
/// change nothing in the region are left out.
template <class Table>
std::string diagram(std::string_view title, const Table& table) {
    using Phase = decltype(table.transitions().front().from);
    std::map<std::pair<Phase, Phase>, std::string> arrows;
    for (const auto& step : table.transitions()) {
        if (step.from == step.to) continue;
        auto& label = arrows[{step.from, step.to}];
        label += fmt::format("{}{}", label.empty() ? "" : ", ", dispute::trigger_name(step.event));
    }
    std::string out = fmt::format("\n## {}\n\n```mermaid\nstateDiagram-v2\n", title);
    for (const auto& entry : code_table(Phase{}))
        out += fmt::format("    {}: {} ({})\n", entry.code, entry.zh, entry.en);
    out += fmt::format("    [*] --> {}\n", code_of(Phase{}));
    for (const auto& [ends, label] : arrows)
        out += fmt::format("    {} --> {}: {}\n", code_of(ends.first), code_of(ends.second), label);
    return out + "```\n";
}

}  // namespace

void add_diagrams_command(CLI::App& app, Session& session) {
    auto* command = add_command(
        app, session, "diagrams", "输出状态图（由状态机生成）", "Print the state diagrams, made from the machines",
        [&session] {
            session.console.print(
                "# The statechart of a dispute\n\nPrinted by `anjie diagrams` from the machines in "
                "`workflows/dispute/phases/`; do not edit. "
                "The regions run side by side.\n");
            session.console.print(diagram("Procedure 程序", dispute::procedure_region::table()));
            session.console.print(diagram("Performance of one obligation 履行", dispute::performance_region::table()));
            session.console.print(diagram("Revisit 回访", dispute::revisit_region::table()));
            session.console.print(diagram("Judicial confirmation 司法确认", dispute::confirmation_region::table()));
            session.console.print(diagram("File 案卷", dispute::file_region::table()));
            session.console.print(diagram("Custody 承办", dispute::custody_region::table()));
            return Exit::ok;
        });
    command->group("");  // For developers: not in the list of commands.
}

}  // namespace anjie::cli
