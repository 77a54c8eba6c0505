#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "workflows/dispute/facts.hpp"

/// The orders a dispute takes. When it happened and who did it are in the engine's envelope (occurred_at, actor,
/// organisation); names, addresses and narrative are its sealed fields. What the engine derives (dates, deadlines,
/// rates) is not asked for.
namespace anjie::dispute {

struct RegisterCase {
    static constexpr std::string_view name = "register_case";
    static constexpr Title title{"登记", "Register"};

    CaseNumber number{};
    std::string jurisdiction{};
    CommitteeKind committee{};
    CaseSource source{};
    Channel channel{};
    DisputeType type{};
    std::string type_detail{};
    Difficulty difficulty{};
    std::vector<Party> parties{};
    std::uint32_t people_count{};  ///< 0: as many as parties.
    Money amount{};
    std::string origin{};

    bool operator==(const RegisterCase&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("number", &RegisterCase::number);
        v("jurisdiction", &RegisterCase::jurisdiction);
        v("committee", &RegisterCase::committee);
        v("source", &RegisterCase::source);
        v("channel", &RegisterCase::channel);
        v("type", &RegisterCase::type);
        v("type_detail", &RegisterCase::type_detail);
        v("difficulty", &RegisterCase::difficulty);
        v("parties", &RegisterCase::parties);
        v("people_count", &RegisterCase::people_count);
        v("amount", &RegisterCase::amount);
        v("origin", &RegisterCase::origin);
    }
};

struct RequestConsent {
    static constexpr std::string_view name = "request_consent";
    static constexpr Title title{"征求意见", "Request consent"};

    bool operator==(const RequestConsent&) const = default;
    template <class V>
    static void describe(V&&) {}
};

struct GiveConsent {
    static constexpr std::string_view name = "give_consent";
    static constexpr Title title{"同意调解", "Give consent"};

    PartyNumber party{};

    bool operator==(const GiveConsent&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("party", &GiveConsent::party);
    }
};

struct RefuseConsent {
    static constexpr std::string_view name = "refuse_consent";
    static constexpr Title title{"拒绝调解", "Refuse consent"};

    PartyNumber party{};

    bool operator==(const RefuseConsent&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("party", &RefuseConsent::party);
    }
};

struct RefuseAcceptance {
    static constexpr std::string_view name = "refuse_acceptance";
    static constexpr Title title{"不予受理", "Refuse acceptance"};

    RefusalGround ground{};
    Routes routes_told{};

    bool operator==(const RefuseAcceptance&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("ground", &RefuseAcceptance::ground);
        v("routes_told", &RefuseAcceptance::routes_told);
    }
};

struct AcceptCase {
    static constexpr std::string_view name = "accept_case";
    static constexpr Title title{"受理", "Accept"};

    bool operator==(const AcceptCase&) const = default;
    template <class V>
    static void describe(V&&) {}
};

struct AssignMediator {
    static constexpr std::string_view name = "assign_mediator";
    static constexpr Title title{"指派调解员", "Assign a mediator"};

    std::string mediator{};
    MediatorRole role{};
    AssignmentBasis basis{};

    bool operator==(const AssignMediator&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("mediator", &AssignMediator::mediator);
        v("role", &AssignMediator::role);
        v("basis", &AssignMediator::basis);
    }
};

struct DiscloseConflict {
    static constexpr std::string_view name = "disclose_conflict";
    static constexpr Title title{"披露利害关系", "Disclose a conflict"};

    std::string mediator{};

    bool operator==(const DiscloseConflict&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("mediator", &DiscloseConflict::mediator);
    }
};

struct RequestRecusal {
    static constexpr std::string_view name = "request_recusal";
    static constexpr Title title{"申请回避", "Request recusal"};

    PartyNumber party{};
    std::string mediator{};

    bool operator==(const RequestRecusal&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("party", &RequestRecusal::party);
        v("mediator", &RequestRecusal::mediator);
    }
};

struct DecideRecusal {
    static constexpr std::string_view name = "decide_recusal";
    static constexpr Title title{"回避决定", "Decide recusal"};

