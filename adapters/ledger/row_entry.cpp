#include "adapters/ledger/row_entry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace anjie::ledger {
namespace {

using dispute::Dispute;
using dispute::DisputeWorkflow;

/// A copy of the case on which orders are tried: decided and evolved in memory, as the engine would.
class Trial {
public:
    Trial(const Dispute& dispute, dispute::State state, Version version, const std::string& organisation,
          const std::string& actor, Instant now)
        : dispute_(dispute),
          state_(std::move(state)),
          version_(version),
          organisation_(organisation),
          actor_(actor),
          now_(now) {}

    /// Whether the order is accepted; then the copy has it.
    [[nodiscard]] std::optional<Rejection> refuses(const dispute::Command& command, OccurredAt occurred_at) {
        const DecisionContext context{now_, occurred_at, actor_, organisation_, version_};
        auto events = dispute_.decide(state_, command, context);
        if (!events) return std::move(events).error();
        EventHeaderView header{};
        header.workflow = Dispute::id;
        header.occurred_at = occurred_at;
        header.recorded_at = now_;
        header.actor = actor_;
        header.organisation = organisation_;
        for (const auto& event : *events) {
            header.version = ++version_;
            Dispute::evolve(state_, event, header);
        }
        return std::nullopt;
    }

private:
    const Dispute& dispute_;
    dispute::State state_;
    Version version_;
    const std::string& organisation_;
    const std::string& actor_;
    Instant now_;
};

Message message_of(const Rejection& rejection, const Step& step, const Header& header,
                   const std::vector<std::string>& cells) {
    std::string value = shortened(header.cell(cells, step.column));
    if (value.empty()) value = anjie::to_string(step.on);
    return {.severity = Severity::error,
            .column = header.name(step.column),
            .value = std::move(value),
            .sentence = {fmt::format("{} ({})", rejection.message.zh, rejection.rule.title.zh),
                         fmt::format("{} ({})", rejection.message.en, rejection.rule.title.en)},
            .remedy = rejection.remedy,
            .rule = rejection.rule.id};
}

/// Text that is too long for one event.
std::optional<Message> too_much_text(const Plan& plan, const Header& header) {
    constexpr std::size_t bytes_max = EngineLimits{}.sealed_bytes_max;
    for (const auto& step : plan.steps) {
        std::size_t bytes = 0;
        for (const auto& field : step.sealed) bytes += field.text.size();
        if (bytes > bytes_max)
            return Message{
                .column = header.name(step.column),
                .sentence = {fmt::format("当事人信息和叙述文字共 {} 字节, 最多 {} 字节", bytes, bytes_max),
                             fmt::format("names and narrative take {} bytes, at most {} are allowed", bytes,
                                         bytes_max)},
                .remedy = {"请缩短纠纷简要情况、诉求或备注", "shorten the summary, the request or the remarks"}};
    }
    return std::nullopt;
}

std::string identity_of(const Step& step) { return fmt::format("{}|{}", step.name, step.ordinal); }

/// Whether the parties' sides and kinds are still those that were registered; their names may be corrected.
std::optional<Message> parties_differ(const Plan& plan, const CaseHistory& history, const Header& header) {
    const auto* order = plan.steps.empty() ? nullptr : std::get_if<dispute::RegisterCase>(&plan.steps.front().command);
    if (order == nullptr || history.version == 0) return std::nullopt;
    const auto& registered = history.state.parties;
    const bool same = std::ranges::equal(order->parties, registered, {}, {},
                                         [](const dispute::PartyState& one) { return one.party; });
    if (same) return std::nullopt;
    const Column column = header.has(Column::applicants) ? Column::applicants : Column::parties;
    return Message{
        .column = header.name(column),
        .sentence = {fmt::format("当事人与已登记的不同: 已登记 {} 个, 台账中 {} 个, 或其地位、类别改变了",
                                 registered.size(), order->parties.size()),
                     fmt::format(
                         "the parties are not those registered: {} there, {} here, or their side or kind changed",
                         registered.size(), order->parties.size())},
        .remedy = {"姓名可以更正, 人数和地位不能由导入更改; 请恢复该格, 或用 anjie case do 补记",
                   "names can be corrected, number and side cannot by import; restore the cell or record a late fact"}};
}

Message correction_note(const Correction& correction, const Header& header) {
    const bool personal = correction.before.empty() && correction.after.empty();
    return {.severity = Severity::note,
            .column = header.name(correction.column),
            .value = shortened(correction.after),
            .sentence =
                personal ? Text{"已登记的文字与台账不同, 记为更正", "recorded text differs; entered as a correction"}
                         : Text{fmt::format("由“{}”更正为“{}”", correction.before, correction.after),
                                fmt::format("corrected from \"{}\" to \"{}\"", correction.before, correction.after)}};
}

}  // namespace

