#include "workflows/dispute/detail/codec_events.hpp"
#include "workflows/dispute/detail/codec_values.hpp"

// Documents, closing, corrections, alarms, links.
namespace anjie::dispute::detail {

void write(schema::Event::Builder root, const DocumentFiled& event) {
    auto out = root.initDocumentFiled();
    out.setKind(stored_code(event.kind));
    out.setPages(event.pages);
}

void read(schema::Event::Reader root, DocumentFiled& event, Check& check) {
    const auto in = root.getDocumentFiled();
    event.kind = check.code<DocumentKind>(in.getKind());
    event.pages = in.getPages();
}

void write(schema::Event::Builder root, const CaseClosed& event) {
    auto out = root.initCaseClosed();
    out.setResult(stored_code(event.result));
    if (!event.starts.empty()) write_deadlines(out.initStarts(list_size(event.starts)), event.starts);
}

void read(schema::Event::Reader root, CaseClosed& event, Check& check) {
    const auto in = root.getCaseClosed();
    event.result = check.code<CaseResult>(in.getResult());
    event.starts = read_deadlines(in.getStarts(), check);
}

void write(schema::Event::Builder root, const CaseArchived& event) {
    auto out = root.initCaseArchived();
    if (!event.volume.empty()) out.setVolume(stored_text(event.volume));
    out.setRetention(stored_code(event.retention));
}

void read(schema::Event::Reader root, CaseArchived& event, Check& check) {
    const auto in = root.getCaseArchived();
    event.volume = read_text(in.getVolume());
    event.retention = check.code<Retention>(in.getRetention());
}

void write(schema::Event::Builder root, const CaseReopened& event) {
    auto out = root.initCaseReopened();
    out.setNewProceeding(event.new_proceeding);
}

void read(schema::Event::Reader root, CaseReopened& event, Check&) {
    const auto in = root.getCaseReopened();
    event.new_proceeding = in.getNewProceeding();
}

void write(schema::Event::Builder root, const LateFactRecorded&) { root.initLateFactRecorded(); }

void read(schema::Event::Reader, LateFactRecorded&, Check&) {}

void write(schema::Event::Builder root, const FactCorrected& event) {
    auto out = root.initFactCorrected();
    out.setCorrects(event.corrects);
    if (!event.field.empty()) out.setField(stored_text(event.field));
    if (!event.value.empty()) out.setValue(stored_text(event.value));
}

void read(schema::Event::Reader root, FactCorrected& event, Check&) {
    const auto in = root.getFactCorrected();
    event.corrects = in.getCorrects();
    event.field = read_text(in.getField());
    event.value = read_text(in.getValue());
}

void write(schema::Event::Builder root, const DetailsCorrected& event) {
    auto out = root.initDetailsCorrected();
    out.setType(stored_code(event.type));
    out.setSource(stored_code(event.source));
    out.setDifficulty(stored_code(event.difficulty));
    out.setPeopleCount(event.people_count);
    out.setAmount(event.amount.fen);
}

void read(schema::Event::Reader root, DetailsCorrected& event, Check& check) {
    const auto in = root.getDetailsCorrected();
    event.type = check.code<DisputeType>(in.getType());
    event.source = check.code<CaseSource>(in.getSource());
    event.difficulty = check.code<Difficulty>(in.getDifficulty());
    event.people_count = in.getPeopleCount();
    event.amount = Money{in.getAmount()};
}

void write(schema::Event::Builder root, const AlarmRaised& event) {
    auto out = root.initAlarmRaised();
    out.setKind(stored_code(event.kind));
    out.setItem(event.item);
    out.setLevel(stored_level(event.level));
    out.setDue(event.due.microseconds);
    auto deadline = out.initDeadline();
    deadline.setRaw(stored_day(event.deadline.raw));
    deadline.setRolled(stored_day(event.deadline.rolled));
    deadline.setProvisional(event.deadline.provisional);
}

void read(schema::Event::Reader root, AlarmRaised& event, Check& check) {
    const auto in = root.getAlarmRaised();
    event.kind = check.code<DeadlineKind>(in.getKind());
    event.item = in.getItem();
    event.level = check.level(in.getLevel());
    event.due = check.moment(in.getDue());
    const auto deadline = in.getDeadline();
    event.deadline = {check.day(deadline.getRaw()), check.day(deadline.getRolled()), deadline.getProvisional()};
}

void write(schema::Event::Builder root, const DeadlinesRecomputed& event) {
    auto out = root.initDeadlinesRecomputed();
    if (!event.calendar.empty()) out.setCalendar(stored_text(event.calendar));
    if (!event.starts.empty()) write_deadlines(out.initStarts(list_size(event.starts)), event.starts);
}

void read(schema::Event::Reader root, DeadlinesRecomputed& event, Check& check) {
    const auto in = root.getDeadlinesRecomputed();
    event.calendar = read_text(in.getCalendar());
    event.starts = read_deadlines(in.getStarts(), check);
}

void write(schema::Event::Builder root, const CaseLinked& event) {
    auto out = root.initCaseLinked();
    if (!event.relation.empty()) out.setRelation(stored_text(event.relation));
    if (!event.reference.empty()) out.setReference(stored_text(event.reference));
}

void read(schema::Event::Reader root, CaseLinked& event, Check&) {
    const auto in = root.getCaseLinked();
    event.relation = read_text(in.getRelation());
    event.reference = read_text(in.getReference());
}

void write(schema::Event::Builder root, const HarmPrevented& event) {
    auto out = root.initHarmPrevented();
    out.setKind(stored_code(event.kind));
    out.setPeople(event.people);
}

void read(schema::Event::Reader root, HarmPrevented& event, Check& check) {
    const auto in = root.getHarmPrevented();
    event.kind = check.code<HarmKind>(in.getKind());
    event.people = in.getPeople();
}

void write(schema::Event::Builder root, const PersonalDataErased& event) {
    auto out = root.initPersonalDataErased();
    out.setSubject(event.subject);
    if (!event.basis.empty()) out.setBasis(stored_text(event.basis));
}

void read(schema::Event::Reader root, PersonalDataErased& event, Check&) {
    const auto in = root.getPersonalDataErased();
    event.subject = in.getSubject();
    event.basis = read_text(in.getBasis());
}

void write(schema::Event::Builder root, const ProcessingRestricted& event) {
    auto out = root.initProcessingRestricted();
    out.setSubject(event.subject);
    out.setLifted(event.lifted);
    if (!event.basis.empty()) out.setBasis(stored_text(event.basis));
}

void read(schema::Event::Reader root, ProcessingRestricted& event, Check&) {
    const auto in = root.getProcessingRestricted();
    event.subject = in.getSubject();
    event.lifted = in.getLifted();
    event.basis = read_text(in.getBasis());
}

void write(schema::Event::Builder root, const CaseClassified& event) {
    auto out = root.initCaseClassified();
    out.setLevel(stored_code(event.level));
    out.setGround(stored_code(event.ground));
}

void read(schema::Event::Reader root, CaseClassified& event, Check& check) {
    const auto in = root.getCaseClassified();
    event.level = check.code<ConfidentialityLevel>(in.getLevel());
    event.ground = check.code<ConfidentialityGround>(in.getGround());
}

}  // namespace anjie::dispute::detail
