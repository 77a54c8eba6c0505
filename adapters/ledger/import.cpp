#include "adapters/ledger/import.hpp"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <unordered_set>

#include "adapters/ledger/case_history.hpp"
#include "adapters/ledger/plan.hpp"
#include "adapters/ledger/row.hpp"
#include "adapters/ledger/row_entry.hpp"

namespace anjie::ledger {
namespace {

constexpr int header_rows_max = 10;

/// What the engine has answered about one row's commands; shared with completions on the engine's threads.
struct RowAnswers {
    std::size_t pending{};
    std::optional<std::variant<Rejection, Error>> failure;
};

/// The rows whose commands are on their way, in order, and the one lock for all of them.
struct Window {
    std::mutex lock;
    std::condition_variable answered;
    std::size_t commands_in_flight{};
};

struct RowInFlight {
    RowReport report;
    std::shared_ptr<RowAnswers> answers;
};

Message file_problem(Text sentence, Text remedy) {
    return {.sentence = std::move(sentence), .remedy = std::move(remedy)};
}

/// One import from the first byte to the last answer.
class Import {
public:
    Import(Engine& engine, const EventStore& store, const dispute::Dispute& dispute, const Clock& clock,
           const ImportOptions& options)
        : engine_(engine),
          store_(store),
          dispute_(dispute),
          clock_(clock),
          options_(options),
          plan_context_{options.jurisdiction, options.committee, &dispute.rules()} {
        report_.dry_run = options.dry_run;
    }

    Result<ImportReport> run(RowSource& rows) {
        auto scanned = scan(rows);
        if (!scanned) return stopped(std::move(scanned).error());
        if (auto found = find_header(rows); !found) return stopped(std::move(found).error());
        auto imported = import_rows(rows);
        if (!imported) {
            wait_for_all();
            if (imported.error().error) return std::unexpected(*imported.error().error);
            return stopped(std::move(imported).error());
        }
        return std::move(report_);
    }

private:
    Result<ImportReport> stopped(Obstacle obstacle) {
        if (obstacle.error) return std::unexpected(std::move(*obstacle.error));
        report_.readable = false;
        report_.messages.push_back(std::move(obstacle.message));
        return std::move(report_);
    }

    /// Reads the whole file once, so that nothing is entered from a file that is broken further down.
    std::expected<void, Obstacle> scan(RowSource& reader) {
        TableRow row;
        for (;;) {
            auto more = reader.next(row);
            if (!more) return std::unexpected(std::move(more).error());
            if (!*more) break;
        }
        rows_in_file_ = reader.rows();
        return reader.rewind();
    }

    /// The header is the first row with a case number column; titles may stand above it.
    std::expected<void, Obstacle> find_header(RowSource& reader) {
        TableRow row;
        std::string first_cells;
        for (int i = 0; i < header_rows_max; ++i) {
            auto more = reader.next(row);
            if (!more) return std::unexpected(std::move(more).error());
            if (!*more) break;
            if (Header::recognise(row.cells)) {
                report_.header_line = row.line;
                if (auto whole = take_header(reader, row); !whole) return whole;
                report_.messages = header_.messages();
                report_.totals.warnings += report_.messages.size();
                return check_columns(reader.rows());
            }
            if (first_cells.empty())
                for (const auto& cell : row.cells) first_cells += (first_cells.empty() ? "" : " | ") + cell;
        }
        Message message = file_problem(
            {"前 10 行中没有找到含有“案号”列的表头", "no header with a case number column in the first 10 rows"},
            {"请在第一行写列名, 至少有: 案号、受理日期、纠纷类型、案件来源、申请人、被申请人",
             "put column names into the first row, at least: 案号 受理日期 纠纷类型 案件来源 申请人 被申请人"});
        message.value = shortened(first_cells);
        return std::unexpected(std::move(message));
    }

    /// A header of several lines: a cell that is merged downwards names its column, below a cell that is merged
    /// sideways stand the names of its columns.
    std::expected<void, Obstacle> take_header(RowSource& reader, TableRow row) {
        const auto first = row.cells;
        auto names = first;
        const auto last = row.joined_to;
        while (row.line < last) {
            auto more = reader.next(row);
            if (!more) return std::unexpected(std::move(more).error());
            if (!*more) break;
            names.resize(std::max(names.size(), row.cells.size()));
            for (std::size_t i = 0; i < row.cells.size(); ++i)
                if (!row.cells[i].empty()) names[i] = row.cells[i];
        }
        auto header = Header::recognise(names);
        if (!header) header = Header::recognise(first);
        header_ = std::move(*header);
        return {};
    }

