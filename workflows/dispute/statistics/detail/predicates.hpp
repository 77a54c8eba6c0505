#pragma once

#include "workflows/dispute/statistics/figures.hpp"

/// What figures count and what they add up; docs/statistics.md says each in prose.
namespace anjie::dispute::statistics::predicates {

[[nodiscard]] bool always(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool taken(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool succeeded(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool outcome_is(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool ended(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool transferred(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool difficult(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool type_is(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool source_is(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool entrusted(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool committee_is(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool form_is(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool partial(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool amount_band(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool performed(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool unperformed(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool on_the_spot(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool confirmation_applied(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool confirmation_granted(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool harm_prevented(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool revisit_required(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool revisited(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool revisit_overdue(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool revisit_not_yet_due(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool revisit_called_for(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool revisit_on_time(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool revisit_on_time_extended(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool revisit_fell_due(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool revisit_fell_due_made(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool satisfaction_is(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool satisfaction_stated(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool satisfaction_content(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool first_stated(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool first_content(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool problem_found(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool follow_up(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool mediated_on_time(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool mediated_on_time_extended(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool mediation_limited(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool pending_aged(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool awaiting_acceptance(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool follow_up_open(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool entered_late(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool corrected(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool remediated(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool reopened(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool mediation_breached(const CaseFacts& facts, const Figure& figure, const Frame& frame);
[[nodiscard]] bool revisit_breached(const CaseFacts& facts, const Figure& figure, const Frame& frame);

// Measures.
[[nodiscard]] std::int64_t parties(const CaseFacts& facts, const Figure& figure);
[[nodiscard]] std::int64_t people(const CaseFacts& facts, const Figure& figure);
[[nodiscard]] std::int64_t dispute_amount(const CaseFacts& facts, const Figure& figure);
[[nodiscard]] std::int64_t agreement_amount(const CaseFacts& facts, const Figure& figure);
[[nodiscard]] std::int64_t performed_amount(const CaseFacts& facts, const Figure& figure);
[[nodiscard]] std::int64_t harm_people(const CaseFacts& facts, const Figure& figure);
[[nodiscard]] std::int64_t harm_cases(const CaseFacts& facts, const Figure& figure);
[[nodiscard]] std::int64_t problems(const CaseFacts& facts, const Figure& figure);
[[nodiscard]] std::int64_t follow_ups_opened(const CaseFacts& facts, const Figure& figure);
[[nodiscard]] std::int64_t follow_ups_resolved(const CaseFacts& facts, const Figure& figure);
[[nodiscard]] std::int64_t follow_ups_escalated(const CaseFacts& facts, const Figure& figure);
[[nodiscard]] std::int64_t corrections(const CaseFacts& facts, const Figure& figure);

}  // namespace anjie::dispute::statistics::predicates
