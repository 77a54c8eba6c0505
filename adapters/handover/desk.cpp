#include "adapters/handover/desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include "adapters/handover/detail/composing.hpp"
#include "adapters/handover/detail/ledger.hpp"

namespace anjie::handover {
namespace {

using namespace dispute;
using detail::CaseAt;
using detail::Step;

/// How often a number or a state that somebody was faster with is looked for anew.
constexpr int attempts_max = 5;

Answer refused(std::string detail) { return {.verdict = Verdict::refused, .number = {}, .detail = std::move(detail)}; }
Answer refused(const Rejection& rejection) { return refused(rejection.message.en + " / " + rejection.message.zh); }

}  // namespace

std::string_view to_string(Verdict verdict) {
    constexpr std::string_view names[]{"recorded", "repeated", "ignored", "refused"};
    return names[static_cast<std::size_t>(verdict)];
}

struct Desk::Impl {
    const EventStore& events;
    Engine& engine;
    const Clock& clock;
    const Office office;
    const Peers peers;
    detail::Ledger ledger;
    std::mutex one_at_a_time{};
    struct Known {
        std::string handover;
        const Peer* peer{};
    };
    std::map<Position, Known> looked_at{};  ///< Of messages that wait and were looked at; what is said never changes.

    Result<std::vector<Outgoing>> waiting();
    Result<std::vector<Outgoing>> outgoing(const IsDue& is_due);
    Result<Outgoing> compose(const detail::Waiting& waiting);
    Result<void> add_texts(Outgoing& out);
    Result<Answer> take_offer(const Message& message, const Offer& offer, const Peer& peer);
    Result<Answer> register_offer(const Message& message, const Offer& offer, const Peer& peer);
    Result<Answer> known_offer(const Message& message, CaseId id);
    Result<Answer> take_answer(const Message& message, std::string_view peer);
    Result<CaseNumber> next_number(int year) const;
    [[nodiscard]] anjie::Command order(const Message& message, CaseId id, dispute::Command body) const;
};

/// The order that carries out a message: its id makes sure that it happens once. A clock ahead of ours says "now".
anjie::Command Desk::Impl::order(const Message& message, CaseId id, dispute::Command body) const {
    anjie::Command order;
    order.id = message_id(message);
    order.workflow = workflow_id;
    order.case_id = id;
    order.occurred_at = message.occurred_at;
    if (order.occurred_at.at > clock.now()) order.occurred_at = {.at = clock.now(), .day_only = false};
    order.actor = message.from;
    order.organisation = office.organisation;
    order.body = make_body<Dispute>(std::move(body));
    return order;
}

Result<std::vector<Outgoing>> Desk::Impl::waiting() {
    ANJIE_CHECK(ledger.catch_up());
    ANJIE_TRY(const auto rows, ledger.waiting());
    std::vector<Outgoing> all;
    for (const auto& one : rows) {
        ANJIE_TRY(auto out, compose(one));
        all.push_back(std::move(out));
    }
    return all;
}

Result<std::vector<Outgoing>> Desk::Impl::outgoing(const IsDue& is_due) {
    ANJIE_CHECK(ledger.catch_up());
    ANJIE_TRY(const auto rows, ledger.waiting());
    std::vector<Outgoing> next;
    std::set<std::string_view> spoken;
    for (const auto& row : rows) {
        if (next.size() == outgoing_max) break;
        std::optional<Outgoing> out;
        auto found = looked_at.find(row.position);
        if (found == looked_at.end()) {
            ANJIE_TRY(out, compose(row));
            found = looked_at.emplace(row.position, Known{out->message.handover, out->peer}).first;
        }
        if (!spoken.insert(found->second.handover).second) continue;
        if (is_due && !is_due(row.position, found->second.peer)) continue;
        if (!out) {
            ANJIE_TRY(out, compose(row));
        }
        if (out->peer != nullptr && std::holds_alternative<Offer>(out->message.body)) ANJIE_CHECK(add_texts(*out));
        next.push_back(std::move(*out));
    }
    return next;
}

Result<Outgoing> Desk::Impl::compose(const detail::Waiting& waiting) {
    ANJIE_TRY(const auto at, detail::read_case_at(events, waiting.case_id, waiting.version, false));
    Outgoing out{.position = waiting.position,
                 .case_id = waiting.case_id,
                 .message = detail::message_of(at, office.organisation),
                 .peer = nullptr};
    out.peer = peers.find(out.message.to);
    return out;
}

/// What leaves is written down first: the log says what went to whom even if the line breaks the moment after.
Result<void> Desk::Impl::add_texts(Outgoing& out) {
    if (out.peer->fields.empty()) return {};
    ANJIE_TRY(const auto now, detail::read_case_at(events, out.case_id, 0, true));
    out.message.texts = detail::travelling(now.sealed, out.peer->fields);
    if (out.message.texts.empty()) return {};
    RecordDisclosure disclosure{.to = out.message.to, .purpose = out.message.handover, .fields = {}, .subjects = {}};
    for (const auto& text : out.message.texts) {
        const auto field = static_cast<SealedCode>(text.field);
        if (std::ranges::find(disclosure.fields, field) == disclosure.fields.end()) disclosure.fields.push_back(field);
        if (std::ranges::find(disclosure.subjects, text.subject) == disclosure.subjects.end())
            disclosure.subjects.push_back(text.subject);
    }
    auto order = this->order(out.message, out.case_id, std::move(disclosure));
    order.id = CommandId{uuid_v7_of_name(Instant{}, "disclosure|" + to_string(message_id(out.message)))};
    order.occurred_at = {.at = clock.now(), .day_only = false};
    const auto done = engine.execute(std::move(order));
    if (done) return {};
    if (const auto* error = std::get_if<Error>(&done.error())) return std::unexpected(*error);
    return failure(ErrorCode::conflict, std::get<Rejection>(done.error()).message.en);
}

Result<CaseNumber> Desk::Impl::next_number(int year) const {
    CaseNumber number{office.number_prefix, static_cast<std::uint16_t>(year), 0};
    const auto is_taken = [&](std::uint32_t serial) -> Result<bool> {
        number.serial = serial;
        bool found = false;
        ANJIE_CHECK(events.read_case(case_id_of(office.organisation, number), 0, [&](const EventView&) {
            found = true;
            return false;
        }));
        return found;
    };
    std::uint32_t taken = 0;
    std::uint32_t free = 1;
    for (;; free *= 2) {
        ANJIE_TRY(const bool found, is_taken(free));
        if (!found) break;
        taken = free;
    }
    while (free - taken > 1) {
        const auto middle = taken + (free - taken) / 2;
        ANJIE_TRY(const bool found, is_taken(middle));
        (found ? taken : free) = middle;
    }
    number.serial = free;
    return number;
}

Result<Answer> Desk::Impl::take_offer(const Message& message, const Offer& offer, const Peer& peer) {
    ANJIE_TRY(const auto known, ledger.case_of(message.handover));
    if (known) return known_offer(message, *known);
    return register_offer(message, offer, peer);
}

Result<Answer> Desk::Impl::known_offer(const Message& message, CaseId id) {
    ANJIE_TRY(const auto now, detail::read_case_at(events, id, 0, false));
    const auto origin = parse_handover_origin(now.state.origin);
    if (!origin || origin->handover != message.handover || origin->from != message.from)
        return refused("this hand-over is another organisation's / 该移送属于其他组织");
    return Answer{.verdict = Verdict::repeated, .number = dispute::to_string(now.state.number), .detail = {}};
}

Result<Answer> Desk::Impl::register_offer(const Message& message, const Offer& offer, const Peer& peer) {
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        ANJIE_TRY(const auto number, next_number(year_of(local_date(clock.now()))));
        const ReceiveHandover body{.number = number,
                                   .jurisdiction = office.jurisdiction,
                                   .committee = office.committee,
                                   .source = peer.source.value_or(offer.source),
                                   .type = offer.type,
                                   .type_detail = offer.type_detail,
                                   .difficulty = offer.difficulty,
                                   .parties = offer.parties,
                                   .people_count = offer.people_count,
                                   .amount = offer.amount,
                                   .handover = message.handover,
                                   .from = message.from,
                                   .reference = offer.reference,
                                   .target = offer.target,
                                   .kind = offer.kind,
                                   .reason = offer.reason,
                                   .papers = offer.papers,
                                   .held_since = offer.held_since,
                                   .answer_by = offer.answer_by};
        auto order = this->order(message, case_id_of(office.organisation, number), body);
        order.sealed = message.texts;
        const auto done = engine.execute(std::move(order));
        if (done) return Answer{done->repeated ? Verdict::repeated : Verdict::recorded, dispute::to_string(number), {}};
        if (const auto* error = std::get_if<Error>(&done.error())) return std::unexpected(*error);
        const auto& rejection = std::get<Rejection>(done.error());
        if (rejection.code != "number_taken") return refused(rejection);
    }
    return failure(ErrorCode::unavailable, "hand-over desk: no free case number was found");
}

