#include "tests/adapters/handover/two_offices.hpp"

#include <algorithm>

#include "workflows/dispute/phases/region.hpp"

namespace anjie::test {

using namespace dispute;
using handover::Message;
using handover::Outgoing;
using handover::Verdict;

namespace {

const std::array<std::string, 2> names{"540629-101", "540629-102"};

bool is_held(CustodyPhase phase) {
    using enum CustodyPhase;
    return phase == held || phase == offered || phase == held_for || phase == fed_back;
}

}  // namespace

TwoOffices::TwoOffices(std::uint64_t seed, Sabotage sabotage) : random_(Random::seeded(seed)), sabotage_(sabotage) {
    for (std::size_t i = 0; i < 2; ++i)
        offices_[i] = std::make_unique<TestOffice>(names[i], clock_, handover::Peers({line_to(names[1 - i])}));
}

std::optional<std::string> TwoOffices::run(std::size_t steps) {
    for (std::size_t i = 0; i < steps && !broken_; ++i) {
        step();
        check_holders();
    }
    if (!broken_) settle();
    if (!broken_) check_nothing_lost_or_doubled();
    return broken_;
}

void TwoOffices::step() {
    const auto which = random_.below(2);
    switch (random_.below(12)) {
        case 0:
            clock_.advance(std::chrono::hours{random_.below(30)});
            return;
        case 1:
            kill(which);
            return;
        case 2:
            if (network_.empty()) return;
            ++lost_;
            network_.erase(network_.begin() + static_cast<std::ptrdiff_t>(random_.below(network_.size())));
            return;
        case 3:
        case 4:
        case 5:
            send_something(which);
            return;
        case 6:
        case 7:
        case 8:
            arrive();
            return;
        default:
            work(which);
    }
}

void TwoOffices::work(std::size_t which) {
    auto& office = *offices_[which];
    const auto cases = office.cases();
    if (cases.empty() || (cases.size() < 4 && random_.one_in(6))) {
        office.try_new_case();
        return;
    }
    const auto& [id, state] = cases[random_.below(cases.size())];
    clerk_acts(which, id, state);
}

/// Whatever a clerk may order; what the rules refuse changes nothing.
void TwoOffices::clerk_acts(std::size_t which, const CaseId& id, const State& state) {
    auto& office = *offices_[which];
    const Routes court{Route::litigation};
    const std::array<dispute::Command, 12> orders{
        OfferHandover{.target = TransferTarget::other_committee,
                      .to = names[1 - which],
                      .kind = HandoverKind::transfer,
                      .reason = HandoverReason::beyond_means},
        AcceptHandover{},
        AcceptHandover{},
        WithdrawHandover{},
        ReturnHandover{RefusalGround::administrative_dispute, court},
        FeedResultBack{},
        HandCaseBack{},
        AcceptCase{},
        AssignMediator{"m-1", MediatorRole::presiding, AssignmentBasis::designated},
        HoldSession{},
        FailMediation{FailureReason::no_common_ground, court},
        SettlePrivately{},
    };
    for (int attempt = 0; attempt < 6; ++attempt) {
        const auto chosen = random_.below(orders.size() + 1);
        note(chosen);
        if (chosen == orders.size()) return raise_alarm(which, id, state);
        if (std::holds_alternative<AcceptCase>(orders[chosen]))
            for (PartyNumber party = 1; party <= 2; ++party) (void)office.execute(id, GiveConsent{party});
        const auto done = office.execute(id, orders[chosen]);
        if (done) return;
        if (std::holds_alternative<Error>(done.error())) return kill(which);  // Its disk failed.
    }
}

/// The engine's own order: the next alarm of the time to answer, if it has come.
void TwoOffices::raise_alarm(std::size_t which, const CaseId& id, const State& state) {
    static const Dispute rules(small_rules(), small_calendars());
    for (const auto& deadline : rules.deadlines(state))
        if (deadline.kind == static_cast<std::uint16_t>(DeadlineKind::handover_answer) && deadline.next_alarm)
            (void)offices_[which]->execute(id, RaiseAlarm{DeadlineKind::handover_answer, deadline.item,
                                                          deadline.next_level, *deadline.next_alarm});
}

void TwoOffices::send_something(std::size_t which) {
    const auto waiting = offices_[which]->desk().outgoing();
    if (!waiting) return kill(which);  // Its disk failed.
    if (waiting->empty()) return;
    const auto& out = (*waiting)[random_.below(waiting->size())];
    auto message = out.message;
    if (sabotage_ == Sabotage::doubles && std::holds_alternative<handover::Offer>(message.body))
        message.handover += "-" + std::to_string(++doubled_);
    network_.push_back({1 - which, handover::to_json(message), out, lives_[which]});
}

void TwoOffices::arrive() {
    if (network_.empty()) return;
    const auto place = random_.below(network_.size());
    auto packet = network_[place];
    // Now and then the network keeps a copy for later.
    if (!random_.one_in(4)) network_.erase(network_.begin() + static_cast<std::ptrdiff_t>(place));
    receive(std::move(packet));
}

void TwoOffices::receive(Packet packet) {
    const auto sender = 1 - packet.to;
    const auto message = handover::parse_message(packet.message);
    if (!message) return broken("a message that was sent is none: " + message.error().detail);
    auto& office = *offices_[packet.to];
    const auto receipt = [&] {
        // The answer takes the same way back and may be lost there.
        if (random_.one_in(4) || packet.sender_life != lives_[sender]) return;
        if (!offices_[sender]->desk().acknowledge(*packet.receipt)) kill(sender);
    };
    if (sabotage_ == Sabotage::loses && random_.one_in(2)) return receipt();
    const auto answer = office.desk().receive(*message, names[sender]);
    if (!answer) {
        kill(packet.to);
        return;
    }
    note(static_cast<std::uint64_t>(answer->verdict));
    if (answer->verdict == Verdict::repeated) ++repeated_;
    if (answer->verdict == Verdict::refused && sabotage_ == Sabotage::none &&
        !answer->detail.starts_with("no such hand-over"))
        broken("refused: " + answer->detail + " of " + packet.message);
    if (sabotage_ == Sabotage::takes_early && std::holds_alternative<handover::Offer>(message->body) &&
        answer->verdict == Verdict::recorded) {
        Message early = *message;
        early.body = handover::Confirmed{make_date(2024, 3, 4)};
        (void)office.desk().receive(early, names[sender]);
    }
    if (answer->verdict != Verdict::refused) receipt();
}

/// The process dies; sometimes the machine with it, sometimes in the middle of a write.
void TwoOffices::kill(std::size_t which) {
    ++restarts_;
    ++lives_[which];
    offices_[which]->restart(random_.one_in(2));
    if (random_.one_in(5))
        offices_[which]->store.fail_append_after(random_.below(4),
                                                 random_.one_in(2) ? FailedAppend::kept : FailedAppend::lost);
}

/// Answers how much came of it.
std::size_t TwoOffices::deliver_all(std::size_t which, const std::vector<Outgoing>& waiting) {
    std::size_t moved = 0;
    for (const auto& out : waiting) {
        ++moved;
        const auto answer = offices_[1 - which]->desk().receive(out.message, names[which]);
        if (!answer) {
            offices_[1 - which]->restart();
            continue;
        }
        if (answer->verdict == Verdict::refused)
            broken("nothing is in the way and a message is not taken: " + handover::to_json(out.message));
        if (!offices_[which]->desk().acknowledge(out)) offices_[which]->restart();
    }
    return moved;
}

/// The network is whole again and nobody works: everything that waits arrives.
void TwoOffices::settle() {
    for (std::size_t i = 0; i < 2; ++i) offices_[i]->restart();
    network_.clear();
    for (int round = 0; round < 50 && !broken_; ++round) {
        std::size_t moved = 0;
        for (std::size_t which = 0; which < 2; ++which) {
            const auto waiting = offices_[which]->desk().outgoing();
            if (!waiting) {
                offices_[which]->restart();  // A fault that was still to come.
                ++moved;
                continue;
            }
            moved += deliver_all(which, *waiting);
        }
        if (moved == 0) return;
    }
    broken("messages do not come to an end");
}

/// The other side's case of the running or last hand-over of this one.
std::optional<TwoOffices::Case> TwoOffices::counterpart(const Case& here) const {
    const auto state = offices_[here.first]->state(here.second);
    if (state.handover.id.empty()) return std::nullopt;
    const auto found = offices_[1 - here.first]->came_by(state.handover.id);
    if (!found) return std::nullopt;
    return Case{1 - here.first, *found};
}

/// Who holds the dispute that began as `root`: the log that holds it, or while the word of its passing is under way,
/// the one to whom the last holder's log says it was passed.
std::optional<std::size_t> TwoOffices::holder_of(const Case& root) const {
    using enum CustodyPhase;
    const auto state = offices_[root.first]->state(root.second);
    if (is_held(state.custody)) return root.first;
    if (state.custody != away && state.custody != ended_there) return std::nullopt;
    const auto other = counterpart(root);
    if (!other) return std::nullopt;
    const auto there = offices_[other->first]->state(other->second);
    switch (there.custody) {
        case received:
        case accepting:
            return other->first;  // Its confirmation is under way.
        case handed_back:
            return root.first;  // The case is on its way back.
        case away:
        case ended_there:
            return holder_of(*other);  // Passed on from there.
        default:
            return is_held(there.custody) ? std::optional(other->first) : std::nullopt;
    }
}

void TwoOffices::check_holders() {
    for (std::size_t which = 0; which < 2; ++which)
        for (const auto& [id, state] : offices_[which]->cases()) {
            // One log of a conversation at a time says that the case is its own.
            const Case here{which, id};
            if (const auto other = counterpart(here)) {
                const auto there = offices_[other->first]->state(other->second);
                if (there.handover.id == state.handover.id && is_held(state.custody) && is_held(there.custody))
                    return broken("two hold the case of hand-over " + state.handover.id);
            }
            if (!parse_handover_origin(state.origin) && !holder_of(here))
                return broken("nobody holds case " + dispute::to_string(state.number));
        }
}

void TwoOffices::check_nothing_lost_or_doubled() {
    check_holders();
    std::set<std::string> offers;
    for (std::size_t which = 0; which < 2; ++which)
        for (const auto& [id, state] : offices_[which]->cases()) check_history(which, id, offers);
    for (std::size_t which = 0; which < 2; ++which)
        for (const auto& [id, state] : offices_[which]->cases()) {
            const auto origin = parse_handover_origin(state.origin);
            if (origin && !offers.contains(std::string(origin->handover)))
                broken("a case came of hand-over " + std::string(origin->handover) + " that nobody offered");
            if (!origin) check_agreement({which, id}, state);
        }
}

/// Each offer has arrived, as one case; no step of a conversation stands in the log twice.
void TwoOffices::check_history(std::size_t which, const CaseId& id, std::set<std::string>& offers) {
    std::map<std::size_t, std::size_t> since_offer;
    for (const auto& event : offices_[which]->history(id)) {
        if (const auto* offer = std::get_if<HandoverOffered>(&event)) {
            offers.insert(offer->handover);
            since_offer.clear();
            // `came_by` fails the test when there are two.
            if (!offices_[1 - which]->came_by(offer->handover)) broken("an offer was lost: " + offer->handover);
        }
        if (++since_offer[event.index()] > 1 && event.index() >= trigger<HandoverAccepted> &&
            event.index() <= trigger<CaseHandedBack>)
            broken("a step of a hand-over stands twice in the log of " + names[which]);
    }
}

/// Both logs say the same about how the last hand-over between them stands.
void TwoOffices::check_agreement(const Case& here, const State& state) {
    const auto other = counterpart(here);
    if (!other) return;
    const auto there = offices_[other->first]->state(other->second);
    if (there.handover.id != state.handover.id) return;  // Passed on since.
    using Phase = CustodyPhase;
    const std::map<Phase, std::set<Phase>> agreed{
        {Phase::offered, {Phase::received}},
        {Phase::held, {Phase::declined, Phase::offer_ended, Phase::handed_back}},
        {Phase::away, {Phase::held_for}},
        {Phase::ended_there, {Phase::fed_back}},
    };
    const auto found = agreed.find(state.custody);
    if (found == agreed.end() || !found->second.contains(there.custody))
        broken("the two logs do not agree on hand-over " + state.handover.id);
    if (state.holder != there.holder) broken("two holders are named in hand-over " + state.handover.id);
}

TwoOffices::Tally TwoOffices::tally() const {
    Tally tally{.restarts = restarts_, .repeated = repeated_, .lost = lost_};
    for (const auto& office : offices_)
        for (const auto& [id, state] : office->cases())
            for (const auto& event : office->history(id)) {
                tally.offered += std::holds_alternative<HandoverOffered>(event);
                tally.taken += std::holds_alternative<HandoverConfirmed>(event);
                tally.returned += std::holds_alternative<HandoverReturned>(event);
                tally.ended += std::holds_alternative<HandoverOfferEnded>(event);
                tally.fed_back += std::holds_alternative<HandoverResultFedBack>(event);
                tally.handed_back += std::holds_alternative<CaseTakenBack>(event);
            }
    return tally;
}

}  // namespace anjie::test
