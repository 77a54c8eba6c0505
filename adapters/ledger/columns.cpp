#include "adapters/ledger/columns.hpp"

#include <algorithm>

#include "adapters/text_forms/text_forms.hpp"

namespace anjie::ledger {
namespace {

#define ANJIE_COLUMN(column, ...) \
    constexpr std::string_view column##_names[] { __VA_ARGS__ }

ANJIE_COLUMN(number, "案号", "编号", "卷号", "案件编号", "案件号", "调解案号", "受理编号", "登记编号", "case number",
             "case no", "number");
ANJIE_COLUMN(organisation, "机构代码", "组织代码", "调委会代码", "单位代码", "organisation", "organization",
             "organisation code");
ANJIE_COLUMN(committee, "调解组织类别", "调委会类型", "组织类别", "调解组织类型", "committee", "committee kind");
ANJIE_COLUMN(registered_on, "登记日期", "登记时间", "申请日期", "申请时间", "registered", "registered on",
             "registration date");
ANJIE_COLUMN(accepted_on, "受理日期", "受理时间", "立案日期", "受案时间", "受理登记时间", "accepted", "accepted on",
             "acceptance date");
ANJIE_COLUMN(type, "纠纷类型", "纠纷类别", "案件类型", "案由", "类型", "类别", "type", "dispute type");
ANJIE_COLUMN(type_detail, "细分类型", "类型代码", "二级类型", "type detail");
ANJIE_COLUMN(source, "案件来源", "来源", "纠纷来源", "受理方式", "source");
ANJIE_COLUMN(channel, "申请方式", "渠道", "来源渠道", "channel");
ANJIE_COLUMN(difficulty, "难易程度", "复杂程度", "难度", "是否疑难复杂", "difficulty");
ANJIE_COLUMN(title, "纠纷名称", "案件名称", "案件标题", "卷名", "标题", "title");
ANJIE_COLUMN(parties, "当事人", "双方当事人", "当事人姓名", "parties");
ANJIE_COLUMN(applicants, "申请人", "申请人姓名", "甲方", "当事人甲", "applicant", "applicants");
ANJIE_COLUMN(respondents, "被申请人", "被申请人姓名", "乙方", "当事人乙", "对方当事人", "respondent", "respondents");
ANJIE_COLUMN(third_parties, "第三人", "第三方", "third party", "third parties");
ANJIE_COLUMN(identity_numbers, "身份证号", "身份证号码", "证件号码", "identity number", "identity numbers");
ANJIE_COLUMN(applicant_identity, "申请人身份证号", "申请人身份证", "申请人证件号码", "applicant identity number");
ANJIE_COLUMN(respondent_identity, "被申请人身份证号", "被申请人身份证", "被申请人证件号码",
             "respondent identity number");
ANJIE_COLUMN(phones, "联系电话", "联系方式", "电话", "手机", "手机号", "phone", "phones");
ANJIE_COLUMN(applicant_phones, "申请人电话", "申请人联系电话", "申请人联系方式", "applicant phone");
ANJIE_COLUMN(respondent_phones, "被申请人电话", "被申请人联系电话", "被申请人联系方式", "respondent phone");
ANJIE_COLUMN(addresses, "住址", "地址", "单位或住址", "家庭住址", "address", "addresses");
ANJIE_COLUMN(applicant_addresses, "申请人住址", "申请人地址", "applicant address");
ANJIE_COLUMN(respondent_addresses, "被申请人住址", "被申请人地址", "respondent address");
ANJIE_COLUMN(summary, "纠纷简要情况", "简要案情", "纠纷简况", "基本案情", "案情", "案情简介", "纠纷事实", "summary");
ANJIE_COLUMN(request, "申请事项", "诉求", "当事人诉求", "调解请求", "request");
ANJIE_COLUMN(people_count, "涉及人数", "涉及当事人数", "当事人数", "人数", "people", "people count");
ANJIE_COLUMN(amount, "涉案金额", "标的额", "涉及金额", "金额", "争议金额", "amount");
ANJIE_COLUMN(consent, "同意调解", "是否同意调解", "征求意见", "当事人意愿", "consent");
ANJIE_COLUMN(mediator, "调解员", "人民调解员", "主持调解员", "承办人", "调解人", "mediator");
ANJIE_COLUMN(mediator_code, "调解员编号", "调解员代码", "调解员工号", "mediator code");
ANJIE_COLUMN(assistant, "协同调解员", "协助调解员", "参与调解员", "assistant", "assisting mediator");
ANJIE_COLUMN(assigned_on, "指派日期", "指派时间", "assigned", "assigned on");
ANJIE_COLUMN(notice_on, "告知日期", "权利义务告知日期", "权利告知日期", "rights notice", "rights notice on");
ANJIE_COLUMN(sessions, "调解日期", "调解时间", "调解会议日期", "sessions", "mediated on", "mediation date");
ANJIE_COLUMN(extension, "延期", "延期期限", "延长期限", "延期天数", "extension");
ANJIE_COLUMN(extended_on, "延期日期", "同意延期日期", "延期时间", "extended on");
ANJIE_COLUMN(suspended_on, "鉴定开始", "鉴定开始日期", "中止日期", "中止时间", "suspended on", "appraisal start");
ANJIE_COLUMN(resumed_on, "鉴定结束", "鉴定结束日期", "恢复日期", "恢复调解日期", "resumed on", "appraisal end");
ANJIE_COLUMN(suspension_reason, "中止原因", "中止事由", "suspension reason");
ANJIE_COLUMN(result, "调解结果", "处理结果", "结果", "化解情况", "调处结果", "是否调解成功", "result", "outcome");
ANJIE_COLUMN(result_reason, "未成原因", "不予受理原因", "不予受理事由", "终止原因", "终止事由", "原因", "reason");
ANJIE_COLUMN(ended_on, "调解结束日期", "终止日期", "撤回日期", "不予受理日期", "移送日期", "ended on");
ANJIE_COLUMN(routes, "告知途径", "告知救济途径", "救济途径", "routes", "routes told");
ANJIE_COLUMN(agreement_on, "协议日期", "协议签订日期", "达成协议日期", "签订日期", "协议时间", "agreement date",
             "agreement on");
ANJIE_COLUMN(agreement_form, "协议形式", "协议类型", "协议方式", "agreement form");
ANJIE_COLUMN(agreement_number, "协议编号", "协议书编号", "调解协议编号", "agreement number");
ANJIE_COLUMN(agreement_text, "协议内容", "达成协议内容", "协议主要内容", "agreement text");
ANJIE_COLUMN(agreement_amount, "协议金额", "协议涉及金额", "履行金额", "agreement amount");
ANJIE_COLUMN(signing_method, "签名方式", "签订方式", "签字方式", "signing method");
ANJIE_COLUMN(due_on, "履行期限", "履行时限", "约定履行日期", "应履行日期", "due on", "performance due");
ANJIE_COLUMN(performed_on, "履行日期", "履行时间", "实际履行日期", "履行完毕日期", "performed on");
ANJIE_COLUMN(fulfilment, "履行情况", "协议履行情况", "是否履行", "performance");
ANJIE_COLUMN(revisit_on, "回访日期", "回访时间", "revisit date", "revisit on", "revisited on");
ANJIE_COLUMN(revisit_method, "回访方式", "回访形式", "revisit method");
ANJIE_COLUMN(satisfaction, "满意度", "当事人满意度", "是否满意", "回访满意度", "satisfaction");
ANJIE_COLUMN(revisit_fulfilment, "回访时履行情况", "回访履行情况", "fulfilment", "revisit fulfilment");
ANJIE_COLUMN(residual_risk, "后续隐患", "隐患", "风险", "residual risk");
ANJIE_COLUMN(problem, "发现问题", "回访发现问题", "存在问题", "problem", "problem found");
ANJIE_COLUMN(revisit_note, "回访情况", "回访记录", "回访结果", "revisit note");
ANJIE_COLUMN(revisitor, "回访人", "回访人员", "回访员", "revisitor", "revisited by");
ANJIE_COLUMN(follow_up_on, "跟进日期", "跟进时间", "follow-up date", "follow-up on");
ANJIE_COLUMN(follow_up_by, "跟进人", "跟进调解员", "follow-up by");
ANJIE_COLUMN(follow_up_note, "跟进情况", "跟进措施", "follow-up note");
ANJIE_COLUMN(resolved_on, "化解日期", "化解时间", "问题化解日期", "resolved on");
ANJIE_COLUMN(documents, "卷内文书", "归档材料", "卷内材料", "文书", "documents");
ANJIE_COLUMN(closed_on, "结案日期", "结案时间", "办结日期", "办结时间", "closed on", "closing date");
ANJIE_COLUMN(archived_on, "归档日期", "归档", "归档时间", "立卷日期", "archived on");
ANJIE_COLUMN(volume, "档案卷号", "案卷号", "档案号", "volume");
ANJIE_COLUMN(retention, "保管期限", "保存期限", "retention");
ANJIE_COLUMN(note, "备注", "说明", "note", "notes", "remarks");
#undef ANJIE_COLUMN

#define ANJIE_ENTRY(column) {Column::column, column##_names}
constexpr ColumnNames all_names[]{ANJIE_ENTRY(number),
                                  ANJIE_ENTRY(organisation),
                                  ANJIE_ENTRY(committee),
                                  ANJIE_ENTRY(registered_on),
                                  ANJIE_ENTRY(accepted_on),
                                  ANJIE_ENTRY(type),
                                  ANJIE_ENTRY(type_detail),
                                  ANJIE_ENTRY(source),
                                  ANJIE_ENTRY(channel),
                                  ANJIE_ENTRY(difficulty),
                                  ANJIE_ENTRY(title),
                                  ANJIE_ENTRY(parties),
                                  ANJIE_ENTRY(applicants),
                                  ANJIE_ENTRY(respondents),
                                  ANJIE_ENTRY(third_parties),
                                  ANJIE_ENTRY(identity_numbers),
                                  ANJIE_ENTRY(applicant_identity),
                                  ANJIE_ENTRY(respondent_identity),
                                  ANJIE_ENTRY(phones),
                                  ANJIE_ENTRY(applicant_phones),
                                  ANJIE_ENTRY(respondent_phones),
                                  ANJIE_ENTRY(addresses),
                                  ANJIE_ENTRY(applicant_addresses),
                                  ANJIE_ENTRY(respondent_addresses),
                                  ANJIE_ENTRY(summary),
                                  ANJIE_ENTRY(request),
                                  ANJIE_ENTRY(people_count),
                                  ANJIE_ENTRY(amount),
                                  ANJIE_ENTRY(consent),
                                  ANJIE_ENTRY(mediator),
                                  ANJIE_ENTRY(mediator_code),
                                  ANJIE_ENTRY(assistant),
                                  ANJIE_ENTRY(assigned_on),
                                  ANJIE_ENTRY(notice_on),
                                  ANJIE_ENTRY(sessions),
                                  ANJIE_ENTRY(extension),
                                  ANJIE_ENTRY(extended_on),
                                  ANJIE_ENTRY(suspended_on),
                                  ANJIE_ENTRY(resumed_on),
                                  ANJIE_ENTRY(suspension_reason),
                                  ANJIE_ENTRY(result),
                                  ANJIE_ENTRY(result_reason),
                                  ANJIE_ENTRY(ended_on),
                                  ANJIE_ENTRY(routes),
                                  ANJIE_ENTRY(agreement_on),
                                  ANJIE_ENTRY(agreement_form),
                                  ANJIE_ENTRY(agreement_number),
                                  ANJIE_ENTRY(agreement_text),
                                  ANJIE_ENTRY(agreement_amount),
                                  ANJIE_ENTRY(signing_method),
                                  ANJIE_ENTRY(due_on),
                                  ANJIE_ENTRY(performed_on),
                                  ANJIE_ENTRY(fulfilment),
                                  ANJIE_ENTRY(revisit_on),
                                  ANJIE_ENTRY(revisit_method),
                                  ANJIE_ENTRY(satisfaction),
                                  ANJIE_ENTRY(revisit_fulfilment),
                                  ANJIE_ENTRY(residual_risk),
                                  ANJIE_ENTRY(problem),
                                  ANJIE_ENTRY(revisit_note),
                                  ANJIE_ENTRY(revisitor),
                                  ANJIE_ENTRY(follow_up_on),
                                  ANJIE_ENTRY(follow_up_by),
                                  ANJIE_ENTRY(follow_up_note),
                                  ANJIE_ENTRY(resolved_on),
                                  ANJIE_ENTRY(documents),
                                  ANJIE_ENTRY(closed_on),
                                  ANJIE_ENTRY(archived_on),
                                  ANJIE_ENTRY(volume),
                                  ANJIE_ENTRY(retention),
                                  ANJIE_ENTRY(note)};
#undef ANJIE_ENTRY
static_assert(std::size(all_names) == column_count);

/// Half width, lower case, without the spaces and marks that forms put into headers (受 理 日 期, 案号*, 金额（元）).
std::string normal_form(std::string_view header) {
    std::string out;
    for (const char c : text_forms::to_half_width(header)) {
        if (c == '(' && !out.empty()) break;
        if (c == '*' || c == ':' || c == '"') continue;
        out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == '_' ? ' ' : c);
    }
    const bool latin = std::ranges::all_of(out, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!latin) std::erase(out, ' ');
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::optional<Column> column_of(std::string_view header) {
    const std::string name = normal_form(header);
    for (const auto& entry : all_names)
        if (std::ranges::find(entry.names, name) != entry.names.end()) return entry.column;
    return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view wide_space = "\xE3\x80\x80";
    for (;;) {
        if (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ')
            text.remove_prefix(1);
        else if (text.starts_with(wide_space))
            text.remove_prefix(wide_space.size());
        else if (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ')
            text.remove_suffix(1);
        else if (text.ends_with(wide_space))
            text.remove_suffix(wide_space.size());
        else
            return text;
    }
}

}  // namespace

std::span<const ColumnNames> column_names() { return all_names; }

std::string_view usual_name(Column column) { return all_names[static_cast<std::size_t>(column)].names.front(); }

std::optional<Header> Header::recognise(const std::vector<std::string>& cells) {
    Header header;
    header.places_.fill(-1);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        header.names_.emplace_back(trimmed(cells[i]));
        if (header.names_.back().empty()) continue;
        const auto column = column_of(cells[i]);
        if (!column) {
            header.messages_.push_back(
                {.severity = Severity::warning,
                 .column = header.names_.back(),
                 .sentence = {"不认识这一列, 其内容不导入", "this column is not known; it is left out"},
                 .remedy = {"如需导入, 请改用 examples/README.md 中列出的列名",
                            "use one of the names listed in examples/README.md"}});
            continue;
        }
        auto& place = header.places_[static_cast<std::size_t>(*column)];
        if (place >= 0) {
            header.messages_.push_back(
                {.severity = Severity::warning,
                 .column = header.names_.back(),
                 .sentence = {"与“" + header.names_[static_cast<std::size_t>(place)] + "”是同一内容, 只读前一列",
                              "means the same as \"" + header.names_[static_cast<std::size_t>(place)] +
                                  "\"; only that one is read"},
                 .remedy = {"请删去其中一列", "remove one of them"}});
            continue;
        }
        place = static_cast<std::int32_t>(i);
    }
    if (!header.has(Column::number)) return std::nullopt;
    return header;
}

std::string_view Header::cell(const std::vector<std::string>& row, Column column) const {
    const auto place = places_[static_cast<std::size_t>(column)];
    if (place < 0 || static_cast<std::size_t>(place) >= row.size()) return {};
    return trimmed(row[static_cast<std::size_t>(place)]);
}

bool Header::has(Column column) const { return places_[static_cast<std::size_t>(column)] >= 0; }

std::string Header::name(Column column) const {
    const auto place = places_[static_cast<std::size_t>(column)];
    return place < 0 ? std::string(usual_name(column)) : names_[static_cast<std::size_t>(place)];
}

std::string Header::name_of_cell(std::size_t cell) const {
    const bool is_read = std::ranges::find(places_, static_cast<std::int32_t>(cell)) != places_.end();
    return is_read ? names_[cell] : std::string{};
}

}  // namespace anjie::ledger
