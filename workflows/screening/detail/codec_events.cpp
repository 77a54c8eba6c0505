#include "workflows/screening/detail/codec_events.hpp"

namespace anjie::screening::detail {

void write(schema::Event::Builder root, const CampaignOpened& event) {
    auto out = root.initCampaignOpened();
    if (!event.number.empty()) out.setNumber(stored_text(event.number));
    if (!event.theme.empty()) out.setTheme(stored_text(event.theme));
    if (!event.area.empty()) out.setArea(stored_text(event.area));
    out.setFrom(stored_day(event.from));
    out.setTo(stored_day(event.to));
    if (!event.organiser.empty()) out.setOrganiser(stored_text(event.organiser));
    out.setKind(stored_code(event.kind));
}

void read(schema::Event::Reader root, CampaignOpened& event, Check& check) {
    const auto in = root.getCampaignOpened();
    event.number = read_text(in.getNumber());
    event.theme = read_text(in.getTheme());
    event.area = read_text(in.getArea());
    event.from = check.day(in.getFrom());
    event.to = check.day(in.getTo());
    event.organiser = read_text(in.getOrganiser());
    event.kind = check.code<CampaignKind>(in.getKind());
}

void write(schema::Event::Builder root, const RoundReported& event) {
    auto out = root.initRoundReported();
    out.setRound(event.round);
    if (!event.unit.empty()) out.setUnit(stored_text(event.unit));
    out.setOn(stored_day(event.on));
    out.setNilReport(event.nil_report);
    out.setPeopleCount(event.people_count);
}

void read(schema::Event::Reader root, RoundReported& event, Check& check) {
    const auto in = root.getRoundReported();
    event.round = in.getRound();
    event.unit = read_text(in.getUnit());
    event.on = check.day(in.getOn());
    event.nil_report = in.getNilReport();
    event.people_count = in.getPeopleCount();
}

void write(schema::Event::Builder root, const LeadFound& event) {
    auto out = root.initLeadFound();
    out.setLead(event.lead);
    out.setRound(event.round);
    out.setRisk(stored_code(event.risk));
    if (!event.dispute_type.empty()) out.setDisputeType(stored_text(event.dispute_type));
    out.setPeopleCount(event.people_count);
    if (!event.place.empty()) out.setPlace(stored_text(event.place));
}

void read(schema::Event::Reader root, LeadFound& event, Check& check) {
    const auto in = root.getLeadFound();
    event.lead = in.getLead();
    event.round = in.getRound();
    event.risk = check.code<RiskLevel>(in.getRisk());
    event.dispute_type = read_text(in.getDisputeType());
    event.people_count = in.getPeopleCount();
    event.place = read_text(in.getPlace());
}

void write(schema::Event::Builder root, const LeadResolvedOnSpot& event) {
    auto out = root.initLeadResolvedOnSpot();
    out.setLead(event.lead);
}

void read(schema::Event::Reader root, LeadResolvedOnSpot& event, Check&) {
    const auto in = root.getLeadResolvedOnSpot();
    event.lead = in.getLead();
}

void write(schema::Event::Builder root, const LeadOpenedAsDispute& event) {
    auto out = root.initLeadOpenedAsDispute();
    out.setLead(event.lead);
    if (!event.dispute.empty()) out.setDispute(stored_text(event.dispute));
}

void read(schema::Event::Reader root, LeadOpenedAsDispute& event, Check&) {
    const auto in = root.getLeadOpenedAsDispute();
    event.lead = in.getLead();
    event.dispute = read_text(in.getDispute());
}

void write(schema::Event::Builder root, const LeadReferred& event) {
    auto out = root.initLeadReferred();
    out.setLead(event.lead);
    if (!event.to.empty()) out.setTo(stored_text(event.to));
}

void read(schema::Event::Reader root, LeadReferred& event, Check&) {
    const auto in = root.getLeadReferred();
    event.lead = in.getLead();
    event.to = read_text(in.getTo());
}

void write(schema::Event::Builder root, const LeadWatched& event) {
    auto out = root.initLeadWatched();
    out.setLead(event.lead);
}

void read(schema::Event::Reader root, LeadWatched& event, Check&) {
    const auto in = root.getLeadWatched();
    event.lead = in.getLead();
}

void write(schema::Event::Builder root, const LeadStruckOff& event) {
    auto out = root.initLeadStruckOff();
    out.setLead(event.lead);
    out.setEvidence(stored_code(event.evidence));
}

void read(schema::Event::Reader root, LeadStruckOff& event, Check& check) {
    const auto in = root.getLeadStruckOff();
    event.lead = in.getLead();
    event.evidence = check.code<Evidence>(in.getEvidence());
}

void write(schema::Event::Builder root, const HarmPrevented& event) {
    auto out = root.initHarmPrevented();
    out.setKind(stored_code(event.kind));
    out.setCaseCount(event.case_count);
    out.setPeopleCount(event.people_count);
}

void read(schema::Event::Reader root, HarmPrevented& event, Check& check) {
    const auto in = root.getHarmPrevented();
    event.kind = check.code<HarmKind>(in.getKind());
    event.case_count = in.getCaseCount();
    event.people_count = in.getPeopleCount();
}

void write(schema::Event::Builder root, const CampaignClosed&) { root.initCampaignClosed(); }

void read(schema::Event::Reader, CampaignClosed&, Check&) {}

void write(schema::Event::Builder root, const FactCorrected& event) {
    auto out = root.initFactCorrected();
    out.setCorrects(event.corrects);
    out.setReason(stored_code(event.reason));
    out.setCaseCount(event.case_count);
    out.setPeopleCount(event.people_count);
}

void read(schema::Event::Reader root, FactCorrected& event, Check& check) {
    const auto in = root.getFactCorrected();
    event.corrects = in.getCorrects();
    event.reason = check.code<CorrectionReason>(in.getReason());
    event.case_count = in.getCaseCount();
    event.people_count = in.getPeopleCount();
}

void write(schema::Event::Builder root, const AlarmRaised& event) {
    auto out = root.initAlarmRaised();
    out.setKind(stored_code(event.kind));
    out.setItem(event.item);
    out.setLevel(stored_code(event.level));
    out.setDue(event.due.microseconds);
}

void read(schema::Event::Reader root, AlarmRaised& event, Check& check) {
    const auto in = root.getAlarmRaised();
    event.kind = check.code<DeadlineKind>(in.getKind());
    event.item = in.getItem();
    event.level = check.level(in.getLevel());
    event.due = check.moment(in.getDue());
}

}  // namespace anjie::screening::detail
