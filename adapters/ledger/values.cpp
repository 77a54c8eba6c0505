#include "adapters/ledger/values.hpp"

#include <algorithm>
#include <span>

#include "adapters/text_forms/text_forms.hpp"

namespace anjie::ledger {
namespace {

using namespace dispute;

template <class E>
struct Synonym {
    std::string_view text;
    E value;
};

/// Exact synonyms first; `words` decide when they all point to one value.
template <class E>
struct Synonyms {
    std::span<const Synonym<E>> exact;
    std::span<const Synonym<E>> words;
};

template <class E>
constexpr Synonyms<E> synonyms{};

#define ANJIE_SYNONYMS(E, list, ...) \
    constexpr Synonym<E> E##_##list[] { __VA_ARGS__ }

ANJIE_SYNONYMS(DisputeType, words, {"婚姻", DisputeType::marriage_family}, {"家庭", DisputeType::marriage_family},
               {"离婚", DisputeType::marriage_family}, {"赡养", DisputeType::marriage_family},
               {"抚养", DisputeType::marriage_family}, {"继承", DisputeType::marriage_family},
               {"分家", DisputeType::marriage_family}, {"邻里", DisputeType::neighbour},
               {"相邻", DisputeType::neighbour}, {"宅基地", DisputeType::house_homestead},
               {"房屋", DisputeType::house_homestead}, {"合同", DisputeType::contract}, {"借款", DisputeType::contract},
               {"借贷", DisputeType::contract}, {"买卖", DisputeType::contract}, {"租赁", DisputeType::contract},
               {"经营", DisputeType::production_business}, {"损害", DisputeType::damages},
               {"伤害", DisputeType::damages}, {"草场", DisputeType::forest_land}, {"草原", DisputeType::forest_land},
               {"草山", DisputeType::forest_land}, {"林地", DisputeType::forest_land},
               {"山林", DisputeType::forest_land}, {"土地", DisputeType::forest_land},
               {"征地", DisputeType::expropriation}, {"拆迁", DisputeType::expropriation},
               {"征收", DisputeType::expropriation}, {"污染", DisputeType::pollution},
               {"农民工", DisputeType::migrant_wages}, {"欠薪", DisputeType::migrant_wages},
               {"工资", DisputeType::migrant_wages}, {"工程款", DisputeType::migrant_wages},
               {"旅游", DisputeType::tourism}, {"电商", DisputeType::e_commerce}, {"网购", DisputeType::e_commerce},
               {"医疗", DisputeType::medical}, {"医患", DisputeType::medical}, {"交通", DisputeType::traffic_accident},
               {"物业", DisputeType::property_management});
ANJIE_SYNONYMS(DisputeType, exact, {"劳动争议", DisputeType::other_labour}, {"劳动纠纷", DisputeType::other_labour},
               {"消费纠纷", DisputeType::other_consumer}, {"消费", DisputeType::other_consumer},
               {"草场边界", DisputeType::forest_land}, {"草场边界纠纷", DisputeType::forest_land},
               {"其他", DisputeType::other}, {"其它", DisputeType::other}, {"其它纠纷", DisputeType::other},
               {"family", DisputeType::marriage_family}, {"wages", DisputeType::migrant_wages});
ANJIE_SYNONYMS(CaseSource, exact, {"依申请", CaseSource::application}, {"当事人申请", CaseSource::application},
               {"申请", CaseSource::application}, {"主动", CaseSource::own_initiative},
               {"主动受理", CaseSource::own_initiative}, {"排查", CaseSource::own_initiative},
               {"排查发现", CaseSource::own_initiative}, {"法院", CaseSource::court}, {"法院委托", CaseSource::court},
               {"法院移交", CaseSource::court}, {"检察院", CaseSource::procuratorate},
               {"检察院委托", CaseSource::procuratorate}, {"公安", CaseSource::public_security},
               {"派出所", CaseSource::public_security}, {"公安移交", CaseSource::public_security},
               {"派出所移交", CaseSource::public_security}, {"公安机关", CaseSource::public_security},
               {"公安委托", CaseSource::public_security}, {"110", CaseSource::public_security},
               {"信访", CaseSource::petition_office}, {"信访移交", CaseSource::petition_office},
               {"信访部门", CaseSource::petition_office}, {"信访转办", CaseSource::petition_office},
               {"信访局移交", CaseSource::petition_office}, {"部门指定", CaseSource::other_department},
               {"政府指定", CaseSource::other_department}, {"其他部门", CaseSource::other_department},
               {"police", CaseSource::public_security});
ANJIE_SYNONYMS(Channel, exact, {"书面", Channel::written}, {"口头", Channel::oral}, {"网上", Channel::online},
               {"线上", Channel::online}, {"电话", Channel::hotline}, {"12345", Channel::hotline},
               {"排查", Channel::screening}, {"移交", Channel::transferred}, {"移送", Channel::transferred});
ANJIE_SYNONYMS(CommitteeKind, exact, {"村", CommitteeKind::village}, {"村委会", CommitteeKind::village},
               {"村人民调解委员会", CommitteeKind::village}, {"居", CommitteeKind::residents},
               {"社区", CommitteeKind::residents}, {"乡镇", CommitteeKind::township}, {"乡", CommitteeKind::township},
               {"镇", CommitteeKind::township}, {"乡镇人民调解委员会", CommitteeKind::township},
               {"街道", CommitteeKind::street}, {"企事业单位", CommitteeKind::enterprise},
               {"企业", CommitteeKind::enterprise}, {"行业性", CommitteeKind::social_organisation},
               {"专业性", CommitteeKind::social_organisation}, {"行专", CommitteeKind::social_organisation});
ANJIE_SYNONYMS(Difficulty, exact, {"简单", Difficulty::simple}, {"普通", Difficulty::ordinary},
               {"疑难", Difficulty::difficult}, {"复杂", Difficulty::difficult}, {"是", Difficulty::difficult},
               {"否", Difficulty::ordinary}, {"yes", Difficulty::difficult}, {"no", Difficulty::ordinary});
ANJIE_SYNONYMS(RefusalGround, words, {"专门机关", RefusalGround::reserved_to_special_organ},
               {"已经受理", RefusalGround::already_accepted_elsewhere},
               {"已受理", RefusalGround::already_accepted_elsewhere}, {"拒绝", RefusalGround::party_refuses},
               {"不同意", RefusalGround::party_refuses}, {"刑事", RefusalGround::criminal_or_public_security},
               {"治安", RefusalGround::criminal_or_public_security},
               {"行政争议", RefusalGround::administrative_dispute}, {"民间", RefusalGround::not_a_civil_dispute},
               {"被申请人不明", RefusalGround::no_definite_respondent});
ANJIE_SYNONYMS(Route, exact, {"起诉", Route::litigation}, {"法院", Route::litigation}, {"劳动仲裁", Route::arbitration},
               {"行政", Route::administrative}, {"行政处理", Route::administrative}, {"公安", Route::police},
               {"报警", Route::police}, {"信访部门", Route::petition}, {"其他调委会", Route::other_committee});
ANJIE_SYNONYMS(SuspensionReason, words, {"鉴定", SuspensionReason::appraisal}, {"评估", SuspensionReason::appraisal},
               {"虚假", SuspensionReason::suspected_false_mediation});
ANJIE_SYNONYMS(AgreementForm, exact, {"书面", AgreementForm::written}, {"协议书", AgreementForm::written},
               {"调解协议书", AgreementForm::written}, {"口头", AgreementForm::oral});
ANJIE_SYNONYMS(SigningMethod, exact, {"签名", SigningMethod::handwritten}, {"签字", SigningMethod::handwritten},
               {"手签", SigningMethod::handwritten}, {"指印", SigningMethod::fingerprint},
               {"捺印", SigningMethod::fingerprint}, {"按手印", SigningMethod::fingerprint},
               {"手印", SigningMethod::fingerprint}, {"电子", SigningMethod::electronic});
ANJIE_SYNONYMS(FailureReason, words, {"分歧", FailureReason::no_common_ground}, {"届满", FailureReason::limit_expired},
               {"超期", FailureReason::limit_expired}, {"未到", FailureReason::party_absent},
               {"缺席", FailureReason::party_absent});
ANJIE_SYNONYMS(TerminationCause, words, {"拒绝在协议", TerminationCause::refuses_to_sign},
               {"拒签", TerminationCause::refuses_to_sign}, {"拒绝继续", TerminationCause::party_refuses},
               {"拒绝调解", TerminationCause::party_refuses}, {"放弃", TerminationCause::party_refuses},
               {"无望", TerminationCause::no_prospect}, {"联系不上", TerminationCause::party_unreachable},
               {"无法联系", TerminationCause::party_unreachable}, {"届满", TerminationCause::limit_expired},
               {"隐瞒", TerminationCause::hides_facts_or_stalls}, {"拖延", TerminationCause::hides_facts_or_stalls},
               {"串通", TerminationCause::suspected_collusion});
ANJIE_SYNONYMS(RevisitMethod, exact, {"电话", RevisitMethod::phone}, {"电话沟通", RevisitMethod::phone},
               {"入户", RevisitMethod::home_visit}, {"入户走访", RevisitMethod::home_visit},
               {"上门", RevisitMethod::home_visit}, {"走访", RevisitMethod::home_visit},
               {"上门回访", RevisitMethod::home_visit}, {"微信", RevisitMethod::online},
               {"网上", RevisitMethod::online}, {"当事人来访", RevisitMethod::office_visit},
               {"其它", RevisitMethod::other});
ANJIE_SYNONYMS(Satisfaction, exact, {"非常满意", Satisfaction::satisfied}, {"很满意", Satisfaction::satisfied},
               {"是", Satisfaction::satisfied}, {"较满意", Satisfaction::mostly_satisfied},
               {"比较满意", Satisfaction::mostly_satisfied}, {"一般", Satisfaction::mostly_satisfied},
               {"否", Satisfaction::dissatisfied}, {"不太满意", Satisfaction::dissatisfied},
               {"未评价", Satisfaction::not_stated}, {"无", Satisfaction::not_stated});
ANJIE_SYNONYMS(Fulfilment, exact, {"履行完毕", Fulfilment::fulfilled}, {"已履行完毕", Fulfilment::fulfilled},
               {"全部履行", Fulfilment::fulfilled}, {"当场履行", Fulfilment::fulfilled},
               {"即时履行", Fulfilment::fulfilled}, {"是", Fulfilment::fulfilled}, {"部分", Fulfilment::partly},
               {"正在履行", Fulfilment::partly}, {"履行中", Fulfilment::partly}, {"否", Fulfilment::not_fulfilled},
               {"拒不履行", Fulfilment::not_fulfilled}, {"未到履行期", Fulfilment::not_yet_due},
               {"未到期限", Fulfilment::not_yet_due});
ANJIE_SYNONYMS(ResidualRisk, exact, {"没有", ResidualRisk::none}, {"否", ResidualRisk::none},
               {"无隐患", ResidualRisk::none}, {"低风险", ResidualRisk::low}, {"有", ResidualRisk::high},
               {"高风险", ResidualRisk::high}, {"中", ResidualRisk::high});
ANJIE_SYNONYMS(RevisitProblem, exact, {"否", RevisitProblem::none}, {"没有", RevisitProblem::none},
               {"未发现", RevisitProblem::none}, {"无问题", RevisitProblem::none},
               {"未发现问题", RevisitProblem::none});
ANJIE_SYNONYMS(RevisitProblem, words, {"执行难", RevisitProblem::performance_difficulty},
               {"履行困难", RevisitProblem::performance_difficulty}, {"未履行", RevisitProblem::performance_difficulty},
               {"拖延", RevisitProblem::performance_difficulty}, {"情绪", RevisitProblem::mood_relapse},
               {"反复", RevisitProblem::mood_relapse}, {"新矛盾", RevisitProblem::new_conflict},
               {"新的矛盾", RevisitProblem::new_conflict}, {"新纠纷", RevisitProblem::new_conflict});
ANJIE_SYNONYMS(DocumentKind, exact, {"申请书", DocumentKind::application}, {"调解申请书", DocumentKind::application},
               {"登记表", DocumentKind::acceptance_register}, {"受理登记表", DocumentKind::acceptance_register},
               {"告知书", DocumentKind::rights_notice}, {"权利义务告知书", DocumentKind::rights_notice},
               {"身份证复印件", DocumentKind::identity_proof}, {"身份证", DocumentKind::identity_proof},
               {"委托书", DocumentKind::power_of_attorney}, {"调查笔录", DocumentKind::investigation_record},
               {"证据", DocumentKind::evidence}, {"鉴定报告", DocumentKind::evidence},
               {"调解笔录", DocumentKind::mediation_record}, {"协议书", DocumentKind::agreement},
               {"调解协议书", DocumentKind::agreement}, {"口头协议登记表", DocumentKind::oral_agreement_register},
               {"收条", DocumentKind::performance_proof}, {"履行凭据", DocumentKind::performance_proof},
               {"回访表", DocumentKind::revisit_record}, {"封面", DocumentKind::cover},
               {"情况说明", DocumentKind::case_note});
ANJIE_SYNONYMS(TransferTarget, words, {"派出所", TransferTarget::police}, {"公安", TransferTarget::police},
               {"法院", TransferTarget::court}, {"信访", TransferTarget::petition_office},
               {"上级", TransferTarget::higher_committee}, {"调委会", TransferTarget::other_committee});
ANJIE_SYNONYMS(Retention, exact, {"长久", Retention::long_term}, {"30年", Retention::long_term},
               {"10年", Retention::short_term});
ANJIE_SYNONYMS(LedgerResult, exact, {"成功", LedgerResult::succeeded}, {"达成协议", LedgerResult::succeeded},
               {"已化解", LedgerResult::succeeded}, {"化解", LedgerResult::succeeded},
               {"调成", LedgerResult::succeeded}, {"达成调解协议", LedgerResult::succeeded},
               {"调解成功并履行", LedgerResult::succeeded}, {"是", LedgerResult::succeeded},
               {"已调解", LedgerResult::succeeded}, {"未达成协议", LedgerResult::not_reached},
               {"不成功", LedgerResult::not_reached}, {"未成功", LedgerResult::not_reached},
               {"调解失败", LedgerResult::not_reached}, {"失败", LedgerResult::not_reached},
               {"未达成", LedgerResult::not_reached}, {"否", LedgerResult::not_reached},
               {"终止", LedgerResult::terminated}, {"撤回", LedgerResult::withdrawn},
               {"撤销申请", LedgerResult::withdrawn}, {"和解", LedgerResult::settled_privately},
               {"不受理", LedgerResult::refused}, {"移交", LedgerResult::transferred},
               {"转办", LedgerResult::transferred}, {"正在调解", LedgerResult::pending},
               {"未结", LedgerResult::pending}, {"办理中", LedgerResult::pending}, {"正在办理", LedgerResult::pending},
               {"待调解", LedgerResult::pending});
#undef ANJIE_SYNONYMS

#define ANJIE_EXACT(E)                  \
    template <>                         \
    constexpr Synonyms<E> synonyms<E> { \
        E##_exact, {}                   \
    }
#define ANJIE_WORDS(E)                  \
    template <>                         \
    constexpr Synonyms<E> synonyms<E> { \
        {}, E##_words                   \
    }
#define ANJIE_BOTH(E)                   \
    template <>                         \
    constexpr Synonyms<E> synonyms<E> { \
        E##_exact, E##_words            \
    }
ANJIE_BOTH(DisputeType);
ANJIE_EXACT(CaseSource);
ANJIE_EXACT(Channel);
ANJIE_EXACT(CommitteeKind);
ANJIE_EXACT(Difficulty);
ANJIE_WORDS(RefusalGround);
ANJIE_EXACT(Route);
ANJIE_WORDS(SuspensionReason);
ANJIE_EXACT(AgreementForm);
ANJIE_EXACT(SigningMethod);
ANJIE_WORDS(FailureReason);
ANJIE_WORDS(TerminationCause);
ANJIE_EXACT(RevisitMethod);
ANJIE_EXACT(Satisfaction);
ANJIE_EXACT(Fulfilment);
ANJIE_EXACT(ResidualRisk);
ANJIE_BOTH(RevisitProblem);
ANJIE_EXACT(DocumentKind);
ANJIE_WORDS(TransferTarget);
ANJIE_EXACT(Retention);
ANJIE_EXACT(LedgerResult);

std::string normal_form(std::string_view cell) {
    std::string out = text_forms::to_half_width(cell);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

}  // namespace

std::span<const CodeEntry<LedgerResult>> code_table(LedgerResult) {
    using enum LedgerResult;
    static constexpr CodeEntry<LedgerResult> entries[]{
        {pending, "pending", "调解中", "pending"},
        {succeeded, "succeeded", "调解成功", "succeeded"},
        {not_reached, "not_reached", "调解不成", "no agreement"},
        {terminated, "terminated", "终止调解", "terminated"},
        {withdrawn, "withdrawn", "撤回申请", "withdrawn"},
        {settled_privately, "settled_privately", "自行和解", "settled privately"},
        {refused, "refused", "不予受理", "not accepted"},
        {transferred, "transferred", "移送", "transferred"},
    };
    return entries;
}

template <class E>
std::optional<E> parse_value(std::string_view cell) {
    const std::string text = normal_form(cell);
    if (auto known = parse_code<E>(text)) return known;
    for (const auto& synonym : synonyms<E>.exact)
        if (text == synonym.text) return synonym.value;
    std::optional<E> found;
    for (const auto& synonym : synonyms<E>.words) {
        if (text.find(synonym.text) == std::string::npos) continue;
        if (found && *found != synonym.value) return std::nullopt;  // Its words disagree.
        found = synonym.value;
    }
    return found;
}

template std::optional<DisputeType> parse_value(std::string_view);
template std::optional<CaseSource> parse_value(std::string_view);
template std::optional<Channel> parse_value(std::string_view);
template std::optional<CommitteeKind> parse_value(std::string_view);
template std::optional<Difficulty> parse_value(std::string_view);
template std::optional<RefusalGround> parse_value(std::string_view);
template std::optional<Route> parse_value(std::string_view);
template std::optional<SuspensionReason> parse_value(std::string_view);
template std::optional<AgreementForm> parse_value(std::string_view);
template std::optional<SigningMethod> parse_value(std::string_view);
template std::optional<FailureReason> parse_value(std::string_view);
template std::optional<TerminationCause> parse_value(std::string_view);
template std::optional<RevisitMethod> parse_value(std::string_view);
template std::optional<Satisfaction> parse_value(std::string_view);
template std::optional<Fulfilment> parse_value(std::string_view);
template std::optional<ResidualRisk> parse_value(std::string_view);
template std::optional<RevisitProblem> parse_value(std::string_view);
template std::optional<DocumentKind> parse_value(std::string_view);
template std::optional<TransferTarget> parse_value(std::string_view);
template std::optional<Retention> parse_value(std::string_view);
template std::optional<LedgerResult> parse_value(std::string_view);

std::vector<std::string> split_list(std::string_view cell) {
    constexpr std::string_view marks[]{"、", "；", ";", "/", "，", ",", "\n", "\r", "|"};
    std::vector<std::string> out;
    std::string part;
    const auto end_part = [&] {
        auto trimmed = text_forms::to_half_width(part);
        if (!trimmed.empty()) out.push_back(std::move(trimmed));
        part.clear();
    };
    for (std::size_t i = 0; i < cell.size();) {
        const auto rest = cell.substr(i);
        const auto* mark = std::ranges::find_if(marks, [&](std::string_view one) { return rest.starts_with(one); });
        if (mark == std::end(marks)) {
            part.push_back(cell[i++]);
        } else {
            end_part();
            i += mark->size();
        }
    }
    end_part();
    return out;
}

std::optional<bool> parse_yes_no(std::string_view cell) {
    const std::string text = normal_form(cell);
    constexpr std::string_view yes[]{"是", "有", "已", "同意", "双方同意", "自愿", "yes", "y", "true", "1"};
    constexpr std::string_view no[]{"否", "无", "未", "不同意", "拒绝", "一方拒绝", "no", "n", "false", "0"};
    if (std::ranges::find(yes, text) != std::end(yes)) return true;
    if (std::ranges::find(no, text) != std::end(no)) return false;
    return std::nullopt;
}

}  // namespace anjie::ledger
