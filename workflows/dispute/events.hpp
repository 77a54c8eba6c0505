#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/event.hpp"
#include "workflows/dispute/facts.hpp"

/// What has happened in a dispute: past facts, never edited (a changed event is a new version, upcast by the codec).
/// Dates of the facts are the envelope's occurred_at; who did them is its actor. Personal data and narrative are
/// never here: they travel as sealed fields beside the event. `starts` are the deadlines that the event starts or
/// moves, computed when it was decided, so a replay needs no rule table and no calendar.
namespace anjie::dispute {

/// The case exists (一案一码); its parties' names are sealed fields of this event.
struct CaseRegistered {
    static constexpr EventType event_type{1};
    static constexpr std::string_view name = "case_registered";
    static constexpr Title title{"登记", "Registered"};

    CaseNumber number{};
    std::string jurisdiction{};  ///< GB/T 2260 division code, decides rules and calendar.
    CommitteeKind committee{};
    CaseSource source{};
    Channel channel{};
    DisputeType type{};
    std::string type_detail{};  ///< A finer code of another taxonomy, or empty.
    std::string type_table{};   ///< Version of the code table.
    Difficulty difficulty{};
    std::vector<Party> parties{};
    std::uint32_t people_count{};  ///< 涉及人数, at least the parties.
    Money amount{};                ///< In dispute; zero where it is not about money.
    std::string origin{};          ///< Id of the screening lead or petition it came from, or empty.
    std::string rules{};           ///< Version of the rule set in force at registration.
    Deadlines starts{};            ///< T-ACC where the rules set one.

    bool operator==(const CaseRegistered&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("number", &CaseRegistered::number);
        v("jurisdiction", &CaseRegistered::jurisdiction);
        v("committee", &CaseRegistered::committee);
        v("source", &CaseRegistered::source);
        v("channel", &CaseRegistered::channel);
        v("type", &CaseRegistered::type);
        v("type_detail", &CaseRegistered::type_detail);
        v("type_table", &CaseRegistered::type_table);
        v("difficulty", &CaseRegistered::difficulty);
        v("parties", &CaseRegistered::parties);
        v("people_count", &CaseRegistered::people_count);
        v("amount", &CaseRegistered::amount);
        v("origin", &CaseRegistered::origin);
        v("rules", &CaseRegistered::rules);
        v("starts", &CaseRegistered::starts);
    }
};

/// The other parties are asked whether they agree to mediation.
struct ConsentRequested {
    static constexpr EventType event_type{2};
    static constexpr std::string_view name = "consent_requested";
    static constexpr Title title{"征求意见", "Consent requested"};

    Deadlines starts{};

    bool operator==(const ConsentRequested&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("starts", &ConsentRequested::starts);
    }
};

struct ConsentGiven {
    static constexpr EventType event_type{3};
    static constexpr std::string_view name = "consent_given";
    static constexpr Title title{"同意调解", "Consent given"};

    PartyNumber party{};

    bool operator==(const ConsentGiven&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("party", &ConsentGiven::party);
    }
};

/// A clear refusal: nothing may be mediated from here on (人民调解法 17 [C]).
struct ConsentRefused {
    static constexpr EventType event_type{4};
    static constexpr std::string_view name = "consent_refused";
    static constexpr Title title{"拒绝调解", "Consent refused"};

    PartyNumber party{};

    bool operator==(const ConsentRefused&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("party", &ConsentRefused::party);
    }
};

struct AcceptanceRefused {
    static constexpr EventType event_type{5};
    static constexpr std::string_view name = "acceptance_refused";
    static constexpr Title title{"不予受理", "Acceptance refused"};

    RefusalGround ground{};
    Routes routes_told{};

    bool operator==(const AcceptanceRefused&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("ground", &AcceptanceRefused::ground);
        v("routes_told", &AcceptanceRefused::routes_told);
    }
};

/// Starts the mediation limit.
struct CaseAccepted {
    static constexpr EventType event_type{6};
    static constexpr std::string_view name = "case_accepted";
    static constexpr Title title{"受理", "Accepted"};

    std::string rules{};  ///< Version of the rule set that the case keeps from here on.
    Deadlines starts{};

    bool operator==(const CaseAccepted&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("rules", &CaseAccepted::rules);
        v("starts", &CaseAccepted::starts);
    }
};

struct MediatorAssigned {
    static constexpr EventType event_type{7};
    static constexpr std::string_view name = "mediator_assigned";
    static constexpr Title title{"指派调解员", "Mediator assigned"};

    std::string mediator{};  ///< Pseudonym.
    MediatorRole role{};
    AssignmentBasis basis{};

    bool operator==(const MediatorAssigned&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("mediator", &MediatorAssigned::mediator);
        v("role", &MediatorAssigned::role);
        v("basis", &MediatorAssigned::basis);
    }
};

struct ConflictDisclosed {
    static constexpr EventType event_type{8};
    static constexpr std::string_view name = "conflict_disclosed";
    static constexpr Title title{"披露利害关系", "Conflict disclosed"};

    std::string mediator{};

