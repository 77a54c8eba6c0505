#include "workflows/dispute/detail/codec_events.hpp"

namespace anjie::dispute::detail {

void write(schema::Event::Builder root, const HandoverOffered& event) {
    auto out = root.initHandoverOffered();
    if (!event.handover.empty()) out.setHandover(stored_text(event.handover));
    out.setTarget(stored_code(event.target));
    if (!event.to.empty()) out.setTo(stored_text(event.to));
    out.setKind(stored_code(event.kind));
    out.setReason(stored_code(event.reason));
    if (!event.papers.empty()) write_codes(out.initPapers(list_size(event.papers)), event.papers);
    if (!event.starts.empty()) write_deadlines(out.initStarts(list_size(event.starts)), event.starts);
}

void read(schema::Event::Reader root, HandoverOffered& event, Check& check) {
    const auto in = root.getHandoverOffered();
    event.handover = read_text(in.getHandover());
    event.target = check.code<TransferTarget>(in.getTarget());
    event.to = read_text(in.getTo());
    event.kind = check.code<HandoverKind>(in.getKind());
    event.reason = check.code<HandoverReason>(in.getReason());
    event.papers = read_codes<DocumentKind>(in.getPapers(), check);
    event.starts = read_deadlines(in.getStarts(), check);
}

void write(schema::Event::Builder root, const HandoverAccepted& event) {
    auto out = root.initHandoverAccepted();
    if (!event.handover.empty()) out.setHandover(stored_text(event.handover));
    if (!event.reference.empty()) out.setReference(stored_text(event.reference));
}

void read(schema::Event::Reader root, HandoverAccepted& event, Check&) {
    const auto in = root.getHandoverAccepted();
    event.handover = read_text(in.getHandover());
    event.reference = read_text(in.getReference());
}

void write(schema::Event::Builder root, const HandoverReturned& event) {
    auto out = root.initHandoverReturned();
    if (!event.handover.empty()) out.setHandover(stored_text(event.handover));
    out.setGround(stored_code(event.ground));
}

void read(schema::Event::Reader root, HandoverReturned& event, Check& check) {
    const auto in = root.getHandoverReturned();
    event.handover = read_text(in.getHandover());
    event.ground = check.code<RefusalGround>(in.getGround());
}

void write(schema::Event::Builder root, const HandoverWithdrawn& event) {
    auto out = root.initHandoverWithdrawn();
    if (!event.handover.empty()) out.setHandover(stored_text(event.handover));
}

void read(schema::Event::Reader root, HandoverWithdrawn& event, Check&) {
    const auto in = root.getHandoverWithdrawn();
    event.handover = read_text(in.getHandover());
}

void write(schema::Event::Builder root, const HandoverLapsed& event) {
    auto out = root.initHandoverLapsed();
    if (!event.handover.empty()) out.setHandover(stored_text(event.handover));
}

void read(schema::Event::Reader root, HandoverLapsed& event, Check&) {
    const auto in = root.getHandoverLapsed();
    event.handover = read_text(in.getHandover());
}

void write(schema::Event::Builder root, const HandoverResultReceived& event) {
    auto out = root.initHandoverResultReceived();
    if (!event.handover.empty()) out.setHandover(stored_text(event.handover));
    out.setOutcome(stored_code(event.outcome));
}

void read(schema::Event::Reader root, HandoverResultReceived& event, Check& check) {
    const auto in = root.getHandoverResultReceived();
    event.handover = read_text(in.getHandover());
    event.outcome = check.code<CaseResult>(in.getOutcome());
}

void write(schema::Event::Builder root, const CaseTakenBack& event) {
    auto out = root.initCaseTakenBack();
    if (!event.handover.empty()) out.setHandover(stored_text(event.handover));
}

void read(schema::Event::Reader root, CaseTakenBack& event, Check&) {
    const auto in = root.getCaseTakenBack();
    event.handover = read_text(in.getHandover());
}

void write(schema::Event::Builder root, const HandoverReceived& event) {
    auto out = root.initHandoverReceived();
    if (!event.handover.empty()) out.setHandover(stored_text(event.handover));
    if (!event.from.empty()) out.setFrom(stored_text(event.from));
    if (!event.reference.empty()) out.setReference(stored_text(event.reference));
    out.setTarget(stored_code(event.target));
    out.setKind(stored_code(event.kind));
    out.setReason(stored_code(event.reason));
    if (!event.papers.empty()) write_codes(out.initPapers(list_size(event.papers)), event.papers);
    out.setHeldSince(stored_day(event.held_since));
    if (!event.starts.empty()) write_deadlines(out.initStarts(list_size(event.starts)), event.starts);
}

void read(schema::Event::Reader root, HandoverReceived& event, Check& check) {
    const auto in = root.getHandoverReceived();
    event.handover = read_text(in.getHandover());
    event.from = read_text(in.getFrom());
    event.reference = read_text(in.getReference());
    event.target = check.code<TransferTarget>(in.getTarget());
    event.kind = check.code<HandoverKind>(in.getKind());
    event.reason = check.code<HandoverReason>(in.getReason());
    event.papers = read_codes<DocumentKind>(in.getPapers(), check);
    event.held_since = check.day(in.getHeldSince());
    event.starts = read_deadlines(in.getStarts(), check);
}

void write(schema::Event::Builder root, const HandoverTaken& event) {
    auto out = root.initHandoverTaken();
    if (!event.handover.empty()) out.setHandover(stored_text(event.handover));
}

void read(schema::Event::Reader root, HandoverTaken& event, Check&) {
    const auto in = root.getHandoverTaken();
    event.handover = read_text(in.getHandover());
}

void write(schema::Event::Builder root, const HandoverDeclined& event) {
    auto out = root.initHandoverDeclined();
    if (!event.handover.empty()) out.setHandover(stored_text(event.handover));
    out.setGround(stored_code(event.ground));
    if (!event.routes_told.empty()) write_codes(out.initRoutesTold(list_size(event.routes_told)), event.routes_told);
}

void read(schema::Event::Reader root, HandoverDeclined& event, Check& check) {
    const auto in = root.getHandoverDeclined();
    event.handover = read_text(in.getHandover());
    event.ground = check.code<RefusalGround>(in.getGround());
    event.routes_told = read_codes<Route>(in.getRoutesTold(), check);
}

void write(schema::Event::Builder root, const HandoverConfirmed& event) {
    auto out = root.initHandoverConfirmed();
    if (!event.handover.empty()) out.setHandover(stored_text(event.handover));
    out.setSince(stored_day(event.since));
}

void read(schema::Event::Reader root, HandoverConfirmed& event, Check& check) {
    const auto in = root.getHandoverConfirmed();
    event.handover = read_text(in.getHandover());
    event.since = check.day(in.getSince());
}

void write(schema::Event::Builder root, const HandoverOfferEnded& event) {
    auto out = root.initHandoverOfferEnded();
    if (!event.handover.empty()) out.setHandover(stored_text(event.handover));
    out.setEnding(stored_code(event.ending));
}

void read(schema::Event::Reader root, HandoverOfferEnded& event, Check& check) {
    const auto in = root.getHandoverOfferEnded();
    event.handover = read_text(in.getHandover());
    event.ending = check.code<HandoverEnding>(in.getEnding());
}

void write(schema::Event::Builder root, const HandoverResultFedBack& event) {
    auto out = root.initHandoverResultFedBack();
    if (!event.handover.empty()) out.setHandover(stored_text(event.handover));
    out.setOutcome(stored_code(event.outcome));
}

void read(schema::Event::Reader root, HandoverResultFedBack& event, Check& check) {
    const auto in = root.getHandoverResultFedBack();
    event.handover = read_text(in.getHandover());
    event.outcome = check.code<CaseResult>(in.getOutcome());
}

void write(schema::Event::Builder root, const CaseHandedBack& event) {
    auto out = root.initCaseHandedBack();
    if (!event.handover.empty()) out.setHandover(stored_text(event.handover));
    out.setOutcome(stored_code(event.outcome));
}

void read(schema::Event::Reader root, CaseHandedBack& event, Check& check) {
    const auto in = root.getCaseHandedBack();
    event.handover = read_text(in.getHandover());
    event.outcome = check.code<CaseResult>(in.getOutcome());
}

void write(schema::Event::Builder root, const PersonalDataDisclosed& event) {
    auto out = root.initPersonalDataDisclosed();
    if (!event.to.empty()) out.setTo(stored_text(event.to));
    if (!event.purpose.empty()) out.setPurpose(stored_text(event.purpose));
    if (!event.fields.empty()) write_codes(out.initFields(list_size(event.fields)), event.fields);
    if (!event.subjects.empty()) write_numbers(out.initSubjects(list_size(event.subjects)), event.subjects);
}

void read(schema::Event::Reader root, PersonalDataDisclosed& event, Check& check) {
    const auto in = root.getPersonalDataDisclosed();
    event.to = read_text(in.getTo());
    event.purpose = read_text(in.getPurpose());
    event.fields = read_codes<SealedCode>(in.getFields(), check);
    event.subjects = read_numbers(in.getSubjects());
}

}  // namespace anjie::dispute::detail
