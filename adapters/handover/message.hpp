#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/event.hpp"
#include "engine/id.hpp"
#include "engine/result.hpp"
#include "workflows/dispute/facts.hpp"

/// The messages of a hand-over between two organisations (docs/handover.md). Each says one thing that one side's log
/// already holds, once per hand-over: its id follows from the hand-over and from what is said, so however often it is
/// sent it is the same message.
namespace anjie::handover {

/// The offering side: here is a case, will you take it?
struct Offer {
    static constexpr std::string_view name = "offer";

    std::string reference{};  ///< The case's number at the sender.
    dispute::TransferTarget target{};
    dispute::HandoverKind kind{};
    dispute::HandoverReason reason{};
    std::vector<dispute::DocumentKind> papers{};
    Date held_since{};
    Date answer_by{};  ///< 1970-01-01: the sender's rules set no time.
    dispute::CaseSource source{};
    dispute::DisputeType type{};
    std::string type_detail{};
    dispute::Difficulty difficulty{};
    std::vector<dispute::Party> parties{};
    std::uint32_t people_count{};
    dispute::Money amount{};

    bool operator==(const Offer&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("reference", &Offer::reference);
        v("target", &Offer::target);
        v("kind", &Offer::kind);
        v("reason", &Offer::reason);
        v("papers", &Offer::papers);
        v("held_since", &Offer::held_since);
        v("answer_by", &Offer::answer_by);
        v("source", &Offer::source);
        v("type", &Offer::type);
        v("type_detail", &Offer::type_detail);
        v("difficulty", &Offer::difficulty);
        v("parties", &Offer::parties);
        v("people_count", &Offer::people_count);
        v("amount", &Offer::amount);
    }
};

/// The asked side: we take it, under this number; it is yours until you confirm.
struct Accepted {
    static constexpr std::string_view name = "accepted";

    std::string reference{};

    bool operator==(const Accepted&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("reference", &Accepted::reference);
    }
};

/// The asked side: we do not take it (不予调解的函).
struct Returned {
    static constexpr std::string_view name = "returned";

    dispute::RefusalGround ground{};

    bool operator==(const Returned&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("ground", &Returned::ground);
    }
};

/// The offering side: your acceptance is recorded; the case is yours since that day.
struct Confirmed {
    static constexpr std::string_view name = "confirmed";

    Date since{};

    bool operator==(const Confirmed&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("since", &Confirmed::since);
    }
};

/// The offering side: the offer is over, unanswered.
struct Ended {
    static constexpr std::string_view name = "ended";

    dispute::HandoverEnding ending{};

    bool operator==(const Ended&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("ending", &Ended::ending);
    }
};

/// The asked side: this came of it; `handed_back`: and the case is yours again.
struct ResultTold {
    static constexpr std::string_view name = "result";

    dispute::CaseResult outcome{};
    bool handed_back{};

    bool operator==(const ResultTold&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("outcome", &ResultTold::outcome);
        v("handed_back", &ResultTold::handed_back);
    }
};

using Body = std::variant<Offer, Accepted, Returned, Confirmed, Ended, ResultTold>;

struct Message {
    std::string handover;  ///< Id of the conversation.
    std::string from, to;  ///< Organisation codes.
    OccurredAt occurred_at;
    Body body;
    std::vector<SealedField> texts;  ///< Personal data and narrative, as far as they may travel.

    bool operator==(const Message&) const = default;
};

/// Bytes of one message at the most, texts included.
inline constexpr std::size_t message_bytes_max = 256u << 10;

[[nodiscard]] std::string_view name_of(const Body& body);
/// The same for every copy of a message; the receiver gives its order under this id, so it is carried out once.
[[nodiscard]] CommandId message_id(const Message& message);

/// One JSON object (docs/handover.md).
[[nodiscard]] std::string to_json(const Message& message);
/// Errors: `invalid`, naming the place: not a message, not of this format, an id that does not follow from the rest,
/// a text about nobody in the case.
[[nodiscard]] Result<Message> parse_message(std::string_view json);

}  // namespace anjie::handover