Result<Answer> Desk::Impl::take_answer(const Message& message, std::string_view peer) {
    ANJIE_TRY(const auto id, ledger.case_of(message.handover));
    if (!id) return refused("no such hand-over is known here / 本组织没有该移送");
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        ANJIE_TRY(const auto now, detail::read_case_at(events, *id, 0, false));
        Answer answer{.verdict = Verdict::ignored, .number = dispute::to_string(now.state.number), .detail = {}};
        const bool current = now.state.handover.id == message.handover;
        if (current && now.state.handover.other != peer)
            return refused("this hand-over is another organisation's / 该移送属于其他组织");
        // A message seen before is known by its id whatever has happened since; only its order can tell.
        const auto step = detail::step_of(message, now.state);
        if (step == Step::out_of_turn)
            return refused("the case does not stand as the message says / 案件状态与消息不符");
        auto order = this->order(message, *id, detail::order_of(message));
        // The other side's clock may be behind: what it answers came after the question.
        if (local_date(order.occurred_at.at) < now.state.handover.offered.on)
            order.occurred_at = on_day(now.state.handover.offered.on);
        const auto done = engine.execute(std::move(order));
        if (done) {
            answer.verdict = done->repeated ? Verdict::repeated : Verdict::recorded;
            return answer;
        }
        if (const auto* error = std::get_if<Error>(&done.error())) return std::unexpected(*error);
        const auto& rejection = std::get<Rejection>(done.error());
        answer.detail = rejection.message.en + " / " + rejection.message.zh;
        if (step == Step::past) return answer;
        // Either somebody was faster, and the next look says so, or the rules refuse it for good.
        if (attempt + 1 == attempts_max) return refused(rejection);
    }
    return failure(ErrorCode::unavailable, "hand-over desk: the case does not stand still");
}

