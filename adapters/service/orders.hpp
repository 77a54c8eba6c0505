#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/service/answer.hpp"
#include "adapters/views/full_export.hpp"
#include "adapters/views/language.hpp"
#include "adapters/views/report_query.hpp"
#include "engine/command.hpp"
#include "engine/directory.hpp"

/// What is asked of the service, and what it answers.
namespace anjie::service {

/// One page of a list. The answer goes on after `next`; nullopt: that was all.
struct CaseQuery {
    DirectoryFilter filter;  ///< `after` is the cursor: the case id of the last row seen. `limit` is cut to 500.
};
struct CasePage {
    std::vector<DirectoryEntry> entries;  ///< Without search texts.
    std::optional<CaseId> next;
};

/// How much of a case, and as of when.
struct CaseRequest {
    std::string reference;  ///< Number, id, or first digits of an id.
    std::string until;      ///< As `views::parse_until`; empty: now.
    bool sealed{};          ///< With personal text: needs read_sealed, and is recorded before it is answered.
    bool diff{};            ///< history: with what each event changed.
};
struct CaseAnswer {
    CaseId case_id;
    Version version{};
    boost::json::object view;  ///< As `views::case_json`, or {"case", "case_id", "events": [...]} of a history.
};

/// A command as JSON, by its name and fields: {"command": "give_consent", "party": 2}.
struct SubmitOrder {
    std::string reference;  ///< The case; empty for register_case.
    boost::json::object command;
    std::vector<SealedField> sealed;
    std::string occurred_at;   ///< A day or a moment; empty: now.
    std::string organisation;  ///< On whose behalf; empty: the case's, or the office's own.
    std::optional<Version> expected_version;
    /// Says that this is the same order sent again (Idempotency-Key); empty: it is a new one. Held against principal
    /// and case, durable with the events, and kept as long as they are. See `Clash`.
    std::string key;
};
struct Submitted {
    Committed committed;
    std::string number;  ///< Of the case.
};
using SubmitCompletion = std::move_only_function<void(Answer<Submitted>)>;

struct DueQuery {
    std::string within{"7d"};  ///< "7d", "5wd", "1m".
    bool overdue{};
    std::string organisation, holder;
    std::optional<Date> on;  ///< As seen on this day.
    std::size_t limit{1000};
    bool whole{};         ///< All of them, whatever `limit` says.
    bool for_calendar{};  ///< Needs read_calendar instead of list_cases.
};
struct DueAnswer {
    Date today{};
    std::vector<DueEntry> entries;
};

/// A full export that two persons agreed on, taken and not written yet. One that is not written to its end is noted as
/// carried out in vain.
class FullExport {
public:
    virtual ~FullExport() = default;
    /// Hands over line after line (`views::write_full_export`), once. Errors: those of the store and of `put`.
    [[nodiscard]] virtual Result<void> write(const views::LineSink& put) = 0;
};

struct ReportRequest : views::QueryOptions {
    bool public_view{};
};

/// What the figures would be under other rules.
struct WhatIfRequest : views::QueryOptions {
    std::string rules;                ///< A rule file's text, whole or only what differs (rulebook/other_rules.hpp).
    std::string rules_name{"rules"};  ///< What the answer and complaints call it.
    bool cases{};                     ///< With the cases behind each change: needs list_cases too.
};

struct FindingsRequest {
    std::optional<Date> from, to;
    std::string organisation;
    std::vector<std::string> kinds;
};

/// One follower of the log and how far behind it is.
struct FollowerStatus {
    std::string name;
    Position cursor{};
    Position head{};
    double lag_seconds{};  ///< Age of the first event not followed yet; 0 when there is none.
};

/// How a sink is doing, as its runner tells.
struct SinkStatus {
    std::string name, kind, destination;
    std::string state;  ///< Its stable code, for example "paused".
    Position cursor{};
    double lag_seconds{};
    std::uint64_t waiting{}, parked{}, dropped{};  ///< Events held for later, events of parked cases, events given up.
    std::string trouble;                           ///< Of the sink as a whole, without personal data; may be empty.
};

/// The sinks, given by main.
class Sinks {
public:
    virtual ~Sinks() = default;
    [[nodiscard]] virtual Result<std::vector<SinkStatus>> status() const = 0;
    /// Errors: not_found.
    [[nodiscard]] virtual Result<void> pause(std::string_view name) = 0;
    [[nodiscard]] virtual Result<void> resume(std::string_view name) = 0;
    /// Goes on from after this position. Errors: not_found, invalid.
    [[nodiscard]] virtual Result<void> resend(std::string_view name, Position from) = 0;
};

}  // namespace anjie::service
