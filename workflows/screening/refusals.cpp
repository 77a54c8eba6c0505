#include "workflows/screening/refusals.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "engine/assert.hpp"

namespace anjie::screening {
namespace {

struct Rule {
    std::string_view id;
    SourceMark mark;
    std::string_view zh;
    std::string_view en;
};

// domain.md 5.4. Practice is never printed as law.
constexpr Rule ledger{"SCR-LEDGER", SourceMark::secondary, "排查统一台账的通行做法",
                      "Practice of the unified screening ledger"};
constexpr Rule nil{"SCR-NIL", SourceMark::secondary, "零报告制度的通行做法", "Practice of the nil report"};
constexpr Rule strike{"SCR-STRIKE-OFF", SourceMark::secondary, "线索销号管理的通行做法",
                      "Practice of striking leads off"};
constexpr Rule closing{"SCR-CLOSING", SourceMark::configuration, "本系统的排查结束条件",
                       "This system's condition of closing"};
constexpr Rule record{"SCR-RECORD", SourceMark::configuration, "本系统的登记要求", "This system's rules of record"};

struct Explanation {
    Refusal refusal;
    std::string_view code;
    const Rule& rule;
    std::string_view zh, en, remedy_zh, remedy_en;
};

constexpr std::array explanations{
    Explanation{Refusal::foreign_command, "foreign_command", record, "该指令不属于排查流程",
                "This order belongs to another workflow", "请在相应流程中提交", "Send it to a case of that workflow"},
    Explanation{Refusal::campaign_not_opened, "campaign_not_opened", ledger, "尚未开展该次排查",
                "The campaign has not been opened", "请先登记排查的主题、范围和期间",
                "Open the campaign with its theme, area and period"},
    Explanation{Refusal::campaign_already_opened, "campaign_already_opened", ledger, "该次排查已经登记",
                "The campaign is opened already", "新的排查请另行登记", "Open another campaign under its own number"},
    Explanation{Refusal::campaign_closed, "campaign_closed", ledger, "该次排查已经结束", "The campaign is closed",
                "新的排查轮次和线索请登记在新的排查中", "Record new rounds and leads in a new campaign"},
    Explanation{Refusal::in_the_future, "in_the_future", record, "日期晚于今天", "The day is in the future",
                "请填写实际发生的日期", "Give the day on which it happened"},
    Explanation{Refusal::before_opening, "before_opening", record, "日期早于排查开展之日",
                "The day is before the campaign was opened", "请核对日期,或登记到当时的排查中",
                "Check the day, or record it in the campaign of that time"},
    Explanation{Refusal::period_backwards, "period_backwards", record, "排查期间的止日早于起日",
                "The period ends before it begins", "请核对起止日期", "Check both days"},
    Explanation{Refusal::opened_after_period, "opened_after_period", record, "开展之日晚于排查期间的止日",
                "The campaign would be opened after its period had ended", "补录请填写当时的开展日期",
                "For a late entry give the day on which it was opened"},
    Explanation{Refusal::value_missing, "value_missing", record, "缺少必填内容", "A required value is missing",
                "请补全编号、主题、单位、人数等必填内容",
                "Fill in the number, theme, unit, count or code that is missing"},
    Explanation{Refusal::value_invalid, "value_invalid", record, "内容不在允许范围内",
                "A value is not one that may be given", "请使用规定的代码,文字不超过600字节",
                "Use a value of the code table; texts have at most 600 bytes"},
    Explanation{Refusal::duplicate_round, "duplicate_round", ledger, "该轮次已经报告", "The round has been reported",
                "请使用下一个轮次编号,或对原报告作更正", "Use the next number, or correct the earlier report"},
    Explanation{Refusal::unknown_round, "unknown_round", ledger, "没有该轮次的报告", "No such round has been reported",
                "请先报告该轮次排查", "Report the round first"},
    Explanation{Refusal::nil_round_has_no_leads, "nil_round_has_no_leads", nil, "该轮次为零报告,不能登记线索",
                "The round was a nil report and can have no leads", "请报告新的轮次后登记线索",
                "Report a further round and record the lead there"},
    Explanation{Refusal::lead_before_round, "lead_before_round", record, "发现日期早于该轮次排查的日期",
                "The lead would be older than the round that found it", "请核对日期或轮次",
                "Check the day or the round"},
    Explanation{Refusal::duplicate_lead, "duplicate_lead", ledger, "该线索编号已经登记", "The lead's number is taken",
                "请使用下一个线索编号", "Use the next number"},
    Explanation{Refusal::unknown_lead, "unknown_lead", ledger, "没有该线索", "There is no such lead", "请先登记线索",
                "Report the lead first"},
    Explanation{Refusal::lead_settled_otherwise, "lead_settled_otherwise", ledger, "该线索已有其他处置结果",
                "The lead has another outcome already", "可转为纠纷案件或凭材料销号",
                "Open it as a dispute, or strike it off with evidence"},
    Explanation{Refusal::lead_struck_off, "lead_struck_off", strike, "该线索已销号", "The lead has been struck off",
                "情况反复的,请登记为新的线索", "If it flares up again, report it as a new lead"},
    Explanation{Refusal::no_outcome_yet, "no_outcome_yet", strike, "线索尚无处置结果,不能销号",
                "The lead cannot be struck off before it has an outcome", "请先登记就地化解、转案、移送或持续关注",
                "First record that it was resolved, opened as a dispute, referred or watched"},
    Explanation{Refusal::evidence_missing, "evidence_missing", strike, "销号没有凭据", "Striking off needs evidence",
                "请注明销号凭据的种类", "Name the kind of evidence"},
    Explanation{Refusal::leads_without_outcome, "leads_without_outcome", closing, "仍有线索没有处置结果",
                "There are leads without an outcome", "请逐条登记处置结果;需继续观察的登记为持续关注",
                "Record an outcome of each; what needs more time is watched and carried on"},
    Explanation{Refusal::no_report_yet, "no_report_yet", nil, "尚无排查报告,不能结束", "The campaign has no report yet",
                "没有发现的也要作零报告", "Report a round; a nil report will do"},
    Explanation{Refusal::nothing_to_correct, "nothing_to_correct", record, "没有该编号的事件", "There is no such event",
                "请核对要更正的事件编号", "Check the version of the event to correct"},
    Explanation{Refusal::not_correctable, "not_correctable", record, "该事件没有可更正的数字",
                "The event has no count to correct", "只能更正排查轮次、线索和防止激化的数字",
                "Only counts of rounds, leads and prevented harm can be corrected"},
    Explanation{Refusal::alarm_not_due, "alarm_not_due", record, "该提醒已无必要", "The alarm no longer matters",
                "无需处理", "Nothing need be done"},
    Explanation{Refusal::too_many_items, "too_many_items", record, "该次排查的记录数已达上限",
                "The campaign has as many records as it may have", "请另行登记一次排查", "Open another campaign"},
};
static_assert(explanations.size() == std::to_underlying(last_refusal));

Text text_of(std::string_view zh, std::string_view en) { return {std::string(zh), std::string(en)}; }

}  // namespace

Rejection explain(Refusal refusal, std::vector<Version> facts) {
    const auto number = std::to_underlying(refusal);
    ANJIE_ASSERT(number >= 1 && number <= explanations.size());
    const Explanation& why = explanations[number - 1U];
    ANJIE_ASSERT(why.refusal == refusal);
    return {.number = number,
            .code = std::string(why.code),
            .message = text_of(why.zh, why.en),
            .rule = {std::string(why.rule.id), why.rule.mark, text_of(why.rule.zh, why.rule.en)},
            .facts = std::move(facts),
            .remedy = text_of(why.remedy_zh, why.remedy_en)};
}

}  // namespace anjie::screening
