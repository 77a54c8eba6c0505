#include "storage/sqlite/detail/directory_queries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "engine/organisation.hpp"
#include "storage/sqlite/detail/search_text.hpp"

namespace anjie::sqlite_detail {
namespace {

constexpr std::string_view row_columns =
    "c.case_id, c.workflow, c.version, c.number, c.organisation, c.type, c.phase, c.holder, c.opened, c.closed, "
    "c.amount_minor, c.confidentiality";
constexpr int row_column_count = 12;
constexpr std::string_view deadline_columns =
    "d.kind, d.item, d.raw, d.rolled, d.provisional, d.next_alarm, d.next_level";

std::int64_t day_number(Date day) { return day.time_since_epoch().count(); }
Date day_of(std::int64_t number) { return Date{std::chrono::days{static_cast<int>(number)}}; }
std::optional<std::int64_t> day_number(const std::optional<Date>& day) {
    if (!day) return std::nullopt;
    return day_number(*day);
}
std::optional<Date> day_of(std::optional<std::int64_t> number) {
    if (!number) return std::nullopt;
    return day_of(*number);
}
std::int64_t row_limit(std::size_t limit) {
    constexpr auto most = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(std::min(limit, most));
}

/// A statement's conditions and their parameters, in order. Only our own text becomes SQL; values are always bound.
class Conditions {
public:
    using Value = std::variant<std::int64_t, std::string, CaseId>;

    void require(std::string_view condition) {
        sql_ += sql_.empty() ? " WHERE " : " AND ";
        sql_ += condition;
    }
    /// `condition` holds one `?`.
    void require(std::string_view condition, Value value) {
        require(condition);
        values_.push_back(std::move(value));
    }
    void require_equal(std::string_view column, const std::string& text) {
        if (!text.empty()) require(std::string(column) + " = ?", text);
    }
    void require_at_most(std::string_view column, std::optional<std::uint8_t> most) {
        if (most) require(std::string(column) + " <= ?", std::int64_t{*most});
    }
    /// The organisation or one below it, as `is_within` says; in ranges, so that an index can serve it.
    void require_within(std::string_view column, const std::string& top) {
        if (top.empty()) return;
        const auto within = prefixes_within(top);
        std::string any;
        const auto add = [&](const std::string& condition) { any += (any.empty() ? "" : " OR ") + condition; };
        for (const auto& code : within.equal) {
            add(fmt::format("{} = ?", column));
            values_.push_back(code);
        }
        for (const auto& start : within.starts) {
            // The smallest text greater than all that begin so ends the range: codes end in a digit or a hyphen here.
            auto end = start;
            ++end.back();
            add(fmt::format("({0} >= ? AND {0} < ?)", column));
            values_.push_back(start);
            values_.push_back(std::move(end));
        }
        require("(" + any + ")");
    }

