#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/deadline.hpp"
#include "workflows/dispute/events.hpp"

/// A dispute as of one version: plain values made by `evolve` alone. No personal data is in here.
namespace anjie::dispute {

/// A thing that is so since a version of the case, on a day: what refusals cite.
struct Fact {
    Version version{};  ///< 0: not a fact yet.
    Date on{};

    explicit operator bool() const { return version != 0; }
    bool operator==(const Fact&) const = default;
};

struct PartyState {
    Party party{};
    Fact consent{};
    Fact refusal{};
    Fact signature{};  ///< Under the current agreement draft.

    bool operator==(const PartyState&) const = default;
};

struct MediatorState {
    std::string mediator{};
    MediatorRole role{};
    Fact assigned{};
    Fact conflict_disclosed{};
    Fact recusal_requested{};  ///< And not decided yet.
    Fact recused{};            ///< Must be replaced before anything else.

    bool operator==(const MediatorState&) const = default;
};

struct ObligationState {
    Obligation obligation{};
    PerformancePhase phase{};
    Money performed{};
    Fact last{};  ///< The event that put it in this phase.
    std::uint16_t urged{};
    Fact routes_told{};

    bool operator==(const ObligationState&) const = default;
};

struct AgreementState {
    std::uint16_t number{};  ///< 1, 2 ...; 0: none yet.
    AgreementForm form{AgreementForm::written};
    bool partial{};
    std::string label{};  ///< 协议编号.
    std::uint16_t copies{};
    Money amount{};
    Fact drafted{};
    Fact mediator_signed{};
    Fact sealed{};
    Fact effective{};
    std::vector<Obligation> obligations{};

    bool operator==(const AgreementState&) const = default;
};

struct RevisitState {
    Version version{};
    Date on{};
    std::string revisitor{};
    RevisitMethod method{};
    Satisfaction satisfaction{};
    Fulfilment fulfilment{};
    ResidualRisk residual_risk{};
    RevisitProblem problem{};

    bool operator==(const RevisitState&) const = default;
};

struct FollowUpState {
    std::string assignee{};
    RevisitProblem problem{};
    Fact opened{};
    Fact resolved{};
    Fact escalated{};

    bool operator==(const FollowUpState&) const = default;
};

/// A deadline that runs, and how many of its alarms have been raised.
struct RunningDeadline {
    DeadlineStart start{};
    Version since{};
    /// Alarm moments still to come are those of levels >= this; 4 when all have been raised.
    std::uint8_t next_level{};

    bool operator==(const RunningDeadline&) const = default;
};

/// The last hand-over's conversation, on either side of it.
struct HandoverState {
    std::string id{};         ///< Empty: there has never been one.
    std::string other{};      ///< The organisation on the other side.
    std::string reference{};  ///< The case's number there, once known.
    TransferTarget target{};
    HandoverKind kind{};
    HandoverReason reason{};
    Fact offered{};
    Fact answered{};  ///< Accepted, returned, withdrawn or lapsed.
    Fact settled{};   ///< The result was fed back, or received.
    std::optional<CaseResult> outcome{};

    bool operator==(const HandoverState&) const = default;
};

struct State {
    // Regions of the statechart.
    ProcedurePhase procedure{};
    RevisitPhase revisit{};
    ConfirmationPhase confirmation{};
    FilePhase file{};
    CustodyPhase custody{};

    // Registration.
    CaseNumber number{};
    std::string organisation{};  ///< Code of the committee whose case this is, in its own log.
    std::string holder{};        ///< Code of the organisation that holds the case.
    Fact held_since{};
    HandoverState handover{};
    std::string jurisdiction{};
    std::string rule_version{};
    CommitteeKind committee{};
    CaseSource source{};
    Channel channel{};
    DisputeType type{};
    std::string type_detail{};
    std::string type_table{};
    Difficulty difficulty{};
    std::uint32_t people_count{};
    Money amount{};
    std::string origin{};
    ConfidentialityLevel confidentiality{ConfidentialityLevel::ordinary};
    std::uint16_t proceedings{};  ///< 1, and one more for each re-mediation inside the case.

    std::vector<PartyState> parties{};
    std::vector<MediatorState> mediators{};
    AgreementState agreement{};  ///< The one in force.
    AgreementState draft{};      ///< Settled but not effective yet: signatures are missing.
    std::vector<ObligationState> obligations{};
    std::vector<RevisitState> revisits{};
    std::vector<FollowUpState> follow_ups{};
    std::vector<DocumentKind> documents{};
    std::vector<RunningDeadline> deadlines{};
    std::optional<std::uint16_t> suspended_days_left{};  ///< Of a mediation limit that stands still.
    std::optional<DueDay> confirmation_window{};  ///< Until when the court may be asked, also once it has passed.

    // Facts, as far as decisions cite them.
    Fact registered, consent_requested, accepted, refused, rights_notice, first_session, last_session, suspended, ended,
        signing_refused, transferred, confirmation_applied, confirmation_step, confirmation_ruled, closed, archived,
        reopened, classified;
    std::optional<CaseResult> result{};  ///< When closed.
    std::optional<Routes> routes_told{};
    std::vector<std::pair<Version, std::string>> corrections{};  ///< Corrected version and field.
    std::vector<std::pair<PartyNumber, Version>> restricted{};  ///< Subjects whose data may only be stored, since when.

    bool operator==(const State&) const = default;
};

/// Nothing more is owed: performed, waived, or replaced by a later agreement's obligation.
[[nodiscard]] bool is_settled(PerformancePhase phase);
/// How the procedure has ended; nullopt while it runs.
[[nodiscard]] std::optional<CaseResult> result_of(ProcedurePhase phase);
/// The presiding mediator's pseudonym, or empty.
[[nodiscard]] std::string_view presiding_mediator(const State& state);
/// The name of the phase that a list shows: the file's when closed, else the procedure's or the revisit's.
[[nodiscard]] std::string_view main_phase(const State& state);

}  // namespace anjie::dispute
