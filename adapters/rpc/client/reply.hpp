#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "engine/event.hpp"
#include "engine/rejection.hpp"

/// What a program says to an office, and what it hears (docs/rpc.md).
namespace anjie::rpc::client {

/// Why something came to nothing.
struct Trouble {
    enum class Kind : std::uint8_t {
        refusal,     ///< The rights say no.
        rejection,   ///< The rules of the workflow say no.
        clash,       ///< It met another order.
        error,       ///< The world says no.
        connection,  ///< Nobody said anything: it is not known whether an order was taken. Send it again with its key.
    };
    Kind kind{};
    std::string code;  ///< Stable: "outside_organisation", "not_found", "connection_lost".
    Text message;
    bool retryable{};
    std::chrono::seconds retry_after{};
    std::string rule, rule_mark;  ///< Of a rejection, as what follows.
    std::vector<Version> facts;
    Text remedy;
    Version current_version{};  ///< Of the case, with "stale_version".
};

template <class T>
using Reply = std::expected<T, Trouble>;

/// Who logs in: a token, or a name and password.
struct Credentials {
    std::string token{};
    std::string name{}, password{};
    std::string program{};  ///< What the program calls itself, for the journal.
    std::string purpose{};  ///< What for, for the journal.
};

struct Who {
    std::string id, display_name;
    std::vector<std::string> roles, organisations;
    bool case_worker{}, supervisor{}, auditor{}, feed{};  ///< Which offices are open.
};

struct Order {
    std::string reference{};  ///< The case: number, id, or first digits of an id; empty: a registration.
    std::string command{};    ///< JSON: {"command": "give_consent", "party": 2}
    std::vector<SealedField> sealed{};
    std::optional<OccurredAt> occurred_at{};  ///< None: now.
    std::string organisation{};
    std::optional<Version> expected_version{};
    std::string key{};  ///< The same order sent again has the same key.
};

struct Receipt {
    CaseId case_id;
    std::string number;
    Version first{}, last{};
    Position position{};
    bool repeated{};
};

struct ShownCase {
    CaseId case_id;
    Version version{};
    std::string view;  ///< JSON.
};

struct ListedCase {
    CaseId case_id;
    Version version{};
    std::string number, organisation, type, phase, holder;
};

struct FeedEvent {
    EventHeader header;
    std::string workflow, name, case_number;
    Bytes payload;     ///< The stored bytes of the clear part, unless it was not asked for.
    std::string json;  ///< When it was asked for.
};

struct FollowOptions {
    Position after{};
    std::string organisation{};
    std::vector<std::string> types{};
    bool json{};
    bool payload{true};
    std::uint32_t batch_events_max{};  ///< 0, here and below: what the server thinks best.
    std::uint32_t window_bytes{};
    std::uint32_t heartbeat_seconds{};
};

/// How far a feed has looked.
struct FeedProgress {
    Position next{};  ///< Follow after this one to go on.
    Position head{};  ///< Of the whole log.
};

}  // namespace anjie::rpc::client