    bool operator==(const ConflictDisclosed&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("mediator", &ConflictDisclosed::mediator);
    }
};

struct RecusalRequested {
    static constexpr EventType event_type{9};
    static constexpr std::string_view name = "recusal_requested";
    static constexpr Title title{"申请回避", "Recusal requested"};

    PartyNumber party{};
    std::string mediator{};

    bool operator==(const RecusalRequested&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("party", &RecusalRequested::party);
        v("mediator", &RecusalRequested::mediator);
    }
};

struct RecusalDecided {
    static constexpr EventType event_type{10};
    static constexpr std::string_view name = "recusal_decided";
    static constexpr Title title{"回避决定", "Recusal decided"};

    std::string mediator{};
    RecusalOutcome outcome{};

    bool operator==(const RecusalDecided&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("mediator", &RecusalDecided::mediator);
        v("outcome", &RecusalDecided::outcome);
    }
};

struct MediatorReplaced {
    static constexpr EventType event_type{11};
    static constexpr std::string_view name = "mediator_replaced";
    static constexpr Title title{"更换调解员", "Mediator replaced"};

    std::string from{};
    std::string to{};

    bool operator==(const MediatorReplaced&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("from", &MediatorReplaced::from);
        v("to", &MediatorReplaced::to);
    }
};

/// 若干规定 30 [C].
struct RightsNoticeGiven {
    static constexpr EventType event_type{12};
    static constexpr std::string_view name = "rights_notice_given";
    static constexpr Title title{"告知权利义务", "Rights notice given"};

    bool operator==(const RightsNoticeGiven&) const = default;
    template <class V>
    static void describe(V&&) {}
};

struct InvestigationRecorded {
    static constexpr EventType event_type{13};
    static constexpr std::string_view name = "investigation_recorded";
    static constexpr Title title{"调查记录", "Investigation recorded"};

    bool operator==(const InvestigationRecorded&) const = default;
    template <class V>
    static void describe(V&&) {}
};

struct SessionScheduled {
    static constexpr EventType event_type{14};
    static constexpr std::string_view name = "session_scheduled";
    static constexpr Title title{"安排调解", "Session scheduled"};

    Date on{};

    bool operator==(const SessionScheduled&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("on", &SessionScheduled::on);
    }
};

/// Begins mediation when it is the first.
struct SessionHeld {
    static constexpr EventType event_type{15};
    static constexpr std::string_view name = "session_held";
    static constexpr Title title{"调解", "Session held"};

    std::vector<PartyNumber> present{};

    bool operator==(const SessionHeld&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("present", &SessionHeld::present);
    }
};

struct SessionMissed {
    static constexpr EventType event_type{16};
    static constexpr std::string_view name = "session_missed";
    static constexpr Title title{"缺席", "Session missed"};

    std::vector<PartyNumber> absent{};

    bool operator==(const SessionMissed&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("absent", &SessionMissed::absent);
    }
};

/// 人民调解法 25 [C].
struct EscalationReported {
    static constexpr EventType event_type{17};
    static constexpr std::string_view name = "escalation_reported";
    static constexpr Title title{"激化报告", "Escalation reported"};

    EscalationTarget target{};

    bool operator==(const EscalationReported&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("target", &EscalationReported::target);
    }
};

/// By agreement of all parties.
struct ExtensionAgreed {
    static constexpr EventType event_type{18};
    static constexpr std::string_view name = "extension_agreed";
    static constexpr Title title{"延期", "Extension agreed"};

    std::vector<PartyNumber> parties{};
    Deadlines starts{};

    bool operator==(const ExtensionAgreed&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("parties", &ExtensionAgreed::parties);
        v("starts", &ExtensionAgreed::starts);
    }
};

/// The mediation clock stops.
struct MediationSuspended {
    static constexpr EventType event_type{19};
    static constexpr std::string_view name = "mediation_suspended";
    static constexpr Title title{"中止", "Suspended"};

    SuspensionReason reason{};
    std::uint16_t days_left{};  ///< Of the mediation limit, in its own unit's days.

    bool operator==(const MediationSuspended&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("reason", &MediationSuspended::reason);
        v("days_left", &MediationSuspended::days_left);
    }
};

/// The clock runs on from the next day.
struct MediationResumed {
    static constexpr EventType event_type{20};
    static constexpr std::string_view name = "mediation_resumed";
    static constexpr Title title{"恢复", "Resumed"};

    Deadlines starts{};

    bool operator==(const MediationResumed&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("starts", &MediationResumed::starts);
    }
};

/// Terms are settled; not effective before all signatures (人民调解法 29 [C]).
struct AgreementDrafted {
    static constexpr EventType event_type{21};
    static constexpr std::string_view name = "agreement_drafted";
    static constexpr Title title{"拟定协议", "Agreement drafted"};

    std::uint16_t agreement{};  ///< 1, 2 ...: a later one supersedes.
    AgreementForm form{};
    bool partial{};
    std::string number{};  ///< 协议编号.
    std::uint16_t copies{};
    std::vector<Obligation> obligations{};
    Money amount{};  ///< 协议涉及金额.