CommandId command_id_of(std::string_view organisation, const dispute::CaseNumber& number, std::string_view identity) {
    const auto at = start_of_day(make_date(number.year, 1, 1));
    return CommandId{uuid_v7_of_name(at, fmt::format("ledger|{}|{}|{}", organisation, to_string(number), identity))};
}

RowEntry prepare(const LedgerRow& row, const Plan& plan, const Header& header, const std::vector<std::string>& cells,
                 const CaseHistory& history, const Dispute& dispute, const ImportOptions& options, Instant now) {
    RowEntry entry;
    const auto refuse = [&](Message message) {
        entry.outcome = RowOutcome::refused;
        entry.commands.clear();
        entry.messages = {std::move(message)};
        return std::move(entry);
    };
    if (auto too_much = too_much_text(plan, header)) return refuse(std::move(*too_much));
    if (auto different = parties_differ(plan, history, header)) return refuse(std::move(*different));

    // An edited row must be lawful as a whole, not only in what it adds.
    if (history.version > 0) {
        Trial whole(dispute, {}, 0, row.organisation, options.actor, now);
        for (const auto& step : plan.steps)
            if (auto rejection = whole.refuses(step.command, on_day(step.on)))
                return refuse(message_of(*rejection, step, header, cells));
    }

    const CaseId case_id = case_id_of(row.organisation, row.number);
    const auto command = [&](const dispute::Command& order, const std::string& identity, OccurredAt occurred_at,
                             const std::vector<SealedField>& sealed) {
        return Command{.id = command_id_of(row.organisation, row.number, identity),
                       .workflow = Dispute::id,
                       .case_id = case_id,
                       .expected_version = std::nullopt,
                       .occurred_at = occurred_at,
                       .actor = options.actor,
                       .organisation = row.organisation,
                       .body = make_body<Dispute>(order),
                       .sealed = sealed};
    };

    Trial trial(dispute, history.state, history.version, row.organisation, options.actor, now);
    bool corrected = false;
    for (const auto& step : plan.steps) {
        const auto recorded = history.steps.find(command_id_of(row.organisation, row.number, identity_of(step)));
        if (recorded == history.steps.end()) continue;
        for (const auto& correction : differences(step, recorded->second, history)) {
            const OccurredAt occurred_at{now, false};
            if (auto rejection = trial.refuses(correction.command, occurred_at))
                return refuse(message_of(*rejection, step, header, cells));
            entry.commands.push_back(command(correction.command, correction.identity, occurred_at, correction.sealed));
            entry.messages.push_back(correction_note(correction, header));
            corrected = true;
        }
    }
    bool added = false;
    for (const auto& step : plan.steps) {
        const std::string identity = identity_of(step);
        if (history.steps.contains(command_id_of(row.organisation, row.number, identity))) continue;
        if (auto rejection = trial.refuses(step.command, on_day(step.on)))
            return refuse(message_of(*rejection, step, header, cells));
        entry.commands.push_back(command(step.command, identity, on_day(step.on), step.sealed));
        added = true;
    }
    entry.outcome = corrected             ? RowOutcome::corrected
                    : !added              ? RowOutcome::unchanged
                    : history.version > 0 ? RowOutcome::completed
                                          : RowOutcome::entered;
    return entry;
}

}  // namespace anjie::ledger
