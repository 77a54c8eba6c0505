#include "workflows/dispute/detail/codec_events.hpp"
#include "workflows/dispute/detail/codec_values.hpp"

// Sessions, extension, suspension.
namespace anjie::dispute::detail {

void write(schema::Event::Builder root, const RightsNoticeGiven&) { root.initRightsNoticeGiven(); }

void read(schema::Event::Reader, RightsNoticeGiven&, Check&) {}

void write(schema::Event::Builder root, const InvestigationRecorded&) { root.initInvestigationRecorded(); }

void read(schema::Event::Reader, InvestigationRecorded&, Check&) {}

void write(schema::Event::Builder root, const SessionScheduled& event) {
    auto out = root.initSessionScheduled();
    out.setOn(stored_day(event.on));
}

void read(schema::Event::Reader root, SessionScheduled& event, Check& check) {
    const auto in = root.getSessionScheduled();
    event.on = check.day(in.getOn());
}

void write(schema::Event::Builder root, const SessionHeld& event) {
    auto out = root.initSessionHeld();
    if (!event.present.empty()) write_numbers(out.initPresent(list_size(event.present)), event.present);
}

void read(schema::Event::Reader root, SessionHeld& event, Check&) {
    const auto in = root.getSessionHeld();
    event.present = read_numbers(in.getPresent());
}

void write(schema::Event::Builder root, const SessionMissed& event) {
    auto out = root.initSessionMissed();
    if (!event.absent.empty()) write_numbers(out.initAbsent(list_size(event.absent)), event.absent);
}

void read(schema::Event::Reader root, SessionMissed& event, Check&) {
    const auto in = root.getSessionMissed();
    event.absent = read_numbers(in.getAbsent());
}

void write(schema::Event::Builder root, const EscalationReported& event) {
    auto out = root.initEscalationReported();
    out.setTarget(stored_code(event.target));
}

void read(schema::Event::Reader root, EscalationReported& event, Check& check) {
    const auto in = root.getEscalationReported();
    event.target = check.code<EscalationTarget>(in.getTarget());
}

void write(schema::Event::Builder root, const ExtensionAgreed& event) {
    auto out = root.initExtensionAgreed();
    if (!event.parties.empty()) write_numbers(out.initParties(list_size(event.parties)), event.parties);
    if (!event.starts.empty()) write_deadlines(out.initStarts(list_size(event.starts)), event.starts);
}

void read(schema::Event::Reader root, ExtensionAgreed& event, Check& check) {
    const auto in = root.getExtensionAgreed();
    event.parties = read_numbers(in.getParties());
    event.starts = read_deadlines(in.getStarts(), check);
}

void write(schema::Event::Builder root, const MediationSuspended& event) {
    auto out = root.initMediationSuspended();
    out.setReason(stored_code(event.reason));
    out.setDaysLeft(event.days_left);
}

void read(schema::Event::Reader root, MediationSuspended& event, Check& check) {
    const auto in = root.getMediationSuspended();
    event.reason = check.code<SuspensionReason>(in.getReason());
    event.days_left = in.getDaysLeft();
}

void write(schema::Event::Builder root, const MediationResumed& event) {
    auto out = root.initMediationResumed();
    if (!event.starts.empty()) write_deadlines(out.initStarts(list_size(event.starts)), event.starts);
}

void read(schema::Event::Reader root, MediationResumed& event, Check& check) {
    const auto in = root.getMediationResumed();
    event.starts = read_deadlines(in.getStarts(), check);
}

}  // namespace anjie::dispute::detail