    bool operator==(const AgreementDrafted&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("agreement", &AgreementDrafted::agreement);
        v("form", &AgreementDrafted::form);
        v("partial", &AgreementDrafted::partial);
        v("number", &AgreementDrafted::number);
        v("copies", &AgreementDrafted::copies);
        v("obligations", &AgreementDrafted::obligations);
        v("amount", &AgreementDrafted::amount);
    }
};

struct PartySigned {
    static constexpr EventType event_type{22};
    static constexpr std::string_view name = "party_signed";
    static constexpr Title title{"当事人签名", "Party signed"};

    PartyNumber party{};
    SigningMethod method{};

    bool operator==(const PartySigned&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("party", &PartySigned::party);
        v("method", &PartySigned::method);
    }
};

struct MediatorSigned {
    static constexpr EventType event_type{23};
    static constexpr std::string_view name = "mediator_signed";
    static constexpr Title title{"调解员签名", "Mediator signed"};

    std::string mediator{};
    SigningMethod method{};

    bool operator==(const MediatorSigned&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("mediator", &MediatorSigned::mediator);
        v("method", &MediatorSigned::method);
    }
};

struct SealAffixed {
    static constexpr EventType event_type{24};
    static constexpr std::string_view name = "seal_affixed";
    static constexpr Title title{"加盖印章", "Committee seal affixed"};

    bool operator==(const SealAffixed&) const = default;
    template <class V>
    static void describe(V&&) {}
};

struct SigningRefused {
    static constexpr EventType event_type{25};
    static constexpr std::string_view name = "signing_refused";
    static constexpr Title title{"拒绝签名", "Signing refused"};

    PartyNumber party{};

    bool operator==(const SigningRefused&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("party", &SigningRefused::party);
    }
};

/// Derived from the last required signature or seal; never typed in.
struct AgreementEffective {
    static constexpr EventType event_type{26};
    static constexpr std::string_view name = "agreement_effective";
    static constexpr Title title{"协议生效", "Agreement effective"};

    std::uint16_t agreement{};
    Date on{};
    Deadlines starts{};  ///< T-REV, T-CONF, T-PERF per obligation.

    bool operator==(const AgreementEffective&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("agreement", &AgreementEffective::agreement);
        v("on", &AgreementEffective::on);
        v("starts", &AgreementEffective::starts);
    }
};

struct MediationFailed {
    static constexpr EventType event_type{27};
    static constexpr std::string_view name = "mediation_failed";
    static constexpr Title title{"调解不成", "Not reached"};

    FailureReason reason{};
    Routes routes_told{};
    Deadlines starts{};

    bool operator==(const MediationFailed&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("reason", &MediationFailed::reason);
        v("routes_told", &MediationFailed::routes_told);
        v("starts", &MediationFailed::starts);
    }
};

struct MediationTerminated {
    static constexpr EventType event_type{28};
    static constexpr std::string_view name = "mediation_terminated";
    static constexpr Title title{"终止调解", "Terminated"};

    TerminationCause cause{};
    Routes routes_told{};
    Deadlines starts{};

    bool operator==(const MediationTerminated&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("cause", &MediationTerminated::cause);
        v("routes_told", &MediationTerminated::routes_told);
        v("starts", &MediationTerminated::starts);
    }
};

struct ApplicationWithdrawn {
    static constexpr EventType event_type{29};
    static constexpr std::string_view name = "application_withdrawn";
    static constexpr Title title{"撤回申请", "Withdrawn"};

    PartyNumber party{};
    Deadlines starts{};

    bool operator==(const ApplicationWithdrawn&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("party", &ApplicationWithdrawn::party);
        v("starts", &ApplicationWithdrawn::starts);
    }
};

struct SettledPrivately {
    static constexpr EventType event_type{30};
    static constexpr std::string_view name = "settled_privately";
    static constexpr Title title{"自行和解", "Settled privately"};

    Deadlines starts{};

    bool operator==(const SettledPrivately&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("starts", &SettledPrivately::starts);
    }
};

struct CaseTransferred {
    static constexpr EventType event_type{31};
    static constexpr std::string_view name = "case_transferred";
    static constexpr Title title{"移送", "Transferred"};

    TransferTarget target{};
    std::string to{};  ///< Organisation code.

    bool operator==(const CaseTransferred&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("target", &CaseTransferred::target);
        v("to", &CaseTransferred::to);
    }
};

/// The case came from another organisation.
struct CaseTakenOver {
    static constexpr EventType event_type{32};
    static constexpr std::string_view name = "case_taken_over";
    static constexpr Title title{"接收移送", "Taken over"};

    std::string from{};
    std::string reference{};  ///< Its number there.

    bool operator==(const CaseTakenOver&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("from", &CaseTakenOver::from);
        v("reference", &CaseTakenOver::reference);
    }
};

struct ObligationPerformed {
    static constexpr EventType event_type{33};
    static constexpr std::string_view name = "obligation_performed";
    static constexpr Title title{"已履行", "Performed"};

    ObligationNumber obligation{};
    Money amount{};
    bool on_the_spot{};  ///< 当场履行.

