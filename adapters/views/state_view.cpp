#include "adapters/views/state_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace anjie::views {
namespace {

using namespace dispute;

/// Collects lines, leaving out what is empty.
class Lines {
public:
    explicit Lines(Language language) : language_(language) {}

    void add(std::string key, std::string_view zh, std::string_view en, std::string value) {
        if (!value.empty())
            lines_.push_back({std::move(key), std::string(language_ == Language::zh ? zh : en), std::move(value)});
    }
    void add(std::string key, std::string_view zh, std::string_view en, const Fact& fact) {
        if (fact) add(std::move(key), zh, en, fmt::format("{} (v{})", to_string(fact.on), fact.version));
    }
    template <Coded E>
    void add(std::string key, std::string_view zh, std::string_view en, E value) {
        add(std::move(key), zh, en, name_of(value, language_));
    }
    void add(std::string key, std::string_view zh, std::string_view en, Money money) {
        if (money.fen != 0) add(std::move(key), zh, en, money_text(money, language_));
    }
    [[nodiscard]] Language language() const { return language_; }
    [[nodiscard]] std::string_view pick(std::string_view zh, std::string_view en) const {
        return language_ == Language::zh ? zh : en;
    }
    [[nodiscard]] std::vector<StateLine> take() { return std::move(lines_); }

private:
    Language language_;
    std::vector<StateLine> lines_;
};

void registration(Lines& out, const State& state) {
    out.add("number", "案号", "Number", to_string(state.number));
    out.add("procedure", "程序", "Procedure", state.procedure);
    out.add("revisit", "回访", "Revisit", state.revisit);
    out.add("confirmation", "司法确认", "Judicial confirmation", state.confirmation);
    out.add("file", "案卷", "File", state.file);
    out.add("organisation", "调委会", "Committee", state.organisation);
    out.add("jurisdiction", "行政区划", "Division", state.jurisdiction);
    out.add("rules", "规则版本", "Rule set", state.rule_version);
    out.add("type", "纠纷类型", "Type", state.type);
    out.add("source", "案件来源", "Source", state.source);
    out.add("difficulty", "难易程度", "Difficulty", state.difficulty);
    out.add("people", "涉及人数", "People", std::to_string(state.people_count));
    out.add("amount", "涉案金额", "Amount in dispute", state.amount);
    out.add("origin", "来自", "Came from", state.origin);
    out.add("custody", "承办情况", "Custody", state.custody);
    out.add("holder", "承办组织", "Held by", state.holder);
    out.add("held_since", "承办自", "Held since", state.held_since);
    out.add("confidentiality", "保密等级", "Confidentiality", state.confidentiality);
    out.add("classified", "设定保密等级", "Confidentiality set", state.classified);
    out.add("registered", "登记", "Registered", state.registered);
    out.add("accepted", "受理", "Accepted", state.accepted);
    out.add("refused", "不予受理", "Acceptance refused", state.refused);
    if (state.proceedings > 1) out.add("proceedings", "调解程序次数", "Proceedings", std::to_string(state.proceedings));
}

void handover(Lines& out, const State& state) {
    const auto& last = state.handover;
    if (last.id.empty()) return;
    out.add("handover.id", "移送编号", "Hand-over", last.id);
    out.add("handover.other", "移送对方", "Other side", last.other);
    out.add("handover.kind", "移送方式", "Kind of hand-over", last.kind);
    out.add("handover.reason", "移送原因", "Reason of hand-over", last.reason);
    out.add("handover.reference", "对方案号", "Number there", last.reference);
    out.add("handover.offered", "提请移送", "Hand-over offered", last.offered);
    out.add("handover.answered", "移送答复", "Hand-over answered", last.answered);
    out.add("handover.settled", "结果反馈", "Result fed back", last.settled);
    if (last.outcome) out.add("handover.outcome", "反馈结果", "Result of hand-over", *last.outcome);
}

void people(Lines& out, const State& state) {
    for (const auto& party : state.parties) {
        const auto key = fmt::format("party.{}", party.party.number);
        std::string text =
            fmt::format("{}, {}", name_of(party.party.role, out.language()), name_of(party.party.kind, out.language()));
        if (party.consent) text += fmt::format(", {} v{}", out.pick("同意调解", "consented"), party.consent.version);
        if (party.refusal) text += fmt::format(", {} v{}", out.pick("拒绝调解", "refused"), party.refusal.version);
        if (party.signature)
            text += fmt::format(", {} {} (v{})", out.pick("签名", "signed"), to_string(party.signature.on),
                                party.signature.version);
        out.add(key, fmt::format("当事人{}", party.party.number), fmt::format("Party {}", party.party.number), text);
    }
    for (const auto& mediator : state.mediators) {
        std::string text = fmt::format("{}, {}", mediator.mediator, name_of(mediator.role, out.language()));
        if (mediator.recusal_requested)
            text += fmt::format(", {} v{}", out.pick("被申请回避", "recusal requested"),
                                mediator.recusal_requested.version);
        out.add("mediator." + mediator.mediator, "调解员", "Mediator", text);
    }
}

void mediation(Lines& out, const State& state) {
    out.add("rights_notice", "告知权利义务", "Rights notice", state.rights_notice);
    out.add("first_session", "首次调解", "First session", state.first_session);
    out.add("last_session", "最近调解", "Last session", state.last_session);
    out.add("suspended", "中止", "Suspended", state.suspended);
    const auto& agreement = state.agreement;
    if (agreement.number == 0) return;
    out.add("agreement.label", "协议编号", "Agreement", agreement.label);
    out.add("agreement.form", "协议形式", "Form", agreement.form);
    if (agreement.partial) out.add("agreement.partial", "部分协议", "Partial", std::string(out.pick("是", "yes")));
    out.add("agreement.amount", "协议金额", "Amount agreed", agreement.amount);
    out.add("agreement.drafted", "拟定协议", "Drafted", agreement.drafted);
    out.add("agreement.mediator_signed", "调解员签名", "Mediator signed", agreement.mediator_signed);
    out.add("agreement.sealed", "加盖印章", "Seal affixed", agreement.sealed);
    out.add("agreement.effective", "协议生效", "Effective", agreement.effective);
    for (const auto& item : state.obligations) {
        const auto& owed = item.obligation;
        std::string text = fmt::format("{} → {}, {}", owed.debtor, owed.creditor, name_of(owed.kind, out.language()));
        if (owed.amount.fen != 0) text += " " + money_text(owed.amount, out.language());
        text += fmt::format(", {} {}: {}", out.pick("期限", "due"), to_string(owed.due),
                            name_of(item.phase, out.language()));
        if (item.performed.fen != 0) text += " " + money_text(item.performed, out.language());
        out.add(fmt::format("obligation.{}", owed.number), fmt::format("履行义务{}", owed.number),
                fmt::format("Obligation {}", owed.number), text);
    }
}

void aftercare(Lines& out, const State& state) {
    std::size_t number = 0;
    for (const auto& made : state.revisits) {
        const auto key = fmt::format("revisit.{}", ++number);
        out.add(key, fmt::format("第{}次回访", number), fmt::format("Revisit {}", number),
                fmt::format("{} {}, {}, {}, {}: {} (v{})", to_string(made.on), name_of(made.method, out.language()),
                            name_of(made.satisfaction, out.language()), name_of(made.fulfilment, out.language()),
                            out.pick("问题", "problem"), name_of(made.problem, out.language()), made.version));
    }
    number = 0;
    for (const auto& follow_up : state.follow_ups) {
        std::string text = fmt::format("{}, {}", follow_up.assignee, name_of(follow_up.problem, out.language()));
        const auto step = [&](const Fact& fact, std::string_view zh, std::string_view en) {
            if (fact) text += fmt::format(", {} {} (v{})", out.pick(zh, en), to_string(fact.on), fact.version);
        };
        step(follow_up.opened, "开始", "opened");
        step(follow_up.resolved, "化解", "resolved");
        step(follow_up.escalated, "升级", "escalated");
        const auto key = fmt::format("follow_up.{}", ++number);
        out.add(key, fmt::format("跟进{}", number), fmt::format("Follow-up {}", number), text);
    }
    std::string documents;
    for (const auto kind : state.documents)
        documents += (documents.empty() ? "" : ", ") + name_of(kind, out.language());
    out.add("documents", "卷内文书", "Documents", documents);
    out.add("ended", "程序终结", "Procedure ended", state.ended);
    out.add("closed", "结案", "Closed", state.closed);
    if (state.result) out.add("result", "结案方式", "Result", *state.result);
    out.add("archived", "归档", "Archived", state.archived);
    out.add("reopened", "重新启动", "Reopened", state.reopened);
    for (const auto& [version, field] : state.corrections)
        out.add(fmt::format("correction.{}.{}", version, field), "更正", "Corrected",
                fmt::format("v{} {}", version, field));
}

}  // namespace

