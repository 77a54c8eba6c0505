#include <fmt/format.h>

#include <algorithm>

#include "workflows/dispute/audit/check.hpp"

namespace anjie::dispute::audit {
namespace {

using anjie::to_string;

const Kind unsupported{
    .id = "success_unsupported",
    .title = {"成功而无协议或履行", "Success without agreement or performance"},
    .method = {
        "计为成功的案件：有无生效协议，协议是否经各方签名盖章，义务是否履行或放弃，回访所见是否相反",
        "cases counted as successes: whether an agreement is in force and signed and sealed by all, whether what "
        "is owed was performed or waived, and whether the last revisit says otherwise"}};

std::string list(const std::vector<std::string>& items) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : ", ") + item;
    return text;
}

class SuccessUnsupported final : public Check {
public:
    explicit SuccessUnsupported(const Setting& setting) : setting_(setting) {}

    [[nodiscard]] const Kind& kind() const override { return unsupported; }

    void before(const Step& step, Findings& out) override {
        if (std::holds_alternative<AgreementEffective>(step.event)) check_signatures(step, out);
        if (const auto* reopened = std::get_if<CaseReopened>(&step.event); reopened && reopened->new_proceeding)
            proceeding_since_ = step.header.version;
    }

    void end(const CaseSeen& seen, Findings& out) override {
        judge(seen, out);
        proceeding_since_ = 0;
    }

private:
    /// A written agreement takes effect with the last signature and the seal (art. 29), an oral one when reached
    /// (art. 30).
    static void check_signatures(const Step& step, Findings& out) {
        const auto& state = step.state;
        const auto& draft = state.draft;
        std::vector<std::string> zh;
        std::vector<std::string> en;
        const auto lacking = [&](std::string chinese, std::string english) {
            zh.push_back(std::move(chinese));
            en.push_back(std::move(english));
        };
        if (draft.number == 0) {
            lacking("协议文本", "any draft");
        } else if (draft.form == AgreementForm::written) {
            for (const auto& one : state.parties)
                if (!one.signature)
                    lacking(fmt::format("当事人 {} 签名", one.party.number), fmt::format("party {}", one.party.number));
            if (!draft.mediator_signed) lacking("调解员签名", "the mediator");
            if (!draft.sealed) lacking("调委会印章", "the committee's seal");
        }
        if (zh.empty()) return;
        Finding found{
            .kind = unsupported.id,
            .severity = Severity::serious,
            .sentence = {fmt::format("v{} 记为协议生效，但此前缺：{}", step.header.version, list(zh)),
                         fmt::format("v{} says the agreement took effect, but before it there is no trace of: {}",
                                     step.header.version, list(en))},
            .rule = law(draft.number != 0 && draft.form == AgreementForm::oral ? "PML-30" : "PML-29"),
            .events = {step.cite()}};
        if (draft.drafted) found.events.push_back(step.cite(draft.drafted.version));
        out.add(std::move(found));
    }

    void judge(const CaseSeen& seen, Findings& out) const {
        const auto& state = seen.state;
        const bool closed = state.result == CaseResult::succeeded;
        const bool effective = state.agreement.effective.version > proceeding_since_;
        if (closed && !effective) {
            out.add({.kind = unsupported.id,
                     .severity = Severity::serious,
                     .sentence = {fmt::format("v{} 以“调解成功”结案，但本次程序没有生效的协议", state.closed.version),
                                  fmt::format("v{} closed the case as a success, but no agreement took effect in its "
                                              "proceeding",
                                              state.closed.version)},
                     .rule = law("PML-29"),
                     .events = {seen.cite(state.closed.version)}});
            return;
        }
        if (!effective) return;
        if (const bool all_settled = check_obligations(seen, closed, out); all_settled)
            check_revisits(seen, closed, out);
    }