    std::string mediator{};
    RecusalOutcome outcome{};

    bool operator==(const DecideRecusal&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("mediator", &DecideRecusal::mediator);
        v("outcome", &DecideRecusal::outcome);
    }
};

struct ReplaceMediator {
    static constexpr std::string_view name = "replace_mediator";
    static constexpr Title title{"更换调解员", "Replace the mediator"};

    std::string from{};
    std::string to{};

    bool operator==(const ReplaceMediator&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("from", &ReplaceMediator::from);
        v("to", &ReplaceMediator::to);
    }
};

struct GiveRightsNotice {
    static constexpr std::string_view name = "give_rights_notice";
    static constexpr Title title{"告知权利义务", "Give the rights notice"};

    bool operator==(const GiveRightsNotice&) const = default;
    template <class V>
    static void describe(V&&) {}
};

struct RecordInvestigation {
    static constexpr std::string_view name = "record_investigation";
    static constexpr Title title{"调查记录", "Record an investigation"};

    bool operator==(const RecordInvestigation&) const = default;
    template <class V>
    static void describe(V&&) {}
};

struct ScheduleSession {
    static constexpr std::string_view name = "schedule_session";
    static constexpr Title title{"安排调解", "Schedule a session"};

    Date on{};

    bool operator==(const ScheduleSession&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("on", &ScheduleSession::on);
    }
};

struct HoldSession {
    static constexpr std::string_view name = "hold_session";
    static constexpr Title title{"调解", "Record a session"};

    std::vector<PartyNumber> present{};  ///< Empty: all parties.

    bool operator==(const HoldSession&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("present", &HoldSession::present);
    }
};

struct MissSession {
    static constexpr std::string_view name = "miss_session";
    static constexpr Title title{"缺席", "Record a missed session"};

    std::vector<PartyNumber> absent{};

    bool operator==(const MissSession&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("absent", &MissSession::absent);
    }
};

struct ReportEscalation {
    static constexpr std::string_view name = "report_escalation";
    static constexpr Title title{"激化报告", "Report an escalation"};

    EscalationTarget target{};

    bool operator==(const ReportEscalation&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("target", &ReportEscalation::target);
    }
};

struct AgreeExtension {
    static constexpr std::string_view name = "agree_extension";
    static constexpr Title title{"延期", "Agree an extension"};

    std::vector<PartyNumber> parties{};  ///< Who agreed; all must.
    Period period{};                     ///< Added to the unrolled end of the limit.

    bool operator==(const AgreeExtension&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("parties", &AgreeExtension::parties);
        v("period", &AgreeExtension::period);
    }
};

struct SuspendMediation {
    static constexpr std::string_view name = "suspend_mediation";
    static constexpr Title title{"中止", "Suspend"};

    SuspensionReason reason{};

    bool operator==(const SuspendMediation&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("reason", &SuspendMediation::reason);
    }
};

struct ResumeMediation {
    static constexpr std::string_view name = "resume_mediation";
    static constexpr Title title{"恢复", "Resume"};

    bool operator==(const ResumeMediation&) const = default;
    template <class V>
    static void describe(V&&) {}
};

struct DraftAgreement {
    static constexpr std::string_view name = "draft_agreement";
    static constexpr Title title{"拟定协议", "Draft the agreement"};

    AgreementForm form{};
    bool partial{};
    std::string number{};
    std::uint16_t copies{};  ///< 0: parties + 1.
    std::vector<Obligation> obligations{};
    Money amount{};

    bool operator==(const DraftAgreement&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("form", &DraftAgreement::form);
        v("partial", &DraftAgreement::partial);
        v("number", &DraftAgreement::number);
        v("copies", &DraftAgreement::copies);
        v("obligations", &DraftAgreement::obligations);
        v("amount", &DraftAgreement::amount);
    }
};

struct SignAsParty {
    static constexpr std::string_view name = "sign_as_party";
    static constexpr Title title{"当事人签名", "Sign as a party"};

    PartyNumber party{};
    SigningMethod method{};