    bool operator==(const ObligationPerformed&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("obligation", &ObligationPerformed::obligation);
        v("amount", &ObligationPerformed::amount);
        v("on_the_spot", &ObligationPerformed::on_the_spot);
    }
};

struct ObligationPartlyPerformed {
    static constexpr EventType event_type{34};
    static constexpr std::string_view name = "obligation_partly_performed";
    static constexpr Title title{"部分履行", "Partly performed"};

    ObligationNumber obligation{};
    Money amount{};

    bool operator==(const ObligationPartlyPerformed&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("obligation", &ObligationPartlyPerformed::obligation);
        v("amount", &ObligationPartlyPerformed::amount);
    }
};

/// 人民调解法 31 [C].
struct PerformanceUrged {
    static constexpr EventType event_type{35};
    static constexpr std::string_view name = "performance_urged";
    static constexpr Title title{"督促履行", "Performance urged"};

    ObligationNumber obligation{};

    bool operator==(const PerformanceUrged&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("obligation", &PerformanceUrged::obligation);
    }
};

/// Replaced by a new due day by agreement of the parties.
struct ObligationRenegotiated {
    static constexpr EventType event_type{36};
    static constexpr std::string_view name = "obligation_renegotiated";
    static constexpr Title title{"变更履行", "Renegotiated"};

    ObligationNumber obligation{};
    Date due{};
    Deadlines starts{};

    bool operator==(const ObligationRenegotiated&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("obligation", &ObligationRenegotiated::obligation);
        v("due", &ObligationRenegotiated::due);
        v("starts", &ObligationRenegotiated::starts);
    }
};

/// The creditor may sue (人民调解法 32 [C]).
struct PerformanceRoutesTold {
    static constexpr EventType event_type{37};
    static constexpr std::string_view name = "performance_routes_told";
    static constexpr Title title{"告知救济途径", "Routes told"};

    ObligationNumber obligation{};
    Routes routes_told{};

    bool operator==(const PerformanceRoutesTold&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("obligation", &PerformanceRoutesTold::obligation);
        v("routes_told", &PerformanceRoutesTold::routes_told);
    }
};

struct PerformanceProceedingStarted {
    static constexpr EventType event_type{38};
    static constexpr std::string_view name = "performance_proceeding_started";
    static constexpr Title title{"进入其他程序", "Proceedings started"};

    ObligationNumber obligation{};
    NonPerformanceProceeding proceeding{};

    bool operator==(const PerformanceProceedingStarted&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("obligation", &PerformanceProceedingStarted::obligation);
        v("proceeding", &PerformanceProceedingStarted::proceeding);
    }
};

struct ObligationWaived {
    static constexpr EventType event_type{39};
    static constexpr std::string_view name = "obligation_waived";
    static constexpr Title title{"放弃权利", "Waived"};

    ObligationNumber obligation{};
    PartyNumber party{};

    bool operator==(const ObligationWaived&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("obligation", &ObligationWaived::obligation);
        v("party", &ObligationWaived::party);
    }
};

/// One case, one revisit (一案一回访).
struct RevisitMade {
    static constexpr EventType event_type{40};
    static constexpr std::string_view name = "revisit_made";
    static constexpr Title title{"回访", "Revisit made"};

    std::string agreement_number{};  ///< The agreement's number, as the form asks; empty where there is none.
    std::string revisitor{};         ///< Pseudonym.
    RevisitMethod method{};
    Satisfaction satisfaction{};
    Fulfilment fulfilment{};
    ResidualRisk residual_risk{};
    RevisitProblem problem{};
    std::vector<PartyNumber> parties{};  ///< Who was asked.

    bool operator==(const RevisitMade&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("agreement_number", &RevisitMade::agreement_number);
        v("revisitor", &RevisitMade::revisitor);
        v("method", &RevisitMade::method);
        v("satisfaction", &RevisitMade::satisfaction);
        v("fulfilment", &RevisitMade::fulfilment);
        v("residual_risk", &RevisitMade::residual_risk);
        v("problem", &RevisitMade::problem);
        v("parties", &RevisitMade::parties);
    }
};

struct RevisitUnreachable {
    static constexpr EventType event_type{41};
    static constexpr std::string_view name = "revisit_unreachable";
    static constexpr Title title{"回访未联系上", "Revisit: unreachable"};

    std::string revisitor{};
    RevisitMethod method{};
    Date retry_on{};

    bool operator==(const RevisitUnreachable&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("revisitor", &RevisitUnreachable::revisitor);
        v("method", &RevisitUnreachable::method);
        v("retry_on", &RevisitUnreachable::retry_on);
    }
};

struct FollowUpOpened {
    static constexpr EventType event_type{42};
    static constexpr std::string_view name = "follow_up_opened";
    static constexpr Title title{"跟进", "Follow-up opened"};

    std::string assignee{};
    RevisitProblem problem{};
    Deadlines starts{};

