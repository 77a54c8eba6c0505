#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/ledger/message.hpp"

namespace anjie::ledger {

/// What a column of a ledger may hold.
enum class Column : std::uint8_t {
    number,
    organisation,
    committee,
    registered_on,
    accepted_on,
    type,
    type_detail,
    source,
    channel,
    difficulty,
    title,
    parties,
    applicants,
    respondents,
    third_parties,
    identity_numbers,
    applicant_identity,
    respondent_identity,
    phones,
    applicant_phones,
    respondent_phones,
    addresses,
    applicant_addresses,
    respondent_addresses,
    summary,
    request,
    people_count,
    amount,
    consent,
    mediator,
    mediator_code,
    assistant,
    assigned_on,
    notice_on,
    sessions,
    extension,
    extended_on,
    suspended_on,
    resumed_on,
    suspension_reason,
    result,
    result_reason,
    ended_on,
    routes,
    agreement_on,
    agreement_form,
    agreement_number,
    agreement_text,
    agreement_amount,
    signing_method,
    due_on,
    performed_on,
    fulfilment,
    revisit_on,
    revisit_method,
    satisfaction,
    revisit_fulfilment,
    residual_risk,
    problem,
    revisit_note,
    revisitor,
    follow_up_on,
    follow_up_by,
    follow_up_note,
    resolved_on,
    documents,
    closed_on,
    archived_on,
    volume,
    retention,
    note,
};
inline constexpr std::size_t column_count = static_cast<std::size_t>(Column::note) + 1;

/// How a column is called: the first name is the usual one, the others are read too.
struct ColumnNames {
    Column column;
    std::span<const std::string_view> names;
};
[[nodiscard]] std::span<const ColumnNames> column_names();
/// The usual Chinese name.
[[nodiscard]] std::string_view usual_name(Column column);

/// Which cell of a row holds what.
class Header {
public:
    /// nullopt when the cells hold no column with the case number: then this row is no header.
    [[nodiscard]] static std::optional<Header> recognise(const std::vector<std::string>& cells);

    /// The cell, trimmed, or empty. Lifetime: the row's.
    [[nodiscard]] std::string_view cell(const std::vector<std::string>& row, Column column) const;
    [[nodiscard]] bool has(Column column) const;
    /// As the file calls it, or the usual name when the file has no such column.
    [[nodiscard]] std::string name(Column column) const;
    /// As the file calls it; empty when what stands there is not read.
    [[nodiscard]] std::string name_of_cell(std::size_t cell) const;
    [[nodiscard]] std::size_t width() const { return names_.size(); }
    /// Columns that are not understood, and columns that appear twice.
    [[nodiscard]] const std::vector<Message>& messages() const { return messages_; }

private:
    std::array<std::int32_t, column_count> places_{};
    std::vector<std::string> names_;
    std::vector<Message> messages_;
};

}  // namespace anjie::ledger
