#include <fmt/format.h>

#include <algorithm>

#include "workflows/dispute/audit/check.hpp"

namespace anjie::dispute::audit {
namespace {

using anjie::to_string;

const Kind extension{
    .id = "extension_consent",
    .title = {"延期未经全体同意", "Extended without everybody's consent"},
    .method = {
        "延期事件所列当事人与登记的当事人比对；并看延期是否在原期限届满之后才录入",
        "the parties named by the extension are compared with those registered; and whether it was recorded only "
        "after the limit it extends had ended"}};

std::string joined(const std::vector<PartyNumber>& numbers) {
    std::string text;
    for (const auto number : numbers) text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text;
}

class ExtensionConsent final : public Check {
public:
    explicit ExtensionConsent(const Setting& setting) : setting_(setting) {}

    [[nodiscard]] const Kind& kind() const override { return extension; }

    void before(const Step& step, Findings& out) override {
        const auto* agreed = std::get_if<ExtensionAgreed>(&step.event);
        if (agreed == nullptr) return;
        const auto limit = std::ranges::find(step.state.deadlines, DeadlineKind::mediation,
                                             [](const RunningDeadline& running) { return running.start.kind; });
        const auto* running = limit == step.state.deadlines.end() ? nullptr : &*limit;
        missing_parties(step, *agreed, running, out);
        if (running != nullptr && !step.by_import) recorded_after(step, *running, out);
    }

private:
    void missing_parties(const Step& step, const ExtensionAgreed& agreed, const RunningDeadline* running,
                         Findings& out) const {
        std::vector<PartyNumber> missing;
        for (const auto& one : step.state.parties)
            if (std::ranges::find(agreed.parties, one.party.number) == agreed.parties.end())
                missing.push_back(one.party.number);
        if (missing.empty()) return;
        out.add({.kind = extension.id,
                 .severity = Severity::serious,
                 .sentence = {fmt::format("v{} 的延期只列了当事人 {}，缺当事人 {}（登记于 v{}）", step.header.version,
                                          agreed.parties.empty() ? "（无）" : joined(agreed.parties), joined(missing),
                                          step.state.registered.version),
                              fmt::format("the extension in v{} names parties {}; missing: {} (registered in v{})",
                                          step.header.version, agreed.parties.empty() ? "none" : joined(agreed.parties),
                                          joined(missing), step.state.registered.version)},
                 .rule = running == nullptr ? std::nullopt : rule_of(setting_, step.state, running->start),
                 .events = {step.cite(), step.cite(step.state.registered.version)}});
    }

    /// Consent that nobody had written down while there was still something to extend.
    void recorded_after(const Step& step, const RunningDeadline& limit, Findings& out) const {
        const auto end = limit.start.due.rolled;
        const auto late = (step.recorded_on() - end).count();
        if (late <= setting_.thresholds.back_dated_days) return;
        out.add({.kind = extension.id,
                 .severity = Severity::warning,
                 .sentence = {fmt::format("期限 {} 届满（v{}），{} 天后（{}）才录入 v{} 称 {} 达成的延期",
                                          to_string(end), limit.since, late, to_string(step.recorded_on()),
                                          step.header.version, to_string(step.occurred_on())),
                              fmt::format("the limit (v{}) ended on {}; the extension in v{}, said to be agreed on {}, "
                                          "was recorded {} days after that, on {}",
                                          limit.since, to_string(end), step.header.version,
                                          to_string(step.occurred_on()), late, to_string(step.recorded_on()))},
                 .rule = rule_of(setting_, step.state, limit.start),
                 .events = {step.cite(), step.cite(limit.since)}});
    }

    const Setting& setting_;
};

}  // namespace

std::unique_ptr<Check> extension_consent(const Setting& setting) { return std::make_unique<ExtensionConsent>(setting); }

}  // namespace anjie::dispute::audit
