#include <fmt/format.h>

#include "workflows/dispute/audit/check.hpp"
#include "workflows/dispute/audit/detail/met_deadline.hpp"

namespace anjie::dispute::audit {
namespace {

using anjie::to_string;

const Kind dated{
    .id = "back_dated",
    .title = {"疑似倒填日期", "Possibly back-dated"},
    .method = {
        "期限届满之后才录入，而所述日期恰在期限之内；或所述日期晚于录入",
        "recorded after a deadline had passed, with a stated day that meets it; or stated to happen after it was "
        "recorded"}};

/// A deadline met on paper only: nothing in the log knew of the deed while the deadline ran.
class BackDated final : public Check {
public:
    explicit BackDated(const Setting& setting) : setting_(setting) {}

    [[nodiscard]] const Kind& kind() const override { return dated; }

    void before(const Step& step, Findings&) override { watch_.before(step); }

    void after(const Step& step, Findings& out) override {
        if (is_ahead(step)) out.add(ahead(step));
        if (step.by_import) return;
        for (const auto& deadline : watch_.met(step)) {
            const auto rolled = deadline.start.due.rolled;
            const bool in_time_as_stated = step.occurred_on() <= rolled;
            const auto late = (step.recorded_on() - rolled).count();
            if (in_time_as_stated && late > setting_.thresholds.back_dated_days) out.add(met(step, deadline, late));
        }
    }

private:
    /// Only the day can be compared where only the day is known.
    static bool is_ahead(const Step& step) {
        const auto& stated = step.header.occurred_at;
        return stated.day_only ? step.occurred_on() > step.recorded_on() : stated.at > step.header.recorded_at;
    }

    static Finding ahead(const Step& step) {
        return {.kind = dated.id,
                .severity = Severity::serious,
                .sentence = {fmt::format("v{} 称 {} 发生，却在此之前（{}）已录入", step.header.version,
                                         to_string(step.header.occurred_at), to_string(step.header.recorded_at)),
                             fmt::format("v{} states {}, yet was recorded before, at {}", step.header.version,
                                         to_string(step.header.occurred_at), to_string(step.header.recorded_at))},
                .rule = law("ANJIE-FACTS"),
                .events = {step.cite()}};
    }

    [[nodiscard]] Finding met(const Step& step, const RunningDeadline& deadline, std::int64_t late) const {
        // Somebody had been told that it was missed before the entry came that says it was not.
        const bool alarmed = deadline.next_level > static_cast<std::uint8_t>(AlarmLevel::passed);
        const auto& name = entry_of(deadline.start.kind);
        const auto end = to_string(deadline.start.due.rolled);
        const auto stated = to_string(step.occurred_on());
        const auto recorded = to_string(step.recorded_on());
        return {
            .kind = dated.id,
            .severity = alarmed ? Severity::serious : Severity::warning,
            .sentence = {fmt::format("{}（v{} 起算）至 {} 届满；v{} 称 {} 已办，但届满 {} 天后（{}）才录入{}", name.zh,
                                     deadline.since, end, step.header.version, stated, late, recorded,
                                     alarmed ? "，此前已有逾期提醒" : ""),
                         fmt::format("the deadline \"{}\" (running since v{}) ended on {}; v{} says it was met on {}, "
                                     "but was recorded {} days after the end, on {}{}",
                                     name.en, deadline.since, end, step.header.version, stated, late, recorded,
                                     alarmed ? "; an alarm had said before that it was missed" : "")},
            .rule = rule_of(setting_, step.state, deadline.start),
            .events = {step.cite(), step.cite(deadline.since)}};
    }

    const Setting& setting_;
    detail::DeadlineWatch watch_;
};

}  // namespace

std::unique_ptr<Check> back_dated(const Setting& setting) { return std::make_unique<BackDated>(setting); }

}  // namespace anjie::dispute::audit
