#include "workflows/dispute/detail/codec_events.hpp"
#include "workflows/dispute/detail/codec_values.hpp"

// Performance of obligations.
namespace anjie::dispute::detail {

void write(schema::Event::Builder root, const ObligationPerformed& event) {
    auto out = root.initObligationPerformed();
    out.setObligation(event.obligation);
    out.setAmount(event.amount.fen);
    out.setOnTheSpot(event.on_the_spot);
}

void read(schema::Event::Reader root, ObligationPerformed& event, Check&) {
    const auto in = root.getObligationPerformed();
    event.obligation = in.getObligation();
    event.amount = Money{in.getAmount()};
    event.on_the_spot = in.getOnTheSpot();
}

void write(schema::Event::Builder root, const ObligationPartlyPerformed& event) {
    auto out = root.initObligationPartlyPerformed();
    out.setObligation(event.obligation);
    out.setAmount(event.amount.fen);
}

void read(schema::Event::Reader root, ObligationPartlyPerformed& event, Check&) {
    const auto in = root.getObligationPartlyPerformed();
    event.obligation = in.getObligation();
    event.amount = Money{in.getAmount()};
}

void write(schema::Event::Builder root, const PerformanceUrged& event) {
    auto out = root.initPerformanceUrged();
    out.setObligation(event.obligation);
}

void read(schema::Event::Reader root, PerformanceUrged& event, Check&) {
    const auto in = root.getPerformanceUrged();
    event.obligation = in.getObligation();
}

void write(schema::Event::Builder root, const ObligationRenegotiated& event) {
    auto out = root.initObligationRenegotiated();
    out.setObligation(event.obligation);
    out.setDue(stored_day(event.due));
    if (!event.starts.empty()) write_deadlines(out.initStarts(list_size(event.starts)), event.starts);
}

void read(schema::Event::Reader root, ObligationRenegotiated& event, Check& check) {
    const auto in = root.getObligationRenegotiated();
    event.obligation = in.getObligation();
    event.due = check.day(in.getDue());
    event.starts = read_deadlines(in.getStarts(), check);
}

void write(schema::Event::Builder root, const PerformanceRoutesTold& event) {
    auto out = root.initPerformanceRoutesTold();
    out.setObligation(event.obligation);
    if (!event.routes_told.empty()) write_codes(out.initRoutesTold(list_size(event.routes_told)), event.routes_told);
}

void read(schema::Event::Reader root, PerformanceRoutesTold& event, Check& check) {
    const auto in = root.getPerformanceRoutesTold();
    event.obligation = in.getObligation();
    event.routes_told = read_codes<Route>(in.getRoutesTold(), check);
}

void write(schema::Event::Builder root, const PerformanceProceedingStarted& event) {
    auto out = root.initPerformanceProceedingStarted();
    out.setObligation(event.obligation);
    out.setProceeding(stored_code(event.proceeding));
}

void read(schema::Event::Reader root, PerformanceProceedingStarted& event, Check& check) {
    const auto in = root.getPerformanceProceedingStarted();
    event.obligation = in.getObligation();
    event.proceeding = check.code<NonPerformanceProceeding>(in.getProceeding());
}

void write(schema::Event::Builder root, const ObligationWaived& event) {
    auto out = root.initObligationWaived();
    out.setObligation(event.obligation);
    out.setParty(event.party);
}

void read(schema::Event::Reader root, ObligationWaived& event, Check&) {
    const auto in = root.getObligationWaived();
    event.obligation = in.getObligation();
    event.party = in.getParty();
}

}  // namespace anjie::dispute::detail