    bool operator==(const SignAsParty&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("party", &SignAsParty::party);
        v("method", &SignAsParty::method);
    }
};

struct SignAsMediator {
    static constexpr std::string_view name = "sign_as_mediator";
    static constexpr Title title{"调解员签名", "Sign as the mediator"};

    std::string mediator{};  ///< Empty: the presiding one.
    SigningMethod method{};

    bool operator==(const SignAsMediator&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("mediator", &SignAsMediator::mediator);
        v("method", &SignAsMediator::method);
    }
};

struct AffixSeal {
    static constexpr std::string_view name = "affix_seal";
    static constexpr Title title{"加盖印章", "Affix the committee seal"};

    bool operator==(const AffixSeal&) const = default;
    template <class V>
    static void describe(V&&) {}
};

struct RefuseToSign {
    static constexpr std::string_view name = "refuse_to_sign";
    static constexpr Title title{"拒绝签名", "Refuse to sign"};

    PartyNumber party{};

    bool operator==(const RefuseToSign&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("party", &RefuseToSign::party);
    }
};

struct FailMediation {
    static constexpr std::string_view name = "fail_mediation";
    static constexpr Title title{"调解不成", "Record that no agreement was reached"};

    FailureReason reason{};
    Routes routes_told{};

    bool operator==(const FailMediation&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("reason", &FailMediation::reason);
        v("routes_told", &FailMediation::routes_told);
    }
};

struct TerminateMediation {
    static constexpr std::string_view name = "terminate_mediation";
    static constexpr Title title{"终止调解", "Terminate"};

    TerminationCause cause{};
    Routes routes_told{};

    bool operator==(const TerminateMediation&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("cause", &TerminateMediation::cause);
        v("routes_told", &TerminateMediation::routes_told);
    }
};

struct WithdrawApplication {
    static constexpr std::string_view name = "withdraw_application";
    static constexpr Title title{"撤回申请", "Withdraw the application"};

    PartyNumber party{};

    bool operator==(const WithdrawApplication&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("party", &WithdrawApplication::party);
    }
};

struct SettlePrivately {
    static constexpr std::string_view name = "settle_privately";
    static constexpr Title title{"自行和解", "Record a private settlement"};

    bool operator==(const SettlePrivately&) const = default;
    template <class V>
    static void describe(V&&) {}
};

struct TransferCase {
    static constexpr std::string_view name = "transfer_case";
    static constexpr Title title{"移送", "Transfer"};

    TransferTarget target{};
    std::string to{};

    bool operator==(const TransferCase&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("target", &TransferCase::target);
        v("to", &TransferCase::to);
    }
};

struct TakeOverCase {
    static constexpr std::string_view name = "take_over_case";
    static constexpr Title title{"接收移送", "Take over"};

    std::string from{};
    std::string reference{};

    bool operator==(const TakeOverCase&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("from", &TakeOverCase::from);
        v("reference", &TakeOverCase::reference);
    }
};

struct PerformObligation {
    static constexpr std::string_view name = "perform_obligation";
    static constexpr Title title{"已履行", "Record performance"};

    ObligationNumber obligation{};
    Money amount{};  ///< Zero: in full.
    bool on_the_spot{};

    bool operator==(const PerformObligation&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("obligation", &PerformObligation::obligation);
        v("amount", &PerformObligation::amount);
        v("on_the_spot", &PerformObligation::on_the_spot);
    }
};

struct UrgePerformance {
    static constexpr std::string_view name = "urge_performance";
    static constexpr Title title{"督促履行", "Urge performance"};

    ObligationNumber obligation{};

    bool operator==(const UrgePerformance&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("obligation", &UrgePerformance::obligation);
    }
};

struct RenegotiateObligation {
    static constexpr std::string_view name = "renegotiate_obligation";
    static constexpr Title title{"变更履行", "Renegotiate an obligation"};

    ObligationNumber obligation{};
    Date due{};

