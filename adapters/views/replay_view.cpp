#include "adapters/views/replay_view.hpp"

#include "adapters/json/dispute_event.hpp"

namespace anjie::views {
namespace {

using dispute::Dispute;

boost::json::array json_of(const std::vector<StateChange>& changed) {
    boost::json::array out;
    for (const auto& change : changed)
        out.push_back({{"key", change.line.key}, {"before", change.before}, {"after", change.line.value}});
    return out;
}

boost::json::object header_json(const EventHeaderView& header, std::string_view event) {
    return {{"version", header.version},
            {"position", header.position},
            {"event", event},
            {"occurred_at", to_string(header.occurred_at)},
            {"recorded_at", to_string(header.recorded_at)},
            {"actor", header.actor},
            {"organisation", header.organisation},
            {"rule_version", header.rule_version},
            {"command_id", to_string(header.command_id)}};
}

}  // namespace

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

EventHeaderView view_of(const EventHeader& header) {
    return {.position = header.position,
            .case_id = header.case_id,
            .version = header.version,
            .workflow = header.workflow,
            .type = header.type,
            .schema = header.schema,
            .occurred_at = header.occurred_at,
            .recorded_at = header.recorded_at,
            .command_id = header.command_id,
            .actor = header.actor,
            .organisation = header.organisation,
            .rule_version = header.rule_version};
}

Result<std::vector<ReplayStep>> replay_steps(const EventStore& events, CaseId id, const Until& until, Language language,
                                             bool unseal) {
    std::vector<ReplayStep> steps;
    dispute::State state;
    std::optional<Error> failed;
    auto before = state_lines(state, language);
    auto deadlines_before = deadline_lines(state, language);
    const auto read = events.read_case(id, 0, [&](const EventView& view) {
        if (view.header.version > until.version || view.header.recorded_at > until.recorded) return false;
        auto event = Dispute::decode(view.header.type, view.header.schema, view.payload);
        if (!event) {
            failed = event.error();
            return false;
        }
        std::optional<std::vector<SealedField>> sealed;
        if (unseal) {
            auto opened = events.unseal(view);
            if (!opened) {
                failed = opened.error();
                return false;
            }
            sealed = std::move(*opened);
        }
        Dispute::evolve(state, *event, view.header);
        auto now = state_lines(state, language);
        auto deadlines_now = deadline_lines(state, language);
        steps.push_back({owned(view.header), std::move(*event), std::move(sealed), changes(before, now),
                         changes(deadlines_before, deadlines_now)});
        before = std::move(now);
        deadlines_before = std::move(deadlines_now);
        return true;
    });
    ANJIE_CHECK(read);
    if (failed) return std::unexpected(*failed);
    return steps;
}

boost::json::object event_json(const EventHeaderView& header, const dispute::Event& event) {
    auto out = header_json(header, event_name(event));
    auto data = json::event_to_json(event);
    data.erase("event");
    out["data"] = std::move(data);
    return out;
}

boost::json::object step_json(const ReplayStep& step, bool diff, Language language) {
    auto out = event_json(view_of(step.header), step.event);
    boost::json::object fields;
    for (const auto& line : event_lines(step.event, language)) fields[line.key] = line.value;
    out["fields"] = std::move(fields);
    if (step.sealed) {
        boost::json::array sealed;
        for (const auto& field : *step.sealed)
            sealed.push_back({{"subject", field.subject},
                              {"field", code_of(static_cast<dispute::SealedCode>(field.field))},
                              {"text", sealed_text(field, language)}});
        out["sealed"] = std::move(sealed);
    } else {
        out["sealed"] = nullptr;
    }
    if (diff) {
        out["changes"] = json_of(step.changed);
        out["deadlines"] = json_of(step.deadlines);
    }
    return out;
}

}  // namespace anjie::views