    [[nodiscard]] const std::string& sql() const { return sql_; }
    void bind(Statement& statement, std::int64_t limit) const {
        int parameter = 0;
        for (const Value& value : values_) {
            ++parameter;
            if (const auto* number = std::get_if<std::int64_t>(&value)) statement.bind(parameter, *number);
            if (const auto* text = std::get_if<std::string>(&value)) statement.bind(parameter, std::string_view(*text));
            if (const auto* id = std::get_if<CaseId>(&value)) statement.bind(parameter, std::span(id->bytes));
        }
        statement.bind(parameter + 1, limit);
    }

private:
    std::string sql_;
    std::vector<Value> values_;
};

DirectoryEntry entry_of(const Statement& row) {
    DirectoryEntry entry;
    std::ranges::copy(row.blob(0).first(std::min<std::size_t>(row.blob(0).size(), 16)), entry.case_id.bytes.begin());
    entry.workflow = WorkflowId{static_cast<std::uint16_t>(row.integer(1))};
    entry.version = static_cast<Version>(row.integer(2));
    entry.number = row.text(3);
    entry.organisation = row.text(4);
    entry.type = row.text(5);
    entry.phase = row.text(6);
    entry.holder = row.text(7);
    entry.opened = day_of(row.optional_integer(8));
    entry.closed = day_of(row.optional_integer(9));
    entry.amount_minor = row.integer(10);
    entry.confidentiality = static_cast<std::uint8_t>(row.integer(11));
    return entry;
}

Deadline deadline_of(const Statement& row, int column) {
    Deadline deadline;
    deadline.kind = static_cast<std::uint16_t>(row.integer(column));
    deadline.item = static_cast<std::uint16_t>(row.integer(column + 1));
    deadline.due.raw = day_of(row.integer(column + 2));
    deadline.due.rolled = day_of(row.integer(column + 3));
    deadline.due.provisional = row.integer(column + 4) != 0;
    if (const auto alarm = row.optional_integer(column + 5)) deadline.next_alarm = Instant{*alarm};
    deadline.next_level = static_cast<AlarmLevel>(row.integer(column + 6));
    return deadline;
}

/// Reads the deadlines of one case after another with one prepared statement.
class DeadlineReader {
public:
    static Result<DeadlineReader> prepare(const Database& database) {
        ANJIE_TRY(auto statement, database.prepare("SELECT " + std::string(deadline_columns) +
                                                   " FROM deadline d WHERE d.case_id = ?1 ORDER BY d.ordinal"));
        return DeadlineReader(std::move(statement));
    }
    Result<void> read_into(DirectoryEntry& entry) {
        statement_.bind(1, std::span(entry.case_id.bytes));
        while (true) {
            ANJIE_TRY(const bool more, statement_.step());
            if (!more) break;
            entry.deadlines.push_back(deadline_of(statement_, 0));
        }
        statement_.reset();
        return {};
    }

private:
    explicit DeadlineReader(Statement statement) : statement_(std::move(statement)) {}
    Statement statement_;
};

Result<std::vector<DirectoryEntry>> read_rows(const Database& database, const Conditions& conditions,
                                              std::int64_t limit) {
    ANJIE_TRY(auto rows, database.prepare("SELECT " + std::string(row_columns) + " FROM case_row c" + conditions.sql() +
                                          " ORDER BY c.case_id LIMIT ?"));
    ANJIE_TRY(auto deadlines, DeadlineReader::prepare(database));
    conditions.bind(rows, limit);
    std::vector<DirectoryEntry> entries;
    while (true) {
        ANJIE_TRY(const bool more, rows.step());
        if (!more) return entries;
        entries.push_back(entry_of(rows));
        ANJIE_CHECK(deadlines.read_into(entries.back()));
    }
}

}  // namespace

std::optional<IdRange> parse_id_prefix(std::string_view text) {
    IdRange range;
    range.last.bytes.fill(0xFF);
    std::size_t digits = 0;
    for (const char c : text) {
        if (c == '-') continue;
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0 || digits == 32) return std::nullopt;
        const unsigned shift = digits % 2 == 0 ? 4 : 0;
        const auto value = static_cast<std::uint8_t>(static_cast<unsigned>(digit) << shift);
        const auto open = static_cast<std::uint8_t>(shift == 4 ? 0x0F : 0x00);
        range.first.bytes[digits / 2] = static_cast<std::uint8_t>(range.first.bytes[digits / 2] | value);
        range.last.bytes[digits / 2] = static_cast<std::uint8_t>(range.first.bytes[digits / 2] | open);
        ++digits;
    }
    if (digits == 0) return std::nullopt;
    range.complete = digits == 32;
    return range;
}

