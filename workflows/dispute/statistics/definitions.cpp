#include "workflows/dispute/statistics/figures.hpp"

// Which day a figure goes by, which sums must hold, and what each rate is a share of.
namespace anjie::dispute::statistics {
namespace {

std::vector<std::string> ids_in(std::string_view group) {
    std::vector<std::string> out;
    for (const auto& figure : figures())
        if (figure.id.starts_with(group) && figure.cases.empty()) out.push_back(figure.id);
    return out;
}

std::vector<Identity> make_identities() {
    auto bands = ids_in("amount.");
    return {
        {"source",
         "案件来源之和等于总数",
         "sources add up to the total",
         "total",
         {"source.own_initiative", "source.application", "source.entrusted"}},
        {"entrusted",
         "委托移送之和等于其合计",
         "entrusting bodies add up to all entrusted",
         "source.entrusted",
         {"source.court", "source.procuratorate", "source.public_security", "source.petition_office",
          "source.other_department"}},
        {"committee", "不同主体之和等于总数", "committees add up to the total", "total", ids_in("committee.")},
        {"type", "案件分类之和等于总数", "types add up to the total", "total", ids_in("type.")},
        {"outcome",
         "各种结果之和等于总数",
         "outcomes add up to the total",
         "total",
         {"succeeded", "outcome.not_reached", "outcome.terminated", "outcome.withdrawn", "outcome.settled_privately",
          "outcome.pending"}},
        {"concluded",
         "已调处与正在调解之和等于总数",
         "concluded and pending add up to the total",
         "total",
         {"outcome.concluded", "outcome.pending"}},
        {"form",
         "口头协议与书面协议之和等于调解成功",
         "oral and written agreements add up to the successes",
         "succeeded",
         {"form.oral", "form.written"}},
        {"amount", "金额分档之和等于调解成功", "bands of amount add up to the successes", "succeeded",
         std::move(bands)},
        {"performance",
         "已履行与未履行之和等于调解成功",
         "performed and not performed add up to the successes",
         "succeeded",
         {"performed", "unperformed"}},
        {"revisit",
         "已回访、逾期与未到期之和等于需回访",
         "made, overdue and not yet due add up to the revisits required",
         "revisit.required",
         {"revisit.made", "revisit.overdue", "revisit.not_yet_due"}},
        {"called_for",
         "已回访与逾期之和等于应回访",
         "made and overdue add up to the revisits called for",
         "revisit.called_for",
         {"revisit.made", "revisit.overdue"}},
        {"satisfaction",
         "各种评价之和等于已回访",
         "opinions add up to the revisits made",
         "revisit.made",
         {"satisfaction.satisfied", "satisfaction.mostly_satisfied", "satisfaction.dissatisfied",
          "satisfaction.not_stated"}},
        {"open",
         "在调时长分档之和等于正在调解",
         "ages add up to the cases in mediation",
         "open.all",
         {"open.to_7", "open.to_15", "open.to_30", "open.to_60", "open.to_90", "open.over_90"}},
    };
}

constexpr std::string_view accepted_zh = "期内受理的案件(不含受理后移送的)";
constexpr std::string_view accepted_en = "cases accepted in the period, without those transferred afterwards";
constexpr std::string_view ended_zh = "期内调解终结的案件(不含移送的)";
constexpr std::string_view ended_en = "cases whose mediation ended in the period, without those transferred";
constexpr std::string_view called_for_zh = "期内调解终结、按规则需回访、且截至时点已回访或期限已过的案件";
constexpr std::string_view called_for_en =
    "cases whose mediation ended in the period and for which a revisit was due by the rules: made, or its day has "
    "passed as of the report";
constexpr std::string_view revisited_zh = "期内调解终结且已回访的案件,以末次回访为准";
constexpr std::string_view revisited_en = "cases ended in the period and revisited; the last revisit counts";

constexpr Rate rate_table[]{
    {"success_rate/1", "调解成功率", "Success rate", "succeeded", "total", accepted_zh, accepted_en, 'S'},
    {"success_rate/2", "调解成功率(按终结)", "Success rate of ended cases", "ended.succeeded", "ended", ended_zh,
     ended_en, 'M'},
    {"handling_rate/1", "调处率", "Handling rate", "outcome.concluded", "total", accepted_zh, accepted_en, 'S'},
    {"performance_rate/1", "协议履行率", "Performance rate", "performed", "succeeded",
     "期内受理且达成协议的案件;全部义务已履行(或权利人放弃)为已履行",
     "cases accepted in the period with an effective agreement; performed: every obligation performed or waived", 'C'},
    {"performance_rate/2", "协议履行率(按生效)", "Performance rate of agreements effective in the period",
     "effective.performed", "effective", "期内生效的协议", "agreements that took effect in the period", 'M'},
    {"on_the_spot_share/1", "当场履行占比", "Share performed on the spot", "performed.on_the_spot", "succeeded",
     "期内受理且达成协议的案件;全部义务当场履行",
     "cases accepted in the period with an effective agreement; every "
     "obligation performed on the spot",
     'S'},
    {"confirmation_share/1", "司法确认占比", "Share judicially confirmed", "confirmation.granted", "succeeded",
     "期内受理且达成协议的案件", "cases accepted in the period with an effective agreement", 'M'},
    {"revisit_coverage/1", "回访率", "Revisit coverage", "revisit.made", "revisit.called_for", called_for_zh,
     called_for_en, 'M'},
    {"revisit_coverage/2", "回访率(按到期)", "Revisit coverage of those due in the period", "revisit.due_made",
     "revisit.due", "回访期限(原定顺延后末日)在期内且截至时点已届的案件",
     "cases whose revisit deadline, as first set and rolled, lies in the period and has come by the as-of day", 'M'},
    {"revisit_on_time/1", "按期回访率", "Revisited in time", "revisit.on_time", "revisit.called_for", called_for_zh,
     called_for_en, 'M'},
    {"revisit_on_time_extended/1", "顺延期限内回访率", "Revisited within the moved deadline",
     "revisit.on_time_extended", "revisit.called_for", called_for_zh, called_for_en, 'M'},
    {"participation_rate/1", "参评率", "Participation rate", "satisfaction.stated", "revisit.made", revisited_zh,
     revisited_en, 'C'},
    {"satisfaction_rate/1", "满意率", "Satisfaction rate", "satisfaction.content", "satisfaction.stated",
     "期内调解终结、已回访并作出评价的案件,以末次回访为准",
     "cases ended in the period whose parties stated an opinion; the last revisit counts", 'M'},
    {"satisfaction_rate/2", "满意率(首次回访)", "Satisfaction rate at the first revisit", "satisfaction.first_content",
     "satisfaction.first_stated", "期内调解终结、已回访并作出评价的案件,以首次回访为准",
     "cases ended in the period whose parties stated an opinion; the first revisit counts", 'M'},
    {"follow_up_rate/1", "跟进化解率", "Follow-ups settled", "follow_up.resolved", "follow_up.opened",
     "期内调解终结的案件中开启的跟进(次)", "follow-ups opened in cases ended in the period", 'M'},
    {"mediation_on_time/1", "期限内调结率", "Ended within the limit as first set", "mediation.on_time",
     "mediation.limited", "期内调解终结且有调解期限的案件", "cases ended in the period that had a mediation limit",
     'S'},
    {"mediation_on_time_extended/1", "顺延期限内调结率", "Ended within the moved limit", "mediation.on_time_extended",
     "mediation.limited", "期内调解终结且有调解期限的案件;含延期和中止后顺延",
     "cases ended in the period that had a mediation limit, extension and resumption included", 'S'},
};

}  // namespace

Day cohort_day(Cohort cohort, const CaseFacts& facts) {
    switch (cohort) {
        case Cohort::registered:
            return facts.registered.on;
        case Cohort::accepted:
            return facts.accepted.on;
        case Cohort::refused:
            return facts.refused.on;
        case Cohort::ended:
            return facts.ended.on;
        case Cohort::effective:
            return facts.effective.on;
        case Cohort::revisit_due:
            return facts.revisit_due.first_rolled;
        case Cohort::as_of:
            return {};
    }
    return {};
}

std::string_view cohort_text_zh(Cohort cohort) {
    switch (cohort) {
        case Cohort::registered:
            return "期内登记";
        case Cohort::accepted:
            return "期内受理";
        case Cohort::refused:
            return "期内决定不予受理";
        case Cohort::ended:
            return "期内调解终结";
        case Cohort::effective:
            return "期内协议生效";
        case Cohort::revisit_due:
            return "回访期限末日在期内";
        case Cohort::as_of:
            return "截至时点";
    }
    return {};
}

std::string_view cohort_text_en(Cohort cohort) {
    switch (cohort) {
        case Cohort::registered:
            return "registered in the period";
        case Cohort::accepted:
            return "accepted in the period";
        case Cohort::refused:
            return "refused in the period";
        case Cohort::ended:
            return "ended in the period";
        case Cohort::effective:
            return "agreement effective in the period";
        case Cohort::revisit_due:
            return "revisit deadline in the period";
        case Cohort::as_of:
            return "as of the report's moment";
    }
    return {};
}

std::span<const Identity> identities() {
    static const auto table = make_identities();
    return table;
}

std::span<const Rate> rates() { return rate_table; }

}  // namespace anjie::dispute::statistics
