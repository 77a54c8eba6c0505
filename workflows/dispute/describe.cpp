#include <utility>

#include "workflows/dispute/detail/situation.hpp"
#include "workflows/dispute/dispute.hpp"

namespace anjie::dispute {

std::string_view presiding_mediator(const State& state) {
    const auto* first = detail::presiding(state);
    return first == nullptr ? std::string_view{} : std::string_view(first->mediator);
}

std::string_view main_phase(const State& state) {
    if (state.file == FilePhase::closed || state.file == FilePhase::archived) return code_of(state.file);
    // Once an agreement is in force, the revisit is what the case waits for.
    if (state.procedure == ProcedurePhase::effective && state.revisit != RevisitPhase::not_due)
        return code_of(state.revisit);
    return code_of(state.procedure);
}

namespace {

/// Codes count from 1, ranks from 0.
std::uint8_t confidentiality_rank(Confidentiality level) {
    return static_cast<std::uint8_t>(std::to_underlying(level) - std::to_underlying(Confidentiality::ordinary));
}

}  // namespace

DirectoryEntry Dispute::describe(const State& state, const std::vector<SealedField>& sealed) const {
    DirectoryEntry entry{.workflow = id,
                         .number = to_string(state.number),
                         .organisation = state.organisation,
                         .type = std::string(code_of(state.type)),
                         .phase = std::string(main_phase(state)),
                         .holder = state.organisation,
                         .amount_minor = state.amount.fen,
                         .confidentiality = confidentiality_rank(state.confidentiality),
                         .deadlines = deadlines(state)};
    if (const auto mediator = presiding_mediator(state); !mediator.empty()) entry.holder = mediator;
    if (state.revisit == RevisitPhase::following_up) entry.holder = state.follow_ups.back().assignee;
    if (state.registered) entry.opened = state.registered.on;
    if (state.closed) entry.closed = state.closed.on;
    // Numbers of identity cards are for nobody to search by.
    for (const auto& field : sealed)
        if (!field.text.empty() && static_cast<SealedCode>(field.field) != SealedCode::identity_number)
            entry.search_texts.push_back(field.text);
    return entry;
}

}  // namespace anjie::dispute