    bool operator==(const FollowUpOpened&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("assignee", &FollowUpOpened::assignee);
        v("problem", &FollowUpOpened::problem);
        v("starts", &FollowUpOpened::starts);
    }
};

/// 案结事了.
struct FollowUpResolved {
    static constexpr EventType event_type{43};
    static constexpr std::string_view name = "follow_up_resolved";
    static constexpr Title title{"跟进化解", "Follow-up resolved"};

    bool operator==(const FollowUpResolved&) const = default;
    template <class V>
    static void describe(V&&) {}
};

struct FollowUpEscalated {
    static constexpr EventType event_type{44};
    static constexpr std::string_view name = "follow_up_escalated";
    static constexpr Title title{"跟进升级", "Follow-up escalated"};

    EscalationTarget target{};

    bool operator==(const FollowUpEscalated&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("target", &FollowUpEscalated::target);
    }
};

/// Jointly, within 30 days of effect (人民调解法 33 [C]).
struct ConfirmationApplied {
    static constexpr EventType event_type{45};
    static constexpr std::string_view name = "confirmation_applied";
    static constexpr Title title{"申请司法确认", "Judicial confirmation applied for"};

    std::vector<PartyNumber> parties{};
    std::string court{};

    bool operator==(const ConfirmationApplied&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("parties", &ConfirmationApplied::parties);
        v("court", &ConfirmationApplied::court);
    }
};

struct ConfirmationAccepted {
    static constexpr EventType event_type{46};
    static constexpr std::string_view name = "confirmation_accepted";
    static constexpr Title title{"司法确认受理", "Confirmation accepted"};

    bool operator==(const ConfirmationAccepted&) const = default;
    template <class V>
    static void describe(V&&) {}
};

struct ConfirmationNotAccepted {
    static constexpr EventType event_type{47};
    static constexpr std::string_view name = "confirmation_not_accepted";
    static constexpr Title title{"司法确认不予受理", "Confirmation not accepted"};

    ConfirmationObstacle obstacle{};

    bool operator==(const ConfirmationNotAccepted&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("obstacle", &ConfirmationNotAccepted::obstacle);
    }
};

struct ConfirmationGranted {
    static constexpr EventType event_type{48};
    static constexpr std::string_view name = "confirmation_granted";
    static constexpr Title title{"裁定有效", "Confirmation granted"};

    std::string ruling{};  ///< Number of the ruling.
    Deadlines starts{};    ///< T-ENF, T-OBJ.

    bool operator==(const ConfirmationGranted&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("ruling", &ConfirmationGranted::ruling);
        v("starts", &ConfirmationGranted::starts);
    }
};

struct ConfirmationDismissed {
    static constexpr EventType event_type{49};
    static constexpr std::string_view name = "confirmation_dismissed";
    static constexpr Title title{"裁定驳回", "Confirmation dismissed"};

    ConfirmationObstacle obstacle{};

    bool operator==(const ConfirmationDismissed&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("obstacle", &ConfirmationDismissed::obstacle);
    }
};

struct ConfirmationWithdrawn {
    static constexpr EventType event_type{50};
    static constexpr std::string_view name = "confirmation_withdrawn";
    static constexpr Title title{"撤回司法确认", "Confirmation withdrawn"};

    bool deemed{};  ///< 按撤回处理.

    bool operator==(const ConfirmationWithdrawn&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("deemed", &ConfirmationWithdrawn::deemed);
    }
};

struct DocumentFiled {
    static constexpr EventType event_type{51};
    static constexpr std::string_view name = "document_filed";
    static constexpr Title title{"文书入卷", "Document filed"};

    DocumentKind kind{};
    std::uint16_t pages{};

    bool operator==(const DocumentFiled&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("kind", &DocumentFiled::kind);
        v("pages", &DocumentFiled::pages);
    }
};

struct CaseClosed {
    static constexpr EventType event_type{52};
    static constexpr std::string_view name = "case_closed";
    static constexpr Title title{"结案", "Closed"};

    CaseResult result{};
    Deadlines starts{};  ///< T-FILE.

    bool operator==(const CaseClosed&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("result", &CaseClosed::result);
        v("starts", &CaseClosed::starts);
    }
};

struct CaseArchived {
    static constexpr EventType event_type{53};
    static constexpr std::string_view name = "case_archived";
    static constexpr Title title{"归档", "Archived"};

    std::string volume{};  ///< 卷号.
    Retention retention{};

    bool operator==(const CaseArchived&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("volume", &CaseArchived::volume);
        v("retention", &CaseArchived::retention);
    }
};

/// Everything is kept; a re-mediation is a new proceeding inside the same case, counted once.
struct CaseReopened {
    static constexpr EventType event_type{54};
    static constexpr std::string_view name = "case_reopened";
    static constexpr Title title{"重新启动", "Reopened"};

    bool new_proceeding{};

    bool operator==(const CaseReopened&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("new_proceeding", &CaseReopened::new_proceeding);
    }
};

/// Learned after closing; the text is sealed.
struct LateFactRecorded {
    static constexpr EventType event_type{55};
    static constexpr std::string_view name = "late_fact_recorded";
    static constexpr Title title{"补记", "Late fact recorded"};

