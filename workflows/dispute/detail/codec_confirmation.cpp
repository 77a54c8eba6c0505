#include "workflows/dispute/detail/codec_events.hpp"
#include "workflows/dispute/detail/codec_values.hpp"

// Judicial confirmation.
namespace anjie::dispute::detail {

void write(schema::Event::Builder root, const ConfirmationApplied& event) {
    auto out = root.initConfirmationApplied();
    if (!event.parties.empty()) write_numbers(out.initParties(list_size(event.parties)), event.parties);
    if (!event.court.empty()) out.setCourt(stored_text(event.court));
}

void read(schema::Event::Reader root, ConfirmationApplied& event, Check&) {
    const auto in = root.getConfirmationApplied();
    event.parties = read_numbers(in.getParties());
    event.court = read_text(in.getCourt());
}

void write(schema::Event::Builder root, const ConfirmationAccepted&) { root.initConfirmationAccepted(); }

void read(schema::Event::Reader, ConfirmationAccepted&, Check&) {}

void write(schema::Event::Builder root, const ConfirmationNotAccepted& event) {
    auto out = root.initConfirmationNotAccepted();
    out.setObstacle(stored_code(event.obstacle));
}

void read(schema::Event::Reader root, ConfirmationNotAccepted& event, Check& check) {
    const auto in = root.getConfirmationNotAccepted();
    event.obstacle = check.code<ConfirmationObstacle>(in.getObstacle());
}

void write(schema::Event::Builder root, const ConfirmationGranted& event) {
    auto out = root.initConfirmationGranted();
    if (!event.ruling.empty()) out.setRuling(stored_text(event.ruling));
    if (!event.starts.empty()) write_deadlines(out.initStarts(list_size(event.starts)), event.starts);
}

void read(schema::Event::Reader root, ConfirmationGranted& event, Check& check) {
    const auto in = root.getConfirmationGranted();
    event.ruling = read_text(in.getRuling());
    event.starts = read_deadlines(in.getStarts(), check);
}

void write(schema::Event::Builder root, const ConfirmationDismissed& event) {
    auto out = root.initConfirmationDismissed();
    out.setObstacle(stored_code(event.obstacle));
}

void read(schema::Event::Reader root, ConfirmationDismissed& event, Check& check) {
    const auto in = root.getConfirmationDismissed();
    event.obstacle = check.code<ConfirmationObstacle>(in.getObstacle());
}

void write(schema::Event::Builder root, const ConfirmationWithdrawn& event) {
    auto out = root.initConfirmationWithdrawn();
    out.setDeemed(event.deemed);
}

void read(schema::Event::Reader root, ConfirmationWithdrawn& event, Check&) {
    const auto in = root.getConfirmationWithdrawn();
    event.deemed = in.getDeemed();
}

}  // namespace anjie::dispute::detail
