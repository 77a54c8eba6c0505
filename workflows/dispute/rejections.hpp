#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/describe.hpp"
#include "engine/rejection.hpp"
#include "workflows/dispute/facts.hpp"

/// Why an order is refused: a closed list. Codes are stable; new ones go to the end.
namespace anjie::dispute {

enum class RejectionCode : std::uint16_t {
    number_taken = 1,
    not_registered,
    unknown_code,
    no_rules_in_force,
    bad_case_number,
    parties_not_numbered,
    too_few_parties,
    people_fewer_than_parties,
    negative_amount,
    missing_value,
    unknown_party,
    in_the_future,
    before_registration,
    procedure_ended,
    procedure_running,
    past_that_stage,
    not_accepted,
    no_mediator,
    no_session_held,
    mediation_suspended,
    agreement_being_signed,
    no_agreement_drafted,
    agreement_not_effective,
    party_refused,
    consent_missing,
    already_consented,
    routes_not_told,
    acceptance_before_registration,
    before_acceptance,
    session_before_acceptance,
    agreement_before_acceptance,
    agreement_before_session,
    signature_before_agreement,
    performance_before_agreement,
    revisit_before_agreement,
    follow_up_before_revisit,
    resolved_before_follow_up,
    confirmation_before_agreement,
    confirmation_out_of_order,
    closed_before_facts,
    before_closing,
    unknown_mediator,
    already_assigned,
    presiding_taken,
    no_presiding_mediator,
    recusal_pending,
    no_recusal_requested,
    mediator_recused,
    day_in_the_past,
    no_limit_running,
    not_extendable,
    extension_needs_all,
    limit_already_passed,
    limit_not_passed,
    bad_period,
    before_suspension,
    must_be_written,
    draft_pending,
    too_few_copies,
    no_obligation_due_before_agreement,
    bad_obligation,
    already_signed,
    electronic_not_allowed,
    not_signed_orally,
    nobody_refused_to_sign,
    not_the_applicant,
    unknown_obligation,
    nothing_left_to_perform,
    obligation_settled,
    more_than_owed,
    not_by_amount,
    not_on_the_spot,
    not_the_creditor,
    due_not_later,
    agreement_number_differs,
    retry_not_later,
    no_problem_found,
    no_follow_up_open,
    follow_up_running,
    confirmation_needs_all,
    confirmation_window_passed,
    status_matter,
    confirmation_not_available,
    confirmation_pending,
    obligations_open,
    revisit_missing,
    problem_not_followed_up,
    document_missing,
    case_closed,
    case_archived,
    case_not_closed,
    corrected_event_unknown,
    nothing_to_correct,
    deadline_not_running,
    alarm_stale,
    alarm_early,
    calendar_unknown,
    not_suspended,
    before_last_session,
    rules_unknown,
    foreign_command,
    processing_restricted,
    classification_unchanged,
    origin_reserved,
    before_handover,
    handover_to_itself,
    handover_differs,
    handover_offered,
    handover_unanswered,
    handover_unconfirmed,
    handover_result_owed,
    no_handover_open,
    held_elsewhere,
    nothing_to_hand_back,
};

struct RejectionText {
    RejectionCode code;
    std::string_view name;  ///< Stable, snake case.
    std::string_view rule;  ///< Id of the rule it rests on, see `law`.
    Title sentence;
    Title remedy;
};

/// Every code once, in order.
[[nodiscard]] std::span<const RejectionText> rejection_texts();

/// Facts: the versions of the events it rests on; zeros are left out. `detail` names the value at fault and is added
/// to both sentences.
[[nodiscard]] Rejection reject(RejectionCode code, std::vector<Version> facts = {}, const Text& detail = {});
/// As above, resting on `rule` instead of the code's own, where the rules in force say which.
[[nodiscard]] Rejection reject_under(const RuleReference& rule, RejectionCode code, std::vector<Version> facts = {},
                                     const Text& detail = {});

}  // namespace anjie::dispute