    bool operator==(const LateFactRecorded&) const = default;
    template <class V>
    static void describe(V&&) {}
};

/// Names the corrected event; nothing is overwritten.
struct FactCorrected {
    static constexpr EventType event_type{56};
    static constexpr std::string_view name = "fact_corrected";
    static constexpr Title title{"更正", "Corrected"};

    Version corrects{};
    std::string field{};  ///< Name of the corrected field; empty: sealed text only.
    std::string value{};  ///< New value in its text form.

    bool operator==(const FactCorrected&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("corrects", &FactCorrected::corrects);
        v("field", &FactCorrected::field);
        v("value", &FactCorrected::value);
    }
};

/// New clear values of the registration, all together.
struct DetailsCorrected {
    static constexpr EventType event_type{57};
    static constexpr std::string_view name = "details_corrected";
    static constexpr Title title{"更正登记信息", "Registration corrected"};

    DisputeType type{};
    CaseSource source{};
    Difficulty difficulty{};
    std::uint32_t people_count{};
    Money amount{};

    bool operator==(const DetailsCorrected&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("type", &DetailsCorrected::type);
        v("source", &DetailsCorrected::source);
        v("difficulty", &DetailsCorrected::difficulty);
        v("people_count", &DetailsCorrected::people_count);
        v("amount", &DetailsCorrected::amount);
    }
};

/// A deadline comes near or has passed (督办): due and fired moments are both kept.
struct AlarmRaised {
    static constexpr EventType event_type{58};
    static constexpr std::string_view name = "alarm_raised";
    static constexpr Title title{"期限提醒", "Deadline alarm"};

    DeadlineKind kind{};
    std::uint16_t item{};
    AlarmLevel level{};
    Instant due{};  ///< When the alarm was due; the envelope says when it fired.
    DueDay deadline{};

    bool operator==(const AlarmRaised&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("kind", &AlarmRaised::kind);
        v("item", &AlarmRaised::item);
        v("level", &AlarmRaised::level);
        v("due", &AlarmRaised::due);
        v("deadline", &AlarmRaised::deadline);
    }
};

/// The calendar was amended.
struct DeadlinesRecomputed {
    static constexpr EventType event_type{59};
    static constexpr std::string_view name = "deadlines_recomputed";
    static constexpr Title title{"期限重算", "Deadlines recomputed"};

    std::string calendar{};  ///< Its new version.
    Deadlines starts{};

    bool operator==(const DeadlinesRecomputed&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("calendar", &DeadlinesRecomputed::calendar);
        v("starts", &DeadlinesRecomputed::starts);
    }
};

/// To a screening lead, a petition, another case.
struct CaseLinked {
    static constexpr EventType event_type{60};
    static constexpr std::string_view name = "case_linked";
    static constexpr Title title{"关联", "Linked"};

    std::string relation{};  ///< "screening_lead", "petition", "case".
    std::string reference{};

    bool operator==(const CaseLinked&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("relation", &CaseLinked::relation);
        v("reference", &CaseLinked::reference);
    }
};

/// Counted in the yearly table (防止…件/人).
struct HarmPrevented {
    static constexpr EventType event_type{61};
    static constexpr std::string_view name = "harm_prevented";
    static constexpr Title title{"防止激化", "Harm prevented"};

    HarmKind kind{};
    std::uint32_t people{};

    bool operator==(const HarmPrevented&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("kind", &HarmPrevented::kind);
        v("people", &HarmPrevented::people);
    }
};

/// A subject's personal data can no longer be read (删除个人信息): its keys were destroyed. 个人信息保护法 47 [C].
struct PersonalDataErased {
    static constexpr EventType event_type{62};
    static constexpr std::string_view name = "personal_data_erased";
    static constexpr Title title{"删除个人信息", "Personal data erased"};

    PartyNumber subject{};  ///< 0: the case's narrative.
    std::string basis{};    ///< Why it is lawful; never personal data itself.

    bool operator==(const PersonalDataErased&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("subject", &PersonalDataErased::subject);
        v("basis", &PersonalDataErased::basis);
    }
};

/// A subject's personal data may only be stored from now on (停止除存储外的处理), or may be used again.
/// 个人信息保护法 47 [C].
struct ProcessingRestricted {
    static constexpr EventType event_type{63};
    static constexpr std::string_view name = "processing_restricted";
    static constexpr Title title{"限制处理个人信息", "Processing restricted"};

    PartyNumber subject{};  ///< 0: the case's narrative.
    bool lifted{};          ///< The restriction ends.
    std::string basis{};

    bool operator==(const ProcessingRestricted&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("subject", &ProcessingRestricted::subject);
        v("lifted", &ProcessingRestricted::lifted);
        v("basis", &ProcessingRestricted::basis);
    }
};

/// Who may see the case has changed (保密等级 [M]).
struct CaseClassified {
    static constexpr EventType event_type{64};
    static constexpr std::string_view name = "case_classified";
    static constexpr Title title{"设定保密等级", "Confidentiality set"};

    ConfidentialityLevel level{};
    ConfidentialityGround ground{};

