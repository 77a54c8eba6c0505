#include "workflows/dispute/phases/file.hpp"

#include "workflows/dispute/phases/explore.hpp"

namespace anjie::dispute::file_region {
namespace {

using enum FilePhase;
using phases::From;

// What may be noted whatever the file's phase, once it exists.
struct Note
    : phases::Alike<FactCorrected, DetailsCorrected, AlarmRaised, DeadlinesRecomputed, CaseLinked, HarmPrevented,
                    PersonalDataErased, ProcessingRestricted, CaseClassified, PersonalDataDisclosed> {};
struct Work : phases::Alike<AgreementDrafted, CaseTakenOver, NewProceeding, HandoverOffered, CaseTakenBack> {};
struct Paper : phases::Alike<DocumentFiled, EscalationReported> {};
struct Reopening : phases::Alike<CaseReopened, NewProceeding, CaseTakenBack> {};

// A finished procedure is reopened before anything new is agreed in it; performance, revisit and the court's rulings
// are other regions' and may come after closing.
using AllRows = phases::mp11::mp_append<From<none>::To<open, CaseRegistered>,           //
                                        From<open>::Stays<Note, Work, Paper>,           //
                                        From<open>::To<FilePhase::closed, CaseClosed>,  //
                                        From<FilePhase::closed>::Stays<Note, Paper, LateFactRecorded>,
                                        From<FilePhase::closed>::To<archived, CaseArchived>,  //
                                        From<FilePhase::closed>::To<open, Reopening>,         //
                                        From<archived>::Stays<Note, LateFactRecorded>,        //
                                        From<archived>::To<open, Reopening>>;

struct Machine : phases::Region<Machine> {
    using Rows = AllRows;
    using initial_state = phases::In<none>;
    struct transition_table : phases::MplRows<Rows>::type {};
};
using Explorer = phases::Explorer<Table, FilePhase, Machine>;

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
