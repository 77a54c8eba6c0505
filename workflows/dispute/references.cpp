#include <algorithm>
#include <array>

#include "engine/assert.hpp"
#include "workflows/dispute/rules.hpp"

namespace anjie::dispute {
namespace {

using enum SourceMark;

RuleReference reference(std::string id, SourceMark mark, std::string zh, std::string en) {
    return {.id = std::move(id), .mark = mark, .title = {.zh = std::move(zh), .en = std::move(en)}};
}

/// Sorted by id. A [M] names local configuration and never claims to be law.
const auto& table() {
    static const std::array references{
        reference("ANJIE-FACTS", configuration, "本系统：事实先后与记录一致",
                  "This system: facts in order, records consistent"),
        reference("ANJIE-FILE", configuration, "本系统：结案、归档与重新启动的条件",
                  "This system: conditions of closing, archiving and reopening"),
        reference("ANJIE-FORM", configuration, "本系统：填写要求", "This system: how an entry is filled in"),
        reference("ANJIE-TIMER", configuration, "本系统：期限提醒", "This system: deadline alarms"),
        reference("CC-201", confirmed, "《民法典》第二百条至第二百零三条", "Civil Code, arts. 200-203"),
        reference("CONFIDENTIALITY-LOCAL", configuration, "本地规则：案件保密等级",
                  "Local rule: confidentiality of a case"),
        reference("CPL-205", confirmed, "《民事诉讼法》第二百零五条", "Civil Procedure Law, art. 205"),
        reference("CPLI-355", confirmed, "《民诉法解释》第三百五十五条",
                  "Interpretation of the Civil Procedure Law, art. 355"),
        reference("CPLI-357", confirmed, "《民诉法解释》第三百五十七条",
                  "Interpretation of the Civil Procedure Law, art. 357"),
        reference("ESL-3", confirmed, "《电子签名法》第三条", "Electronic Signature Law, art. 3"),
        reference("FORM-CASE", secondary, "人民调解文书格式：案号与一案一码",
                  "Mediation forms: case number, one case one code"),
        reference("FORM-CLOSE", secondary, "人民调解结案报告表：结案时间为履行完毕、处理完后的时间",
                  "Closing report form: closed when performance or handling is finished"),
        reference("FORM-COPIES", secondary, "人民调解协议书格式：份数为当事人加一",
                  "Agreement form: one copy per party and one for the committee"),
        reference("FORM-DIRECTORY", secondary, "人民调解卷宗目录：必备文书", "File directory: mandatory documents"),
        reference("FORM-REVISIT", secondary, "人民调解回访记录：协议编号与协议书一致",
                  "Revisit record: same number as the agreement"),
        reference("HANDOVER-LOCAL", configuration, "本地规则：案件移送与委托", "Local rule: hand-over of cases"),
        reference("LAB-14", confirmed, "《劳动争议调解仲裁法》第十四条",
                  "Labour Dispute Mediation and Arbitration Law, art. 14"),
        reference("MED-39", confirmed, "《医疗纠纷预防和处理条例》第三十九条",
                  "Regulations on Medical Disputes, art. 39"),
        reference("NINGBO-19", confirmed, "《宁波市人民调解条例》第十九条（地方性法规，参照）",
                  "Ningbo Regulations on People's Mediation, art. 19 (local, by analogy)"),
        reference("NINGBO-23", confirmed, "《宁波市人民调解条例》第二十三条（地方性法规，参照）",
                  "Ningbo Regulations on People's Mediation, art. 23 (local, by analogy)"),
        reference("NINGBO-27", confirmed, "《宁波市人民调解条例》第二十七条（地方性法规，参照）",
                  "Ningbo Regulations on People's Mediation, art. 27 (local, by analogy)"),
        reference("PIPL-47", confirmed, "《个人信息保护法》第四十七条", "Personal Information Protection Law, art. 47"),
        reference("PML-17", confirmed, "《人民调解法》第十七条", "People's Mediation Law, art. 17"),
        reference("PML-19", confirmed, "《人民调解法》第十九条", "People's Mediation Law, art. 19"),
        reference("PML-23", confirmed, "《人民调解法》第二十三条", "People's Mediation Law, art. 23"),
        reference("PML-26", confirmed, "《人民调解法》第二十六条", "People's Mediation Law, art. 26"),
        reference("PML-27", confirmed, "《人民调解法》第二十七条", "People's Mediation Law, art. 27"),
        reference("PML-29", confirmed, "《人民调解法》第二十九条", "People's Mediation Law, art. 29"),
        reference("PML-30", confirmed, "《人民调解法》第三十条", "People's Mediation Law, art. 30"),
        reference("PML-31", confirmed, "《人民调解法》第三十一条", "People's Mediation Law, art. 31"),
        reference("PML-32", confirmed, "《人民调解法》第三十二条", "People's Mediation Law, art. 32"),
        reference("PML-33", confirmed, "《人民调解法》第三十三条", "People's Mediation Law, art. 33"),
        reference("RECUSAL-LOCAL", configuration, "本地规则：回避与更换调解员",
                  "Local rule: recusal and replacement of a mediator"),
        reference("REVISIT-LOCAL", configuration, "本地规则：一案一回访", "Local rule: one case, one revisit"),
    };
    return references;
}

}  // namespace

const RuleReference& law(std::string_view id) {
    const auto found =
        std::ranges::lower_bound(table(), id, {}, [](const auto& one) { return std::string_view(one.id); });
    ANJIE_ASSERT(found != table().end() && found->id == id);
    return *found;
}

}  // namespace anjie::dispute
