#include <fmt/format.h>

#include <algorithm>

#include "workflows/dispute/audit/check.hpp"

namespace anjie::dispute::audit {
namespace {

const Kind own_revisit{
    .id = "revisit_by_mediator",
    .title = {"调解员自行回访", "Revisited by the case's own mediator"},
    .method = {"回访人或录入人与该案任一调解员（含已更换的）代号相同；“回访人不是调解员”是审计偏好，不是法律要求",
               "revisitor or recorder has the pseudonym of a mediator of the case, replaced ones included; that they "
               "should differ is an auditor's preference, not law"}};

class RevisitByMediator final : public Check {
public:
    explicit RevisitByMediator(const Setting&) {}

    [[nodiscard]] const Kind& kind() const override { return own_revisit; }

    void after(const Step& step, Findings&) override {
        if (const auto* assigned = std::get_if<MediatorAssigned>(&step.event))
            mediators_.push_back({assigned->mediator, step.cite()});
        if (const auto* replaced = std::get_if<MediatorReplaced>(&step.event))
            mediators_.push_back({replaced->to, step.cite()});
        if (const auto* revisit = std::get_if<RevisitMade>(&step.event)) look_at(*revisit, step);
    }

    void end(const CaseSeen&, Findings& out) override {
        for (auto& finding : found_) {
            // Somebody else has seen the parties too.
            if (independent_) finding.severity = Severity::note;
            out.add(std::move(finding));
        }
        mediators_.clear();
        found_.clear();
        independent_ = false;
    }

private:
    struct Assigned {
        std::string mediator;
        Citation where;
    };

    [[nodiscard]] const Assigned* mediator(std::string_view who) const {
        const auto found = std::ranges::find(mediators_, who, &Assigned::mediator);
        return found == mediators_.end() ? nullptr : &*found;
    }

    void look_at(const RevisitMade& revisit, const Step& step) {
        const auto* by = mediator(revisit.revisitor);
        const auto* recorded_by = mediator(step.header.actor);
        if (by == nullptr && recorded_by == nullptr) independent_ = true;
        const auto version = step.header.version;
        if (by != nullptr)
            add(Severity::warning, *by, step,
                {fmt::format("v{} 的回访人就是本案调解员（v{} 指派）", version, by->where.version),
                 fmt::format("the revisitor of v{} is the mediator assigned in v{}", version, by->where.version)});
        else if (recorded_by != nullptr)
            add(Severity::note, *recorded_by, step,
                {fmt::format("v{} 的回访由本案调解员（v{} 指派）录入，回访人为他人", version,
                             recorded_by->where.version),
                 fmt::format(
                     "the revisit in v{} was made by somebody else but recorded by the mediator assigned in v{}",
                     version, recorded_by->where.version)});
    }

    void add(Severity severity, const Assigned& assigned, const Step& step, Text sentence) {
        found_.push_back(
            {.kind = own_revisit.id,
             .severity = severity,
             .sentence = std::move(sentence),
             .rule = local_rule("AUDIT-REVISITOR", "回访人宜非调解员", "the revisitor should not be the mediator"),
             .events = {step.cite(), assigned.where}});
    }

    std::vector<Assigned> mediators_;
    std::vector<Finding> found_;
    bool independent_{};
};

}  // namespace

std::unique_ptr<Check> revisit_by_mediator(const Setting& setting) {
    return std::make_unique<RevisitByMediator>(setting);
}

}  // namespace anjie::dispute::audit
