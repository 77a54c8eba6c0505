#include "workflows/dispute/detail/codec_events.hpp"
#include "workflows/dispute/detail/codec_values.hpp"

// Agreement, signatures, and every other end of the procedure.
namespace anjie::dispute::detail {

void write(schema::Event::Builder root, const AgreementDrafted& event) {
    auto out = root.initAgreementDrafted();
    out.setAgreement(event.agreement);
    out.setForm(stored_code(event.form));
    out.setPartial(event.partial);
    if (!event.number.empty()) out.setNumber(stored_text(event.number));
    out.setCopies(event.copies);
    if (!event.obligations.empty())
        write_obligations(out.initObligations(list_size(event.obligations)), event.obligations);
    out.setAmount(event.amount.fen);
}

void read(schema::Event::Reader root, AgreementDrafted& event, Check& check) {
    const auto in = root.getAgreementDrafted();
    event.agreement = in.getAgreement();
    event.form = check.code<AgreementForm>(in.getForm());
    event.partial = in.getPartial();
    event.number = read_text(in.getNumber());
    event.copies = in.getCopies();
    event.obligations = read_obligations(in.getObligations(), check);
    event.amount = Money{in.getAmount()};
}

void write(schema::Event::Builder root, const PartySigned& event) {
    auto out = root.initPartySigned();
    out.setParty(event.party);
    out.setMethod(stored_code(event.method));
}

void read(schema::Event::Reader root, PartySigned& event, Check& check) {
    const auto in = root.getPartySigned();
    event.party = in.getParty();
    event.method = check.code<SigningMethod>(in.getMethod());
}

void write(schema::Event::Builder root, const MediatorSigned& event) {
    auto out = root.initMediatorSigned();
    if (!event.mediator.empty()) out.setMediator(stored_text(event.mediator));
    out.setMethod(stored_code(event.method));
}

void read(schema::Event::Reader root, MediatorSigned& event, Check& check) {
    const auto in = root.getMediatorSigned();
    event.mediator = read_text(in.getMediator());
    event.method = check.code<SigningMethod>(in.getMethod());
}

void write(schema::Event::Builder root, const SealAffixed&) { root.initSealAffixed(); }

void read(schema::Event::Reader, SealAffixed&, Check&) {}

void write(schema::Event::Builder root, const SigningRefused& event) {
    auto out = root.initSigningRefused();
    out.setParty(event.party);
}

void read(schema::Event::Reader root, SigningRefused& event, Check&) {
    const auto in = root.getSigningRefused();
    event.party = in.getParty();
}

void write(schema::Event::Builder root, const AgreementEffective& event) {
    auto out = root.initAgreementEffective();
    out.setAgreement(event.agreement);
    out.setOn(stored_day(event.on));
    if (!event.starts.empty()) write_deadlines(out.initStarts(list_size(event.starts)), event.starts);
}

void read(schema::Event::Reader root, AgreementEffective& event, Check& check) {
    const auto in = root.getAgreementEffective();
    event.agreement = in.getAgreement();
    event.on = check.day(in.getOn());
    event.starts = read_deadlines(in.getStarts(), check);
}

void write(schema::Event::Builder root, const MediationFailed& event) {
    auto out = root.initMediationFailed();
    out.setReason(stored_code(event.reason));
    if (!event.routes_told.empty()) write_codes(out.initRoutesTold(list_size(event.routes_told)), event.routes_told);
    if (!event.starts.empty()) write_deadlines(out.initStarts(list_size(event.starts)), event.starts);
}

void read(schema::Event::Reader root, MediationFailed& event, Check& check) {
    const auto in = root.getMediationFailed();
    event.reason = check.code<FailureReason>(in.getReason());
    event.routes_told = read_codes<Route>(in.getRoutesTold(), check);
    event.starts = read_deadlines(in.getStarts(), check);
}

void write(schema::Event::Builder root, const MediationTerminated& event) {
    auto out = root.initMediationTerminated();
    out.setCause(stored_code(event.cause));
    if (!event.routes_told.empty()) write_codes(out.initRoutesTold(list_size(event.routes_told)), event.routes_told);
    if (!event.starts.empty()) write_deadlines(out.initStarts(list_size(event.starts)), event.starts);
}

void read(schema::Event::Reader root, MediationTerminated& event, Check& check) {
    const auto in = root.getMediationTerminated();
    event.cause = check.code<TerminationCause>(in.getCause());
    event.routes_told = read_codes<Route>(in.getRoutesTold(), check);
    event.starts = read_deadlines(in.getStarts(), check);
}

void write(schema::Event::Builder root, const ApplicationWithdrawn& event) {
    auto out = root.initApplicationWithdrawn();
    out.setParty(event.party);
    if (!event.starts.empty()) write_deadlines(out.initStarts(list_size(event.starts)), event.starts);
}

void read(schema::Event::Reader root, ApplicationWithdrawn& event, Check& check) {
    const auto in = root.getApplicationWithdrawn();
    event.party = in.getParty();
    event.starts = read_deadlines(in.getStarts(), check);
}

void write(schema::Event::Builder root, const SettledPrivately& event) {
    auto out = root.initSettledPrivately();
    if (!event.starts.empty()) write_deadlines(out.initStarts(list_size(event.starts)), event.starts);
}

void read(schema::Event::Reader root, SettledPrivately& event, Check& check) {
    const auto in = root.getSettledPrivately();
    event.starts = read_deadlines(in.getStarts(), check);
}

void write(schema::Event::Builder root, const CaseTransferred& event) {
    auto out = root.initCaseTransferred();
    out.setTarget(stored_code(event.target));
    if (!event.to.empty()) out.setTo(stored_text(event.to));
}

void read(schema::Event::Reader root, CaseTransferred& event, Check& check) {
    const auto in = root.getCaseTransferred();
    event.target = check.code<TransferTarget>(in.getTarget());
    event.to = read_text(in.getTo());
}

void write(schema::Event::Builder root, const CaseTakenOver& event) {
    auto out = root.initCaseTakenOver();
    if (!event.from.empty()) out.setFrom(stored_text(event.from));
    if (!event.reference.empty()) out.setReference(stored_text(event.reference));
}

void read(schema::Event::Reader root, CaseTakenOver& event, Check&) {
    const auto in = root.getCaseTakenOver();
    event.from = read_text(in.getFrom());
    event.reference = read_text(in.getReference());
}

}  // namespace anjie::dispute::detail
