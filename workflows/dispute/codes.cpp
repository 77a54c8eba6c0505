#include "workflows/dispute/codes.hpp"

// The code of an entry is its enumerator's name; changing one changes files that people keep.
#define ANJIE_CODES(E, ...)                                   \
    std::span<const CodeEntry<E>> code_table(E) {             \
        using enum E;                                         \
        static constexpr CodeEntry<E> entries[]{__VA_ARGS__}; \
        return entries;                                       \
    }
#define ANJIE_CODE(enumerator, zh, en) {enumerator, #enumerator, zh, en}

namespace anjie::dispute {

// clang-format off
ANJIE_CODES(DisputeType,
    ANJIE_CODE(marriage_family, "婚姻家庭纠纷", "marriage and family"),
    ANJIE_CODE(neighbour, "邻里纠纷", "neighbours"),
    ANJIE_CODE(house_homestead, "房屋宅基地纠纷", "house and homestead"),
    ANJIE_CODE(contract, "合同纠纷", "contract"),
    ANJIE_CODE(production_business, "生产经营纠纷", "production and business"),
    ANJIE_CODE(damages, "损害赔偿纠纷", "damages"),
    ANJIE_CODE(forest_land, "山林土地纠纷", "forest and land"),
    ANJIE_CODE(expropriation, "征地拆迁纠纷", "expropriation"),
    ANJIE_CODE(pollution, "环境污染纠纷", "pollution"),
    ANJIE_CODE(migrant_wages, "拖欠农民工工资纠纷", "migrant workers' wages"),
    ANJIE_CODE(other_labour, "其他劳动争议纠纷", "other labour"),
    ANJIE_CODE(tourism, "旅游纠纷", "tourism"),
    ANJIE_CODE(e_commerce, "电子商务纠纷", "e-commerce"),
    ANJIE_CODE(other_consumer, "其他消费纠纷", "other consumer"),
    ANJIE_CODE(medical, "医疗纠纷", "medical"),
    ANJIE_CODE(traffic_accident, "道路交通事故纠纷", "traffic accident"),
    ANJIE_CODE(property_management, "物业纠纷", "property management"),
    ANJIE_CODE(other, "其他纠纷", "other"))

ANJIE_CODES(CaseSource,
    ANJIE_CODE(application, "依申请调解", "application"),
    ANJIE_CODE(own_initiative, "主动调解", "own initiative"),
    ANJIE_CODE(court, "法院委托移送", "entrusted by a court"),
    ANJIE_CODE(procuratorate, "检察院委托移送", "entrusted by a procuratorate"),
    ANJIE_CODE(public_security, "公安机关委托移送", "entrusted by the police"),
    ANJIE_CODE(petition_office, "信访部门委托移送", "entrusted by a petition office"),
    ANJIE_CODE(other_department, "其他部门委托移送", "entrusted by another department"))

ANJIE_CODES(Channel,
    ANJIE_CODE(written, "书面申请", "in writing"),
    ANJIE_CODE(oral, "口头申请", "orally"),
    ANJIE_CODE(online, "网上申请", "online"),
    ANJIE_CODE(hotline, "热线", "hotline"),
    ANJIE_CODE(screening, "排查发现", "found in a screening"),
    ANJIE_CODE(transferred, "委托移送", "handed over"))

ANJIE_CODES(CommitteeKind,
    ANJIE_CODE(village, "村调委会", "village"),
    ANJIE_CODE(residents, "居调委会", "residents' committee"),
    ANJIE_CODE(township, "乡镇调委会", "township"),
    ANJIE_CODE(street, "街道调委会", "street"),
    ANJIE_CODE(enterprise, "企事业单位调委会", "enterprise or institution"),
    ANJIE_CODE(social_organisation, "社会团体和其他组织调委会", "social or other organisation"))

ANJIE_CODES(PartyRole,
    ANJIE_CODE(applicant, "申请人", "applicant"),
    ANJIE_CODE(respondent, "被申请人", "respondent"),
    ANJIE_CODE(third_party, "第三人", "third party"))

ANJIE_CODES(PartyKind,
    ANJIE_CODE(natural_person, "自然人", "natural person"),
    ANJIE_CODE(legal_person, "法人", "legal person"),
    ANJIE_CODE(other_organisation, "非法人组织", "organisation without legal personality"))

ANJIE_CODES(Difficulty,
    ANJIE_CODE(simple, "简易", "simple"),
    ANJIE_CODE(ordinary, "一般", "ordinary"),
    ANJIE_CODE(difficult, "疑难复杂", "difficult"),
    ANJIE_CODE(major, "重大", "major"))

ANJIE_CODES(RefusalGround,
    ANJIE_CODE(reserved_to_special_organ, "法律、法规规定只能由专门机关管辖处理", "reserved to a special organ"),
    ANJIE_CODE(already_accepted_elsewhere, "法院、公安机关或其他行政机关已经受理或者解决", "already accepted or resolved elsewhere"),
    ANJIE_CODE(party_refuses, "当事人一方明确拒绝调解", "a party clearly refuses"),
    ANJIE_CODE(criminal_or_public_security, "涉嫌刑事犯罪或违反治安管理", "criminal or public-security offence"),
    ANJIE_CODE(administrative_dispute, "行政争议", "administrative dispute"),
    ANJIE_CODE(not_a_civil_dispute, "不属于民间纠纷", "not a civil dispute"),
    ANJIE_CODE(no_definite_respondent, "没有明确的被申请人", "no definite respondent"))

ANJIE_CODES(Route,
    ANJIE_CODE(litigation, "诉讼", "litigation"),
    ANJIE_CODE(arbitration, "仲裁", "arbitration"),
    ANJIE_CODE(administrative, "行政途径", "administrative procedure"),
    ANJIE_CODE(police, "公安机关", "police"),
    ANJIE_CODE(petition, "信访", "petition"),
    ANJIE_CODE(other_committee, "其他人民调解委员会", "another mediation committee"))

ANJIE_CODES(AssignmentBasis,
    ANJIE_CODE(designated, "指定", "designated"),
    ANJIE_CODE(chosen_by_parties, "当事人选择", "chosen by the parties"))

ANJIE_CODES(MediatorRole,
    ANJIE_CODE(presiding, "主持", "presiding"),
    ANJIE_CODE(assisting, "协同", "assisting"))

ANJIE_CODES(RecusalOutcome,
    ANJIE_CODE(accepted, "同意回避", "recusal accepted"),
    ANJIE_CODE(refused, "驳回回避申请", "recusal refused"),
    ANJIE_CODE(waived_by_both_parties, "双方同意继续调解", "waived by both parties"))

ANJIE_CODES(SuspensionReason,
    ANJIE_CODE(appraisal, "鉴定", "appraisal"),
    ANJIE_CODE(suspected_false_mediation, "涉嫌虚假调解", "suspected false mediation"),
    ANJIE_CODE(other, "其他", "other"))

ANJIE_CODES(AgreementForm,
    ANJIE_CODE(written, "书面协议", "written"),
    ANJIE_CODE(oral, "口头协议", "oral"))

ANJIE_CODES(SigningMethod,
    ANJIE_CODE(handwritten, "手写签名", "handwritten"),
    ANJIE_CODE(seal, "盖章", "seal"),
    ANJIE_CODE(fingerprint, "按指印", "fingerprint"),
    ANJIE_CODE(electronic, "电子签名", "electronic"))

ANJIE_CODES(FailureReason,
    ANJIE_CODE(no_common_ground, "分歧过大未达成一致", "no common ground"),
    ANJIE_CODE(limit_expired, "调解期限届满", "the limit expired"),
    ANJIE_CODE(party_absent, "当事人未到场", "a party stayed away"),
    ANJIE_CODE(other, "其他", "other"))

ANJIE_CODES(TerminationCause,
    ANJIE_CODE(party_refuses, "当事人拒绝继续调解", "a party refuses to go on"),
    ANJIE_CODE(no_prospect, "调解无望", "no prospect of agreement"),
    ANJIE_CODE(party_unreachable, "无法联系当事人", "a party cannot be reached"),
    ANJIE_CODE(limit_expired, "期限届满未同意延期", "the limit expired without extension"),
    ANJIE_CODE(refuses_to_sign, "拒绝在协议上签字", "a party refuses to sign"),
    ANJIE_CODE(hides_facts_or_stalls, "隐瞒事实、提供虚假情况或故意拖延", "a party hides facts or stalls"),
    ANJIE_CODE(suspected_collusion, "涉嫌恶意串通损害他人利益", "suspected collusion against others"),
    ANJIE_CODE(made_impossible, "发生其他情况致调解无法进行", "made impossible by other events"),
    ANJIE_CODE(other_lawful, "法律、法规规定的其他情形", "another case of law"))

ANJIE_CODES(TransferTarget,
    ANJIE_CODE(higher_committee, "上级调委会", "higher committee"),
    ANJIE_CODE(other_committee, "其他调委会", "another committee"),
    ANJIE_CODE(police, "公安机关", "police"),
    ANJIE_CODE(court, "人民法院", "court"),
    ANJIE_CODE(petition_office, "信访部门", "petition office"),
    ANJIE_CODE(other, "其他", "other"))

ANJIE_CODES(ObligationKind,
    ANJIE_CODE(payment, "给付金钱", "payment"),
    ANJIE_CODE(delivery, "交付财物", "delivery"),
    ANJIE_CODE(act, "作为", "act"),
    ANJIE_CODE(forbearance, "不作为", "forbearance"),
    ANJIE_CODE(apology, "赔礼道歉", "apology"),
    ANJIE_CODE(other, "其他", "other"))

ANJIE_CODES(NonPerformanceProceeding,
    ANJIE_CODE(litigation, "诉讼", "litigation"),
    ANJIE_CODE(arbitration, "仲裁", "arbitration"),
    ANJIE_CODE(payment_order, "支付令", "payment order"),
    ANJIE_CODE(enforcement, "强制执行", "enforcement"))

ANJIE_CODES(RevisitMethod,
    ANJIE_CODE(phone, "电话回访", "phone"),
    ANJIE_CODE(home_visit, "入户回访", "home visit"),
    ANJIE_CODE(office_visit, "来访", "visit to the office"),
    ANJIE_CODE(online, "网络", "online"),
    ANJIE_CODE(other, "其他", "other"))

ANJIE_CODES(Satisfaction,
    ANJIE_CODE(satisfied, "满意", "satisfied"),
    ANJIE_CODE(mostly_satisfied, "基本满意", "mostly satisfied"),
    ANJIE_CODE(dissatisfied, "不满意", "dissatisfied"),
    ANJIE_CODE(not_stated, "未表态", "not stated"))

ANJIE_CODES(Fulfilment,
    ANJIE_CODE(fulfilled, "已履行", "fulfilled"),
    ANJIE_CODE(partly, "部分履行", "partly fulfilled"),
    ANJIE_CODE(not_fulfilled, "未履行", "not fulfilled"),
    ANJIE_CODE(not_yet_due, "未到期", "not yet due"))

ANJIE_CODES(ResidualRisk,
    ANJIE_CODE(none, "无", "none"),
    ANJIE_CODE(low, "低", "low"),
    ANJIE_CODE(high, "高", "high"))

ANJIE_CODES(RevisitProblem,
    ANJIE_CODE(none, "无", "none"),
    ANJIE_CODE(performance_difficulty, "执行难点", "difficulty in performance"),
    ANJIE_CODE(mood_relapse, "情绪反复", "relapse of feelings"),
    ANJIE_CODE(new_conflict, "新的矛盾", "new conflict"),
    ANJIE_CODE(other, "其他", "other"))

ANJIE_CODES(EscalationTarget,
    ANJIE_CODE(new_mediation, "重新调解", "new mediation"),
    ANJIE_CODE(police, "公安机关", "police"),
    ANJIE_CODE(court, "人民法院", "court"),
    ANJIE_CODE(township, "乡镇人民政府", "township"),
    ANJIE_CODE(other, "其他", "other"))

ANJIE_CODES(ConfirmationObstacle,
    ANJIE_CODE(outside_jurisdiction, "不属于人民法院受理范围或本院管辖", "outside the court's jurisdiction"),
    ANJIE_CODE(status_relation, "确认婚姻、亲子、收养等身份关系", "marriage, parentage or adoption status"),
    ANJIE_CODE(other_procedure, "适用其他特别程序、公示催告程序、破产程序", "another special procedure applies"),
    ANJIE_CODE(real_right_or_ip, "涉及物权、知识产权确权", "real rights or intellectual property"),
    ANJIE_CODE(breaches_mandatory_law, "违反法律强制性规定", "breaches mandatory law"),
    ANJIE_CODE(harms_third_party, "损害国家利益、社会公共利益、他人合法权益", "harms the state, the public or others"),
    ANJIE_CODE(against_morals, "违背公序良俗", "against public order and morals"),
    ANJIE_CODE(involuntary, "违反自愿原则", "not voluntary"),
    ANJIE_CODE(content_unclear, "内容不明确", "content unclear"),
    ANJIE_CODE(other, "其他", "other"))

ANJIE_CODES(DocumentKind,
    ANJIE_CODE(application, "人民调解申请书", "application"),
    ANJIE_CODE(acceptance_register, "人民调解受理登记表", "acceptance register"),
    ANJIE_CODE(rights_notice, "当事人权利义务告知书", "rights notice"),
    ANJIE_CODE(identity_proof, "身份证明", "proof of identity"),
    ANJIE_CODE(power_of_attorney, "授权委托书", "power of attorney"),
    ANJIE_CODE(investigation_record, "调查记录", "investigation record"),
    ANJIE_CODE(evidence, "证据材料", "evidence"),
    ANJIE_CODE(mediation_record, "调解记录", "mediation record"),
    ANJIE_CODE(agreement, "人民调解协议书", "agreement"),
    ANJIE_CODE(oral_agreement_register, "人民调解口头协议登记表", "register of the oral agreement"),
    ANJIE_CODE(performance_proof, "履行凭证", "proof of performance"),
    ANJIE_CODE(revisit_record, "回访记录", "revisit record"),
    ANJIE_CODE(confirmation_papers, "司法确认材料", "judicial confirmation papers"),
    ANJIE_CODE(case_note, "卷宗情况说明", "note on the file"),
    ANJIE_CODE(cover, "卷宗封面", "cover"),
    ANJIE_CODE(back_cover, "封底", "back cover"))

ANJIE_CODES(CaseResult,
    ANJIE_CODE(succeeded, "调解成功", "succeeded"),
    ANJIE_CODE(not_reached, "调解不成", "no agreement"),
    ANJIE_CODE(terminated, "终止调解", "terminated"),
    ANJIE_CODE(withdrawn, "撤回申请", "withdrawn"),
    ANJIE_CODE(settled_privately, "自行和解", "settled privately"),
    ANJIE_CODE(refused, "不予受理", "not accepted"),
    ANJIE_CODE(transferred, "移送", "transferred"))

ANJIE_CODES(HarmKind,
    ANJIE_CODE(suicide, "防止民间纠纷引起自杀", "suicide prevented"),
    ANJIE_CODE(criminal_case, "防止民间纠纷转化为刑事案件", "criminal case prevented"),
    ANJIE_CODE(group_petition, "防止群体性上访", "group petition prevented"),
    ANJIE_CODE(group_fight, "防止群体性械斗", "group fight prevented"))

ANJIE_CODES(ConfidentialityLevel,
    ANJIE_CODE(ordinary, "一般", "ordinary"),
    ANJIE_CODE(confidential, "保密", "confidential"),
    ANJIE_CODE(restricted, "限制", "restricted"))

ANJIE_CODES(ConfidentialityGround,
    ANJIE_CODE(privacy, "个人隐私", "privacy"),
    ANJIE_CODE(trade_secret, "商业秘密", "trade secret"),
    ANJIE_CODE(party_objects, "当事人反对公开", "a party objects to openness"),
    ANJIE_CODE(minor_involved, "涉及未成年人", "a minor is involved"),
    ANJIE_CODE(safety, "人身安全", "personal safety"),
    ANJIE_CODE(ground_gone, "原因消除", "the ground is gone"),
    ANJIE_CODE(other, "其他", "other"))

ANJIE_CODES(Retention,
    ANJIE_CODE(permanent, "永久", "permanent"),
    ANJIE_CODE(long_term, "长期", "long"),
    ANJIE_CODE(short_term, "短期", "short"))

ANJIE_CODES(DeadlineKind,
    ANJIE_CODE(acceptance, "受理决定期限", "decision on acceptance"),
    ANJIE_CODE(consent, "征求意见答复期限", "answer to the request for consent"),
    ANJIE_CODE(mediation, "调解期限", "mediation"),
    ANJIE_CODE(revisit, "回访期限", "revisit"),
    ANJIE_CODE(confirmation, "司法确认申请期限", "application for judicial confirmation"),
    ANJIE_CODE(party_objection, "当事人异议期限", "objection of a party"),
    ANJIE_CODE(third_party_objection, "利害关系人异议期限", "objection of a third person"),
    ANJIE_CODE(performance, "履行期限", "performance"),
    ANJIE_CODE(enforcement, "申请执行期限", "application for enforcement"),
    ANJIE_CODE(limitation, "诉讼时效", "limitation of actions"),
    ANJIE_CODE(traffic_police, "申请交警调解期限", "application to the traffic police"),
    ANJIE_CODE(feedback, "向委托移送机关反馈期限", "feedback to the entrusting body"),
    ANJIE_CODE(filing, "归档期限", "filing"),
    ANJIE_CODE(follow_up, "跟进期限", "follow-up"),
    ANJIE_CODE(handover_answer, "移送答复期限", "answer to an offered hand-over"),
    ANJIE_CODE(handover_result, "等待移送结果期限", "awaited result of a hand-over"))

ANJIE_CODES(SealedCode,
    ANJIE_CODE(name, "姓名或名称", "name"),
    ANJIE_CODE(identity_number, "证件号码", "identity number"),
    ANJIE_CODE(phone, "联系方式", "phone"),
    ANJIE_CODE(address, "单位或住址", "address"),
    ANJIE_CODE(sex, "性别", "sex"),
    ANJIE_CODE(ethnicity, "民族", "ethnicity"),
    ANJIE_CODE(age, "年龄", "age"),
    ANJIE_CODE(occupation, "职业或职务", "occupation"),
    ANJIE_CODE(legal_representative, "法定代表人", "legal representative"),
    ANJIE_CODE(title, "纠纷名称", "title"),
    ANJIE_CODE(summary, "纠纷简要情况", "summary"),
    ANJIE_CODE(request, "申请事项", "request"),
    ANJIE_CODE(agreement_text, "协议内容", "text of the agreement"),
    ANJIE_CODE(note, "备注", "note"),
    ANJIE_CODE(place, "地点", "place"),
    ANJIE_CODE(reason, "事由", "reason"))

ANJIE_CODES(ProcedurePhase,
    ANJIE_CODE(none, "未登记", "not registered"),
    ANJIE_CODE(registered, "已登记", "registered"),
    ANJIE_CODE(consent, "征求意见", "asking for consent"),
    ANJIE_CODE(refused, "不予受理", "refused"),
    ANJIE_CODE(accepted, "已受理", "accepted"),
    ANJIE_CODE(assigned, "已指派", "assigned"),
    ANJIE_CODE(in_mediation, "调解中", "in mediation"),
    ANJIE_CODE(suspended, "中止", "suspended"),
    ANJIE_CODE(agreed, "达成协议待生效", "agreed, not yet effective"),
    ANJIE_CODE(effective, "协议生效", "agreement effective"),
    ANJIE_CODE(not_reached, "未达成协议", "no agreement"),
    ANJIE_CODE(terminated, "终止", "terminated"),
    ANJIE_CODE(withdrawn, "已撤回", "withdrawn"),
    ANJIE_CODE(settled_privately, "自行和解", "settled privately"),
    ANJIE_CODE(transferred, "已移送", "transferred"))

ANJIE_CODES(PerformancePhase,
    ANJIE_CODE(pending, "待履行", "pending"),
    ANJIE_CODE(partly_performed, "部分履行", "partly performed"),
    ANJIE_CODE(overdue, "逾期未履行", "overdue"),
    ANJIE_CODE(urged, "已督促", "urged"),
    ANJIE_CODE(performed, "已履行", "performed"),
    ANJIE_CODE(renegotiated, "已变更", "renegotiated"),
    ANJIE_CODE(routes_told, "已告知救济途径", "routes told"),
    ANJIE_CODE(in_proceedings, "进入其他程序", "in other proceedings"),
    ANJIE_CODE(waived, "已放弃权利", "waived"),
    ANJIE_CODE(superseded, "已被新协议取代", "superseded by a later agreement"))

ANJIE_CODES(RevisitPhase,
    ANJIE_CODE(not_due, "未到回访", "not due"),
    ANJIE_CODE(due, "待回访", "due"),
    ANJIE_CODE(unreachable, "未联系上", "unreachable"),
    ANJIE_CODE(done, "已回访", "done"),
    ANJIE_CODE(problem_found, "发现问题", "problem found"),
    ANJIE_CODE(following_up, "跟进中", "following up"),
    ANJIE_CODE(resolved, "问题已化解", "problem resolved"),
    ANJIE_CODE(escalated, "已升级处理", "escalated"))

ANJIE_CODES(ConfirmationPhase,
    ANJIE_CODE(not_open, "未开放", "not open"),
    ANJIE_CODE(window_open, "可申请", "may be applied for"),
    ANJIE_CODE(expired, "已过申请期限", "window expired"),
    ANJIE_CODE(applied, "已申请", "applied for"),
    ANJIE_CODE(accepted, "法院已受理", "accepted by the court"),
    ANJIE_CODE(not_accepted, "法院不予受理", "not accepted by the court"),
    ANJIE_CODE(ruled_valid, "裁定有效", "ruled valid"),
    ANJIE_CODE(dismissed, "裁定驳回", "dismissed"),
    ANJIE_CODE(withdrawn, "已撤回", "withdrawn"))

ANJIE_CODES(FilePhase,
    ANJIE_CODE(none, "未立卷", "no file yet"),
    ANJIE_CODE(open, "在办", "open"),
    ANJIE_CODE(closed, "已结案", "closed"),
    ANJIE_CODE(archived, "已归档", "archived"))

ANJIE_CODES(CustodyPhase,
    ANJIE_CODE(none, "未登记", "no case yet"),
    ANJIE_CODE(held, "本组织承办", "held here"),
    ANJIE_CODE(offered, "已提请移送，待答复", "offered, awaiting the answer"),
    ANJIE_CODE(away, "对方承办", "held by the other side"),
    ANJIE_CODE(ended_there, "对方已反馈结果", "result fed back by the other side"),
    ANJIE_CODE(moved, "已移送", "moved away"),
    ANJIE_CODE(received, "收到移送，待答复", "offered to us, to be answered"),
    ANJIE_CODE(accepting, "已同意接收，待确认", "accepted, awaiting confirmation"),
    ANJIE_CODE(held_for, "受托承办", "held here for the sender"),
    ANJIE_CODE(fed_back, "已反馈结果", "result fed back"),
    ANJIE_CODE(handed_back, "已交回", "handed back"),
    ANJIE_CODE(declined, "已退回", "returned to the sender"),
    ANJIE_CODE(offer_ended, "对方已终止移送", "offer ended by the sender"))

ANJIE_CODES(HandoverKind,
    ANJIE_CODE(transfer, "移送", "transfer"),
    ANJIE_CODE(entrustment, "委托", "entrustment"))

ANJIE_CODES(HandoverReason,
    ANJIE_CODE(entrusted_mediation, "委托调解", "mediation is entrusted"),
    ANJIE_CODE(outside_jurisdiction, "不属本组织管辖", "outside this body's area"),
    ANJIE_CODE(beyond_means, "疑难复杂", "too difficult here"),
    ANJIE_CODE(other_procedure, "应由其他程序处理", "belongs to another procedure"),
    ANJIE_CODE(parties_wish, "当事人要求", "the parties' wish"),
    ANJIE_CODE(other, "其他", "other"))

ANJIE_CODES(HandoverEnding,
    ANJIE_CODE(withdrawn, "撤回", "withdrawn"),
    ANJIE_CODE(lapsed, "逾期未答复", "lapsed unanswered"))
// clang-format on

}  // namespace anjie::dispute
