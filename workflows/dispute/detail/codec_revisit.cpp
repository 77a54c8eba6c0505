#include "workflows/dispute/detail/codec_events.hpp"
#include "workflows/dispute/detail/codec_values.hpp"

// Revisits and follow-ups.
namespace anjie::dispute::detail {

void write(schema::Event::Builder root, const RevisitMade& event) {
    auto out = root.initRevisitMade();
    if (!event.agreement_number.empty()) out.setAgreementNumber(stored_text(event.agreement_number));
    if (!event.revisitor.empty()) out.setRevisitor(stored_text(event.revisitor));
    out.setMethod(stored_code(event.method));
    out.setSatisfaction(stored_code(event.satisfaction));
    out.setFulfilment(stored_code(event.fulfilment));
    out.setResidualRisk(stored_code(event.residual_risk));
    out.setProblem(stored_code(event.problem));
    if (!event.parties.empty()) write_numbers(out.initParties(list_size(event.parties)), event.parties);
}

void read(schema::Event::Reader root, RevisitMade& event, Check& check) {
    const auto in = root.getRevisitMade();
    event.agreement_number = read_text(in.getAgreementNumber());
    event.revisitor = read_text(in.getRevisitor());
    event.method = check.code<RevisitMethod>(in.getMethod());
    event.satisfaction = check.code<Satisfaction>(in.getSatisfaction());
    event.fulfilment = check.code<Fulfilment>(in.getFulfilment());
    event.residual_risk = check.code<ResidualRisk>(in.getResidualRisk());
    event.problem = check.code<RevisitProblem>(in.getProblem());
    event.parties = read_numbers(in.getParties());
}

void write(schema::Event::Builder root, const RevisitUnreachable& event) {
    auto out = root.initRevisitUnreachable();
    if (!event.revisitor.empty()) out.setRevisitor(stored_text(event.revisitor));
    out.setMethod(stored_code(event.method));
    out.setRetryOn(stored_day(event.retry_on));
}

void read(schema::Event::Reader root, RevisitUnreachable& event, Check& check) {
    const auto in = root.getRevisitUnreachable();
    event.revisitor = read_text(in.getRevisitor());
    event.method = check.code<RevisitMethod>(in.getMethod());
    event.retry_on = check.day(in.getRetryOn());
}

void write(schema::Event::Builder root, const FollowUpOpened& event) {
    auto out = root.initFollowUpOpened();
    if (!event.assignee.empty()) out.setAssignee(stored_text(event.assignee));
    out.setProblem(stored_code(event.problem));
    if (!event.starts.empty()) write_deadlines(out.initStarts(list_size(event.starts)), event.starts);
}

void read(schema::Event::Reader root, FollowUpOpened& event, Check& check) {
    const auto in = root.getFollowUpOpened();
    event.assignee = read_text(in.getAssignee());
    event.problem = check.code<RevisitProblem>(in.getProblem());
    event.starts = read_deadlines(in.getStarts(), check);
}

void write(schema::Event::Builder root, const FollowUpResolved&) { root.initFollowUpResolved(); }

void read(schema::Event::Reader, FollowUpResolved&, Check&) {}

void write(schema::Event::Builder root, const FollowUpEscalated& event) {
    auto out = root.initFollowUpEscalated();
    out.setTarget(stored_code(event.target));
}

void read(schema::Event::Reader root, FollowUpEscalated& event, Check& check) {
    const auto in = root.getFollowUpEscalated();
    event.target = check.code<EscalationTarget>(in.getTarget());
}

}  // namespace anjie::dispute::detail
