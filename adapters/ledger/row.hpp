#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/ledger/columns.hpp"
#include "adapters/ledger/csv_reader.hpp"
#include "adapters/ledger/values.hpp"
#include "workflows/dispute/facts.hpp"

namespace anjie::ledger {

/// A party as the ledger names it. Empty texts: not stated.
struct LedgerParty {
    dispute::Party party;
    std::string name{};
    std::string identity_number{};
    std::string phone{};
    std::string address{};
};

/// A person who acts for the committee: `code` is what the clear part of events carries.
struct Person {
    std::string code{};
    std::string name{};

    explicit operator bool() const { return !code.empty(); }
};

/// One case as the ledger states it; what a cell leaves open is empty here.
struct LedgerRow {
    std::uint64_t line{};
    dispute::CaseNumber number;
    std::string organisation;
    std::optional<dispute::CommitteeKind> committee;
    std::optional<Date> registered_on, accepted_on, assigned_on, notice_on, extended_on, suspended_on, resumed_on,
        ended_on, agreement_on, due_on, performed_on, revisit_on, follow_up_on, resolved_on, closed_on, archived_on;
    std::vector<Date> sessions;

    std::optional<dispute::DisputeType> type;
    std::string type_detail;
    std::optional<dispute::CaseSource> source;
    std::optional<dispute::Channel> channel;
    std::optional<dispute::Difficulty> difficulty;
    std::vector<LedgerParty> parties;
    std::string title, summary, request, note;
    std::uint32_t people_count{};
    dispute::Money amount;

    std::optional<bool> consent;
    Person mediator, assistant, revisitor, follow_up_by;
    std::optional<Period> extension;
    std::optional<dispute::SuspensionReason> suspension_reason;

    LedgerResult result{LedgerResult::pending};
    bool result_stated{};
    std::string result_reason;
    dispute::Routes routes;
    std::optional<dispute::AgreementForm> agreement_form;
    std::string agreement_number, agreement_text;
    std::optional<dispute::Money> agreement_amount;
    std::optional<dispute::SigningMethod> signing_method;
    std::optional<dispute::Fulfilment> fulfilment;
    bool on_the_spot{};

    std::optional<dispute::RevisitMethod> revisit_method;
    std::optional<dispute::Satisfaction> satisfaction;
    std::optional<dispute::Fulfilment> revisit_fulfilment;
    std::optional<dispute::ResidualRisk> residual_risk;
    dispute::RevisitProblem problem{dispute::RevisitProblem::none};
    std::string problem_text, revisit_note, follow_up_note;

    std::vector<dispute::DocumentKind> documents;
    bool documents_complete{};  ///< 齐全: all that the rules ask for.
    std::string volume;
    std::optional<dispute::Retention> retention;
};

/// What the file does not say about all of its rows.
struct RowDefaults {
    std::string organisation;
};

/// A row read cell by cell. `row` is fit for planning when no message is an error.
struct ReadRow {
    LedgerRow row;
    std::vector<Message> messages;

    [[nodiscard]] bool has_error() const;
};
[[nodiscard]] ReadRow read_row(const Header& header, const TableRow& cells, const RowDefaults& defaults);

/// Nothing in any cell, or a line of totals (合计).
[[nodiscard]] bool is_to_be_skipped(const Header& header, const TableRow& cells);

}  // namespace anjie::ledger