std::string money_text(Money money, Language language) {
    std::string yuan = std::to_string(money.fen / 100);
    for (auto place = static_cast<std::ptrdiff_t>(yuan.size()) - 3; place > (money.fen < 0 ? 1 : 0); place -= 3)
        yuan.insert(static_cast<std::size_t>(place), ",");
    const auto cents = std::abs(money.fen % 100);
    if (cents != 0) yuan += fmt::format(".{:02}", cents);
    return language == Language::zh ? yuan + "元" : "CNY " + yuan;
}

std::string due_text(const DueDay& due, Language language) {
    std::string text = to_string(due.rolled);
    if (due.raw != due.rolled)
        text += language == Language::zh ? fmt::format("（原 {}，遇休息日顺延）", to_string(due.raw))
                                         : fmt::format(" (rolled from {})", to_string(due.raw));
    if (due.provisional)
        text += language == Language::zh ? "（暂定：节假日安排未公布）" : " (provisional: holidays not published)";
    return text;
}

std::vector<StateLine> state_lines(const State& state, Language language) {
    if (!state.registered) return {};
    Lines out(language);
    registration(out, state);
    handover(out, state);
    people(out, state);
    mediation(out, state);
    aftercare(out, state);
    return out.take();
}

std::vector<StateLine> deadline_lines(const State& state, Language language) {
    Lines out(language);
    for (const auto& running : state.deadlines) {
        const auto& start = running.start;
        std::string label = name_of(start.kind, language);
        if (start.item != 0) label += fmt::format(" {}", start.item);
        out.add(fmt::format("deadline.{}.{}", code_of(start.kind), start.item), label, label,
                fmt::format("{} [{}]", due_text(start.due, language), start.rule));
    }
    return out.take();
}

std::vector<StateChange> changes(const std::vector<StateLine>& before, const std::vector<StateLine>& after) {
    std::vector<StateChange> out;
    for (const auto& line : after) {
        const auto old = std::ranges::find(before, line.key, &StateLine::key);
        if (old == before.end())
            out.push_back({line, {}});
        else if (old->value != line.value)
            out.push_back({line, old->value});
    }
    for (const auto& line : before)
        if (std::ranges::find(after, line.key, &StateLine::key) == after.end())
            out.push_back({{line.key, line.label, {}}, line.value});
    return out;
}

}  // namespace anjie::views
