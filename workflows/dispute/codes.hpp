#pragma once

#include <cstdint>
#include <span>

#include "engine/describe.hpp"

/// The code tables of the dispute workflow. Numbers are stored in events and are never used twice; codes and Chinese
/// names are in codes.cpp. Where the ministry's own list is known only from secondary sources the table says so.
namespace anjie::dispute {

/// 纠纷类型: the ministry's 18 types [S].
enum class DisputeType : std::uint16_t {
    marriage_family = 1,
    neighbour,
    house_homestead,
    contract,
    production_business,
    damages,
    forest_land,
    expropriation,
    pollution,
    migrant_wages,
    other_labour,
    tourism,
    e_commerce,
    other_consumer,
    medical,
    traffic_accident,
    property_management,
    other,
};

/// 案件来源 [C where 人民调解法 17, 18; S for the list of entrusting bodies].
enum class CaseSource : std::uint16_t {
    application = 1,   ///< 依申请
    own_initiative,    ///< 主动调解
    court,             ///< 法院委托移送
    procuratorate,     ///< 检察院委托移送
    public_security,   ///< 公安机关委托移送
    petition_office,   ///< 信访部门委托移送
    other_department,  ///< 其他部门委托移送
};

/// How the request reached the committee.
enum class Channel : std::uint16_t { written = 1, oral, online, hotline, screening, transferred };

/// 调解组织类别 (the statistics' subjects).
enum class CommitteeKind : std::uint16_t {
    village = 1,
    residents,
    township,
    street,
    enterprise,
    social_organisation,
};

/// 申请人, 被申请人, 第三人.
enum class PartyRole : std::uint16_t { applicant = 1, respondent, third_party };
/// 自然人, 法人, 非法人组织.
enum class PartyKind : std::uint16_t { natural_person = 1, legal_person, other_organisation };

/// 简易, 一般, 疑难复杂, 重大.
enum class Difficulty : std::uint16_t { simple = 1, ordinary, difficult, major };

/// 不予受理事由.
enum class RefusalGround : std::uint16_t {
    reserved_to_special_organ = 1,  ///< 若干规定 22(1) [S]
    already_accepted_elsewhere,     ///< 若干规定 22(2) [S]
    party_refuses,                  ///< 人民调解法 17 [C]
    criminal_or_public_security,    ///< [S]
    administrative_dispute,         ///< 2025 opinion [S]
    not_a_civil_dispute,            ///< 宁波 17 [C, local]
    no_definite_respondent,         ///< [S]
};

/// Which way is open to parties who are not helped here (人民调解法 26 [C] asks that they be told).
enum class Route : std::uint16_t { litigation = 1, arbitration, administrative, police, petition, other_committee };

/// 指定 or 当事人选择 (人民调解法 19).
enum class AssignmentBasis : std::uint16_t { designated = 1, chosen_by_parties };
/// 主持 or 协同.
enum class MediatorRole : std::uint16_t { presiding = 1, assisting };
enum class RecusalOutcome : std::uint16_t { accepted = 1, refused, waived_by_both_parties };

/// 中止事由.
enum class SuspensionReason : std::uint16_t { appraisal = 1, suspected_false_mediation, other };

/// 书面, 口头.
enum class AgreementForm : std::uint16_t { written = 1, oral };
/// 手写签名, 盖章, 指印, 电子签名.
enum class SigningMethod : std::uint16_t { handwritten = 1, seal, fingerprint, electronic };

/// 调解不成事由.
enum class FailureReason : std::uint16_t { no_common_ground = 1, limit_expired, party_absent, other };
/// 终止事由: union of 宁波 23, 深圳 28, 特邀 26, 在线 25 [C].
enum class TerminationCause : std::uint16_t {
    party_refuses = 1,
    no_prospect,
    party_unreachable,
    limit_expired,
    refuses_to_sign,
    hides_facts_or_stalls,
    suspected_collusion,
    made_impossible,
    other_lawful,
};

/// 移送去向.
enum class TransferTarget : std::uint16_t {
    higher_committee = 1,
    other_committee,
    police,
    court,
    petition_office,
    other
};

/// 移送 (the case leaves for good) or 委托 (the other body handles it for the one that asks).
enum class HandoverKind : std::uint16_t { transfer = 1, entrustment };
/// Why a case is handed over: 宁波 18 [C, local] for what goes up, 19 for entrustment; the rest [M].
enum class HandoverReason : std::uint16_t {
    entrusted_mediation = 1,
    outside_jurisdiction,
    beyond_means,
    other_procedure,
    parties_wish,
    other,
};
/// How an offer ended that was not answered.
enum class HandoverEnding : std::uint16_t { withdrawn = 1, lapsed };

/// 履行标的.
enum class ObligationKind : std::uint16_t { payment = 1, delivery, act, forbearance, apology, other };
enum class NonPerformanceProceeding : std::uint16_t { litigation = 1, arbitration, payment_order, enforcement };

/// 回访方式: 电话, 入户, 来访, 网络, 其他.
enum class RevisitMethod : std::uint16_t { phone = 1, home_visit, office_visit, online, other };
/// 满意, 基本满意, 不满意, 未表态.
enum class Satisfaction : std::uint16_t { satisfied = 1, mostly_satisfied, dissatisfied, not_stated };
/// 履行情况: 已履行, 部分履行, 未履行, 未到期.
enum class Fulfilment : std::uint16_t { fulfilled = 1, partly, not_fulfilled, not_yet_due };
/// 后续隐患: 无, 低, 高.
enum class ResidualRisk : std::uint16_t { none = 1, low, high };
/// What a revisit found: 执行难点, 情绪反复, 新的矛盾, 其他.
enum class RevisitProblem : std::uint16_t { none = 1, performance_difficulty, mood_relapse, new_conflict, other };
enum class EscalationTarget : std::uint16_t { new_mediation = 1, police, court, township, other };

/// Why the court did not take or dismissed the application (民诉法解释 355, 358 [C]).
enum class ConfirmationObstacle : std::uint16_t {
    outside_jurisdiction = 1,
    status_relation,
    other_procedure,
    real_right_or_ip,
    breaches_mandatory_law,
    harms_third_party,
    against_morals,
    involuntary,
    content_unclear,
    other,
};

/// 卷内文书 (2010 form set [S]).
enum class DocumentKind : std::uint16_t {
    application = 1,
    acceptance_register,
    rights_notice,
    identity_proof,
    power_of_attorney,
    investigation_record,
    evidence,
    mediation_record,
    agreement,
    oral_agreement_register,
    performance_proof,
    revisit_record,
    confirmation_papers,
    case_note,
    cover,
    back_cover,
};

/// 结案方式: how the case ended, for statistics.
enum class CaseResult : std::uint16_t {
    succeeded = 1,
    not_reached,
    terminated,
    withdrawn,
    settled_privately,
    refused,
    transferred
};

/// 防止民间纠纷引起自杀, 转化为刑事案件, 防止群体性上访, 防止群体性械斗.
enum class HarmKind : std::uint16_t { suicide = 1, criminal_case, group_petition, group_fight };

/// 保密等级 [M]: who may see a case, from the many to the few. Nothing of state secrecy is meant.
enum class ConfidentialityLevel : std::uint16_t { ordinary = 1, confidential, restricted };
/// Why a case was given its level: 若干规定 29 [C] for privacy, trade secrets and a party's objection; the rest [M].
enum class ConfidentialityGround : std::uint16_t {
    privacy = 1,
    trade_secret,
    party_objects,
    minor_involved,
    safety,
    ground_gone,  ///< What called for the higher level is over.
    other,
};

/// 保管期限 [S]: permanent, long, short.
enum class Retention : std::uint16_t { permanent = 1, long_term, short_term };

/// The timers of domain.md 9.7; numbers are stored.
enum class DeadlineKind : std::uint16_t {
    acceptance = 1,         ///< T-ACC
    consent,                ///< T-CONSENT
    mediation,              ///< T-MED
    revisit,                ///< T-REV
    confirmation,           ///< T-CONF 司法确认申请期限
    party_objection,        ///< T-OBJ, party: 15 d
    third_party_objection,  ///< T-OBJ, third person: 6 months
    performance,            ///< T-PERF, one per obligation
    enforcement,            ///< T-ENF
    limitation,             ///< T-LIM
    traffic_police,         ///< T-TRAF
    feedback,               ///< T-FEEDBACK
    filing,                 ///< T-FILE
    follow_up,              ///< a problem found at a revisit must be dealt with
    handover_answer,        ///< an offered hand-over must be accepted or returned
    handover_result,        ///< the result of a case that was handed over is awaited
};

/// Field codes of sealed text (personal data, narrative). Subject n: party n; subject 0: the case's narrative.
enum class SealedCode : std::uint16_t {
    name = 1,
    identity_number,
    phone,
    address,
    sex,
    ethnicity,
    age,
    occupation,
    legal_representative,
    title,
    summary,
    request,
    agreement_text,
    note,
    place,
    reason,
};

// Phases: one enum per parallel region (domain.md 9.2 to 9.6).

enum class ProcedurePhase : std::uint16_t {
    none,
    registered,
    consent,
    refused,
    accepted,
    assigned,
    in_mediation,
    suspended,
    agreed,
    effective,
    not_reached,
    terminated,
    withdrawn,
    settled_privately,
    transferred,
};
enum class PerformancePhase : std::uint16_t {
    pending,
    partly_performed,
    overdue,
    urged,
    performed,
    renegotiated,
    routes_told,
    in_proceedings,
    waived,
    superseded,  ///< A later agreement took the place of the one it stood in.
};
enum class RevisitPhase : std::uint16_t {
    not_due,
    due,
    unreachable,
    done,
    problem_found,
    following_up,
    resolved,
    escalated
};
enum class ConfirmationPhase : std::uint16_t {
    not_open,
    window_open,
    expired,
    applied,
    accepted,
    not_accepted,
    ruled_valid,
    dismissed,
    withdrawn,
};
enum class FilePhase : std::uint16_t { none, open, closed, archived };
/// Who holds the case, seen from this log.
enum class CustodyPhase : std::uint16_t {
    none,
    held,         ///< By this organisation.
    offered,      ///< To another; held here until it has accepted.
    away,         ///< Accepted there, held there.
    ended_there,  ///< The result is known; held there.
    moved,        ///< Moved by letter, without a conversation.
    received,     ///< Offered to this organisation; the sender holds it.
    accepting,    ///< Accepted here; the sender holds it until it has confirmed.
    held_for,     ///< By this organisation, which owes the sender the result.
    fed_back,     ///< By this organisation; the result has been fed back.
    handed_back,  ///< By the sender again.
    declined,     ///< Returned to the sender, which holds it.
    offer_ended,  ///< Withdrawn or lapsed; the sender holds it.
};

// `code_table(E)` for each enum above; definitions in codes.cpp.
#define ANJIE_DISPUTE_CODE_TABLE(E) [[nodiscard]] std::span<const CodeEntry<E>> code_table(E);
ANJIE_DISPUTE_CODE_TABLE(DisputeType)
ANJIE_DISPUTE_CODE_TABLE(CaseSource)
ANJIE_DISPUTE_CODE_TABLE(Channel)
ANJIE_DISPUTE_CODE_TABLE(CommitteeKind)
ANJIE_DISPUTE_CODE_TABLE(PartyRole)
ANJIE_DISPUTE_CODE_TABLE(PartyKind)
ANJIE_DISPUTE_CODE_TABLE(Difficulty)
ANJIE_DISPUTE_CODE_TABLE(RefusalGround)
ANJIE_DISPUTE_CODE_TABLE(Route)
ANJIE_DISPUTE_CODE_TABLE(AssignmentBasis)
ANJIE_DISPUTE_CODE_TABLE(MediatorRole)
ANJIE_DISPUTE_CODE_TABLE(RecusalOutcome)
ANJIE_DISPUTE_CODE_TABLE(SuspensionReason)
ANJIE_DISPUTE_CODE_TABLE(AgreementForm)
ANJIE_DISPUTE_CODE_TABLE(SigningMethod)
ANJIE_DISPUTE_CODE_TABLE(FailureReason)
ANJIE_DISPUTE_CODE_TABLE(TerminationCause)
ANJIE_DISPUTE_CODE_TABLE(TransferTarget)
ANJIE_DISPUTE_CODE_TABLE(ObligationKind)
ANJIE_DISPUTE_CODE_TABLE(NonPerformanceProceeding)
ANJIE_DISPUTE_CODE_TABLE(RevisitMethod)
ANJIE_DISPUTE_CODE_TABLE(Satisfaction)
ANJIE_DISPUTE_CODE_TABLE(Fulfilment)
ANJIE_DISPUTE_CODE_TABLE(ResidualRisk)
ANJIE_DISPUTE_CODE_TABLE(RevisitProblem)
ANJIE_DISPUTE_CODE_TABLE(EscalationTarget)
ANJIE_DISPUTE_CODE_TABLE(ConfirmationObstacle)
ANJIE_DISPUTE_CODE_TABLE(DocumentKind)
ANJIE_DISPUTE_CODE_TABLE(CaseResult)
ANJIE_DISPUTE_CODE_TABLE(HarmKind)
ANJIE_DISPUTE_CODE_TABLE(Retention)
ANJIE_DISPUTE_CODE_TABLE(ConfidentialityLevel)
ANJIE_DISPUTE_CODE_TABLE(ConfidentialityGround)
ANJIE_DISPUTE_CODE_TABLE(DeadlineKind)
ANJIE_DISPUTE_CODE_TABLE(SealedCode)
ANJIE_DISPUTE_CODE_TABLE(ProcedurePhase)
ANJIE_DISPUTE_CODE_TABLE(PerformancePhase)
ANJIE_DISPUTE_CODE_TABLE(RevisitPhase)
ANJIE_DISPUTE_CODE_TABLE(ConfirmationPhase)
ANJIE_DISPUTE_CODE_TABLE(FilePhase)
ANJIE_DISPUTE_CODE_TABLE(CustodyPhase)
ANJIE_DISPUTE_CODE_TABLE(HandoverKind)
ANJIE_DISPUTE_CODE_TABLE(HandoverReason)
ANJIE_DISPUTE_CODE_TABLE(HandoverEnding)
#undef ANJIE_DISPUTE_CODE_TABLE

}  // namespace anjie::dispute
