#include "workflows/dispute/statistics/figures.hpp"

#include <algorithm>
#include <map>

#include "workflows/dispute/statistics/detail/predicates.hpp"

namespace anjie::dispute::statistics {
namespace {

using namespace predicates;

template <Coded E>
std::uint16_t number_of(E value) {
    return static_cast<std::uint16_t>(value);
}

template <Coded E>
void add_codes(std::vector<Figure>& out, std::string_view group, E first, E last, decltype(Figure::counts) counts) {
    for (const auto& entry : code_table(E{}))
        if (entry.value >= first && entry.value <= last)
            out.push_back({.id = std::string{group}.append(".").append(entry.code),
                           .zh = std::string{entry.zh},
                           .en = std::string{entry.en},
                           .counts = counts,
                           .code = number_of(entry.value)});
}

constexpr std::int32_t unbounded = INT32_MAX;

void add_situation(std::vector<Figure>& out) {
    out.push_back({.id = "total", .zh = "调解案件总数", .en = "Cases accepted for mediation", .counts = taken});
    out.push_back({.id = "parties",
                   .zh = "涉及当事人数",
                   .en = "Parties",
                   .unit = Unit::people,
                   .counts = taken,
                   .measure = parties,
                   .cases = "total"});
    out.push_back({.id = "people",
                   .zh = "涉及人数",
                   .en = "People concerned",
                   .unit = Unit::people,
                   .counts = taken,
                   .measure = people,
                   .cases = "total"});
    out.push_back({.id = "succeeded",
                   .zh = "调解成功",
                   .en = "Mediated successfully",
                   .counts = succeeded,
                   .code = number_of(CaseResult::succeeded)});
    out.push_back({.id = "difficult", .zh = "疑难复杂案件", .en = "Difficult or complex cases", .counts = difficult});
    out.push_back({.id = "agreement_amount",
                   .zh = "协议涉及金额",
                   .en = "Amount of agreements",
                   .unit = Unit::fen,
                   .counts = succeeded,
                   .measure = agreement_amount,
                   .cases = "succeeded"});
    out.push_back({.id = "dispute_amount",
                   .zh = "纠纷涉及金额",
                   .en = "Amount in dispute",
                   .unit = Unit::fen,
                   .counts = taken,
                   .measure = dispute_amount,
                   .cases = "total"});
}

void add_outcomes(std::vector<Figure>& out) {
    const auto outcome = [&](std::string_view id, std::string_view zh, std::string_view en, CaseResult result) {
        out.push_back({.id = std::string{id},
                       .zh = std::string{zh},
                       .en = std::string{en},
                       .counts = outcome_is,
                       .code = number_of(result)});
    };
    outcome("outcome.not_reached", "调解不成", "Not reached", CaseResult::not_reached);
    outcome("outcome.terminated", "终止调解", "Terminated", CaseResult::terminated);
    outcome("outcome.withdrawn", "撤回申请", "Withdrawn", CaseResult::withdrawn);
    outcome("outcome.settled_privately", "自行和解", "Settled privately", CaseResult::settled_privately);
    out.push_back({.id = "outcome.pending", .zh = "正在调解", .en = "Pending", .counts = outcome_is});
    out.push_back({.id = "outcome.concluded", .zh = "已调处", .en = "Concluded", .counts = ended});
    out.push_back(
        {.id = "registered", .zh = "登记", .en = "Registered", .cohort = Cohort::registered, .counts = always});
    out.push_back(
        {.id = "refused", .zh = "不予受理", .en = "Acceptance refused", .cohort = Cohort::refused, .counts = always});
    out.push_back(
        {.id = "transferred", .zh = "受理后移送", .en = "Transferred after acceptance", .counts = transferred});
    out.push_back(
        {.id = "ended", .zh = "本期调解终结", .en = "Ended in the period", .cohort = Cohort::ended, .counts = ended});
    out.push_back({.id = "ended.succeeded",
                   .zh = "本期终结且调解成功",
                   .en = "Ended successfully in the period",
                   .cohort = Cohort::ended,
                   .counts = succeeded});
}

void add_agreements(std::vector<Figure>& out) {
    add_codes(out, "form", AgreementForm::written, AgreementForm::oral, form_is);
    for (auto& figure : out)
        if (figure.id == "form.oral") {
            figure.zh = "口头协议";
            figure.en = "Oral agreements";
        } else if (figure.id == "form.written") {
            figure.zh = "书面协议";
            figure.en = "Written agreements";
        }
    out.push_back({.id = "form.partial", .zh = "其中部分协议", .en = "Of which partial agreements", .counts = partial});
    const auto band = [&](std::string_view id, std::string_view zh, std::string_view en, std::int32_t from,
                          std::int32_t to) {
        out.push_back({.id = std::string{"amount."}.append(id),
                       .zh = std::string{zh},
                       .en = std::string{en},
                       .counts = amount_band,
                       .from = from,
                       .to = to});
    };
    band("none", "不涉及金额", "No money", INT32_MIN, 0);
    band("to_10000", "1万元以下(含)", "Up to 10,000 yuan", 1, 10'000);
    band("to_50000", "1万元以上至5万元", "Over 10,000 to 50,000 yuan", 10'001, 50'000);
    band("below_100000", "5万元以上不足10万元", "Over 50,000, below 100,000 yuan", 50'001, 99'999);
    band("from_100000", "10万元以上(含)", "100,000 yuan and more", 100'000, unbounded);

    out.push_back({.id = "performed", .zh = "已履行", .en = "Fully performed", .counts = performed});
    out.push_back(
        {.id = "unperformed", .zh = "未履行或未履行完毕", .en = "Not (fully) performed", .counts = unperformed});
    out.push_back(
        {.id = "performed.on_the_spot", .zh = "其中当场履行", .en = "Of which on the spot", .counts = on_the_spot});
    out.push_back({.id = "performed_amount",
                   .zh = "已履行金额",
                   .en = "Amount performed",
                   .unit = Unit::fen,
                   .counts = succeeded,
                   .measure = performed_amount,
                   .cases = "succeeded"});
    out.push_back({.id = "effective",
                   .zh = "本期生效协议",
                   .en = "Agreements effective in the period",
                   .cohort = Cohort::effective,
                   .counts = succeeded});
    out.push_back({.id = "effective.performed",
                   .zh = "本期生效且已履行",
                   .en = "Effective in the period, performed",
                   .cohort = Cohort::effective,
                   .counts = performed});
    out.push_back({.id = "confirmation.applied",
                   .zh = "申请司法确认",
                   .en = "Judicial confirmation applied for",
                   .counts = confirmation_applied});
    out.push_back({.id = "confirmation.granted",
                   .zh = "司法确认有效",
                   .en = "Judicial confirmation granted",
                   .counts = confirmation_granted});
}

void add_revisits(std::vector<Figure>& out) {
    const auto add = [&](std::string_view id, std::string_view zh, std::string_view en, decltype(Figure::counts) counts,
                         Cohort cohort = Cohort::ended) {
        out.push_back(
            {.id = std::string{id}, .zh = std::string{zh}, .en = std::string{en}, .cohort = cohort, .counts = counts});
    };
    add("revisit.required", "需回访", "Revisit required", revisit_required);
    add("revisit.called_for", "应回访(已回访或已到期)", "Revisit called for (made, or its day has passed)",
        revisit_called_for);
    add("revisit.made", "已回访", "Revisited", revisited);
    add("revisit.overdue", "逾期未回访", "Revisit overdue", revisit_overdue);
    add("revisit.not_yet_due", "未到期尚未回访", "Not revisited, not yet due", revisit_not_yet_due);
    add("revisit.on_time", "按期回访", "Revisited in time", revisit_on_time);
    add("revisit.on_time_extended", "顺延期限内回访", "Revisited within the moved deadline", revisit_on_time_extended);
    add("revisit.due", "本期到期应回访", "Revisit due in the period", revisit_fell_due, Cohort::revisit_due);
    add("revisit.due_made", "本期到期且已回访", "Due in the period and revisited", revisit_fell_due_made,
        Cohort::revisit_due);
    for (const auto& entry : code_table(Satisfaction{}))
        out.push_back({.id = std::string{"satisfaction."}.append(entry.code),
                       .zh = std::string{entry.zh},
                       .en = std::string{entry.en},
                       .cohort = Cohort::ended,
                       .counts = satisfaction_is,
                       .code = number_of(entry.value)});
    add("satisfaction.stated", "作出评价", "Stated an opinion", satisfaction_stated);
    add("satisfaction.content", "满意和基本满意", "Satisfied or mostly satisfied", satisfaction_content);
    add("satisfaction.first_stated", "首次回访作出评价", "Stated an opinion at the first revisit", first_stated);
    add("satisfaction.first_content", "首次回访满意和基本满意", "Satisfied or mostly so at the first revisit",
        first_content);
    add("revisit.problem_cases", "回访发现问题的案件", "Cases in which a revisit found a problem", problem_found);
    add("follow_up.cases", "跟进案件", "Cases followed up", follow_up);
    const auto sum = [&](std::string_view id, std::string_view zh, std::string_view en, decltype(Figure::counts) counts,
                         decltype(Figure::measure) measure, std::string_view cases) {
        out.push_back({.id = std::string{id},
                       .zh = std::string{zh},
                       .en = std::string{en},
                       .unit = Unit::times,
                       .cohort = Cohort::ended,
                       .counts = counts,
                       .measure = measure,
                       .cases = std::string{cases}});
    };
    sum("revisit.problems", "回访发现问题", "Problems found", problem_found, problems, "revisit.problem_cases");
    sum("follow_up.opened", "跟进", "Follow-ups opened", follow_up, follow_ups_opened, "follow_up.cases");
    sum("follow_up.resolved", "跟进化解", "Follow-ups settled", follow_up, follow_ups_resolved, "follow_up.cases");
    sum("follow_up.escalated", "跟进升级", "Follow-ups escalated", follow_up, follow_ups_escalated, "follow_up.cases");
    add("mediation.limited", "有调解期限", "With a mediation limit", mediation_limited);
    add("mediation.on_time", "在原期限内调结", "Ended within the limit as first set", mediated_on_time);
    add("mediation.on_time_extended", "在顺延期限内调结", "Ended within the moved limit", mediated_on_time_extended);
}

void add_harm(std::vector<Figure>& out) {
    constexpr std::string_view names[]{"防止民间纠纷引起自杀", "防止民间纠纷转化为刑事案件", "防止群体性上访",
                                       "防止群体性械斗"};
    constexpr std::string_view english[]{"Suicides prevented", "Criminal cases prevented", "Group petitions prevented",
                                         "Group fights prevented"};
    for (const auto& entry : code_table(HarmKind{})) {
        const auto index = static_cast<std::size_t>(entry.value) - 1;
        const auto id = std::string{"harm."}.append(entry.code);
        out.push_back({.id = id,
                       .zh = std::string{names[index]},
                       .en = std::string{english[index]},
                       .counts = harm_prevented,
                       .measure = harm_cases,
                       .code = number_of(entry.value),
                       .cases = id + ".disputes"});
        out.push_back({.id = id + ".people",
                       .zh = std::string{names[index]}.append("(人)"),
                       .en = std::string{english[index]}.append(" (people)"),
                       .unit = Unit::people,
                       .counts = harm_prevented,
                       .measure = harm_people,
                       .code = number_of(entry.value),
                       .cases = id + ".disputes"});
        out.push_back({.id = id + ".disputes",
                       .zh = std::string{names[index]}.append("(涉及纠纷)"),
                       .en = std::string{english[index]}.append(" (in disputes)"),
                       .counts = harm_prevented,
                       .code = number_of(entry.value)});
    }
}

void add_open_and_quality(std::vector<Figure>& out) {
    const auto aged = [&](std::string_view id, std::string_view zh, std::string_view en, std::int32_t from,
                          std::int32_t to) {
        out.push_back({.id = std::string{"open."}.append(id),
                       .zh = std::string{zh},
                       .en = std::string{en},
                       .cohort = Cohort::as_of,
                       .counts = pending_aged,
                       .from = from,
                       .to = to});
    };
    aged("all", "正在调解(时点)", "In mediation as of", INT32_MIN, unbounded);
    aged("to_7", "受理7日以内", "Accepted 0-7 days ago", INT32_MIN, 7);
    aged("to_15", "8至15日", "8-15 days", 8, 15);
    aged("to_30", "16至30日", "16-30 days", 16, 30);
    aged("to_60", "31至60日", "31-60 days", 31, 60);
    aged("to_90", "61至90日", "61-90 days", 61, 90);
    aged("over_90", "90日以上", "More than 90 days", 91, unbounded);
    const auto add = [&](std::string_view id, std::string_view zh, std::string_view en, decltype(Figure::counts) counts,
                         Cohort cohort, std::int32_t from = 0) {
        out.push_back({.id = std::string{id},
                       .zh = std::string{zh},
                       .en = std::string{en},
                       .cohort = cohort,
                       .counts = counts,
                       .from = from});
    };
    add("open.awaiting_acceptance", "已登记未决定受理(时点)", "Registered, not yet decided", awaiting_acceptance,
        Cohort::as_of);
    add("open.follow_up", "跟进未了结(时点)", "With an open follow-up", follow_up_open, Cohort::as_of);
    add("quality.late_entry_8", "录入滞后8日以上", "Some fact entered 8 or more days late", entered_late,
        Cohort::accepted, 8);
    add("quality.late_entry_31", "录入滞后31日以上", "Some fact entered 31 or more days late", entered_late,
        Cohort::accepted, 31);
    add("quality.corrected", "有更正的案件", "Cases with corrections", corrected, Cohort::accepted);
    out.push_back({.id = "quality.corrections",
                   .zh = "更正次数",
                   .en = "Corrections",
                   .unit = Unit::times,
                   .counts = corrected,
                   .measure = corrections,
                   .cases = "quality.corrected"});
    add("quality.reopened", "重新启动", "Reopened", reopened, Cohort::accepted);
    add("quality.remediated", "再次调解", "Mediated again in the same case", remediated, Cohort::accepted);
    add("quality.mediation_breached", "调解期限曾届满", "Mediation limit passed", mediation_breached, Cohort::accepted);
    add("quality.revisit_breached", "回访期限曾届满", "Revisit deadline passed", revisit_breached, Cohort::accepted);
}

std::vector<Figure> make_figures() {
    std::vector<Figure> out;
    add_situation(out);
    add_codes(out, "committee", CommitteeKind::village, CommitteeKind::social_organisation, committee_is);
    add_codes(out, "source", CaseSource::own_initiative, CaseSource::own_initiative, source_is);
    add_codes(out, "source", CaseSource::application, CaseSource::application, source_is);
    out.push_back(
        {.id = "source.entrusted", .zh = "接受委托移送调解", .en = "Entrusted or handed over", .counts = entrusted});
    add_codes(out, "source", CaseSource::court, CaseSource::other_department, source_is);
    add_codes(out, "type", DisputeType::marriage_family, DisputeType::other, type_is);
    add_outcomes(out);
    add_agreements(out);
    add_harm(out);
    add_revisits(out);
    add_open_and_quality(out);
    return out;
}

}  // namespace

std::span<const Figure> figures() {
    static const auto table = make_figures();
    return table;
}

std::optional<std::size_t> find_figure(std::string_view id) {
    static const auto places = [] {
        std::map<std::string, std::size_t, std::less<>> out;
        for (std::size_t i = 0; i < figures().size(); ++i) out.emplace(figures()[i].id, i);
        return out;
    }();
    const auto found = places.find(id);
    return found == places.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace anjie::dispute::statistics
