#include "workflows/dispute/statistics/projection.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

#include "workflows/dispute/codec.hpp"

namespace anjie::dispute {
namespace {

/// Raised whenever the fold means something else although the layout stayed.
constexpr std::uint32_t fold_version = 1;

using statistics::CaseFacts;
using statistics::CaseRow;
using Starts = capnp::List<schema::DeadlineStart>::Reader;

Date date_of(std::int32_t days) { return Date{std::chrono::days{days}}; }

template <class E>
E code_of_number(std::uint16_t number) {
    return static_cast<E>(number);
}

std::string_view text_of(capnp::Text::Reader text) { return {text.begin(), text.size()}; }

/// Only the deadlines that the figures need.
Deadlines tracked(Starts starts) {
    Deadlines out;
    for (const auto start : starts) {
        const auto kind = code_of_number<DeadlineKind>(start.getKind());
        if (kind != DeadlineKind::revisit && kind != DeadlineKind::mediation) continue;
        auto& kept = out.emplace_back();
        kept.kind = kind;
        kept.due = {date_of(start.getRaw()), date_of(start.getRolled()), start.getProvisional()};
    }
    return out;
}

// The needed fields of each event that a figure needs; the rest stays as in an empty event.

CaseRegistered read(schema::CaseRegistered::Reader from) {
    CaseRegistered out;
    out.jurisdiction = text_of(from.getJurisdiction());
    out.committee = code_of_number<CommitteeKind>(from.getCommittee());
    out.source = code_of_number<CaseSource>(from.getSource());
    out.channel = code_of_number<Channel>(from.getChannel());
    out.type = code_of_number<DisputeType>(from.getType());
    out.difficulty = code_of_number<Difficulty>(from.getDifficulty());
    out.parties.resize(from.getParties().size());
    out.people_count = from.getPeopleCount();
    out.amount = {from.getAmount()};
    return out;
}

AgreementDrafted read(schema::AgreementDrafted::Reader from) {
    AgreementDrafted out;
    out.agreement = from.getAgreement();
    out.form = code_of_number<AgreementForm>(from.getForm());
    out.partial = from.getPartial();
    out.obligations.resize(from.getObligations().size());
    out.amount = {from.getAmount()};
    return out;
}

AgreementEffective read(schema::AgreementEffective::Reader from) {
    return {.agreement = from.getAgreement(), .on = date_of(from.getOn()), .starts = tracked(from.getStarts())};
}

ObligationPerformed read(schema::ObligationPerformed::Reader from) {
    return {.obligation = from.getObligation(), .amount = {from.getAmount()}, .on_the_spot = from.getOnTheSpot()};
}

ObligationPartlyPerformed read(schema::ObligationPartlyPerformed::Reader from) {
    return {.obligation = from.getObligation(), .amount = {from.getAmount()}};
}

RevisitMade read(schema::RevisitMade::Reader from) {
    RevisitMade out;
    out.satisfaction = code_of_number<Satisfaction>(from.getSatisfaction());
    out.fulfilment = code_of_number<Fulfilment>(from.getFulfilment());
    out.residual_risk = code_of_number<ResidualRisk>(from.getResidualRisk());
    out.problem = code_of_number<RevisitProblem>(from.getProblem());
    return out;
}

FactCorrected read(schema::FactCorrected::Reader from) {
    return {.corrects = from.getCorrects(),
            .field = std::string{text_of(from.getField())},
            .value = std::string{text_of(from.getValue())}};
}

DetailsCorrected read(schema::DetailsCorrected::Reader from) {
    return {.type = code_of_number<DisputeType>(from.getType()),
            .source = code_of_number<CaseSource>(from.getSource()),
            .difficulty = code_of_number<Difficulty>(from.getDifficulty()),
            .people_count = from.getPeopleCount(),
            .amount = {from.getAmount()}};
}

AlarmRaised read(schema::AlarmRaised::Reader from) {
    AlarmRaised out;
    out.kind = code_of_number<DeadlineKind>(from.getKind());
    out.level = static_cast<AlarmLevel>(from.getLevel());
    return out;
}

HarmPrevented read(schema::HarmPrevented::Reader from) {
    return {.kind = code_of_number<HarmKind>(from.getKind()), .people = from.getPeople()};
}

template <class E>
E with_starts(Starts starts) {
    E out;
    out.starts = tracked(starts);
    return out;
}

/// The event as far as figures need it; nullopt when its header is all they need.
std::optional<Event> needed(EventType type, schema::Event::Reader event) {
    switch (static_cast<std::uint16_t>(type)) {
        case static_cast<std::uint16_t>(CaseRegistered::event_type):
            return read(event.getCaseRegistered());
        case static_cast<std::uint16_t>(AcceptanceRefused::event_type):
            return AcceptanceRefused{};
        case static_cast<std::uint16_t>(CaseAccepted::event_type):
            return with_starts<CaseAccepted>(event.getCaseAccepted().getStarts());
        case static_cast<std::uint16_t>(ExtensionAgreed::event_type):
            return with_starts<ExtensionAgreed>(event.getExtensionAgreed().getStarts());
        case static_cast<std::uint16_t>(MediationSuspended::event_type):
            return MediationSuspended{};
        case static_cast<std::uint16_t>(MediationResumed::event_type):
            return with_starts<MediationResumed>(event.getMediationResumed().getStarts());
        case static_cast<std::uint16_t>(AgreementDrafted::event_type):
            return read(event.getAgreementDrafted());
        case static_cast<std::uint16_t>(AgreementEffective::event_type):
            return read(event.getAgreementEffective());
        case static_cast<std::uint16_t>(MediationFailed::event_type):
            return with_starts<MediationFailed>(event.getMediationFailed().getStarts());
        case static_cast<std::uint16_t>(MediationTerminated::event_type):
            return with_starts<MediationTerminated>(event.getMediationTerminated().getStarts());
        case static_cast<std::uint16_t>(ApplicationWithdrawn::event_type):
            return with_starts<ApplicationWithdrawn>(event.getApplicationWithdrawn().getStarts());
        case static_cast<std::uint16_t>(SettledPrivately::event_type):
            return with_starts<SettledPrivately>(event.getSettledPrivately().getStarts());
        case static_cast<std::uint16_t>(CaseTransferred::event_type):
            return CaseTransferred{};
        case static_cast<std::uint16_t>(CaseTakenOver::event_type):
            return CaseTakenOver{};
        case static_cast<std::uint16_t>(HandoverAccepted::event_type):
            return HandoverAccepted{};
        case static_cast<std::uint16_t>(CaseTakenBack::event_type):
            return CaseTakenBack{};
        case static_cast<std::uint16_t>(HandoverDeclined::event_type):
            return HandoverDeclined{};
        case static_cast<std::uint16_t>(HandoverOfferEnded::event_type):
            return HandoverOfferEnded{};
        case static_cast<std::uint16_t>(CaseHandedBack::event_type):
            return CaseHandedBack{};
        case static_cast<std::uint16_t>(ObligationPerformed::event_type):
            return read(event.getObligationPerformed());
        case static_cast<std::uint16_t>(ObligationPartlyPerformed::event_type):
            return read(event.getObligationPartlyPerformed());
        case static_cast<std::uint16_t>(PerformanceUrged::event_type):
            return PerformanceUrged{};
        case static_cast<std::uint16_t>(ObligationRenegotiated::event_type):
            return with_starts<ObligationRenegotiated>(event.getObligationRenegotiated().getStarts());
        case static_cast<std::uint16_t>(PerformanceProceedingStarted::event_type):
            return PerformanceProceedingStarted{};
        case static_cast<std::uint16_t>(ObligationWaived::event_type):
            return ObligationWaived{};
        case static_cast<std::uint16_t>(RevisitMade::event_type):
            return read(event.getRevisitMade());
        case static_cast<std::uint16_t>(RevisitUnreachable::event_type):
            return RevisitUnreachable{};
        case static_cast<std::uint16_t>(FollowUpOpened::event_type):
            return FollowUpOpened{};
        case static_cast<std::uint16_t>(FollowUpResolved::event_type):
            return FollowUpResolved{};
        case static_cast<std::uint16_t>(FollowUpEscalated::event_type):
            return FollowUpEscalated{};
        case static_cast<std::uint16_t>(ConfirmationApplied::event_type):
            return ConfirmationApplied{};
        case static_cast<std::uint16_t>(ConfirmationAccepted::event_type):
            return ConfirmationAccepted{};
        case static_cast<std::uint16_t>(ConfirmationNotAccepted::event_type):
            return ConfirmationNotAccepted{};
        case static_cast<std::uint16_t>(ConfirmationGranted::event_type):
            return ConfirmationGranted{};
        case static_cast<std::uint16_t>(ConfirmationDismissed::event_type):
            return ConfirmationDismissed{};
        case static_cast<std::uint16_t>(ConfirmationWithdrawn::event_type):
            return ConfirmationWithdrawn{};
        case static_cast<std::uint16_t>(CaseClosed::event_type): {
            CaseClosed out;
            out.result = code_of_number<CaseResult>(event.getCaseClosed().getResult());
            return out;
        }
        case static_cast<std::uint16_t>(CaseReopened::event_type):
            return CaseReopened{.new_proceeding = event.getCaseReopened().getNewProceeding()};
        case static_cast<std::uint16_t>(FactCorrected::event_type):
            return read(event.getFactCorrected());
        case static_cast<std::uint16_t>(DetailsCorrected::event_type):
            return read(event.getDetailsCorrected());
        case static_cast<std::uint16_t>(AlarmRaised::event_type):
            return read(event.getAlarmRaised());
        case static_cast<std::uint16_t>(DeadlinesRecomputed::event_type):
            return with_starts<DeadlinesRecomputed>(event.getDeadlinesRecomputed().getStarts());
        case static_cast<std::uint16_t>(HarmPrevented::event_type):
            return read(event.getHarmPrevented());
        default:
            return std::nullopt;
    }
}

/// Whether the header says all that a figure needs; one bit per event type.
bool header_suffices(EventType type) {
    static const auto counted = [] {
        std::uint64_t bits = 0;
        for (std::uint16_t number = 1; number < 64; ++number)
            if (statistics::is_counted(EventType{number})) bits |= std::uint64_t{1} << number;
        return bits;
    }();
    const auto number = static_cast<std::uint16_t>(type);
    return number < 64 && ((counted >> number) & 1) == 0;
}

Result<void> fold_header(std::string& row, const EventView& event) {
    CaseFacts facts;
    std::memcpy(&facts, row.data(), sizeof facts);
    if (facts.layout != CaseFacts::layout_version)
        return failure(ErrorCode::corrupt,
                       "statistics row of case " + to_string(event.header.case_id) + " has another layout");
    statistics::apply_header(facts, event.header);
    std::memcpy(row.data(), &facts, sizeof facts);
    return {};
}

/// In place when the codes behind the facts are as before, which they nearly always are.
void write_back(std::string& row, const CaseRow& facts) {
    const auto codes = std::string_view{row}.substr(std::min(row.size(), sizeof facts.facts));
    const auto organisation = facts.organisation.size();
    if (row.empty() || codes.size() != organisation + facts.jurisdiction.size() ||
        codes.substr(0, organisation) != facts.organisation || codes.substr(organisation) != facts.jurisdiction) {
        row = statistics::encode_row(facts);
        return;
    }
    std::memcpy(row.data(), &facts.facts, sizeof facts.facts);
}

}  // namespace

std::uint32_t StatisticsProjection::code_version() const { return CaseFacts::layout_version * 1000 + fold_version; }

Result<void> StatisticsProjection::fold(std::string& row, const EventView& event) const {
    if (header_suffices(event.header.type) && row.size() >= sizeof(CaseFacts)) return fold_header(row, event);
    CaseRow facts{.id = event.header.case_id, .facts = {}, .organisation = {}, .jurisdiction = {}};
    if (!row.empty()) {
        ANJIE_TRY(facts, statistics::decode_row(event.header.case_id, row));
    }
    ANJIE_CHECK(with_reader(event.payload, [&](schema::Event::Reader reader) -> Result<void> {
        // A union member's number is its event type minus one (dispute.capnp).
        if (static_cast<std::uint16_t>(reader.which()) + 1 != static_cast<std::uint16_t>(event.header.type))
            return failure(ErrorCode::corrupt, "the payload is of another event than the header of case " +
                                                   to_string(event.header.case_id) + " says");
        if (const auto known = needed(event.header.type, reader))
            statistics::apply(facts, *known, event.header);
        else
            statistics::apply_header(facts.facts, event.header);
        return {};
    }));
    write_back(row, facts);
    return {};
}

}  // namespace anjie::dispute
