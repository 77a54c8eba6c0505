#include <fmt/format.h>

#include <algorithm>

#include "workflows/dispute/audit/check.hpp"

namespace anjie::dispute::audit {
namespace {

using anjie::to_string;

const Kind late{
    .id = "late_entry",
    .title = {"迟录", "Late entry"},
    .method = {"录入日与发生日相差的天数（中国日历日）；导入的历史数据另见“批量导入”，补记不算",
               "days between the day it happened and the day it was recorded (calendar days in China); what an import "
               "entered is summed up under imported, and late facts recorded as such are not counted"}};

struct LateEvent {
    Citation where;
    Date occurred;
    Date recorded;

    [[nodiscard]] std::int64_t lag() const { return (recorded - occurred).count(); }
};

/// One finding per case: a clerk behind with the entries of a case is one matter.
class LateEntry final : public Check {
public:
    explicit LateEntry(const Setting& setting) : setting_(setting) {}

    [[nodiscard]] const Kind& kind() const override { return late; }

    void after(const Step& step, Findings&) override {
        if (step.by_import || is_by_engine(step.event) || std::holds_alternative<LateFactRecorded>(step.event)) return;
        if (step.header.command_id == last_command_) return;  // What one order yielded is one entry.
        last_command_ = step.header.command_id;
        ++entries_;
        const LateEvent event{step.cite(), step.occurred_on(), step.recorded_on()};
        if (event.lag() > setting_.thresholds.late_entry_days) late_.push_back(event);
    }

    void end(const CaseSeen&, Findings& out) override {
        if (!late_.empty()) out.add(finding());
        late_.clear();
        entries_ = 0;
        last_command_ = {};
    }

private:
    static bool is_by_engine(const Event& event) {
        return std::holds_alternative<AlarmRaised>(event) || std::holds_alternative<DeadlinesRecomputed>(event);
    }

    Finding finding() {
        std::ranges::stable_sort(late_, std::ranges::greater{}, &LateEvent::lag);
        const auto& worst = late_.front();
        Finding found{
            .kind = late.id,
            .severity = worst.lag() > setting_.thresholds.late_entry_grave_days ? Severity::warning : Severity::note,
            .rule = local_rule("AUDIT-LATE", "迟录天数", "days after which an entry is late")};
        found.sentence = {
            fmt::format(
                "{} 次录入中有 {} 次晚于所述发生日超过 {} 天，最久 {} 天：v{} 称 {} 发生，{} 才录入；按两日之差判断",
                entries_, late_.size(), setting_.thresholds.late_entry_days, worst.lag(), worst.where.version,
                to_string(worst.occurred), to_string(worst.recorded)),
            fmt::format("{} of {} entries were recorded more than {} days after the day they state, the latest after "
                        "{}: v{} says {} and was recorded on {}; decided by the days between the two",
                        late_.size(), entries_, setting_.thresholds.late_entry_days, worst.lag(), worst.where.version,
                        to_string(worst.occurred), to_string(worst.recorded))};
        found.events_in_all = late_.size();
        for (const auto& event : late_) {
            if (found.events.size() == citations_max) break;
            found.events.push_back(event.where);
        }
        return found;
    }

    const Setting& setting_;
    std::vector<LateEvent> late_;
    std::uint64_t entries_{};
    CommandId last_command_{};
};

}  // namespace

std::unique_ptr<Check> late_entry(const Setting& setting) { return std::make_unique<LateEntry>(setting); }

}  // namespace anjie::dispute::audit