    bool operator==(const RenegotiateObligation&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("obligation", &RenegotiateObligation::obligation);
        v("due", &RenegotiateObligation::due);
    }
};

struct TellPerformanceRoutes {
    static constexpr std::string_view name = "tell_performance_routes";
    static constexpr Title title{"告知救济途径", "Tell the routes"};

    ObligationNumber obligation{};
    Routes routes_told{};

    bool operator==(const TellPerformanceRoutes&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("obligation", &TellPerformanceRoutes::obligation);
        v("routes_told", &TellPerformanceRoutes::routes_told);
    }
};

struct StartPerformanceProceeding {
    static constexpr std::string_view name = "start_performance_proceeding";
    static constexpr Title title{"进入其他程序", "Record proceedings"};

    ObligationNumber obligation{};
    NonPerformanceProceeding proceeding{};

    bool operator==(const StartPerformanceProceeding&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("obligation", &StartPerformanceProceeding::obligation);
        v("proceeding", &StartPerformanceProceeding::proceeding);
    }
};

struct WaiveObligation {
    static constexpr std::string_view name = "waive_obligation";
    static constexpr Title title{"放弃权利", "Waive an obligation"};

    ObligationNumber obligation{};
    PartyNumber party{};

    bool operator==(const WaiveObligation&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("obligation", &WaiveObligation::obligation);
        v("party", &WaiveObligation::party);
    }
};

struct MakeRevisit {
    static constexpr std::string_view name = "make_revisit";
    static constexpr Title title{"回访", "Record a revisit"};

    std::string agreement_number{};  ///< Empty: the effective agreement's.
    std::string revisitor{};         ///< Empty: the actor.
    RevisitMethod method{};
    Satisfaction satisfaction{};
    Fulfilment fulfilment{};
    ResidualRisk residual_risk{};
    RevisitProblem problem{};
    std::vector<PartyNumber> parties{};  ///< Empty: all parties.

    bool operator==(const MakeRevisit&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("agreement_number", &MakeRevisit::agreement_number);
        v("revisitor", &MakeRevisit::revisitor);
        v("method", &MakeRevisit::method);
        v("satisfaction", &MakeRevisit::satisfaction);
        v("fulfilment", &MakeRevisit::fulfilment);
        v("residual_risk", &MakeRevisit::residual_risk);
        v("problem", &MakeRevisit::problem);
        v("parties", &MakeRevisit::parties);
    }
};

struct RecordUnreachable {
    static constexpr std::string_view name = "record_unreachable";
    static constexpr Title title{"回访未联系上", "Record that nobody was reached"};

    std::string revisitor{};
    RevisitMethod method{};
    Date retry_on{};

    bool operator==(const RecordUnreachable&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("revisitor", &RecordUnreachable::revisitor);
        v("method", &RecordUnreachable::method);
        v("retry_on", &RecordUnreachable::retry_on);
    }
};

struct OpenFollowUp {
    static constexpr std::string_view name = "open_follow_up";
    static constexpr Title title{"跟进", "Open a follow-up"};

    std::string assignee{};
    RevisitProblem problem{};

    bool operator==(const OpenFollowUp&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("assignee", &OpenFollowUp::assignee);
        v("problem", &OpenFollowUp::problem);
    }
};

struct ResolveFollowUp {
    static constexpr std::string_view name = "resolve_follow_up";
    static constexpr Title title{"跟进化解", "Resolve the follow-up"};

    bool operator==(const ResolveFollowUp&) const = default;
    template <class V>
    static void describe(V&&) {}
};

struct EscalateFollowUp {
    static constexpr std::string_view name = "escalate_follow_up";
    static constexpr Title title{"跟进升级", "Escalate the follow-up"};

    EscalationTarget target{};

    bool operator==(const EscalateFollowUp&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("target", &EscalateFollowUp::target);
    }
};

struct ApplyForConfirmation {
    static constexpr std::string_view name = "apply_for_confirmation";
    static constexpr Title title{"申请司法确认", "Apply for judicial confirmation"};

    std::vector<PartyNumber> parties{};
    std::string court{};

