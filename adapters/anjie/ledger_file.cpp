#include "adapters/anjie/ledger_file.hpp"

#include <fmt/format.h>

#include "adapters/access/recorded_reads.hpp"
#include "adapters/spreadsheet/file_kind.hpp"
#include "adapters/spreadsheet/workbook_reader.hpp"

namespace anjie {
namespace {

using spreadsheet::FileKind;

ledger::Message message_of(spreadsheet::Complaint complaint) {
    return {.value = ledger::shortened(complaint.value),
            .sentence = std::move(complaint.sentence),
            .remedy = std::move(complaint.remedy)};
}

ledger::Obstacle obstacle_of(spreadsheet::Obstacle obstacle) {
    if (obstacle.error) return std::move(*obstacle.error);
    return message_of(std::move(obstacle.complaint));
}

/// A sheet as the rows of a ledger.
class SheetRows final : public ledger::RowSource {
public:
    SheetRows(spreadsheet::SheetReader sheet, const ledger::ReaderLimits& limits)
        : sheet_(std::move(sheet)), limits_(limits) {}

    [[nodiscard]] std::expected<bool, ledger::Obstacle> next(ledger::TableRow& row) override {
        const auto more = sheet_.next(read_);
        if (!more) return std::unexpected(obstacle_of(more.error()));
        if (!*more) return false;
        if (sheet_.rows() > limits_.rows_max)
            return std::unexpected(
                ledger::Message{.sentence = {fmt::format("工作表超过 {} 行", limits_.rows_max),
                                             fmt::format("the sheet has more than {} rows", limits_.rows_max)},
                                .remedy = {"请拆成几个文件", "split the file"}});
        row.line = read_.number;
        row.joined_to = read_.joined_to;
        std::swap(row.cells, read_.cells);
        row.faults.clear();
        for (auto& fault : read_.faults) row.faults.push_back({fault.column, message_of(std::move(fault.complaint))});
        return true;
    }

    [[nodiscard]] std::expected<void, ledger::Obstacle> rewind() override {
        if (auto rewound = sheet_.rewind(); !rewound) return std::unexpected(obstacle_of(rewound.error()));
        return {};
    }

    [[nodiscard]] std::uint64_t rows() const override { return sheet_.rows(); }

private:
    spreadsheet::SheetReader sheet_;
    spreadsheet::SheetRow read_;
    ledger::ReaderLimits limits_;
};

ledger::Message not_a_workbook(Text sentence) {
    return {.sentence = std::move(sentence),
            .remedy = {"请用 Excel 或 WPS 打开，另存为“Excel 工作簿 (*.xlsx)”后再导入",
                       "open it in a spreadsheet program, save it as .xlsx and import that"}};
}

/// Where a workbook has more to offer than the sheet that was read, the report says so.
void mention_other_sheets(const spreadsheet::WorkbookReader& book, ledger::ImportReport& report) {
    std::string others;
    for (const auto& sheet : book.sheets())
        if (!sheet.hidden && sheet.name != report.sheet) others += (others.empty() ? "" : "、") + sheet.name;
    if (others.empty()) return;
    report.messages.push_back(
        {.severity = ledger::Severity::note,
         .sentence = {fmt::format("只读了工作表“{}”，另有：{}", report.sheet, others),
                      fmt::format("only the sheet \"{}\" was read; there are also: {}", report.sheet, others)},
         .remedy = {"要读另一张，请用 --sheet 指定", "name another one with --sheet"}});
}

Result<ledger::ImportReport> import_workbook(Workspace& workspace, const std::filesystem::path& file,
                                             const std::string& name, const ledger::ImportOptions& options) {
    const auto unreadable = [&](spreadsheet::Obstacle obstacle) {
        return ledger::unreadable(obstacle_of(std::move(obstacle)), options.dry_run);
    };
    spreadsheet::Limits limits;
    limits.columns_max = options.limits.columns_max;
    limits.cell_bytes_max = options.limits.cell_bytes_max;
    auto book = spreadsheet::WorkbookReader::open(file, limits);
    if (!book) return unreadable(std::move(book).error());
    auto chosen = book->chosen(name);
    if (!chosen) return unreadable(std::move(chosen).error());
    auto sheet = book->read(*chosen);
    if (!sheet) return unreadable(std::move(sheet).error());
    SheetRows rows(std::move(*sheet), options.limits);
    auto report = ledger::import_ledger(workspace.engine(), access::unrecorded(workspace.events()), workspace.dispute(),
                                        workspace.clock(), rows, options);
    if (report) {
        report->encoding = "XLSX";
        report->sheet = *chosen;
        mention_other_sheets(*book, *report);
    }
    return report;
}

}  // namespace

Result<ledger::ImportReport> import_file(Workspace& workspace, const std::filesystem::path& file,
                                         const std::string& sheet, const ledger::ImportOptions& options) {
    ANJIE_TRY(const auto kind, spreadsheet::kind_of(file));
    switch (kind) {
        case FileKind::package:
            return import_workbook(workspace, file, sheet, options);
        case FileKind::binary:
            return ledger::unreadable(
                not_a_workbook({"这是旧式的 .xls 或 .et 工作簿", "this is a workbook of the old kind, .xls or .et"}),
                options.dry_run);
        case FileKind::password:
            return ledger::unreadable(
                ledger::Message{.sentence = {"工作簿有打开密码", "the workbook opens with a password only"},
                                .remedy = {"请打开后取消密码，另存为 .xlsx 再导入",
                                           "open it, take the password away, save it as .xlsx and import that"}},
                options.dry_run);
        case FileKind::other:
            break;
    }
    if (!sheet.empty())
        return failure(ErrorCode::invalid, "--sheet: 只用于 .xlsx 工作簿 / is for .xlsx workbooks only");
    ANJIE_TRY(auto source, ledger::FileSource::open(file.string()));
    return ledger::import_ledger(workspace.engine(), access::unrecorded(workspace.events()), workspace.dispute(),
                                 workspace.clock(), source, options);
}

}  // namespace anjie
