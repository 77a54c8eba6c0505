#include "adapters/anjie/sink_command.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json.hpp>
#include <thread>

#include "adapters/anjie/sinks.hpp"
#include "adapters/cli/table.hpp"

namespace anjie {
namespace {

using cli::Console;
using cli::Exit;
using cli::SinkOrder;
using cli::Table;
using sinks::SinkHost;
using sinks::SinkStatus;

boost::json::object to_json(const SinkStatus& status) {
    return {{"name", status.name},
            {"kind", status.kind},
            {"destination", status.destination},
            {"state", code_of(status.state)},
            {"cursor", status.cursor},
            {"lag_positions", status.lag_positions},
            {"lag_seconds", status.lag_seconds},
            {"waiting", status.waiting},
            {"parked", status.parked},
            {"dropped", status.dropped},
            {"trouble", status.trouble},
            {"next_try", status.next_try ? boost::json::value(to_string(*status.next_try)) : nullptr}};
}

std::string_view state_text(const Console& console, SinkStatus::State state) {
    switch (state) {
        case SinkStatus::State::up_to_date:
            return console.pick("已同步", "up to date");
        case SinkStatus::State::working:
            return console.pick("发送中", "behind");
        case SinkStatus::State::backing_off:
            return console.pick("等待重试", "waiting to retry");
        case SinkStatus::State::paused:
            return console.pick("已暂停", "paused");
        case SinkStatus::State::gone:
            return console.pick("对方已停收", "the other side wants no more");
    }
    return "?";
}

Exit list(const Console& console, const SinkHost& host, std::string_view name) {
    const auto all = host.status();
    if (!all) return console.fail(all.error());
    Table table({std::string(console.pick("出口", "Sink")), std::string(console.pick("去向", "Destination")),
                 std::string(console.pick("状态", "State")), std::string(console.pick(">落后", ">Behind")),
                 std::string(console.pick(">秒", ">Seconds")), std::string(console.pick(">搁置", ">Parked")),
                 std::string(console.pick("问题", "Trouble"))});
    boost::json::array rows;
    for (const auto& status : *all) {
        if (!name.empty() && status.name != name) continue;
        rows.push_back(to_json(status));
        table.row({status.name, status.destination, std::string(state_text(console, status.state)),
                   std::to_string(status.lag_positions), std::to_string(status.lag_seconds),
                   std::to_string(status.parked + status.waiting), status.trouble});
    }
    if (console.json)
        console.line(boost::json::serialize(rows));
    else
        console.print(table.text());
    return Exit::ok;
}

Exit held(const Console& console, const SinkHost& host, std::string_view name) {
    const auto cases = host.held(name);
    if (!cases) return console.fail(cases.error());
    Table table({std::string(console.pick("案件", "Case")), std::string(console.pick(">位置", ">Position")),
                 std::string(console.pick("状态", "State")), std::string(console.pick(">次数", ">Attempts")),
                 std::string(console.pick("原因", "Reason"))});
    boost::json::array rows;
    for (const auto& [id, hold] : *cases) {
        rows.push_back({{"case", to_string(id)},
                        {"position", hold.from_position},
                        {"version", hold.from_version},
                        {"parked", hold.parked},
                        {"attempts", hold.attempts},
                        {"since", to_string(hold.since)},
                        {"reason", hold.reason}});
        table.row({to_string(id), std::to_string(hold.from_position),
                   std::string(hold.parked ? console.pick("搁置", "parked") : console.pick("等待", "waiting")),
                   std::to_string(hold.attempts), hold.reason});
    }
    if (console.json)
        console.line(boost::json::serialize(rows));
    else
        console.print(table.text());
    return Exit::ok;
}

Exit ledger(const Console& console, const SinkHost& host, std::string_view name) {
    const auto lines = host.disclosures(name);
    if (!lines) return console.fail(lines.error());
    Table table({std::string(console.pick("从", "From")), std::string(console.pick("到", "To")),
                 std::string(console.pick(">事件", ">Events")), std::string(console.pick("位置", "Positions")),
                 std::string(console.pick("去向", "Destination")), std::string(console.pick("内容", "Fields"))});
    boost::json::array rows;
    for (const auto& line : *lines) {
        rows.push_back(to_json(line));
        table.row({to_string(line.first), to_string(line.last), std::to_string(line.events),
                   fmt::format("{}-{}", line.from, line.to), line.destination,
                   fmt::format("{}", fmt::join(line.classes, ", "))});
    }
    if (console.json)
        console.line(boost::json::serialize(rows));
    else
        console.print(table.text());
    return Exit::ok;
}

bool is_done(const SinkStatus& status) {
    return status.state == SinkStatus::State::up_to_date || status.state == SinkStatus::State::paused;
}

/// Delivers; where the other side is away, tries again until the time is over.
Exit run(const Console& console, SinkHost& host, const SinkOrder& order) {
    using namespace std::chrono_literals;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{order.wait_seconds};
    for (;;) {
        if (const auto ran = host.run_once(order.name); !ran) return console.fail(ran.error());
        const auto all = host.status();
        if (!all) return console.fail(all.error());
        const bool done = std::ranges::all_of(*all, [&](const SinkStatus& status) {
            return is_done(status) || (!order.name.empty() && status.name != order.name);
        });
        if (!done && std::chrono::steady_clock::now() < end) {
            std::this_thread::sleep_for(50ms);
            continue;
        }
        if (const auto listed = list(console, host, order.name); listed != Exit::ok) return listed;
        return done ? Exit::ok : Exit::unavailable;
    }
}

Exit retry(const Console& console, Workspace& workspace, SinkHost& host, const SinkOrder& order) {
    std::optional<CaseId> id;
    if (!order.case_id.empty()) {
        const auto found = cli::find_case(workspace, order.case_id);
        if (!found) return console.fail(found.error());
        id = found->case_id;
    }
    const auto count = host.retry(order.name, id);
    if (!count) return console.fail(count.error());
    console.note(fmt::format(fmt::runtime(console.pick("{} 个案件将重试", "{} cases will be tried again")), *count));
    return Exit::ok;
}

Exit drop(const Console& console, Workspace& workspace, SinkHost& host, const SinkOrder& order) {
    const auto found = cli::find_case(workspace, order.case_id);
    if (!found) return console.fail(found.error());
    const auto dropped = host.drop(order.name, found->case_id);
    return dropped ? Exit::ok : console.fail(dropped.error());
}

Exit ended(const Console& console, const Result<void>& done) { return done ? Exit::ok : console.fail(done.error()); }

}  // namespace

Exit sink_command(const Console& console, Workspace& workspace, const SinkOrder& order) {
    const auto access = access::Access::open(order.root, workspace.clock());
    if (!access) return console.fail(access.error());
    // An empty list would leave a newcomer alone.
    const auto configuration = order.root / sinks_file;
    if (std::error_code failed; !std::filesystem::exists(configuration, failed))
        console.note(fmt::format(fmt::runtime(console.pick("还没有出口：请编写 {}（见 docs/sinks.md）",
                                                           "there are no sinks: write {} (docs/sinks.md has one)")),
                                 configuration.string()));
    auto opened = open_sinks(workspace, order.root, disclosure_journal(**access));
    if (!opened) return console.fail(opened.error());
    auto& host = **opened;
    switch (order.verb) {
        case SinkOrder::Verb::list:
            return list(console, host, order.name);
        case SinkOrder::Verb::held:
            return held(console, host, order.name);
        case SinkOrder::Verb::ledger:
            return ledger(console, host, order.name);
        case SinkOrder::Verb::pause:
            return ended(console, host.pause(order.name));
        case SinkOrder::Verb::resume:
            return ended(console, host.resume(order.name));
        case SinkOrder::Verb::resend:
            return ended(console, host.resend(order.name, order.from));
        case SinkOrder::Verb::retry:
            return retry(console, workspace, host, order);
        case SinkOrder::Verb::drop:
            return drop(console, workspace, host, order);
        case SinkOrder::Verb::run:
            return run(console, host, order);
    }
    return Exit::usage;
}

}  // namespace anjie