    bool operator==(const ApplyForConfirmation&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("parties", &ApplyForConfirmation::parties);
        v("court", &ApplyForConfirmation::court);
    }
};

struct RecordConfirmationAccepted {
    static constexpr std::string_view name = "record_confirmation_accepted";
    static constexpr Title title{"司法确认受理", "Record the court's acceptance"};

    bool operator==(const RecordConfirmationAccepted&) const = default;
    template <class V>
    static void describe(V&&) {}
};

struct RecordConfirmationNotAccepted {
    static constexpr std::string_view name = "record_confirmation_not_accepted";
    static constexpr Title title{"司法确认不予受理", "Record the court's refusal"};

    ConfirmationObstacle obstacle{};

    bool operator==(const RecordConfirmationNotAccepted&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("obstacle", &RecordConfirmationNotAccepted::obstacle);
    }
};

struct RecordConfirmationGranted {
    static constexpr std::string_view name = "record_confirmation_granted";
    static constexpr Title title{"裁定有效", "Record the ruling of validity"};

    std::string ruling{};

    bool operator==(const RecordConfirmationGranted&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("ruling", &RecordConfirmationGranted::ruling);
    }
};

struct RecordConfirmationDismissed {
    static constexpr std::string_view name = "record_confirmation_dismissed";
    static constexpr Title title{"裁定驳回", "Record the dismissal"};

    ConfirmationObstacle obstacle{};

    bool operator==(const RecordConfirmationDismissed&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("obstacle", &RecordConfirmationDismissed::obstacle);
    }
};

struct WithdrawConfirmation {
    static constexpr std::string_view name = "withdraw_confirmation";
    static constexpr Title title{"撤回司法确认", "Withdraw the confirmation"};

    bool deemed{};

    bool operator==(const WithdrawConfirmation&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("deemed", &WithdrawConfirmation::deemed);
    }
};

struct FileDocument {
    static constexpr std::string_view name = "file_document";
    static constexpr Title title{"文书入卷", "File a document"};

    DocumentKind kind{};
    std::uint16_t pages{};

    bool operator==(const FileDocument&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("kind", &FileDocument::kind);
        v("pages", &FileDocument::pages);
    }
};

struct CloseCase {
    static constexpr std::string_view name = "close_case";
    static constexpr Title title{"结案", "Close"};

    bool operator==(const CloseCase&) const = default;
    template <class V>
    static void describe(V&&) {}
};

struct ArchiveCase {
    static constexpr std::string_view name = "archive_case";
    static constexpr Title title{"归档", "Archive"};

    std::string volume{};
    Retention retention{};

    bool operator==(const ArchiveCase&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("volume", &ArchiveCase::volume);
        v("retention", &ArchiveCase::retention);
    }
};

struct ReopenCase {
    static constexpr std::string_view name = "reopen_case";
    static constexpr Title title{"重新启动", "Reopen"};

    bool new_proceeding{};

    bool operator==(const ReopenCase&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("new_proceeding", &ReopenCase::new_proceeding);
    }
};

struct RecordLateFact {
    static constexpr std::string_view name = "record_late_fact";
    static constexpr Title title{"补记", "Record a late fact"};

    bool operator==(const RecordLateFact&) const = default;
    template <class V>
    static void describe(V&&) {}
};

struct CorrectFact {
    static constexpr std::string_view name = "correct_fact";
    static constexpr Title title{"更正", "Correct a fact"};

    Version corrects{};
    std::string field{};
    std::string value{};

    bool operator==(const CorrectFact&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("corrects", &CorrectFact::corrects);
        v("field", &CorrectFact::field);
        v("value", &CorrectFact::value);
    }
};

struct CorrectDetails {
    static constexpr std::string_view name = "correct_details";
    static constexpr Title title{"更正登记信息", "Correct the registration"};

    DisputeType type{};
    CaseSource source{};
    Difficulty difficulty{};
    std::uint32_t people_count{};
    Money amount{};

