#include <algorithm>

#include "workflows/dispute/detail/handlers.hpp"

namespace anjie::dispute::detail {
namespace {

/// Version of the code table of dispute types that new registrations use.
constexpr std::string_view type_table = "MOJ-18";

Refusal check_parties(const RegisterCase& command) {
    for (std::size_t i = 0; i < command.parties.size(); ++i)
        if (command.parties[i].number != i + 1)
            return reject(Code::parties_not_numbered, {}, both(std::to_string(command.parties[i].number)));
    const bool has_respondent =
        std::ranges::find(command.parties, PartyRole::respondent, &Party::role) != command.parties.end();
    if (command.parties.size() < 2 || (!has_respondent && command.source == CaseSource::application))
        return reject(Code::too_few_parties);
    if (command.people_count != 0 && command.people_count < command.parties.size())
        return reject(Code::people_fewer_than_parties, {},
                      both(std::to_string(command.people_count) + " < " + std::to_string(command.parties.size())));
    return std::nullopt;
}

/// The applicants of an application have asked for mediation; everybody else must say yes.
bool agrees(const State& state, const PartyState& one) {
    return one.consent || (state.source == CaseSource::application && one.party.role == PartyRole::applicant);
}

}  // namespace

Decision handle(const Situation& situation, const RegisterCase& command) {
    if (parse_handover_origin(command.origin)) return refuse(Code::origin_reserved, {}, both(command.origin));
    return register_case(situation, command);
}

Decision register_case(const Situation& situation, const RegisterCase& command) {
    const auto day = situation.day();
    if (command.number.prefix.empty() || command.number.serial == 0 || command.number.year < 1980)
        return refuse(Code::bad_case_number);
    if (auto refusal = check_parties(command)) return std::unexpected(std::move(*refusal));
    if (command.amount.fen < 0) return refuse(Code::negative_amount, {}, both(std::to_string(command.amount.fen)));
    const auto* set = situation.rules.in_force(command.jurisdiction, day);
    if (set == nullptr) return refuse(Code::no_rules_in_force, {}, both(command.jurisdiction + ", " + to_string(day)));

    CaseRegistered event{.number = command.number,
                         .jurisdiction = command.jurisdiction,
                         .committee = command.committee,
                         .source = command.source,
                         .channel = command.channel,
                         .type = command.type,
                         .type_detail = command.type_detail,
                         .type_table = std::string(type_table),
                         .difficulty = command.difficulty,
                         .parties = command.parties,
                         .people_count = command.people_count,
                         .amount = command.amount,
                         .origin = command.origin,
                         .rules = set->version};
    if (event.people_count == 0) event.people_count = static_cast<std::uint32_t>(command.parties.size());
    set_deadlines({set, situation.calendars.at(command.jurisdiction)}, situation.state, day, event);
    return accept(std::move(event));
}

Decision handle(const Situation& situation, const RequestConsent&) {
    return accept(situation.with_deadlines(ConsentRequested{}));
}

Decision handle(const Situation& situation, const GiveConsent& command) {
    const auto* party = find_party(situation.state, command.party);
    if (party == nullptr)
        return refuse(Code::unknown_party, {situation.state.registered.version}, both(std::to_string(command.party)));
    if (party->consent) return refuse(Code::already_consented, {party->consent.version});
    return accept(ConsentGiven{command.party});
}

Decision handle(const Situation& situation, const RefuseConsent& command) {
    const auto* party = find_party(situation.state, command.party);
    if (party == nullptr)
        return refuse(Code::unknown_party, {situation.state.registered.version}, both(std::to_string(command.party)));
    if (party->refusal) return refuse(Code::party_refused, {party->refusal.version});
    return accept(ConsentRefused{command.party});
}

Decision handle(const Situation&, const RefuseAcceptance& command) {
    if (command.routes_told.empty()) return refuse(Code::routes_not_told);
    return accept(AcceptanceRefused{command.ground, command.routes_told});
}

// An application is accepted unless somebody refuses; its respondents must have agreed before the first session. Where
// the committee or another body began, everybody agrees first (art. 17).
Refusal precondition(const Situation& situation, Order<AcceptCase>) {
    const auto& state = situation.state;
    if (auto refusal = nobody_refuses(state)) return refusal;
    if (state.source == CaseSource::application && state.proceedings <= 1) return std::nullopt;
    std::vector<PartyNumber> missing;
    for (const auto& one : state.parties)
        if (!agrees(state, one)) missing.push_back(one.party.number);
    if (missing.empty()) return std::nullopt;
    return reject(Code::consent_missing, {state.registered.version, state.consent_requested.version},
                  both(join(missing)));
}

Decision handle(const Situation& situation, const AcceptCase&) {
    const auto& state = situation.state;
    const auto day = situation.day();
    if (auto refusal = not_before(situation, state.registered, Code::acceptance_before_registration))
        return std::unexpected(std::move(*refusal));
    const auto* set = situation.rules.in_force(state.jurisdiction, day);
    if (set == nullptr) return refuse(Code::no_rules_in_force, {}, both(state.jurisdiction + ", " + to_string(day)));
    CaseAccepted event{.rules = set->version};
    set_deadlines({set, situation.calendar()}, state, day, event);
    return accept(std::move(event));
}

Decision handle(const Situation& situation, const TransferCase& command) {
    if (auto refusal = not_before(situation, situation.state.accepted, Code::before_acceptance))
        return std::unexpected(std::move(*refusal));
    if (command.to.empty()) return refuse(Code::missing_value, {}, both("to"));
    return accept(CaseTransferred{command.target, command.to});
}

Decision handle(const Situation&, const TakeOverCase& command) {
    if (command.from.empty()) return refuse(Code::missing_value, {}, both("from"));
    return accept(CaseTakenOver{command.from, command.reference});
}

}  // namespace anjie::dispute::detail
