#include <algorithm>
#include <array>

#include "adapters/service/service.hpp"

namespace anjie::service {
namespace {

using access::Action;

struct Needed {
    std::string_view command;
    std::optional<Action> action;
};

/// A command that is not listed may be given by nobody; a test holds the list against the workflow's.
constexpr std::array needed{
    Needed{"register_case", Action::register_case},
    Needed{"request_consent", Action::work_on_case},
    Needed{"give_consent", Action::work_on_case},
    Needed{"refuse_consent", Action::work_on_case},
    Needed{"refuse_acceptance", Action::decide_case},
    Needed{"accept_case", Action::decide_case},
    Needed{"assign_mediator", Action::decide_case},
    Needed{"disclose_conflict", Action::work_on_case},
    Needed{"request_recusal", Action::work_on_case},
    Needed{"decide_recusal", Action::decide_case},
    Needed{"replace_mediator", Action::decide_case},
    Needed{"give_rights_notice", Action::work_on_case},
    Needed{"record_investigation", Action::work_on_case},
    Needed{"schedule_session", Action::work_on_case},
    Needed{"hold_session", Action::work_on_case},
    Needed{"miss_session", Action::work_on_case},
    Needed{"report_escalation", Action::work_on_case},
    Needed{"agree_extension", Action::decide_case},
    Needed{"suspend_mediation", Action::decide_case},
    Needed{"resume_mediation", Action::decide_case},
    Needed{"draft_agreement", Action::work_on_case},
    Needed{"sign_as_party", Action::work_on_case},
    Needed{"sign_as_mediator", Action::work_on_case},
    Needed{"affix_seal", Action::decide_case},
    Needed{"refuse_to_sign", Action::work_on_case},
    Needed{"fail_mediation", Action::work_on_case},
    Needed{"terminate_mediation", Action::work_on_case},
    Needed{"withdraw_application", Action::work_on_case},
    Needed{"settle_privately", Action::work_on_case},
    Needed{"transfer_case", Action::hand_over_case},
    Needed{"take_over_case", Action::hand_over_case},
    Needed{"perform_obligation", Action::work_on_case},
    Needed{"urge_performance", Action::work_on_case},
    Needed{"renegotiate_obligation", Action::work_on_case},
    Needed{"tell_performance_routes", Action::work_on_case},
    Needed{"start_performance_proceeding", Action::work_on_case},
    Needed{"waive_obligation", Action::work_on_case},
    Needed{"make_revisit", Action::work_on_case},
    Needed{"record_unreachable", Action::work_on_case},
    Needed{"open_follow_up", Action::work_on_case},
    Needed{"resolve_follow_up", Action::work_on_case},
    Needed{"escalate_follow_up", Action::work_on_case},
    Needed{"apply_for_confirmation", Action::work_on_case},
    Needed{"record_confirmation_accepted", Action::work_on_case},
    Needed{"record_confirmation_not_accepted", Action::work_on_case},
    Needed{"record_confirmation_granted", Action::work_on_case},
    Needed{"record_confirmation_dismissed", Action::work_on_case},
    Needed{"withdraw_confirmation", Action::work_on_case},
    Needed{"file_document", Action::work_on_case},
    Needed{"close_case", Action::decide_case},
    Needed{"archive_case", Action::decide_case},
    Needed{"reopen_case", Action::decide_case},
    Needed{"record_late_fact", Action::correct_case},
    Needed{"correct_fact", Action::correct_case},
    Needed{"correct_details", Action::correct_case},
    Needed{"raise_alarm", std::nullopt},
    Needed{"recompute_deadlines", std::nullopt},
    Needed{"link_case", Action::work_on_case},
    Needed{"record_harm_prevented", Action::work_on_case},
    Needed{"record_erasure", std::nullopt},
    Needed{"restrict_processing", std::nullopt},
    Needed{"classify_case", Action::set_confidentiality},
    Needed{"offer_handover", Action::hand_over_case},
    Needed{"withdraw_handover", Action::hand_over_case},
    Needed{"accept_handover", Action::hand_over_case},
    Needed{"return_handover", Action::hand_over_case},
    Needed{"hand_case_back", Action::hand_over_case},
    Needed{"feed_result_back", Action::hand_over_case},
    Needed{"record_handover_accepted", Action::hand_over_case},
    Needed{"record_handover_confirmed", Action::hand_over_case},
    Needed{"record_handover_ended", Action::hand_over_case},
    Needed{"record_handover_result", Action::hand_over_case},
    Needed{"record_handover_returned", Action::hand_over_case},
    Needed{"receive_handover", std::nullopt},
    Needed{"record_disclosure", std::nullopt},
};

}  // namespace

std::optional<Action> action_of(std::string_view command) {
    const auto* found = std::ranges::find(needed, command, &Needed::command);
    return found == needed.end() ? std::nullopt : found->action;
}

bool is_command_judged(std::string_view command) {
    return std::ranges::find(needed, command, &Needed::command) != needed.end();
}

}  // namespace anjie::service
