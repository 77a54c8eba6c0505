#include "adapters/handover/detail/composing.hpp"

#include <algorithm>

#include "engine/assert.hpp"

namespace anjie::handover::detail {
namespace {

using namespace dispute;

Offer offer_of(const State& state, const HandoverOffered& event) {
    Offer offer{.reference = dispute::to_string(state.number),
                .target = event.target,
                .kind = event.kind,
                .reason = event.reason,
                .papers = event.papers,
                .held_since = state.held_since.on,
                .source = state.source,
                .type = state.type,
                .type_detail = state.type_detail,
                .difficulty = state.difficulty,
                .people_count = state.people_count,
                .amount = state.amount};
    for (const auto& start : event.starts)
        if (start.kind == DeadlineKind::handover_answer) offer.answer_by = start.due.rolled;
    for (const auto& one : state.parties) offer.parties.push_back(one.party);
    return offer;
}

/// Which conversation an event belongs to, and what it says in it.
struct Said {
    std::string handover;
    Body body;
};

struct Speaker {
    const CaseAt& at;

    std::optional<Said> operator()(const HandoverOffered& event) const {
        return Said{event.handover, offer_of(at.state, event)};
    }
    std::optional<Said> operator()(const HandoverAccepted& event) const {
        return Said{event.handover, Confirmed{local_date(at.occurred_at.at)}};
    }
    std::optional<Said> operator()(const HandoverWithdrawn& event) const {
        return Said{event.handover, Ended{HandoverEnding::withdrawn}};
    }
    std::optional<Said> operator()(const HandoverLapsed& event) const {
        return Said{event.handover, Ended{HandoverEnding::lapsed}};
    }
    std::optional<Said> operator()(const HandoverTaken& event) const {
        return Said{event.handover, Accepted{dispute::to_string(at.state.number)}};
    }
    std::optional<Said> operator()(const HandoverDeclined& event) const {
        return Said{event.handover, Returned{event.ground}};
    }
    std::optional<Said> operator()(const HandoverResultFedBack& event) const {
        return Said{event.handover, ResultTold{event.outcome, false}};
    }
    std::optional<Said> operator()(const CaseHandedBack& event) const {
        return Said{event.handover, ResultTold{event.outcome, true}};
    }
    template <class E>
    std::optional<Said> operator()(const E&) const {
        return std::nullopt;
    }
};

}  // namespace

Result<CaseAt> read_case_at(const EventStore& events, CaseId id, Version until, bool with_texts) {
    CaseAt at;
    Version last = 0;
    Result<void> folded;
    const auto fold = [&](const EventView& view) -> Result<void> {
        ANJIE_TRY(at.event, Dispute::decode(view.header.type, view.header.schema, view.payload));
        Dispute::evolve(at.state, at.event, view.header);
        at.occurred_at = view.header.occurred_at;
        last = view.header.version;
        if (!with_texts) return {};
        ANJIE_TRY(auto sealed, events.unseal(view));
        std::ranges::move(sealed, std::back_inserter(at.sealed));
        return {};
    };
    ANJIE_CHECK(events.read_case(id, 0, [&](const EventView& view) {
        folded = fold(view);
        return folded.has_value() && (until == 0 || last < until);
    }));
    ANJIE_CHECK(std::move(folded));
    if (last == 0 || (until != 0 && last != until))
        return failure(ErrorCode::not_found, "hand-over desk: the case has no such version");
    return at;
}

Message message_of(const CaseAt& at, std::string_view own_organisation) {
    auto said = std::visit(Speaker{at}, at.event);
    ANJIE_ASSERT(said.has_value());
    return {.handover = std::move(said->handover),
            .from = std::string(own_organisation),
            .to = at.state.handover.other,
            .occurred_at = at.occurred_at,
            .body = std::move(said->body),
            .texts = {}};
}

std::vector<SealedField> travelling(const std::vector<SealedField>& sealed, const std::vector<SealedCode>& fields) {
    std::vector<SealedField> out;
    for (const auto& field : sealed) {
        if (std::ranges::find(fields, static_cast<SealedCode>(field.field)) == fields.end()) continue;
        std::erase_if(out, [&](const auto& old) { return old.subject == field.subject && old.field == field.field; });
        if (field.readability == Readability::readable && !field.text.empty()) out.push_back(field);
    }
    return out;
}

dispute::Command order_of(const Message& message) {
    struct Clerk {
        const std::string& handover;
        dispute::Command operator()(const Offer&) const {
            ANJIE_ASSERT(false);
            return CloseCase{};
        }
        dispute::Command operator()(const Accepted& said) const {
            return RecordHandoverAccepted{handover, said.reference};
        }
        dispute::Command operator()(const Returned& said) const {
            return RecordHandoverReturned{handover, said.ground};
        }
        dispute::Command operator()(const Confirmed& said) const {
            return RecordHandoverConfirmed{handover, said.since};
        }
        dispute::Command operator()(const Ended& said) const { return RecordHandoverEnded{handover, said.ending}; }
        dispute::Command operator()(const ResultTold& said) const {
            return RecordHandoverResult{handover, said.outcome, said.handed_back};
        }
    };
    return std::visit(Clerk{message.handover}, message.body);
}

Step step_of(const Message& message, const State& state) {
    using enum CustodyPhase;
    if (state.handover.id != message.handover) return Step::past;
    const auto custody = state.custody;
    const auto is_one_of = [&](std::initializer_list<CustodyPhase> phases) {
        return std::ranges::find(phases, custody) != phases.end();
    };
    const auto judge = [&](std::initializer_list<CustodyPhase> now, std::initializer_list<CustodyPhase> later) {
        return is_one_of(now) ? Step::record : is_one_of(later) ? Step::past : Step::out_of_turn;
    };
    return std::visit(
        [&]<class B>(const B&) {
            if constexpr (std::is_same_v<B, Confirmed>)
                return judge({received, accepting}, {held_for, fed_back, handed_back});
            else if constexpr (std::is_same_v<B, Ended>)
                return judge({received, accepting}, {declined, offer_ended});
            else if constexpr (std::is_same_v<B, ResultTold>)
                return judge({away}, {ended_there, held, moved});
            else  // An answer: after a withdrawal, a lapse or another answer it changes nothing.
                return judge({offered}, {held, away, ended_there, moved, fed_back});
        },
        message.body);
}

}  // namespace anjie::handover::detail
