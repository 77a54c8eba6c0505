#include <fmt/format.h>

#include <boost/json.hpp>

#include "adapters/cli/action_fields.hpp"
#include "adapters/cli/submit.hpp"
#include "adapters/cli/table.hpp"
#include "adapters/json/screening_command.hpp"
#include "adapters/views/state_view.hpp"
#include "workflows/screening/screening.hpp"

namespace anjie::cli {
namespace {

using namespace views;

using screening::Screening;
using screening::ScreeningWorkflow;

struct DoOptions {
    std::string reference, action, on;
};

Result<Committed> send(const Session& session, Workspace& workspace, CaseId id, screening::Command order,
                       OccurredAt when, Exit& exit) {
    const auto outcome = workspace.engine().execute(anjie::Command{.id = random_command_id(workspace.clock().now()),
                                                                   .workflow = screening::workflow_id,
                                                                   .case_id = id,
                                                                   .expected_version = {},
                                                                   .occurred_at = when,
                                                                   .actor = session.actor,
                                                                   .organisation = workspace.settings().organisation,
                                                                   .body = make_body<Screening>(std::move(order)),
                                                                   .sealed = {}});
    if (outcome) return *outcome;
    exit = session.console.explain(outcome.error());
    return failure(ErrorCode::conflict, {});
}

Exit say_done(const Session& session, const std::string& number, const Committed& done) {
    const auto& console = session.console;
    if (console.json)
        console.line(boost::json::serialize(boost::json::object{{"case", number},
                                                                {"case_id", to_string(done.case_id)},
                                                                {"first", done.first},
                                                                {"last", done.last},
                                                                {"position", done.position}}));
    else
        console.line(fmt::format("{}  v{}", number, done.last));
    return Exit::ok;
}

Exit act(const Session& session, const DoOptions& options, const std::vector<std::string>& rest) {
    return session.with_current_workspace([&](Workspace& workspace) {
        const auto& console = session.console;
        const auto fields = fields_of(rest);
        if (!fields) return console.fail(fields.error());
        auto order = json::parse_screening_command(options.action, *fields);
        if (!order) return console.fail(order.error());
        const auto when = when_option("--at", options.on, workspace.clock().now());
        if (!when) return console.fail(when.error());
        CaseId id;
        std::string number = options.reference;
        if (const auto* opening = std::get_if<screening::OpenCampaign>(&*order)) {
            number = opening->number;
            id = screening::case_id_of(workspace.settings().organisation, number, local_date(when->at));
        } else {
            const auto entry = workspace.directory().find(options.reference);
            if (!entry) return console.fail(entry.error());
            id = entry->case_id;
            number = entry->number;
        }
        Exit exit = Exit::ok;
        const auto done = send(session, workspace, id, std::move(*order), *when, exit);
        return done ? say_done(session, number, *done) : exit;
    });
}

Exit show(const Session& session, const std::string& reference) {
    return session.with_current_workspace([&](Workspace& workspace) {
        const auto& console = session.console;
        const auto entry = workspace.directory().find(reference);
        if (!entry) return console.fail(entry.error());
        if (entry->workflow != screening::workflow_id)
            return console.fail(
                {ErrorCode::invalid, std::string(console.pick("这不是排查；请用 anjie case show",
                                                              "this is no screening; use anjie case show"))});
        const auto replayed = replay_case(workspace.events(), workspace.workflows(), entry->case_id);
        if (!replayed) return console.fail(replayed.error());
        const auto answers = Screening{}.actions(ScreeningWorkflow::value_of(*replayed->state));
        if (console.json) {
            boost::json::array allowed;
            boost::json::array refused;
            for (const auto& answer : answers) {
                if (!answer.refusal)
                    allowed.emplace_back(answer.command);
                else
                    refused.push_back({{"action", answer.command},
                                       {"code", answer.refusal->code},
                                       {"zh", answer.refusal->message.zh},
                                       {"en", answer.refusal->message.en}});
            }
            console.line(boost::json::serialize(boost::json::object{{"number", entry->number},
                                                                    {"case_id", to_string(entry->case_id)},
                                                                    {"version", replayed->version},
                                                                    {"phase", entry->phase},
                                                                    {"allowed", std::move(allowed)},
                                                                    {"refused", std::move(refused)}}));
            return Exit::ok;
        }
        console.line(fmt::format("{}  {}  {}", entry->number, entry->organisation, entry->phase));
        for (const auto& deadline : entry->deadlines)
            console.line(fmt::format("  {} {}: {}",
                                     name_of(static_cast<screening::DeadlineKind>(deadline.kind), console.language),
                                     deadline.item, due_text(deadline.due, console.language)));
        for (const auto& answer : answers)
            console.line(answer.refusal ? fmt::format("  - {}: {} [{}]", answer.command,
                                                      console.pick(answer.refusal->message), answer.refusal->code)
                                        : fmt::format("  + {}  {}", answer.command,
                                                      console.pick(answer.title.zh, answer.title.en)));
        return Exit::ok;
    });
}

Exit list(const Session& session) {
    return session.with_current_workspace([&](Workspace& workspace) {
        const auto& console = session.console;
        DirectoryFilter filter;
        filter.workflow = screening::workflow_id;
        filter.limit = 1000;
        const auto entries = workspace.directory().list(filter);
        if (!entries) return console.fail(entries.error());
        boost::json::array rows;
        Table table({std::string(console.pick("编号", "Number")), std::string(console.pick("开展", "Opened")),
                     std::string(console.pick("阶段", "Phase")), std::string(console.pick("组织", "Organisation"))});
        for (const auto& entry : *entries) {
            rows.push_back({{"number", entry.number}, {"case_id", to_string(entry.case_id)}, {"phase", entry.phase}});
            table.row({entry.number, entry.opened ? to_string(*entry.opened) : "", entry.phase, entry.organisation});
        }
        if (console.json)
            console.line(boost::json::serialize(rows));
        else
            console.print(table.text());
        return Exit::ok;
    });
}

}  // namespace

void add_screening_commands(CLI::App& app, Session& session) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto* screenings =
        app.add_subcommand("screening", help("排查：开展、报告、线索、销号", "Screenings: campaigns, rounds, leads"));
    screenings->require_subcommand(1);
    add_command(*screenings, session, "list", "列表", "List", [&session] { return list(session); });
    auto reference = std::make_shared<std::string>();
    auto* show_command =
        add_command(*screenings, session, "show", "查看及下一步", "What it is and what may be done next",
                    [&session, reference] { return show(session, *reference); });
    show_command->add_option("number", *reference, help("编号或 id 前几位", "Number, or first digits of the id"))
        ->required();

    auto options = std::make_shared<DoOptions>();
    auto* command = screenings->add_subcommand("do", help("办理：anjie screening do 编号 动作 --字段 值",
                                                          "Act: anjie screening do NUMBER ACTION --field value"));
    take_action_fields(*command, session);
    command->footer([&session] { return action_help(session.console, json::screening_command_forms()); });
    command->add_option("screening", options->reference, help("编号（新开展时任写）", "Number (anything when opening)"))
        ->required();
    command->add_option("action", options->action, help("动作，见下", "What to do, see below"))->required();
    command->add_option("--at", options->on, help("日期或时间（默认现在）", "Day or time (default: now)"));
    command->callback([&session, options, command] { session.exit = act(session, *options, command->remaining()); });
}

}  // namespace anjie::cli
