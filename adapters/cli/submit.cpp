#include "adapters/cli/submit.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <random>

#include "adapters/text_forms/text_forms.hpp"
#include "adapters/views/event_view.hpp"

namespace anjie::cli {
namespace {

using namespace views;

/// The events a command yielded, with the deadlines they start.
Result<void> print_events(const Session& session, const Workspace& workspace, const Order& order,
                          const Committed& done) {
    const auto& console = session.console;
    boost::json::array events;
    std::optional<Error> failed;
    const auto read = workspace.events().read_case(done.case_id, done.first - 1, [&](const EventView& view) {
        if (view.header.version > done.last) return false;
        const auto event = dispute::Dispute::decode(view.header.type, view.header.schema, view.payload);
        if (!event) {
            failed = event.error();
            return false;
        }
        if (console.json) {
            events.push_back(
                {{"version", view.header.version}, {"position", view.header.position}, {"event", event_name(*event)}});
            return true;
        }
        console.line(
            fmt::format("{}  v{}  {}", order.label, view.header.version, event_title(*event, console.language)));
        for (const auto& start : deadlines_of(*event))
            console.line(fmt::format("  {} {}: {}", console.pick("期限", "due"), name_of(start.kind, console.language),
                                     due_text(start.due, console.language)));
        return true;
    });
    ANJIE_CHECK(read);
    if (failed) return std::unexpected(*failed);
    if (console.json)
        console.line(boost::json::serialize(boost::json::object{{"case", order.label},
                                                                {"case_id", to_string(done.case_id)},
                                                                {"position", done.position},
                                                                {"repeated", done.repeated},
                                                                {"events", std::move(events)}}));
    return {};
}

}  // namespace

CommandId random_command_id(Instant now) {
    std::random_device random;
    const auto word = [&] { return (std::uint64_t{random()} << 32) | random(); };
    return CommandId{uuid_v7(now, word(), word())};
}

Exit submit(const Session& session, Workspace& workspace, Order order) {
    const auto& console = session.console;
    const auto outcome =
        workspace.engine().execute(Command{.id = order.id.value_or(random_command_id(workspace.clock().now())),
                                           .workflow = dispute::workflow_id,
                                           .case_id = order.case_id,
                                           .expected_version = order.expected_version,
                                           .occurred_at = order.occurred_at,
                                           .actor = order.actor,
                                           .organisation = workspace.settings().organisation,
                                           .body = make_body<dispute::Dispute>(order.body),
                                           .sealed = order.sealed});
    if (!outcome) return console.explain(outcome.error());
    if (outcome->repeated)
        console.note(console.pick("该命令此前已执行，以下为当时结果。",
                                  "This command was sent before; this is its first answer."));
    if (const auto printed = print_events(session, workspace, order, *outcome); !printed)
        return console.fail(printed.error());
    return Exit::ok;
}

Result<dispute::Money> money_option(std::string_view option, const std::string& text) {
    if (text.empty()) return dispute::Money{};
    if (const auto money = text_forms::parse_money(text)) return *money;
    return failure(
        ErrorCode::invalid,
        fmt::format("{}: \"{}\" is no amount in yuan; write 3500, 3,500.50 or 1.2万元 / 不是金额", option, text));
}

Result<OccurredAt> when_option(std::string_view option, const std::string& text, Instant now) {
    if (text.empty()) return OccurredAt{now, false};
    if (const auto when = parse_occurred_at(text)) return *when;
    if (const auto day = text_forms::parse_date_any(text)) return on_day(*day);
    return failure(ErrorCode::invalid,
                   fmt::format("{}: \"{}\" is no day or time; write 2024-03-05 or 2024-03-05T14:30 / 不是日期或时间",
                               option, text));
}

}  // namespace anjie::cli
