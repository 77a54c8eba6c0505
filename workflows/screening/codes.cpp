#include "workflows/screening/codes.hpp"

#include <array>

namespace anjie::screening {

std::span<const CodeEntry<CampaignKind>> code_table(CampaignKind) {
    static constexpr std::array<CodeEntry<CampaignKind>, 2> table{{
        {CampaignKind::regular, "regular", "常规排查", "Regular"},
        {CampaignKind::special, "special", "专项排查", "Special"},
    }};
    return table;
}

std::span<const CodeEntry<RiskLevel>> code_table(RiskLevel) {
    static constexpr std::array<CodeEntry<RiskLevel>, 3> table{{
        {RiskLevel::red, "red", "红色", "Red"},
        {RiskLevel::orange, "orange", "橙色", "Orange"},
        {RiskLevel::yellow, "yellow", "黄色", "Yellow"},
    }};
    return table;
}

std::span<const CodeEntry<Evidence>> code_table(Evidence) {
    static constexpr std::array<CodeEntry<Evidence>, 7> table{{
        {Evidence::none, "none", "无", "None"},
        {Evidence::visit_record, "visit_record", "走访记录", "Visit record"},
        {Evidence::signed_statement, "signed_statement", "当事人签字说明", "Signed statement"},
        {Evidence::agreement, "agreement", "调解协议", "Agreement"},
        {Evidence::referral_receipt, "referral_receipt", "移送回执", "Receipt of referral"},
        {Evidence::case_closed, "case_closed", "案件办结", "Case closed"},
        {Evidence::other, "other", "其他材料", "Other papers"},
    }};
    return table;
}

std::span<const CodeEntry<HarmKind>> code_table(HarmKind) {
    static constexpr std::array<CodeEntry<HarmKind>, 4> table{{
        {HarmKind::suicide, "suicide", "防止民间纠纷引起自杀", "Suicide prevented"},
        {HarmKind::criminal, "criminal", "防止民间纠纷转化为刑事案件", "Criminal case prevented"},
        {HarmKind::group_petition, "group_petition", "防止群体性上访", "Group petition prevented"},
        {HarmKind::group_fight, "group_fight", "防止群体性械斗", "Group fight prevented"},
    }};
    return table;
}

std::span<const CodeEntry<CorrectionReason>> code_table(CorrectionReason) {
    static constexpr std::array<CodeEntry<CorrectionReason>, 4> table{{
        {CorrectionReason::entry_error, "entry_error", "录入错误", "Entry error"},
        {CorrectionReason::new_information, "new_information", "情况更新", "New information"},
        {CorrectionReason::duplicate, "duplicate", "重复统计", "Counted twice"},
        {CorrectionReason::other, "other", "其他", "Other"},
    }};
    return table;
}

std::span<const CodeEntry<DeadlineKind>> code_table(DeadlineKind) {
    static constexpr std::array<CodeEntry<DeadlineKind>, 2> table{{
        {DeadlineKind::round_report, "round_report", "排查报告(含零报告)", "Round report"},
        {DeadlineKind::lead_outcome, "lead_outcome", "线索处置", "Outcome of a lead"},
    }};
    return table;
}

std::span<const CodeEntry<SealedCode>> code_table(SealedCode) {
    static constexpr std::array<CodeEntry<SealedCode>, 7> table{{
        {SealedCode::people, "people", "涉及人员", "People"},
        {SealedCode::place, "place", "地点", "Place"},
        {SealedCode::narrative, "narrative", "情况", "Narrative"},
        {SealedCode::measures, "measures", "措施", "Measures"},
        {SealedCode::responsible, "responsible", "包案人", "Responsible person"},
        {SealedCode::reason, "reason", "理由", "Reason"},
        {SealedCode::note, "note", "备注", "Note"},
    }};
    return table;
}

std::span<const CodeEntry<CampaignPhase>> code_table(CampaignPhase) {
    static constexpr std::array<CodeEntry<CampaignPhase>, 3> table{{
        {CampaignPhase::none, "none", "未开展", "Not opened"},
        {CampaignPhase::open, "open", "进行中", "Open"},
        {CampaignPhase::closed, "closed", "已结束", "Closed"},
    }};
    return table;
}

std::span<const CodeEntry<LeadPhase>> code_table(LeadPhase) {
    static constexpr std::array<CodeEntry<LeadPhase>, 7> table{{
        {LeadPhase::none, "none", "无", "None"},
        {LeadPhase::found, "found", "已发现", "Found"},
        {LeadPhase::resolved, "resolved", "就地化解", "Resolved on the spot"},
        {LeadPhase::opened, "opened", "转为纠纷案件", "Opened as a dispute"},
        {LeadPhase::referred, "referred", "移送", "Referred"},
        {LeadPhase::watched, "watched", "持续关注", "Watched"},
        {LeadPhase::struck_off, "struck_off", "已销号", "Struck off"},
    }};
    return table;
}

}  // namespace anjie::screening
