#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/ledger/byte_source.hpp"
#include "adapters/ledger/csv_reader.hpp"
#include "adapters/ledger/message.hpp"
#include "engine/engine.hpp"
#include "engine/projection.hpp"
#include "workflows/dispute/dispute.hpp"

/// A township's ledger becomes cases: every row is a list of orders, tried before any of them is sent.
namespace anjie::ledger {

enum class RowOutcome : std::uint8_t {
    entered,    ///< A new case with all its steps.
    completed,  ///< The case was there; further steps were entered.
    corrected,  ///< The case was there; recorded facts were corrected, and perhaps further steps entered.
    unchanged,  ///< Everything was there already.
    refused,    ///< Nothing of the row was entered; the messages say why.
    skipped,    ///< An empty row or a line of totals.
};
[[nodiscard]] std::span<const CodeEntry<RowOutcome>> code_table(RowOutcome);

struct RowReport {
    std::uint64_t line{};
    std::string number;  ///< 案号 as read, or the cell when it is none.
    RowOutcome outcome{};
    std::uint32_t commands{};  ///< Sent, or on a dry run to be sent.
    std::vector<Message> messages;

    bool operator==(const RowReport&) const = default;
};

struct ImportTotals {
    std::uint64_t rows{}, entered{}, completed{}, corrected{}, unchanged{}, refused{}, skipped{};
    std::uint64_t commands{}, warnings{};

    bool operator==(const ImportTotals&) const = default;
};

struct ImportReport {
    bool dry_run{};
    std::string encoding;   ///< "UTF-8", "GB18030" ... of a text; else what kind of file it is.
    std::string separator;  ///< "," ";" "\t" or "，" of a text.
    std::string sheet;      ///< Of a spreadsheet: the name of the sheet that was read.
    std::uint64_t header_line{};
    /// About the file as a whole: unknown columns, or why nothing of it was read (then `readable` is false and nothing
    /// was entered).
    std::vector<Message> messages;
    bool readable{true};
    ImportTotals totals;
    std::vector<RowReport> rows;  ///< At most `ImportOptions::rows_kept_max`, refused ones beyond that too.

    /// Whether every row is now in the store (or would be, on a dry run).
    [[nodiscard]] bool complete() const { return readable && totals.refused == 0; }
};

struct ImportOptions {
    std::string organisation;  ///< Code of the committee; a column 机构代码 overrides it row by row.
    std::string jurisdiction;  ///< GB/T 2260 division code: decides rules and calendar.
    dispute::CommitteeKind committee{dispute::CommitteeKind::township};
    std::string actor{"ledger-import"};  ///< Who is recorded as having entered it.
    bool dry_run{};
    std::size_t rows_kept_max{10'000};
    std::size_t commands_in_flight_max{16'384};
    ReaderLimits limits;
    Progress progress;                             ///< Rows done and in all; answers false to stop.
    std::function<void(const RowReport&)> on_row;  ///< Every row in order, also those the report does not keep.
};

/// Imports a ledger. Importing it again changes nothing and completes what a stop in the middle left undone: every
/// command's id follows from organisation, case number and step. An edited row becomes corrections and further steps,
/// never a second case. A row is entered only if all its commands are accepted when tried on the case as it stands.
/// A file whose structure is broken anywhere is refused before its first row is entered.
/// Errors: `unavailable` (the engine takes no more: what was entered stays, import again), `corrupt`. A file that
/// cannot be read as a table is no error: the report says so.
/// Cost: three passes over the file; memory does not grow with it, but for 8 bytes a row to find numbers used twice.
/// Threads: others may use the engine meanwhile.
[[nodiscard]] Result<ImportReport> import_ledger(Engine& engine, const EventStore& store,
                                                 const dispute::Dispute& dispute, const Clock& clock,
                                                 ByteSource& source, const ImportOptions& options);
/// The same for the rows of any table.
[[nodiscard]] Result<ImportReport> import_ledger(Engine& engine, const EventStore& store,
                                                 const dispute::Dispute& dispute, const Clock& clock, RowSource& rows,
                                                 const ImportOptions& options);
/// The report about a file of which nothing can be read. Errors: `obstacle` is the world's fault.
[[nodiscard]] Result<ImportReport> unreadable(Obstacle obstacle, bool dry_run);

}  // namespace anjie::ledger