    bool operator==(const CaseClassified&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("confidentiality", &CaseClassified::level);
        v("ground", &CaseClassified::ground);
    }
};

/// The case is offered to another organisation; it stays here until that one has accepted.
struct HandoverOffered {
    static constexpr EventType event_type{65};
    static constexpr std::string_view name = "handover_offered";
    static constexpr Title title{"提请移送", "Hand-over offered"};

    std::string handover{};  ///< Id of the conversation, the same in both logs.
    TransferTarget target{};
    std::string to{};  ///< Organisation code.
    HandoverKind kind{};
    HandoverReason reason{};
    std::vector<DocumentKind> papers{};  ///< What goes with it.
    Deadlines starts{};                  ///< The time to answer, where the rules set one.

    bool operator==(const HandoverOffered&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &HandoverOffered::handover);
        v("target", &HandoverOffered::target);
        v("to", &HandoverOffered::to);
        v("kind", &HandoverOffered::kind);
        v("reason", &HandoverOffered::reason);
        v("papers", &HandoverOffered::papers);
        v("starts", &HandoverOffered::starts);
    }
};

/// The other side has accepted: with this event the case is theirs.
struct HandoverAccepted {
    static constexpr EventType event_type{66};
    static constexpr std::string_view name = "handover_accepted";
    static constexpr Title title{"对方接收", "Hand-over accepted"};

    std::string handover{};
    std::string reference{};  ///< Its number there.

    bool operator==(const HandoverAccepted&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &HandoverAccepted::handover);
        v("reference", &HandoverAccepted::reference);
    }
};

/// The other side does not take it (不予调解的函); it was never theirs.
struct HandoverReturned {
    static constexpr EventType event_type{67};
    static constexpr std::string_view name = "handover_returned";
    static constexpr Title title{"对方退回", "Hand-over returned"};

    std::string handover{};
    RefusalGround ground{};

    bool operator==(const HandoverReturned&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &HandoverReturned::handover);
        v("ground", &HandoverReturned::ground);
    }
};

/// Before it was answered.
struct HandoverWithdrawn {
    static constexpr EventType event_type{68};
    static constexpr std::string_view name = "handover_withdrawn";
    static constexpr Title title{"撤回移送", "Hand-over withdrawn"};

    std::string handover{};

    bool operator==(const HandoverWithdrawn&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &HandoverWithdrawn::handover);
    }
};

/// The time to answer has passed; an answer after this changes nothing.
struct HandoverLapsed {
    static constexpr EventType event_type{69};
    static constexpr std::string_view name = "handover_lapsed";
    static constexpr Title title{"移送逾期", "Hand-over lapsed"};

    std::string handover{};

    bool operator==(const HandoverLapsed&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &HandoverLapsed::handover);
    }
};

/// The other side has fed the result back.
struct HandoverResultReceived {
    static constexpr EventType event_type{70};
    static constexpr std::string_view name = "handover_result_received";
    static constexpr Title title{"收到反馈", "Result received"};

    std::string handover{};
    CaseResult outcome{};

    bool operator==(const HandoverResultReceived&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &HandoverResultReceived::handover);
        v("outcome", &HandoverResultReceived::outcome);
    }
};

/// The other side has handed the case back: it is held here again, in a new proceeding.
struct CaseTakenBack {
    static constexpr EventType event_type{71};
    static constexpr std::string_view name = "case_taken_back";
    static constexpr Title title{"收回案件", "Taken back"};

    std::string handover{};

    bool operator==(const CaseTakenBack&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &CaseTakenBack::handover);
    }
};

/// Another organisation offers a case; follows the registration that was made of it.
struct HandoverReceived {
    static constexpr EventType event_type{72};
    static constexpr std::string_view name = "handover_received";
    static constexpr Title title{"收到移送", "Hand-over received"};

    std::string handover{};
    std::string from{};       ///< Organisation code.
    std::string reference{};  ///< Its number there.
    TransferTarget target{};
    HandoverKind kind{};
    HandoverReason reason{};
    std::vector<DocumentKind> papers{};
    Date held_since{};   ///< Since when the sender has held it.
    Deadlines starts{};  ///< The time to answer, as the sender set it.

    bool operator==(const HandoverReceived&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &HandoverReceived::handover);
        v("from", &HandoverReceived::from);
        v("reference", &HandoverReceived::reference);
        v("target", &HandoverReceived::target);
        v("kind", &HandoverReceived::kind);
        v("reason", &HandoverReceived::reason);
        v("papers", &HandoverReceived::papers);
        v("held_since", &HandoverReceived::held_since);
        v("starts", &HandoverReceived::starts);
    }
};

/// This side accepts; the case is the sender's until it has confirmed.
struct HandoverTaken {
    static constexpr EventType event_type{73};
    static constexpr std::string_view name = "handover_taken";
    static constexpr Title title{"同意接收", "Hand-over taken"};

    std::string handover{};

    bool operator==(const HandoverTaken&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &HandoverTaken::handover);
    }
};

