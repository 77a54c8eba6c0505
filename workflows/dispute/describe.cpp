#include <utility>

#include "engine/confidentiality.hpp"
#include "workflows/dispute/detail/situation.hpp"
#include "workflows/dispute/dispute.hpp"

namespace anjie::dispute {

std::string_view presiding_mediator(const State& state) {
    const auto* first = detail::presiding(state);
    return first == nullptr ? std::string_view{} : std::string_view(first->mediator);
}

std::optional<CaseResult> result_of(ProcedurePhase phase) {
    switch (phase) {
        case ProcedurePhase::effective:
            return CaseResult::succeeded;
        case ProcedurePhase::not_reached:
            return CaseResult::not_reached;
        case ProcedurePhase::terminated:
            return CaseResult::terminated;
        case ProcedurePhase::withdrawn:
            return CaseResult::withdrawn;
        case ProcedurePhase::settled_privately:
            return CaseResult::settled_privately;
        case ProcedurePhase::refused:
            return CaseResult::refused;
        case ProcedurePhase::transferred:
            return CaseResult::transferred;
        case ProcedurePhase::none:
        case ProcedurePhase::registered:
        case ProcedurePhase::consent:
        case ProcedurePhase::accepted:
        case ProcedurePhase::assigned:
        case ProcedurePhase::in_mediation:
        case ProcedurePhase::suspended:
        case ProcedurePhase::agreed:
            return std::nullopt;
    }
    return std::nullopt;
}

std::string_view main_phase(const State& state) {
    if (state.file == FilePhase::closed || state.file == FilePhase::archived) return code_of(state.file);
    // Once an agreement is in force, the revisit is what the case waits for.
    if (state.procedure == ProcedurePhase::effective && state.revisit != RevisitPhase::not_due)
        return code_of(state.revisit);
    return code_of(state.procedure);
}

namespace {

/// The organisation that must act next: the one that is asked answers, whoever holds the case until then.
std::string must_act(const State& state) {
    switch (state.custody) {
        case CustodyPhase::offered:
            return state.handover.other;
        case CustodyPhase::received:
            return state.organisation;
        case CustodyPhase::none:
        case CustodyPhase::held:
        case CustodyPhase::away:
        case CustodyPhase::ended_there:
        case CustodyPhase::moved:
        case CustodyPhase::accepting:
        case CustodyPhase::held_for:
        case CustodyPhase::fed_back:
        case CustodyPhase::handed_back:
        case CustodyPhase::declined:
        case CustodyPhase::offer_ended:
            return state.holder;
    }
    return state.holder;
}

/// The number of the engine's `Confidentiality`: the dispute's own codes count from 1, as all its codes do.
constexpr std::uint8_t confidentiality_rank(ConfidentialityLevel level) {
    return static_cast<std::uint8_t>(std::to_underlying(level) - 1);
}
static_assert(confidentiality_rank(ConfidentialityLevel::ordinary) == std::to_underlying(Confidentiality::ordinary));
static_assert(confidentiality_rank(ConfidentialityLevel::confidential) ==
              std::to_underlying(Confidentiality::confidential));
static_assert(confidentiality_rank(ConfidentialityLevel::restricted) ==
              std::to_underlying(Confidentiality::restricted));

}  // namespace

DirectoryEntry Dispute::describe(const State& state, const std::vector<SealedField>& sealed) const {
    DirectoryEntry entry{.workflow = id,
                         .number = to_string(state.number),
                         .organisation = state.organisation,
                         .type = std::string(code_of(state.type)),
                         .phase = std::string(main_phase(state)),
                         .holder = must_act(state),
                         .amount_minor = state.amount.fen,
                         .confidentiality = confidentiality_rank(state.confidentiality),
                         .deadlines = deadlines(state)};
    if (entry.holder == state.organisation) {
        if (const auto mediator = presiding_mediator(state); !mediator.empty()) entry.holder = mediator;
        if (state.revisit == RevisitPhase::following_up) entry.holder = state.follow_ups.back().assignee;
    }
    if (state.registered) entry.opened = state.registered.on;
    if (state.closed) entry.closed = state.closed.on;
    // Numbers of identity cards are for nobody to search by.
    for (const auto& field : sealed)
        if (!field.text.empty() && static_cast<SealedCode>(field.field) != SealedCode::identity_number)
            entry.search_texts.push_back(field.text);
    return entry;
}

}  // namespace anjie::dispute
