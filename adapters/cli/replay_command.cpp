#include <fmt/format.h>

#include <boost/json.hpp>

#include "adapters/cli/session.hpp"
#include "adapters/views/replay_view.hpp"

namespace anjie::cli {
namespace {

using namespace views;

struct ReplayOptions {
    std::string reference;
    std::string until;
    bool diff{};
};

std::string rule_text(const Workspace& workspace, const std::string& version, const std::string& rule,
                      const Console& console) {
    const auto* set = workspace.dispute().rules().find(version);
    if (set == nullptr) return rule;
    for (const auto& known : set->deadlines)
        if (known.id == rule)
            return fmt::format("{} [{}: {}]", console.pick(known.reference.title), to_string(known.reference.mark),
                               rule);
    return rule;
}

void print_step(const Session& session, const Workspace& workspace, const ReplayStep& step, bool diff) {
    const auto& console = session.console;
    const auto language = console.language;
    console.line(console.styled(
        Console::Style::bold,
        fmt::format("v{}  {}  ({})", step.header.version, event_title(step.event, language), event_name(step.event))));
    console.line(fmt::format("    {} {}   {} {}   {} {} @ {}", console.pick("发生", "happened"),
                             to_string(step.header.occurred_at), console.pick("记录", "recorded"),
                             to_string(step.header.recorded_at), console.pick("经办", "by"), step.header.actor,
                             step.header.organisation));
    for (const auto& line : event_lines(step.event, language))
        console.line(fmt::format("    {}: {}", line.label, line.value));
    for (const auto& line : sealed_lines(*step.sealed, language))
        console.line(fmt::format("    {} {}: {}", console.pick("[密]", "[sealed]"), line.label, line.value));
    if (diff)
        for (const auto& change : step.changed)
            console.line(fmt::format("    {} {}: {} → {}", console.styled(Console::Style::yellow, "~"),
                                     change.line.label, change.before.empty() ? "∅" : change.before,
                                     change.line.value.empty() ? "∅" : change.line.value));
    const auto starts = deadlines_of(step.event);
    for (const auto& change : step.deadlines) {
        const bool ended = change.line.value.empty();
        const bool moved = !ended && !change.before.empty();
        const auto word = ended   ? console.pick("期限终止", "deadline ends")
                          : moved ? console.pick("期限变更", "deadline moves")
                                  : console.pick("期限起算", "deadline starts");
        console.line(fmt::format("    {} {}: {}{}",
                                 console.styled(Console::Style::green, ended   ? "-"
                                                                       : moved ? "»"
                                                                               : "+"),
                                 word, change.line.label,
                                 ended   ? fmt::format(" ({})", change.before)
                                 : moved ? fmt::format(" {} → {}", change.before, change.line.value)
                                         : fmt::format(" {}", change.line.value)));
    }
    for (const auto& start : starts)
        console.line(fmt::format("      {} {}: {} + {} = {}; {}", console.pick("依据", "rule"),
                                 name_of(start.kind, language), to_string(start.start), to_string(start.period),
                                 due_text(start.due, language),
                                 rule_text(workspace, step.header.rule_version, start.rule, console)));
}

Exit replay(const Session& session, const ReplayOptions& options) {
    const auto& console = session.console;
    const auto until = parse_until(options.until);
    if (!until) {
        console.error(fmt::format(
            fmt::runtime(console.pick("--until：\"{}\" 既不是版本号也不是时间；请写 5 或 2024-03-05T14:00",
                                      "--until: \"{}\" is neither a version nor a time; write 5 or 2024-03-05T14:00")),
            options.until));
        return Exit::usage;
    }
    return session.with_current_workspace([&](Workspace& workspace) {
        const auto entry = find_case(workspace, options.reference);
        if (!entry) return console.fail(entry.error());
        if (entry->workflow != dispute::workflow_id) {
            console.error(console.pick("这不是纠纷案件；请用 anjie screening show",
                                       "this is not a dispute; use anjie screening show"));
            return Exit::usage;
        }
        const auto steps = replay_steps(workspace.events(), entry->case_id, *until, console.language, true);
        if (!steps) return console.fail(steps.error());
        if (console.json) {
            boost::json::array events;
            for (const auto& step : *steps) events.emplace_back(step_json(step, options.diff, Language::en));
            console.line(boost::json::serialize(boost::json::object{
                {"case", entry->number}, {"case_id", to_string(entry->case_id)}, {"events", std::move(events)}}));
            return Exit::ok;
        }
        console.line(fmt::format("{}  {}  {}", entry->number, to_string(entry->case_id), entry->organisation));
        for (const auto& step : *steps) print_step(session, workspace, step, options.diff);
        return Exit::ok;
    });
}

}  // namespace

void add_replay_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<ReplayOptions>();
    auto* command = add_command(app, session, "replay", "重放一个案件：每个事件之后的状态及其依据",
                                "Replay a case: the state after each event, and why",
                                [&session, options] { return replay(session, *options); });
    command
        ->add_option("case", options->reference,
                     std::string(session.console.pick("案号或编号前几位", "Number, or first digits of the id")))
        ->required();
    command->add_option("--until", options->until,
                        std::string(session.console.pick("到某版本，或到某时刻已记录的",
                                                         "Up to a version, or what was recorded by a time")));
    command->add_flag("--diff", options->diff,
                      std::string(session.console.pick("列出每步变化", "Show what changed at each step")));
}

}  // namespace anjie::cli