    bool operator==(const CorrectDetails&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("type", &CorrectDetails::type);
        v("source", &CorrectDetails::source);
        v("difficulty", &CorrectDetails::difficulty);
        v("people_count", &CorrectDetails::people_count);
        v("amount", &CorrectDetails::amount);
    }
};

struct RaiseAlarm {
    static constexpr std::string_view name = "raise_alarm";
    static constexpr Title title{"期限提醒", "Raise a deadline alarm"};

    DeadlineKind kind{};
    std::uint16_t item{};
    AlarmLevel level{};
    Instant due{};

    bool operator==(const RaiseAlarm&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("kind", &RaiseAlarm::kind);
        v("item", &RaiseAlarm::item);
        v("level", &RaiseAlarm::level);
        v("due", &RaiseAlarm::due);
    }
};

struct RecomputeDeadlines {
    static constexpr std::string_view name = "recompute_deadlines";
    static constexpr Title title{"期限重算", "Recompute deadlines"};

    std::string calendar{};

    bool operator==(const RecomputeDeadlines&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("calendar", &RecomputeDeadlines::calendar);
    }
};

struct LinkCase {
    static constexpr std::string_view name = "link_case";
    static constexpr Title title{"关联", "Link"};

    std::string relation{};
    std::string reference{};

    bool operator==(const LinkCase&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("relation", &LinkCase::relation);
        v("reference", &LinkCase::reference);
    }
};

struct RecordHarmPrevented {
    static constexpr std::string_view name = "record_harm_prevented";
    static constexpr Title title{"防止激化", "Record harm prevented"};

    HarmKind kind{};
    std::uint32_t people{};

    bool operator==(const RecordHarmPrevented&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("kind", &RecordHarmPrevented::kind);
        v("people", &RecordHarmPrevented::people);
    }
};

/// Given by `anjie erase`, which also destroys the keys: alone it would only say so.
struct RecordErasure {
    static constexpr std::string_view name = "record_erasure";
    static constexpr Title title{"删除个人信息", "Record an erasure"};

    PartyNumber subject{};  ///< 0: the case's narrative.
    std::string basis{};

    bool operator==(const RecordErasure&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("subject", &RecordErasure::subject);
        v("basis", &RecordErasure::basis);
    }
};

/// Given by `anjie restrict`, which also locks or unlocks the keys.
struct RestrictProcessing {
    static constexpr std::string_view name = "restrict_processing";
    static constexpr Title title{"限制处理个人信息", "Restrict processing"};

    PartyNumber subject{};  ///< 0: the case's narrative.
    bool lifted{};
    std::string basis{};

    bool operator==(const RestrictProcessing&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("subject", &RestrictProcessing::subject);
        v("lifted", &RestrictProcessing::lifted);
        v("basis", &RestrictProcessing::basis);
    }
};

/// A case is ordinary until this says otherwise; it may be raised and lowered at any time, also after closing.
struct ClassifyCase {
    static constexpr std::string_view name = "classify_case";
    static constexpr Title title{"设定保密等级", "Set the confidentiality"};

    ConfidentialityLevel level{};
    ConfidentialityGround ground{};

    bool operator==(const ClassifyCase&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("confidentiality", &ClassifyCase::level);
        v("ground", &ClassifyCase::ground);
    }
};

/// To an organisation that answers; `transfer_case` is for one that does not.
struct OfferHandover {
    static constexpr std::string_view name = "offer_handover";
    static constexpr Title title{"提请移送", "Offer a hand-over"};

    TransferTarget target{};
    std::string to{};
    HandoverKind kind{};
    HandoverReason reason{};
    std::vector<DocumentKind> papers{};

    bool operator==(const OfferHandover&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("target", &OfferHandover::target);
        v("to", &OfferHandover::to);
        v("kind", &OfferHandover::kind);
        v("reason", &OfferHandover::reason);
        v("papers", &OfferHandover::papers);
    }
};

/// While it is not answered.
struct WithdrawHandover {
    static constexpr std::string_view name = "withdraw_handover";
    static constexpr Title title{"撤回移送", "Withdraw the hand-over"};

