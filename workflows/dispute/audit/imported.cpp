#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "workflows/dispute/audit/check.hpp"
#include "workflows/dispute/audit/detail/met_deadline.hpp"

namespace anjie::dispute::audit {
namespace {

using anjie::to_string;

const Kind bulk{
    .id = "imported",
    .title = {"批量导入", "Imported in bulk"},
    .method = {
        "由配置所列的导入者录入的事件，按录入日和机构汇总；其录入时间不能证明当时已办",
        "events entered by an actor that the configuration names as an import, summed up by day of recording and "
        "organisation; the time of recording proves nothing about when things were done"}};

/// What one import did on one day for one organisation.
struct Import {
    std::uint64_t cases{};
    std::uint64_t events{};
    std::uint64_t deadlines_met{};
    Date first{};
    Date last{};
    std::vector<Citation> examples;  ///< The first event it entered in each of a few cases.
};
using ImportKey = std::tuple<Date, std::string, std::string>;  ///< Recorded on, actor, organisation.

/// One finding per import instead of hundreds of late entries that all say the same.
class Imported final : public Check {
public:
    explicit Imported(const Setting&) {}

    [[nodiscard]] const Kind& kind() const override { return bulk; }

    void before(const Step& step, Findings&) override {
        if (step.by_import) watch_.before(step);
    }

    void after(const Step& step, Findings&) override {
        if (!step.by_import) return;
        const auto recorded = step.recorded_on();
        const auto occurred = step.occurred_on();
        auto& here = imports_[{recorded, std::string(step.header.actor), std::string(step.header.organisation)}];
        if (&here != current_) {
            current_ = &here;
            ++here.cases;
            if (here.examples.size() < citations_max) here.examples.push_back(step.cite());
        }
        here.first = here.events == 0 ? occurred : std::min(here.first, occurred);
        here.last = here.events == 0 ? occurred : std::max(here.last, occurred);
        ++here.events;
        for (const auto& deadline : watch_.met(step))
            here.deadlines_met += occurred <= deadline.start.due.rolled && recorded > deadline.start.due.rolled;
    }

    void end(const CaseSeen&, Findings&) override { current_ = nullptr; }

    void absorb(Check&& later) override {
        for (auto& [key, theirs] : static_cast<Imported&>(later).imports_) {
            auto& here = imports_[key];
            here.first = here.events == 0 ? theirs.first : std::min(here.first, theirs.first);
            here.last = here.events == 0 ? theirs.last : std::max(here.last, theirs.last);
            here.cases += theirs.cases;
            here.events += theirs.events;
            here.deadlines_met += theirs.deadlines_met;
            for (const auto& one : theirs.examples)
                if (here.examples.size() < citations_max) here.examples.push_back(one);
        }
    }

    void finish(Findings& out) override {
        for (const auto& [key, one] : imports_) {
            const auto& [recorded, actor, organisation] = key;
            const auto day = to_string(recorded);
            out.add({.kind = bulk.id,
                     .severity = Severity::note,
                     .sentence = {fmt::format("{} 由 {} 为 {} 导入 {} 件 {} 个事件，所述日期自 {} 至 {}；其中 {} "
                                              "个期限仅凭所述日期算作按期。请与纸质台账核对",
                                              day, actor, organisation, one.cases, one.events, to_string(one.first),
                                              to_string(one.last), one.deadlines_met),
                                  fmt::format("on {} {} entered {} events of {} cases for {}, which state {} to {}; {} "
                                              "deadlines count as met by the stated day alone. Compare with the paper",
                                              day, actor, one.events, one.cases, organisation, to_string(one.first),
                                              to_string(one.last), one.deadlines_met)},
                     .rule = local_rule("AUDIT-IMPORT", "哪些录入者是导入", "which actors are imports"),
                     .events = one.examples,
                     .events_in_all = one.events,
                     .cases = one.cases});
        }
    }

private:
    detail::DeadlineWatch watch_;
    std::map<ImportKey, Import> imports_;
    const Import* current_{};  ///< Counted for the present case already. A case imported twice in turn counts again.
};

}  // namespace

std::unique_ptr<Check> imported(const Setting& setting) { return std::make_unique<Imported>(setting); }

}  // namespace anjie::dispute::audit
