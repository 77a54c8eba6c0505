#include "adapters/cli/session.hpp"

namespace anjie::cli {

void add_sink_commands(CLI::App& app, Session& session) {
    using Verb = SinkOrder::Verb;
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto* group = app.add_subcommand("sink", help("出口：把事件送往其他系统（sinks.json），及其进度",
                                                  "Sinks: events to other systems (sinks.json)"));
    group->require_subcommand(1);
    const auto add = [&](Verb verb, std::string name, std::string_view zh, std::string_view en, bool named) {
        auto order = std::make_shared<SinkOrder>();
        order->verb = verb;
        auto* command = add_command(*group, session, std::move(name), zh, en, [&session, order] {
            order->root = session.data;
            return session.with_workspace(
                [&](Workspace& workspace) { return session.ports.sink(session.console, workspace, *order); });
        });
        auto* option = command->add_option("sink", order->name, help("出口名称", "Name of the sink"));
        if (named) option->required();
        return std::pair(command, order);
    };
    add(Verb::list, "list", "列出及其进度", "List them and how far they are", false);
    add(Verb::held, "held", "被搁置的案件及原因", "Cases that do not go on, and why", true);
    add(Verb::ledger, "ledger", "披露台账：何时向何处送出了哪些内容",
        "The disclosure ledger: what went where, and when", true);
    add(Verb::pause, "pause", "暂停", "Pause", true);
    add(Verb::resume, "resume", "恢复", "Resume", true);
    {
        const auto made = add(Verb::resend, "resend", "从某一位置起重新发送", "Send again from a position", true);
        made.first->add_option("--from", made.second->from, help("位置（1 为最早）", "Position; 1 is the first"))
            ->required();
    }
    {
        const auto made = add(Verb::retry, "retry", "立即重试被搁置的案件", "Try parked cases again at once", true);
        made.first->add_option("case", made.second->case_id, help("案件（默认全部）", "Which case (default: all)"));
    }
    {
        const auto made = add(Verb::drop, "drop", "放弃挡住该案的那一个事件，继续其后",
                              "Give up the event that holds a case, go on with the next", true);
        made.first->add_option("case", made.second->case_id, help("案件", "Which case"))->required();
    }
    {
        const auto made = add(Verb::run, "run", "发送到赶上日志为止（服务运行时由服务发送）",
                              "Deliver until the log is caught up with (a running server does so itself)", false);
        made.first->add_option("--wait", made.second->wait_seconds,
                               help("对方不通时最多再等多少秒（默认 0）",
                                    "Seconds to keep trying where the other side is away (default 0)"));
    }
}

}  // namespace anjie::cli
