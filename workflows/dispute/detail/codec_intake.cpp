#include "workflows/dispute/detail/codec_events.hpp"
#include "workflows/dispute/detail/codec_values.hpp"

// Registration, consent, acceptance, mediators.
namespace anjie::dispute::detail {

void write(schema::Event::Builder root, const CaseRegistered& event) {
    auto out = root.initCaseRegistered();
    write_case_number(out.initNumber(), event.number);
    if (!event.jurisdiction.empty()) out.setJurisdiction(stored_text(event.jurisdiction));
    out.setCommittee(stored_code(event.committee));
    out.setSource(stored_code(event.source));
    out.setChannel(stored_code(event.channel));
    out.setType(stored_code(event.type));
    if (!event.type_detail.empty()) out.setTypeDetail(stored_text(event.type_detail));
    if (!event.type_table.empty()) out.setTypeTable(stored_text(event.type_table));
    out.setDifficulty(stored_code(event.difficulty));
    if (!event.parties.empty()) write_parties(out.initParties(list_size(event.parties)), event.parties);
    out.setPeopleCount(event.people_count);
    out.setAmount(event.amount.fen);
    if (!event.origin.empty()) out.setOrigin(stored_text(event.origin));
    if (!event.rules.empty()) out.setRules(stored_text(event.rules));
    if (!event.starts.empty()) write_deadlines(out.initStarts(list_size(event.starts)), event.starts);
}

void read(schema::Event::Reader root, CaseRegistered& event, Check& check) {
    const auto in = root.getCaseRegistered();
    event.number = read_case_number(in.getNumber());
    event.jurisdiction = read_text(in.getJurisdiction());
    event.committee = check.code<CommitteeKind>(in.getCommittee());
    event.source = check.code<CaseSource>(in.getSource());
    event.channel = check.code<Channel>(in.getChannel());
    event.type = check.code<DisputeType>(in.getType());
    event.type_detail = read_text(in.getTypeDetail());
    event.type_table = read_text(in.getTypeTable());
    event.difficulty = check.code<Difficulty>(in.getDifficulty());
    event.parties = read_parties(in.getParties(), check);
    event.people_count = in.getPeopleCount();
    event.amount = Money{in.getAmount()};
    event.origin = read_text(in.getOrigin());
    event.rules = read_text(in.getRules());
    event.starts = read_deadlines(in.getStarts(), check);
}

void write(schema::Event::Builder root, const ConsentRequested& event) {
    auto out = root.initConsentRequested();
    if (!event.starts.empty()) write_deadlines(out.initStarts(list_size(event.starts)), event.starts);
}

void read(schema::Event::Reader root, ConsentRequested& event, Check& check) {
    const auto in = root.getConsentRequested();
    event.starts = read_deadlines(in.getStarts(), check);
}

void write(schema::Event::Builder root, const ConsentGiven& event) {
    auto out = root.initConsentGiven();
    out.setParty(event.party);
}

void read(schema::Event::Reader root, ConsentGiven& event, Check&) {
    const auto in = root.getConsentGiven();
    event.party = in.getParty();
}

void write(schema::Event::Builder root, const ConsentRefused& event) {
    auto out = root.initConsentRefused();
    out.setParty(event.party);
}

void read(schema::Event::Reader root, ConsentRefused& event, Check&) {
    const auto in = root.getConsentRefused();
    event.party = in.getParty();
}

void write(schema::Event::Builder root, const AcceptanceRefused& event) {
    auto out = root.initAcceptanceRefused();
    out.setGround(stored_code(event.ground));
    if (!event.routes_told.empty()) write_codes(out.initRoutesTold(list_size(event.routes_told)), event.routes_told);
}

void read(schema::Event::Reader root, AcceptanceRefused& event, Check& check) {
    const auto in = root.getAcceptanceRefused();
    event.ground = check.code<RefusalGround>(in.getGround());
    event.routes_told = read_codes<Route>(in.getRoutesTold(), check);
}

void write(schema::Event::Builder root, const CaseAccepted& event) {
    auto out = root.initCaseAccepted();
    if (!event.rules.empty()) out.setRules(stored_text(event.rules));
    if (!event.starts.empty()) write_deadlines(out.initStarts(list_size(event.starts)), event.starts);
}

void read(schema::Event::Reader root, CaseAccepted& event, Check& check) {
    const auto in = root.getCaseAccepted();
    event.rules = read_text(in.getRules());
    event.starts = read_deadlines(in.getStarts(), check);
}

void write(schema::Event::Builder root, const MediatorAssigned& event) {
    auto out = root.initMediatorAssigned();
    if (!event.mediator.empty()) out.setMediator(stored_text(event.mediator));
    out.setRole(stored_code(event.role));
    out.setBasis(stored_code(event.basis));
}

void read(schema::Event::Reader root, MediatorAssigned& event, Check& check) {
    const auto in = root.getMediatorAssigned();
    event.mediator = read_text(in.getMediator());
    event.role = check.code<MediatorRole>(in.getRole());
    event.basis = check.code<AssignmentBasis>(in.getBasis());
}

void write(schema::Event::Builder root, const ConflictDisclosed& event) {
    auto out = root.initConflictDisclosed();
    if (!event.mediator.empty()) out.setMediator(stored_text(event.mediator));
}

void read(schema::Event::Reader root, ConflictDisclosed& event, Check&) {
    const auto in = root.getConflictDisclosed();
    event.mediator = read_text(in.getMediator());
}

void write(schema::Event::Builder root, const RecusalRequested& event) {
    auto out = root.initRecusalRequested();
    out.setParty(event.party);
    if (!event.mediator.empty()) out.setMediator(stored_text(event.mediator));
}

void read(schema::Event::Reader root, RecusalRequested& event, Check&) {
    const auto in = root.getRecusalRequested();
    event.party = in.getParty();
    event.mediator = read_text(in.getMediator());
}

void write(schema::Event::Builder root, const RecusalDecided& event) {
    auto out = root.initRecusalDecided();
    if (!event.mediator.empty()) out.setMediator(stored_text(event.mediator));
    out.setOutcome(stored_code(event.outcome));
}

void read(schema::Event::Reader root, RecusalDecided& event, Check& check) {
    const auto in = root.getRecusalDecided();
    event.mediator = read_text(in.getMediator());
    event.outcome = check.code<RecusalOutcome>(in.getOutcome());
}

void write(schema::Event::Builder root, const MediatorReplaced& event) {
    auto out = root.initMediatorReplaced();
    if (!event.from.empty()) out.setFrom(stored_text(event.from));
    if (!event.to.empty()) out.setTo(stored_text(event.to));
}

void read(schema::Event::Reader root, MediatorReplaced& event, Check&) {
    const auto in = root.getMediatorReplaced();
    event.from = read_text(in.getFrom());
    event.to = read_text(in.getTo());
}

}  // namespace anjie::dispute::detail