    std::expected<void, Obstacle> check_columns(std::uint64_t rows_read) {
        std::string missing;
        const auto need = [&](bool there, Column column) {
            if (!there) missing += (missing.empty() ? "" : "、") + std::string(usual_name(column));
        };
        need(header_.has(Column::accepted_on) || header_.has(Column::registered_on), Column::accepted_on);
        need(header_.has(Column::type), Column::type);
        need(header_.has(Column::source), Column::source);
        const bool both = header_.has(Column::parties);
        need(both || header_.has(Column::applicants), Column::applicants);
        need(both || header_.has(Column::respondents), Column::respondents);
        if (!missing.empty())
            return std::unexpected(file_problem({"表头缺少: " + missing, "the header lacks: " + missing},
                                                {"请补上这些列; 各列的其他写法见 examples/README.md",
                                                 "add these columns; examples/README.md lists other names for them"}));
        if (rows_in_file_ == rows_read)
            return std::unexpected(
                file_problem({"只有表头, 没有案件", "there is a header but no case"},
                             {"请在表头下每行填写一件案件", "write one case per row below the header"}));
        rows_before_ = rows_read;
        return {};
    }

    std::expected<void, Obstacle> import_rows(RowSource& reader) {
        TableRow row;
        for (;;) {
            auto more = reader.next(row);
            if (!more) return std::unexpected(std::move(more).error());
            if (!*more) break;
            if (auto taken = take(row); !taken) return std::unexpected(std::move(taken).error());
            settle_answered();
            if (options_.progress && !options_.progress(reader.rows() - rows_before_, rows_in_file_ - rows_before_))
                return std::unexpected(file_problem(
                    {fmt::format("在第 {} 行之后停止", row.line), fmt::format("stopped after line {}", row.line)},
                    {"已录入的行保留; 再次导入同一文件即可完成",
                     "what was entered stays; import the file again to complete it"}));
        }
        wait_for_all();
        if (world_failure_) return std::unexpected(*world_failure_);
        return {};
    }

    std::expected<void, Obstacle> take(const TableRow& cells) {
        RowReport report{
            .line = cells.line, .number = {}, .outcome = RowOutcome::skipped, .commands = 0, .messages = {}};
        if (is_to_be_skipped(header_, cells)) {
            push(std::move(report), nullptr);
            return {};
        }
        auto read = read_row(header_, cells, {options_.organisation});
        report.number = read.row.number.serial == 0 ? shortened(header_.cell(cells.cells, Column::number))
                                                    : to_string(read.row.number);
        report.messages = std::move(read.messages);
        report.outcome = RowOutcome::refused;
        const bool fit =
            std::ranges::find(report.messages, Severity::error, &Message::severity) == report.messages.end();
        if (!fit || !is_first_with_number(read.row, report)) {
            push(std::move(report), nullptr);
            return {};
        }
        const Plan plan = plan_row(read.row, header_, plan_context_);
        report.messages.insert(report.messages.end(), plan.messages.begin(), plan.messages.end());
        if (plan.has_error()) {
            push(std::move(report), nullptr);
            return {};
        }
        auto history = read_history(store_, case_id_of(read.row.organisation, read.row.number));
        if (!history) return std::unexpected(std::move(history).error());
        auto entry = prepare(read.row, plan, header_, cells.cells, *history, dispute_, options_, clock_.now());
        report.outcome = entry.outcome;
        report.commands = static_cast<std::uint32_t>(entry.commands.size());
        report.messages.insert(report.messages.end(), entry.messages.begin(), entry.messages.end());
        if (options_.dry_run || entry.commands.empty()) {
            push(std::move(report), nullptr);
            return {};
        }
        return send(std::move(report), std::move(entry.commands));
    }

    /// One number, one row: a second one would correct the first to and fro on every import.
    bool is_first_with_number(const LedgerRow& row, RowReport& report) {
        const auto id = case_id_of(row.organisation, row.number);
        if (seen_.insert(std::hash<CaseId>{}(id)).second) return true;
        report.messages.push_back(
            {.column = header_.name(Column::number),
             .value = to_string(row.number),
             .sentence = {"文件中前面已有同一案号的一行", "an earlier row of the file has the same number"},
             .remedy = {"一案一码: 请把两行合并, 或给另一案件自己的案号",
                        "one case, one number: merge the rows, or give the other case its own"}});
        return false;
    }

    std::expected<void, Obstacle> send(RowReport report, std::vector<Command> commands) {
        auto answers = std::make_shared<RowAnswers>();
        answers->pending = commands.size();
        push(std::move(report), answers);
        for (std::size_t i = 0; i < commands.size(); ++i)
            if (auto sent = submit(commands[i], answers); !sent) {
                const std::scoped_lock guard(window_->lock);
                answers->pending -= commands.size() - i;
                answers->failure = sent.error();
                return std::unexpected(sent.error());
            }
        return {};
    }

    Result<void> submit(const Command& command, const std::shared_ptr<RowAnswers>& answers) {
        wait_until([&] { return window_->commands_in_flight < options_.commands_in_flight_max; });
        for (;;) {
            {
                const std::scoped_lock guard(window_->lock);
                ++window_->commands_in_flight;
            }
            const auto taken = engine_.submit(command, [window = window_, answers](const Outcome& outcome) {
                const std::scoped_lock guard(window->lock);
                --window->commands_in_flight;
                --answers->pending;
                if (!outcome && !answers->failure) answers->failure = outcome.error();
                window->answered.notify_one();
            });
            if (taken) return {};
            std::size_t others = 0;
            {
                const std::scoped_lock guard(window_->lock);
                others = --window_->commands_in_flight;
            }
            // A full queue empties while our own commands are answered; with none under way it is not ours to wait for.
            if (others == 0)
                return failure(taken.error().code,
                               taken.error().detail +
                                   " — 已录入的行保留, 再次导入同一文件即可完成 / what was entered stays; "
                                   "import the file again to complete it");
            wait_until([&] { return window_->commands_in_flight < others; });
        }
    }

