#include "workflows/dispute/detail/situation.hpp"

#include <algorithm>

#include "workflows/dispute/phases/confirmation.hpp"
#include "workflows/dispute/phases/custody.hpp"
#include "workflows/dispute/phases/file.hpp"
#include "workflows/dispute/phases/performance.hpp"
#include "workflows/dispute/phases/procedure.hpp"
#include "workflows/dispute/phases/revisit.hpp"

namespace anjie::dispute::detail {

Refusal not_before(const Situation& situation, const Fact& base, Code code) {
    if (!base || situation.day() >= base.on) return std::nullopt;
    return reject(code, {base.version}, both(to_string(situation.day()) + " < " + to_string(base.on)));
}

const PartyState* find_party(const State& state, PartyNumber number) {
    const auto found = std::ranges::find(state.parties, number, [](const auto& one) { return one.party.number; });
    return found == state.parties.end() ? nullptr : &*found;
}

const MediatorState* find_mediator(const State& state, std::string_view mediator) {
    const auto found = std::ranges::find(state.mediators, mediator, &MediatorState::mediator);
    return found == state.mediators.end() ? nullptr : &*found;
}

const MediatorState* presiding(const State& state) {
    const auto found = std::ranges::find(state.mediators, MediatorRole::presiding, &MediatorState::role);
    return found == state.mediators.end() ? nullptr : &*found;
}

const ObligationState* find_obligation(const State& state, ObligationNumber number) {
    const auto found =
        std::ranges::find(state.obligations, number, [](const auto& one) { return one.obligation.number; });
    return found == state.obligations.end() ? nullptr : &*found;
}

const RunningDeadline* find_running(const State& state, DeadlineKind kind, std::uint16_t item) {
    const auto found = std::ranges::find_if(
        state.deadlines, [&](const auto& running) { return running.start.kind == kind && running.start.item == item; });
    return found == state.deadlines.end() ? nullptr : &*found;
}

Refusal only_parties(const State& state, const std::vector<PartyNumber>& numbers) {
    for (const auto number : numbers)
        if (find_party(state, number) == nullptr)
            return reject(Code::unknown_party, {state.registered.version}, both(std::to_string(number)));
    return std::nullopt;
}

Refusal nobody_refuses(const State& state) {
    std::vector<Version> facts;
    std::vector<PartyNumber> who;
    for (const auto& one : state.parties)
        if (one.refusal) {
            facts.push_back(one.refusal.version);
            who.push_back(one.party.number);
        }
    if (facts.empty()) return std::nullopt;
    return reject(Code::party_refused, std::move(facts), both(join(who)));
}

std::vector<PartyNumber> all_parties(const State& state) {
    std::vector<PartyNumber> numbers;
    for (const auto& one : state.parties) numbers.push_back(one.party.number);
    return numbers;
}

std::vector<PartyNumber> missing_from(const State& state, const std::vector<PartyNumber>& numbers) {
    std::vector<PartyNumber> missing;
    for (const auto& one : state.parties)
        if (std::ranges::find(numbers, one.party.number) == numbers.end()) missing.push_back(one.party.number);
    return missing;
}

std::string join(const std::vector<PartyNumber>& numbers) {
    std::string text;
    for (const auto number : numbers) text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text;
}

bool is_entrusted(CaseSource source) {
    return source != CaseSource::application && source != CaseSource::own_initiative;
}

bool is_status_matter(const State& state) {
    constexpr std::array<std::string_view, 4> status{"divorce", "marriage_validity", "parentage", "adoption"};
    return state.type == DisputeType::marriage_family && std::ranges::find(status, state.type_detail) != status.end();
}

bool permits(const State& state, Trigger event) {
    const auto& performance = performance_region::table();
    if (performance.concerns(event) && std::ranges::none_of(state.obligations, [&](const auto& owed) {
            return performance.permits(owed.phase, event);
        }))
        return false;
    return procedure_region::table().permits(state.procedure, event) &&
           revisit_region::table().permits(state.revisit, event) &&
           confirmation_region::table().permits(state.confirmation, event) &&
           file_region::table().permits(state.file, event) && custody_region::table().permits(state.custody, event);
}

}  // namespace anjie::dispute::detail