Result<RowWriter> RowWriter::prepare(const Database& database) {
    RowWriter writer;
    ANJIE_TRY(
        writer.upsert_row_,
        database.prepare("INSERT INTO case_row(case_id, workflow, version, number, organisation, type, phase, holder,"
                         " opened, closed, amount_minor, confidentiality)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
                         " ON CONFLICT(case_id) DO UPDATE SET workflow = ?2, version = ?3, number = ?4,"
                         " organisation = ?5, type = ?6, phase = ?7, holder = ?8, opened = ?9, closed = ?10,"
                         " amount_minor = ?11, confidentiality = ?12 RETURNING row_id"));
    ANJIE_TRY(writer.delete_deadlines_, database.prepare("DELETE FROM deadline WHERE case_id = ?1"));
    ANJIE_TRY(
        writer.insert_deadline_,
        database.prepare("INSERT INTO deadline(rolled, case_id, ordinal, kind, item, raw, provisional, next_alarm,"
                         " next_level) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
    ANJIE_TRY(writer.read_text_, database.prepare("SELECT text FROM search WHERE rowid = ?1"));
    ANJIE_TRY(writer.delete_text_, database.prepare("DELETE FROM search WHERE rowid = ?1"));
    ANJIE_TRY(writer.insert_text_, database.prepare("INSERT INTO search(rowid, text) VALUES (?1, ?2)"));
    ANJIE_TRY(writer.move_cursor_, database.prepare("UPDATE meta SET cursor = ?1 WHERE id = 1"));
    return writer;
}

Result<void> RowWriter::replace(const DirectoryEntry& entry) {
    upsert_row_.bind(1, std::span(entry.case_id.bytes))
        .bind(2, static_cast<std::int64_t>(entry.workflow))
        .bind(3, static_cast<std::int64_t>(entry.version))
        .bind(4, std::string_view(entry.number))
        .bind(5, std::string_view(entry.organisation))
        .bind(6, std::string_view(entry.type))
        .bind(7, std::string_view(entry.phase))
        .bind(8, std::string_view(entry.holder))
        .bind(9, day_number(entry.opened))
        .bind(10, day_number(entry.closed))
        .bind(11, entry.amount_minor)
        .bind(12, std::int64_t{entry.confidentiality});
    ANJIE_TRY(const bool written, upsert_row_.step());
    if (!written) return failure(ErrorCode::corrupt, "case directory: a row was not written");
    const std::int64_t row_id = upsert_row_.integer(0);
    upsert_row_.reset();
    ANJIE_CHECK(replace_deadlines(entry));
    return replace_search_text(row_id, entry);
}

Result<void> RowWriter::replace_deadlines(const DirectoryEntry& entry) {
    ANJIE_CHECK(delete_deadlines_.bind(1, std::span(entry.case_id.bytes)).run());
    std::int64_t ordinal = 0;
    for (const Deadline& deadline : entry.deadlines) {
        std::optional<std::int64_t> alarm;
        if (deadline.next_alarm) alarm = deadline.next_alarm->microseconds;
        insert_deadline_.bind(1, day_number(deadline.due.rolled))
            .bind(2, std::span(entry.case_id.bytes))
            .bind(3, ordinal++)
            .bind(4, std::int64_t{deadline.kind})
            .bind(5, std::int64_t{deadline.item})
            .bind(6, day_number(deadline.due.raw))
            .bind(7, std::int64_t{deadline.due.provisional})
            .bind(8, alarm)
            .bind(9, static_cast<std::int64_t>(deadline.next_level));
        ANJIE_CHECK(insert_deadline_.run());
    }
    return {};
}

Result<void> RowWriter::replace_search_text(std::int64_t row_id, const DirectoryEntry& entry) {
    std::vector<std::string> texts{entry.number};
    texts.insert(texts.end(), entry.search_texts.begin(), entry.search_texts.end());
    const std::string text = index_text(texts);

    // Most events change no text, and the full-text index is the dear part of a row.
    ANJIE_TRY(const bool present, read_text_.bind(1, row_id).step());
    const bool same = present && read_text_.text(0) == text;
    read_text_.reset();
    if (same) return {};
    if (present) ANJIE_CHECK(delete_text_.bind(1, row_id).run());
    return insert_text_.bind(1, row_id).bind(2, std::string_view(text)).run();
}

Result<void> RowWriter::move_cursor(Position cursor) {
    return move_cursor_.bind(1, static_cast<std::int64_t>(cursor)).run();
}

Result<Position> read_cursor(const Database& database) {
    ANJIE_TRY(auto statement, database.prepare("SELECT cursor FROM meta WHERE id = 1"));
    ANJIE_TRY(const bool found, statement.step());
    if (!found) return failure(ErrorCode::corrupt, "case directory: its cursor is missing");
    return static_cast<Position>(statement.integer(0));
}

Result<std::vector<DirectoryEntry>> read_list(const Database& database, const DirectoryFilter& filter,
                                              const std::string& query) {
    Conditions conditions;
    if (!query.empty()) conditions.require("c.row_id IN (SELECT rowid FROM search WHERE search MATCH ?)", query);
    if (!filter.after.empty()) {
        const auto id = parse_id_prefix(filter.after);
        if (!id || !id->complete) return failure(ErrorCode::invalid, "the cursor is not a case id: " + filter.after);
        conditions.require("c.case_id > ?", id->first);
    }
    if (filter.workflow) conditions.require("c.workflow = ?", static_cast<std::int64_t>(*filter.workflow));
    conditions.require_within("c.organisation", filter.organisation);
    conditions.require_equal("c.type", filter.type);
    conditions.require_equal("c.phase", filter.phase);
    conditions.require_equal("c.holder", filter.holder);
    if (filter.opened_from) conditions.require("c.opened >= ?", day_number(*filter.opened_from));
    if (filter.opened_to) conditions.require("c.opened <= ?", day_number(*filter.opened_to));
    if (filter.open) conditions.require(*filter.open ? "c.closed IS NULL" : "c.closed IS NOT NULL");
    conditions.require_at_most("c.confidentiality", filter.confidentiality_max);
    return read_rows(database, conditions, row_limit(filter.limit));
}

Result<std::vector<DueEntry>> read_due(const Database& database, const DueFilter& filter) {
    Conditions conditions;
    conditions.require("d.rolled <= ?", day_number(filter.until));
    if (filter.overdue_on) conditions.require("d.rolled < ?", day_number(*filter.overdue_on));
    conditions.require_within("c.organisation", filter.organisation);
    conditions.require_equal("c.holder", filter.holder);
    conditions.require_at_most("c.confidentiality", filter.confidentiality_max);
    // CROSS JOIN keeps the deadlines, which are stored in due order, in the outer loop: the limit stops the walk.
    ANJIE_TRY(auto rows, database.prepare("SELECT " + std::string(row_columns) + ", " + std::string(deadline_columns) +
                                          " FROM deadline d CROSS JOIN case_row c ON c.case_id = d.case_id" +
                                          conditions.sql() + " ORDER BY d.rolled, d.case_id, d.ordinal LIMIT ?"));
    ANJIE_TRY(auto deadlines, DeadlineReader::prepare(database));
    conditions.bind(rows, row_limit(filter.limit));
    std::vector<DueEntry> due;
    while (true) {
        ANJIE_TRY(const bool more, rows.step());
        if (!more) return due;
        due.push_back({entry_of(rows), deadline_of(rows, row_column_count)});
        ANJIE_CHECK(deadlines.read_into(due.back().entry));
    }
}

Result<std::vector<DirectoryEntry>> read_by_number(const Database& database, std::string_view number) {
    Conditions conditions;
    conditions.require("c.number = ?", std::string(number));
    return read_rows(database, conditions, 2);
}

Result<std::vector<DirectoryEntry>> read_by_id(const Database& database, const IdRange& range) {
    Conditions conditions;
    conditions.require("c.case_id >= ?", range.first);
    conditions.require("c.case_id <= ?", range.last);
    return read_rows(database, conditions, 2);
}

}  // namespace anjie::sqlite_detail