Desk::Desk(const EventStore& events, DerivedStore& derived, Engine& engine, const Clock& clock, Office office,
           Peers peers)
    : impl_(std::make_unique<Impl>(events, engine, clock, std::move(office), std::move(peers),
                                   detail::Ledger(events, derived))) {}
Desk::~Desk() = default;

Result<std::vector<Outgoing>> Desk::waiting() {
    const std::lock_guard lock(impl_->one_at_a_time);
    return impl_->waiting();
}

Result<std::vector<Outgoing>> Desk::outgoing(const IsDue& is_due) {
    const std::lock_guard lock(impl_->one_at_a_time);
    return impl_->outgoing(is_due);
}

Result<void> Desk::acknowledge(const Outgoing& sent) {
    const std::lock_guard lock(impl_->one_at_a_time);
    ANJIE_CHECK(impl_->ledger.acknowledged(sent.position));
    impl_->looked_at.erase(sent.position);
    return {};
}

Result<Answer> Desk::receive(const Message& message, std::string_view peer) {
    if (message.from != peer) return refused("an organisation speaks for itself only / 只能以本组织的名义发送");
    if (message.to != impl_->office.organisation)
        return refused("the message is for another organisation / 消息的接收组织不是本组织");
    const auto* known = impl_->peers.find(peer);
    if (known == nullptr) return refused("there is no line to this organisation here / 本组织没有与其联通");
    const std::lock_guard lock(impl_->one_at_a_time);
    ANJIE_CHECK(impl_->ledger.catch_up());
    if (const auto* offer = std::get_if<Offer>(&message.body)) return impl_->take_offer(message, *offer, *known);
    return impl_->take_answer(message, peer);
}

const Peers& Desk::peers() const { return impl_->peers; }
const Office& Desk::office() const { return impl_->office; }

}  // namespace anjie::handover