    /// Answers whether there is nothing left to be performed.
    bool check_obligations(const CaseSeen& seen, bool closed, Findings& out) const {
        const auto& state = seen.state;
        std::vector<std::string> open;
        std::vector<Citation> cited{seen.cite(state.agreement.effective.version)};
        bool settled = true;
        for (const auto& owed : state.obligations) {
            if (is_settled(owed.phase)) continue;
            settled = false;
            const auto overdue = (setting_.today - owed.obligation.due).count();
            const bool elsewhere =
                owed.phase == PerformancePhase::routes_told || owed.phase == PerformancePhase::in_proceedings;
            if (!closed && (elsewhere || overdue <= setting_.thresholds.performance_grace_days)) continue;
            open.push_back(fmt::format("{} ({}, {})", owed.obligation.number, to_string(owed.obligation.due),
                                       code_of(owed.phase)));
            if (owed.last.version != state.agreement.effective.version) cited.push_back(seen.cite(owed.last.version));
        }
        if (open.empty()) return settled;
        if (closed) cited.push_back(seen.cite(state.closed.version));
        const auto which = list(open);
        const auto today = to_string(setting_.today);
        out.add({.kind = unsupported.id,
                 .severity = Severity::warning,
                 .sentence = closed
                                 ? Text{fmt::format("以“调解成功”结案（v{}），但义务未见履行或放弃：{}（期限，状态）",
                                                    state.closed.version, which),
                                        fmt::format("closed as a success in v{}, but obligations are neither "
                                                    "performed nor waived: {} (due, phase)",
                                                    state.closed.version, which)}
                                 : Text{fmt::format("协议生效（v{}）计为成功，但截至 {}，期限已过 {} "
                                                    "天以上的义务未见履行：{}（期限，状态）",
                                                    state.agreement.effective.version, today,
                                                    setting_.thresholds.performance_grace_days, which),
                                        fmt::format("counted as a success since v{}, but as of {} obligations are "
                                                    "more than {} days past due without performance: {} (due, phase)",
                                                    state.agreement.effective.version, today,
                                                    setting_.thresholds.performance_grace_days, which)},
                 .rule = law("PML-31"),
                 .events = std::move(cited)});
        return false;
    }

    /// What the parties themselves said last, where nothing (more) was owed by the record.
    static void check_revisits(const CaseSeen& seen, bool closed, Findings& out) {
        const auto& state = seen.state;
        const RevisitState* last = nullptr;
        for (const auto& revisit : state.revisits)
            if (revisit.version > state.agreement.effective.version && (last == nullptr || revisit.on >= last->on))
                last = &revisit;
        if (last == nullptr) {
            if (!closed || !state.obligations.empty()) return;
            out.add(
                {.kind = unsupported.id,
                 .severity = Severity::note,
                 .sentence = {fmt::format("以“调解成功”结案（v{}），协议未列义务，也没有回访：没有任何履行的记录",
                                          state.closed.version),
                              fmt::format("closed as a success in v{}; the agreement lists no obligation and nobody "
                                          "revisited: nothing shows performance",
                                          state.closed.version)},
                 .rule = law("PML-31"),
                 .events = {seen.cite(state.agreement.effective.version), seen.cite(state.closed.version)}});
            return;
        }
        if (last->fulfilment != Fulfilment::not_fulfilled && last->fulfilment != Fulfilment::partly) return;
        for (const auto& owed : state.obligations)
            if (owed.phase != PerformancePhase::superseded && owed.last.on >= last->on) return;
        const auto& said = entry_of(last->fulfilment);
        out.add({.kind = unsupported.id,
                 .severity = Severity::warning,
                 .sentence = {fmt::format("{} 最后一次回访（v{}）所见为“{}”，此后没有履行的记录", to_string(last->on),
                                          last->version, said.zh),
                              fmt::format("the last revisit (v{}, {}) found it \"{}\", and no performance is recorded "
                                          "after it",
                                          last->version, to_string(last->on), said.en)},
                 .rule = law("PML-31"),
                 .events = {seen.cite(last->version), seen.cite(state.agreement.effective.version)}});
    }

    const Setting& setting_;
    Version proceeding_since_{};
};

}  // namespace

std::unique_ptr<Check> success_unsupported(const Setting& setting) {
    return std::make_unique<SuccessUnsupported>(setting);
}

}  // namespace anjie::dispute::audit