    template <class Condition>
    void wait_until(Condition condition) {
        std::unique_lock guard(window_->lock);
        window_->answered.wait(guard, condition);
    }

    void push(RowReport report, std::shared_ptr<RowAnswers> answers) {
        rows_.push_back({std::move(report), std::move(answers)});
    }

    void settle_answered() {
        while (!rows_.empty()) {
            {
                const std::scoped_lock guard(window_->lock);
                if (rows_.front().answers && rows_.front().answers->pending > 0) return;
            }
            settle(std::move(rows_.front()));
            rows_.pop_front();
        }
    }

    void wait_for_all() {
        wait_until([&] { return window_->commands_in_flight == 0; });
        settle_answered();
    }

    void settle(RowInFlight row) {
        RowReport& report = row.report;
        if (row.answers && row.answers->failure) {
            report.outcome = RowOutcome::refused;
            if (const auto* error = std::get_if<Error>(&*row.answers->failure)) {
                if (!world_failure_) world_failure_ = *error;
                report.messages.push_back(
                    file_problem({"未能全部写入: " + error->detail, "not all of it could be written: " + error->detail},
                                 {"请再次导入同一文件", "import the file again"}));
            } else {
                const auto& rejection = std::get<Rejection>(*row.answers->failure);
                report.messages.push_back(
                    {.sentence = rejection.message, .remedy = rejection.remedy, .rule = rejection.rule.id});
            }
        }
        count(report);
        if (options_.on_row) options_.on_row(report);
        const bool kept = report_.rows.size() < options_.rows_kept_max ||
                          (report.outcome == RowOutcome::refused && refused_kept_++ < options_.rows_kept_max);
        if (kept) report_.rows.push_back(std::move(report));
    }

    void count(const RowReport& report) {
        auto& totals = report_.totals;
        ++totals.rows;
        switch (report.outcome) {
            case RowOutcome::entered:
                ++totals.entered;
                break;
            case RowOutcome::completed:
                ++totals.completed;
                break;
            case RowOutcome::corrected:
                ++totals.corrected;
                break;
            case RowOutcome::unchanged:
                ++totals.unchanged;
                break;
            case RowOutcome::refused:
                ++totals.refused;
                break;
            case RowOutcome::skipped:
                ++totals.skipped;
                break;
        }
        if (report.outcome != RowOutcome::refused) totals.commands += report.commands;
        for (const auto& message : report.messages) totals.warnings += message.severity == Severity::warning;
    }

    Engine& engine_;
    const EventStore& store_;
    const dispute::Dispute& dispute_;
    const Clock& clock_;
    const ImportOptions& options_;
    PlanContext plan_context_;
    ImportReport report_;
    Header header_;
    std::uint64_t rows_in_file_{}, rows_before_{};
    std::unordered_set<std::size_t> seen_;
    std::shared_ptr<Window> window_ = std::make_shared<Window>();
    std::deque<RowInFlight> rows_;
    std::size_t refused_kept_{};
    std::optional<Error> world_failure_;
};

}  // namespace

std::span<const CodeEntry<RowOutcome>> code_table(RowOutcome) {
    using enum RowOutcome;
    static constexpr CodeEntry<RowOutcome> entries[]{
        {entered, "entered", "已录入", "entered"},       {completed, "completed", "已补录", "completed"},
        {corrected, "corrected", "已更正", "corrected"}, {unchanged, "unchanged", "无变化", "unchanged"},
        {refused, "refused", "未录入", "refused"},       {skipped, "skipped", "已跳过", "skipped"},
    };
    return entries;
}

Result<ImportReport> import_ledger(Engine& engine, const EventStore& store, const dispute::Dispute& dispute,
                                   const Clock& clock, ByteSource& source, const ImportOptions& options) {
    auto reader = CsvReader::open(source, options.limits);
    if (!reader) return unreadable(std::move(reader).error(), options.dry_run);
    auto report = import_ledger(engine, store, dispute, clock, *reader, options);
    if (report) {
        report->encoding = to_string(reader->encoding());
        report->separator = reader->separator();
    }
    return report;
}

Result<ImportReport> import_ledger(Engine& engine, const EventStore& store, const dispute::Dispute& dispute,
                                   const Clock& clock, RowSource& rows, const ImportOptions& options) {
    return Import(engine, store, dispute, clock, options).run(rows);
}

Result<ImportReport> unreadable(Obstacle obstacle, bool dry_run) {
    if (obstacle.error) return std::unexpected(std::move(*obstacle.error));
    ImportReport report;
    report.dry_run = dry_run;
    report.readable = false;
    report.messages.push_back(std::move(obstacle.message));
    return report;
}

}  // namespace anjie::ledger