/// This side does not take the case (不予调解的函); its file here ends.
struct HandoverDeclined {
    static constexpr EventType event_type{74};
    static constexpr std::string_view name = "handover_declined";
    static constexpr Title title{"退回移送", "Hand-over declined"};

    std::string handover{};
    RefusalGround ground{};
    Routes routes_told{};

    bool operator==(const HandoverDeclined&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &HandoverDeclined::handover);
        v("ground", &HandoverDeclined::ground);
        v("routes_told", &HandoverDeclined::routes_told);
    }
};

/// The sender has passed the case on: from here it is this side's.
struct HandoverConfirmed {
    static constexpr EventType event_type{75};
    static constexpr std::string_view name = "handover_confirmed";
    static constexpr Title title{"移送确认", "Hand-over confirmed"};

    std::string handover{};
    Date since{};  ///< The day on which the sender recorded the acceptance.

    bool operator==(const HandoverConfirmed&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &HandoverConfirmed::handover);
        v("since", &HandoverConfirmed::since);
    }
};

/// The sender has withdrawn the offer, or let it lapse.
struct HandoverOfferEnded {
    static constexpr EventType event_type{76};
    static constexpr std::string_view name = "handover_offer_ended";
    static constexpr Title title{"移送终止", "Offer ended"};

    std::string handover{};
    HandoverEnding ending{};

    bool operator==(const HandoverOfferEnded&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &HandoverOfferEnded::handover);
        v("ending", &HandoverOfferEnded::ending);
    }
};

/// What became of the case, told to the sender; the file stays here.
struct HandoverResultFedBack {
    static constexpr EventType event_type{77};
    static constexpr std::string_view name = "handover_result_fed_back";
    static constexpr Title title{"反馈结果", "Result fed back"};

    std::string handover{};
    CaseResult outcome{};

    bool operator==(const HandoverResultFedBack&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &HandoverResultFedBack::handover);
        v("outcome", &HandoverResultFedBack::outcome);
    }
};

/// No agreement came about: result and case go back, and with this event the case is the sender's again.
struct CaseHandedBack {
    static constexpr EventType event_type{78};
    static constexpr std::string_view name = "case_handed_back";
    static constexpr Title title{"交回案件", "Handed back"};

    std::string handover{};
    CaseResult outcome{};

    bool operator==(const CaseHandedBack&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &CaseHandedBack::handover);
        v("outcome", &CaseHandedBack::outcome);
    }
};

/// Sealed texts of these kinds were made ready to leave for another organisation.
struct PersonalDataDisclosed {
    static constexpr EventType event_type{79};
    static constexpr std::string_view name = "personal_data_disclosed";
    static constexpr Title title{"提供个人信息", "Personal data disclosed"};

    std::string to{};       ///< Organisation code.
    std::string purpose{};  ///< For example the id of a hand-over; never personal data itself.
    std::vector<SealedCode> fields{};
    std::vector<PartyNumber> subjects{};  ///< 0: the case's narrative.

    bool operator==(const PersonalDataDisclosed&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("to", &PersonalDataDisclosed::to);
        v("purpose", &PersonalDataDisclosed::purpose);
        v("fields", &PersonalDataDisclosed::fields);
        v("subjects", &PersonalDataDisclosed::subjects);
    }
};

using Event = std::variant<
    CaseRegistered, ConsentRequested, ConsentGiven, ConsentRefused, AcceptanceRefused, CaseAccepted, MediatorAssigned,
    ConflictDisclosed, RecusalRequested, RecusalDecided, MediatorReplaced, RightsNoticeGiven, InvestigationRecorded,
    SessionScheduled, SessionHeld, SessionMissed, EscalationReported, ExtensionAgreed, MediationSuspended,
    MediationResumed, AgreementDrafted, PartySigned, MediatorSigned, SealAffixed, SigningRefused, AgreementEffective,
    MediationFailed, MediationTerminated, ApplicationWithdrawn, SettledPrivately, CaseTransferred, CaseTakenOver,
    ObligationPerformed, ObligationPartlyPerformed, PerformanceUrged, ObligationRenegotiated, PerformanceRoutesTold,
    PerformanceProceedingStarted, ObligationWaived, RevisitMade, RevisitUnreachable, FollowUpOpened, FollowUpResolved,
    FollowUpEscalated, ConfirmationApplied, ConfirmationAccepted, ConfirmationNotAccepted, ConfirmationGranted,
    ConfirmationDismissed, ConfirmationWithdrawn, DocumentFiled, CaseClosed, CaseArchived, CaseReopened,
    LateFactRecorded, FactCorrected, DetailsCorrected, AlarmRaised, DeadlinesRecomputed, CaseLinked, HarmPrevented,
    PersonalDataErased, ProcessingRestricted, CaseClassified, HandoverOffered, HandoverAccepted, HandoverReturned,
    HandoverWithdrawn, HandoverLapsed, HandoverResultReceived, CaseTakenBack, HandoverReceived, HandoverTaken,
    HandoverDeclined, HandoverConfirmed, HandoverOfferEnded, HandoverResultFedBack, CaseHandedBack,
    PersonalDataDisclosed>;

}  // namespace anjie::dispute