    bool operator==(const WithdrawHandover&) const = default;
    template <class V>
    static void describe(V&&) {}
};

/// What the other side says is recorded as it comes: by its message, or by a clerk who has its letter.
struct RecordHandoverAccepted {
    static constexpr std::string_view name = "record_handover_accepted";
    static constexpr Title title{"记录对方接收", "Record that the other side accepted"};

    std::string handover{};  ///< The running one when empty.
    std::string reference{};

    bool operator==(const RecordHandoverAccepted&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &RecordHandoverAccepted::handover);
        v("reference", &RecordHandoverAccepted::reference);
    }
};

/// By message or by letter.
struct RecordHandoverReturned {
    static constexpr std::string_view name = "record_handover_returned";
    static constexpr Title title{"记录对方退回", "Record that the other side returned it"};

    std::string handover{};  ///< The running one when empty.
    RefusalGround ground{};

    bool operator==(const RecordHandoverReturned&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &RecordHandoverReturned::handover);
        v("ground", &RecordHandoverReturned::ground);
    }
};

/// By message or by letter; `handed_back`: the case comes with it.
struct RecordHandoverResult {
    static constexpr std::string_view name = "record_handover_result";
    static constexpr Title title{"记录反馈结果", "Record the result fed back"};

    std::string handover{};  ///< The running one when empty.
    CaseResult outcome{};
    bool handed_back{};

    bool operator==(const RecordHandoverResult&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &RecordHandoverResult::handover);
        v("outcome", &RecordHandoverResult::outcome);
        v("handed_back", &RecordHandoverResult::handed_back);
    }
};

/// Registers the case that is offered, under a number of this organisation.
struct ReceiveHandover {
    static constexpr std::string_view name = "receive_handover";
    static constexpr Title title{"收到移送", "Receive a hand-over"};

    CaseNumber number{};  ///< Here.
    std::string jurisdiction{};
    CommitteeKind committee{};
    CaseSource source{};
    DisputeType type{};
    std::string type_detail{};
    Difficulty difficulty{};
    std::vector<Party> parties{};
    std::uint32_t people_count{};
    Money amount{};
    std::string handover{};
    std::string from{};
    std::string reference{};
    TransferTarget target{};
    HandoverKind kind{};
    HandoverReason reason{};
    std::vector<DocumentKind> papers{};
    Date held_since{};
    Date answer_by{};  ///< 1970-01-01: no time is set.

    bool operator==(const ReceiveHandover&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("number", &ReceiveHandover::number);
        v("jurisdiction", &ReceiveHandover::jurisdiction);
        v("committee", &ReceiveHandover::committee);
        v("source", &ReceiveHandover::source);
        v("type", &ReceiveHandover::type);
        v("type_detail", &ReceiveHandover::type_detail);
        v("difficulty", &ReceiveHandover::difficulty);
        v("parties", &ReceiveHandover::parties);
        v("people_count", &ReceiveHandover::people_count);
        v("amount", &ReceiveHandover::amount);
        v("handover", &ReceiveHandover::handover);
        v("from", &ReceiveHandover::from);
        v("reference", &ReceiveHandover::reference);
        v("target", &ReceiveHandover::target);
        v("kind", &ReceiveHandover::kind);
        v("reason", &ReceiveHandover::reason);
        v("papers", &ReceiveHandover::papers);
        v("held_since", &ReceiveHandover::held_since);
        v("answer_by", &ReceiveHandover::answer_by);
    }
};

/// The case is this organisation's once the sender has confirmed.
struct AcceptHandover {
    static constexpr std::string_view name = "accept_handover";
    static constexpr Title title{"同意接收", "Accept the hand-over"};

    bool operator==(const AcceptHandover&) const = default;
    template <class V>
    static void describe(V&&) {}
};

/// With the ground, and what the parties were told (不予调解的函).
struct ReturnHandover {
    static constexpr std::string_view name = "return_handover";
    static constexpr Title title{"退回移送", "Return the hand-over"};

    RefusalGround ground{};
    Routes routes_told{};

    bool operator==(const ReturnHandover&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("ground", &ReturnHandover::ground);
        v("routes_told", &ReturnHandover::routes_told);
    }
};

