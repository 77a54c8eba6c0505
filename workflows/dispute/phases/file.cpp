#include "workflows/dispute/phases/file.hpp"

#include "workflows/dispute/phases/explore.hpp"

namespace anjie::dispute::file_region {
namespace {

using enum FilePhase;
using phases::From;

// What may be noted whatever the file's phase, once it exists.
template <FilePhase P>
using Notes = typename From<P>::template Stays<FactCorrected, DetailsCorrected, AlarmRaised, DeadlinesRecomputed,
                                               CaseLinked, HarmPrevented>;

// A finished procedure is reopened before anything new is agreed in it; performance, revisit and the court's rulings
// are other regions' and may come after closing.
using Rows = phases::mp11::mp_append<
    From<none>::To<open, CaseRegistered>,  //
    Notes<open>,
    From<open>::Stays<AgreementDrafted, DocumentFiled, EscalationReported, CaseTakenOver, NewProceeding>,
    From<open>::To<FilePhase::closed, CaseClosed>,  //
    Notes<FilePhase::closed>, From<FilePhase::closed>::Stays<LateFactRecorded, DocumentFiled, EscalationReported>,
    From<FilePhase::closed>::To<archived, CaseArchived>, From<FilePhase::closed>::To<open, CaseReopened, NewProceeding>,
    Notes<archived>, From<archived>::Stays<LateFactRecorded>, From<archived>::To<open, CaseReopened, NewProceeding>>;
using Explorer = phases::Explorer<FilePhase, Table::phase_count, none, Rows>;

}  // namespace

const Table& table() {
    static const Table explored = Explorer{}.explore();
    return explored;
}

Trigger trigger_of(const Event& event) {
    const auto* reopened = std::get_if<CaseReopened>(&event);
    return reopened != nullptr && reopened->new_proceeding ? trigger<NewProceeding> : plain_trigger(event);
}

std::optional<FilePhase> drive(const std::vector<Trigger>& events) { return Explorer{}.drive(events); }

}  // namespace anjie::dispute::file_region
