#include <algorithm>
#include <array>

#include "workflows/dispute/detail/documents.hpp"
#include "workflows/dispute/detail/explain.hpp"
#include "workflows/dispute/detail/handlers.hpp"

namespace anjie::dispute::detail {
namespace {

/// The committee's work on an obligation is over: settled, or handed to other routes.
bool is_finished(PerformancePhase phase) {
    return is_settled(phase) || phase == PerformancePhase::in_proceedings || phase == PerformancePhase::routes_told;
}

Refusal check_performance(const State& state) {
    std::vector<Version> facts;
    std::string open;
    for (const auto& owed : state.obligations)
        if (!is_finished(owed.phase)) {
            facts.push_back(owed.last.version);
            open += (open.empty() ? "" : ", ") + std::to_string(owed.obligation.number);
        }
    if (facts.empty()) return std::nullopt;
    return reject(Code::obligations_open, std::move(facts), both(std::move(open)));
}

Refusal check_revisit(const State& state, const RuleSet& set) {
    if (state.revisit == RevisitPhase::problem_found)
        return reject(Code::problem_not_followed_up, {state.revisits.back().version});
    if (state.revisit == RevisitPhase::following_up)
        return reject(Code::follow_up_running, {state.follow_ups.back().opened.version});
    const bool succeeded = state.procedure == ProcedurePhase::effective;
    const bool failed = state.procedure == ProcedurePhase::not_reached || state.procedure == ProcedurePhase::terminated;
    const bool wanted = (succeeded && set.revisit_required_before_closing) || (failed && set.revisit_after_failure);
    if (!wanted) return std::nullopt;
    const Fact& since = succeeded ? state.agreement.effective : state.ended;
    if (std::ranges::any_of(state.revisits, [&](const auto& one) { return one.version > since.version; }))
        return std::nullopt;
    return reject_under(set.closing_reference.id.empty() ? law("REVISIT-LOCAL") : set.closing_reference,
                        Code::revisit_missing, {since.version});
}

Refusal check_documents(const State& state, const RuleSet& set) {
    Text missing;
    for (const auto kind : missing_documents(state, set.mandatory_documents)) {
        const auto& entry = entry_of(kind);
        missing.zh.append(missing.zh.empty() ? "" : "、").append(entry.zh);
        missing.en.append(missing.en.empty() ? "" : ", ").append(entry.en);
    }
    if (missing.zh.empty()) return std::nullopt;
    return reject(Code::document_missing, {}, missing);
}

/// The last thing that was done in the case, as it was dated.
Fact last_fact(const State& state) {
    Fact last = state.registered;
    const auto later = [&](const Fact& fact) {
        if (fact && fact.on > last.on) last = fact;
    };
    for (const auto& fact :
         {state.accepted, state.refused, state.last_session, state.ended, state.transferred, state.agreement.effective})
        later(fact);
    for (const auto& owed : state.obligations)
        if (owed.phase == PerformancePhase::performed || owed.phase == PerformancePhase::waived) later(owed.last);
    for (const auto& revisit : state.revisits) later({revisit.version, revisit.on});
    for (const auto& follow_up : state.follow_ups) {
        later(follow_up.resolved);
        later(follow_up.escalated);
    }
    return last;
}

}  // namespace

Decision handle(const Situation&, const FileDocument& command) {
    return accept(DocumentFiled{command.kind, command.pages});
}

Refusal precondition(const Situation& situation, Order<CloseCase>) {
    const auto& state = situation.state;
    if (!result_of(state.procedure)) return reject(Code::procedure_running, {state.accepted.version});
    if (state.draft.number != 0) return reject(Code::draft_pending, {state.draft.drafted.version});
    const auto* set = situation.rule_set();
    if (set == nullptr) return reject(Code::rules_unknown, {}, both(state.rule_version));
    if (auto refusal = check_performance(state)) return refusal;
    if (auto refusal = check_revisit(state, *set)) return refusal;
    return check_documents(state, *set);
}

Decision handle(const Situation& situation, const CloseCase&) {
    const auto& state = situation.state;
    if (auto refusal = not_before(situation, last_fact(state), Code::closed_before_facts))
        return std::unexpected(std::move(*refusal));
    return accept(situation.with_deadlines(CaseClosed{.result = *result_of(state.procedure)}));
}

Decision handle(const Situation& situation, const ArchiveCase& command) {
    if (auto refusal = not_before(situation, situation.state.closed, Code::before_closing))
        return std::unexpected(std::move(*refusal));
    if (command.volume.empty()) return refuse(Code::missing_value, {}, both("volume"));
    return accept(CaseArchived{command.volume, command.retention});
}

Decision handle(const Situation& situation, const ReopenCase& command) {
    const auto& state = situation.state;
    const auto wanted = command.new_proceeding ? trigger<NewProceeding> : trigger<CaseReopened>;
    const std::array asked{wanted};
    if (auto refusal = phase_refusal(state, asked); refusal && state.holder != state.organisation)
        return std::unexpected(std::move(*refusal));
    if (!permits(state, wanted))
        return command.new_proceeding ? refuse(Code::procedure_running, {state.accepted.version})
                                      : refuse(Code::case_not_closed);
    const auto& base = state.closed ? state.closed : state.ended;
    if (auto refusal = not_before(situation, base, Code::before_closing)) return std::unexpected(std::move(*refusal));
    if (command.new_proceeding && state.draft.number != 0)
        return refuse(Code::draft_pending, {state.draft.drafted.version});
    return accept(CaseReopened{command.new_proceeding});
}

Decision handle(const Situation&, const RecordLateFact&) { return accept(LateFactRecorded{}); }

Decision handle(const Situation& situation, const CorrectFact& command) {
    if (command.corrects == 0 || command.corrects > situation.context.version)
        return refuse(Code::corrected_event_unknown, {}, both(std::to_string(command.corrects)));
    return accept(FactCorrected{command.corrects, command.field, command.value});
}

Decision handle(const Situation& situation, const CorrectDetails& command) {
    const auto& state = situation.state;
    if (command.amount.fen < 0) return refuse(Code::negative_amount);
    const auto parties = static_cast<std::uint32_t>(state.parties.size());
    const auto people = command.people_count == 0 ? parties : command.people_count;
    if (people < parties)
        return refuse(Code::people_fewer_than_parties, {state.registered.version},
                      both(std::to_string(people) + " < " + std::to_string(parties)));
    if (command.type == state.type && command.source == state.source && command.difficulty == state.difficulty &&
        people == state.people_count && command.amount == state.amount)
        return refuse(Code::nothing_to_correct, {state.registered.version});
    return accept(DetailsCorrected{command.type, command.source, command.difficulty, people, command.amount});
}

Decision handle(const Situation&, const LinkCase& command) {
    if (command.relation.empty()) return refuse(Code::missing_value, {}, both("relation"));
    if (command.reference.empty()) return refuse(Code::missing_value, {}, both("reference"));
    return accept(CaseLinked{command.relation, command.reference});
}

Decision handle(const Situation&, const RecordHarmPrevented& command) {
    if (command.people == 0) return refuse(Code::missing_value, {}, both("people"));
    return accept(HarmPrevented{command.kind, command.people});
}

namespace {

/// The narrative, or a party of the case.
bool is_subject(const State& state, PartyNumber subject) {
    return subject == 0 ||
           std::ranges::any_of(state.parties, [&](const PartyState& one) { return one.party.number == subject; });
}

}  // namespace

Decision handle(const Situation& situation, const RecordErasure& command) {
    if (command.basis.empty()) return refuse(Code::missing_value, {}, both("basis"));
    if (!is_subject(situation.state, command.subject))
        return refuse(Code::unknown_party, {situation.state.registered.version}, both(std::to_string(command.subject)));
    return accept(PersonalDataErased{command.subject, command.basis});
}

Decision handle(const Situation& situation, const RestrictProcessing& command) {
    if (command.basis.empty()) return refuse(Code::missing_value, {}, both("basis"));
    if (!is_subject(situation.state, command.subject))
        return refuse(Code::unknown_party, {situation.state.registered.version}, both(std::to_string(command.subject)));
    return accept(ProcessingRestricted{command.subject, command.lifted, command.basis});
}

Decision handle(const Situation& situation, const ClassifyCase& command) {
    const auto& state = situation.state;
    if (command.level == state.confidentiality)
        return refuse(Code::classification_unchanged, {state.classified.version},
                      {.zh = std::string(entry_of(command.level).zh), .en = std::string(entry_of(command.level).en)});
    return accept(CaseClassified{command.level, command.ground});
}

}  // namespace anjie::dispute::detail