/// By message or by letter.
struct RecordHandoverConfirmed {
    static constexpr std::string_view name = "record_handover_confirmed";
    static constexpr Title title{"记录移送确认", "Record that the sender confirmed"};

    std::string handover{};  ///< The running one when empty.
    Date since{};            ///< The day on which the sender passed the case on.

    bool operator==(const RecordHandoverConfirmed&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &RecordHandoverConfirmed::handover);
        v("since", &RecordHandoverConfirmed::since);
    }
};

/// By message or by letter.
struct RecordHandoverEnded {
    static constexpr std::string_view name = "record_handover_ended";
    static constexpr Title title{"记录移送终止", "Record that the sender ended the offer"};

    std::string handover{};  ///< The running one when empty.
    HandoverEnding ending{};

    bool operator==(const RecordHandoverEnded&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("handover", &RecordHandoverEnded::handover);
        v("ending", &RecordHandoverEnded::ending);
    }
};

/// The outcome follows from the procedure; the file stays here.
struct FeedResultBack {
    static constexpr std::string_view name = "feed_result_back";
    static constexpr Title title{"反馈结果", "Feed the result back"};

    bool operator==(const FeedResultBack&) const = default;
    template <class V>
    static void describe(V&&) {}
};

/// Given before sealed texts leave, by whatever lets them leave.
struct RecordDisclosure {
    static constexpr std::string_view name = "record_disclosure";
    static constexpr Title title{"记录提供个人信息", "Record a disclosure"};

    std::string to{};
    std::string purpose{};
    std::vector<SealedCode> fields{};
    std::vector<PartyNumber> subjects{};

    bool operator==(const RecordDisclosure&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("to", &RecordDisclosure::to);
        v("purpose", &RecordDisclosure::purpose);
        v("fields", &RecordDisclosure::fields);
        v("subjects", &RecordDisclosure::subjects);
    }
};

/// Where no agreement came about: result and case go back to the sender.
struct HandCaseBack {
    static constexpr std::string_view name = "hand_case_back";
    static constexpr Title title{"交回案件", "Hand the case back"};

    bool operator==(const HandCaseBack&) const = default;
    template <class V>
    static void describe(V&&) {}
};

using Command =
    std::variant<RegisterCase, RequestConsent, GiveConsent, RefuseConsent, RefuseAcceptance, AcceptCase, AssignMediator,
                 DiscloseConflict, RequestRecusal, DecideRecusal, ReplaceMediator, GiveRightsNotice,
                 RecordInvestigation, ScheduleSession, HoldSession, MissSession, ReportEscalation, AgreeExtension,
                 SuspendMediation, ResumeMediation, DraftAgreement, SignAsParty, SignAsMediator, AffixSeal,
                 RefuseToSign, FailMediation, TerminateMediation, WithdrawApplication, SettlePrivately, TransferCase,
                 TakeOverCase, PerformObligation, UrgePerformance, RenegotiateObligation, TellPerformanceRoutes,
                 StartPerformanceProceeding, WaiveObligation, MakeRevisit, RecordUnreachable, OpenFollowUp,
                 ResolveFollowUp, EscalateFollowUp, ApplyForConfirmation, RecordConfirmationAccepted,
                 RecordConfirmationNotAccepted, RecordConfirmationGranted, RecordConfirmationDismissed,
                 WithdrawConfirmation, FileDocument, CloseCase, ArchiveCase, ReopenCase, RecordLateFact, CorrectFact,
                 CorrectDetails, RaiseAlarm, RecomputeDeadlines, LinkCase, RecordHarmPrevented, RecordErasure,
                 RestrictProcessing, ClassifyCase, OfferHandover, WithdrawHandover, RecordHandoverAccepted,
                 RecordHandoverReturned, RecordHandoverResult, ReceiveHandover, AcceptHandover, ReturnHandover,
                 RecordHandoverConfirmed, RecordHandoverEnded, FeedResultBack, RecordDisclosure, HandCaseBack>;

}  // namespace anjie::dispute
