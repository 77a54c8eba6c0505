#include <fmt/format.h>

#include <boost/json.hpp>

#include "adapters/cli/event_view.hpp"
#include "adapters/cli/session.hpp"

namespace anjie::cli {
namespace {

using dispute::Dispute;
using dispute::DisputeWorkflow;

struct ReplayOptions {
    std::string reference;
    std::string until;
    bool diff{};
};

/// A version, or everything recorded up to a moment.
struct Until {
    Version version{std::numeric_limits<Version>::max()};
    Instant recorded{std::numeric_limits<std::int64_t>::max()};
};

std::optional<Until> parse_until(const std::string& text) {
    Until until;
    if (text.empty()) return until;
    const auto digits = text.starts_with('v') ? text.substr(1) : text;
    if (!digits.empty() && digits.size() < 9 && digits.find_first_not_of("0123456789") == std::string::npos) {
        until.version = static_cast<Version>(std::stoul(digits));
        return until;
    }
    if (const auto moment = parse_occurred_at(text)) {
        until.recorded = moment->day_only
                             ? Instant{start_of_day(local_date(moment->at) + std::chrono::days{1}).microseconds - 1}
                             : moment->at;
        return until;
    }
    return std::nullopt;
}

/// One step of a replay: an event and the state around it.
struct Step {
    EventHeader header;
    dispute::Event event;
    std::vector<SealedField> sealed;
    std::vector<StateChange> changed;
    std::vector<StateChange> deadlines;
};

EventHeader owned(const EventHeaderView& view) {
    return {.position = view.position,
            .case_id = view.case_id,
            .version = view.version,
            .workflow = view.workflow,
            .type = view.type,
            .schema = view.schema,
            .occurred_at = view.occurred_at,
            .recorded_at = view.recorded_at,
            .command_id = view.command_id,
            .actor = std::string(view.actor),
            .organisation = std::string(view.organisation),
            .rule_version = std::string(view.rule_version)};
}

Result<std::vector<Step>> replay_steps(const Workspace& workspace, CaseId id, const Until& until, Language language) {
    std::vector<Step> steps;
    dispute::State state;
    std::optional<Error> failed;
    auto before = state_lines(state, language);
    auto deadlines_before = deadline_lines(state, language);
    const auto read = workspace.events().read_case(id, 0, [&](const EventView& view) {
        if (view.header.version > until.version || view.header.recorded_at > until.recorded) return false;
        auto event = Dispute::decode(view.header.type, view.header.schema, view.payload);
        if (!event) {
            failed = event.error();
            return false;
        }
        auto sealed = workspace.events().unseal(view);
        if (!sealed) {
            failed = sealed.error();
            return false;
        }
        Dispute::evolve(state, *event, view.header);
        auto now = state_lines(state, language);
        auto deadlines_now = deadline_lines(state, language);
        steps.push_back({owned(view.header), std::move(*event), std::move(*sealed), changes(before, now),
                         changes(deadlines_before, deadlines_now)});
        before = std::move(now);
        deadlines_before = std::move(deadlines_now);
        return true;
    });
    ANJIE_CHECK(read);
    if (failed) return std::unexpected(*failed);
    return steps;
}

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

void print_step(const Session& session, const Workspace& workspace, const Step& step, bool diff) {
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
    for (const auto& line : sealed_lines(step.sealed, language))
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

boost::json::array json_of(const std::vector<StateChange>& changed) {
    boost::json::array out;
    for (const auto& change : changed)
        out.push_back({{"key", change.line.key}, {"before", change.before}, {"after", change.line.value}});
    return out;
}

boost::json::object json_of(const Step& step, bool diff) {
    boost::json::object fields;
    for (const auto& line : event_lines(step.event, Language::en)) fields[line.key] = line.value;
    boost::json::array sealed;
    for (const auto& field : step.sealed)
        sealed.push_back({{"subject", field.subject},
                          {"field", code_of(static_cast<dispute::SealedCode>(field.field))},
                          {"text", sealed_text(field, Language::en)}});
    boost::json::object out{{"version", step.header.version},
                            {"position", step.header.position},
                            {"event", event_name(step.event)},
                            {"occurred_at", to_string(step.header.occurred_at)},
                            {"recorded_at", to_string(step.header.recorded_at)},
                            {"actor", step.header.actor},
                            {"organisation", step.header.organisation},
                            {"rule_version", step.header.rule_version},
                            {"command_id", to_string(step.header.command_id)},
                            {"fields", std::move(fields)},
                            {"sealed", std::move(sealed)}};
    if (diff) {
        out["changes"] = json_of(step.changed);
        out["deadlines"] = json_of(step.deadlines);
    }
    return out;
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
        const auto steps = replay_steps(workspace, entry->case_id, *until, console.language);
        if (!steps) return console.fail(steps.error());
        if (console.json) {
            boost::json::array events;
            for (const auto& step : *steps) events.emplace_back(json_of(step, options.diff));
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
