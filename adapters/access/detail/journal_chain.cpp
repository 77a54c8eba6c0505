#include "adapters/access/detail/journal_chain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "adapters/access/detail/secrets.hpp"

namespace anjie::access::detail {
namespace {

constexpr std::string_view columns =
    "number, at, kind, who, roles, credential, purpose, action, case_id, organisation, subject, outcome, client, "
    "query_digest, count, previous, hash";
constexpr std::size_t findings_max = 100;

void put(std::string& bytes, std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>((number >> shift) & 0xffU);
}
void put(std::string& bytes, std::string_view text) {
    put(bytes, text.size());
    bytes += text;
}

std::string_view text_of(BytesView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

Hash hash_at(const sqlite::Statement& row, int column) {
    Hash hash;
    const auto bytes = row.blob(column);
    if (bytes.size() == hash.bytes.size()) std::memcpy(hash.bytes.data(), bytes.data(), bytes.size());
    return hash;
}

JournalRow row_of(const sqlite::Statement& row) {
    JournalRow out;
    out.number = static_cast<std::uint64_t>(row.integer(0));
    out.at = {row.integer(1)};
    auto& entry = out.entry;
    entry.kind = static_cast<JournalKind>(row.integer(2));
    entry.who = row.text(3);
    entry.roles = row.text(4);
    entry.credential = row.text(5);
    entry.purpose = row.text(6);
    entry.action = row.text(7);
    if (!row.is_null(8)) {
        CaseId id;
        const auto bytes = row.blob(8);
        if (bytes.size() == id.bytes.size()) std::memcpy(id.bytes.data(), bytes.data(), bytes.size());
        entry.case_id = id;
    }
    entry.organisation = row.text(9);
    entry.subject = row.text(10);
    entry.outcome = row.text(11);
    entry.client = row.text(12);
    entry.query_digest = row.text(13);
    entry.count = static_cast<std::uint64_t>(row.integer(14));
    out.previous = hash_at(row, 15);
    out.hash = hash_at(row, 16);
    return out;
}

struct StoredHead {
    JournalHead head;
    JournalHead removed;
};

Result<StoredHead> stored_head(sqlite::Database& file) {
    ANJIE_TRY(auto* row, file.prepared("SELECT count, hash, removed, removed_hash FROM journal_head WHERE id = 1"));
    ANJIE_TRY(const bool found, row->step());
    if (!found) return failure(ErrorCode::corrupt, "access.sqlite: the journal's head is missing / 访问日志缺少链头");
    const StoredHead stored{{static_cast<std::uint64_t>(row->integer(0)), hash_at(*row, 1)},
                            {static_cast<std::uint64_t>(row->integer(2)), hash_at(*row, 3)}};
    row->reset();
    return stored;
}

BytesView bytes_of_id(const CaseId& id) { return std::as_bytes(std::span(id.bytes)); }

/// Looks at every entry in order.
class ChainCheck {
public:
    ChainCheck(const StoredHead& stored, const std::vector<JournalHead>& held)
        : expected_(stored.removed.count + 1), previous_(stored.removed.hash), held_(held) {
        compare_held(stored.removed);
    }

    void look_at(const JournalRow& row) {
        if (row.number != expected_)
            find(fmt::format("access journal: entry {} is missing / 访问日志缺第 {} 条", expected_, expected_));
        else if (row.previous != previous_)
            find(fmt::format(
                "access journal: entry {} does not follow from the one before / 访问日志第 {} 条与前一条不衔接",
                row.number, row.number));
        if (hash_of(row.previous, row.number, row.at, row.entry) != row.hash)
            find(fmt::format("access journal: entry {} was changed / 访问日志第 {} 条被改动", row.number, row.number));
        expected_ = row.number + 1;
        previous_ = row.hash;
        compare_held({row.number, row.hash});
    }

    [[nodiscard]] std::vector<std::string> end(const StoredHead& stored) {
        const JournalHead last{expected_ - 1, previous_};
        if (last.count < stored.head.count)
            find(fmt::format("access journal: it ends at entry {}, its head says {} / 访问日志尾部缺失", last.count,
                             stored.head.count));
        else if (last != stored.head)
            find(fmt::format("access journal: its last entry {} is not what its head says / 访问日志与链头不符",
                             last.count));
        for (const auto& head : held_)
            if (head.count > last.count)
                find(
                    fmt::format("access journal: a head kept outside has {} entries, the journal only {} / "
                                "外存链头的条数多于日志",
                                head.count, last.count));
        return std::move(findings_);
    }

private:
    void find(std::string finding) {
        if (findings_.size() < findings_max) findings_.push_back(std::move(finding));
    }
    void compare_held(const JournalHead& here) {
        for (const auto& head : held_)
            if (head.count == here.count && head.hash != here.hash)
                find(fmt::format(
                    "access journal: entry {} is not what a head kept outside says / 访问日志第 {} 条与外存链头不符",
                    here.count, here.count));
    }

    std::uint64_t expected_;
    Hash previous_;
    const std::vector<JournalHead>& held_;
    std::vector<std::string> findings_;
};

}  // namespace

Hash hash_of(const Hash& previous, std::uint64_t number, Instant at, const JournalEntry& entry) {
    std::string bytes = "anjie access journal 1\n";
    bytes += text_of(view_of(previous));
    put(bytes, number);
    put(bytes, static_cast<std::uint64_t>(at.microseconds));
    put(bytes, static_cast<std::uint64_t>(entry.kind));
    for (const auto* text : {&entry.who, &entry.roles, &entry.credential, &entry.purpose, &entry.action,
                             &entry.organisation, &entry.subject, &entry.outcome, &entry.client, &entry.query_digest})
        put(bytes, *text);
    put(bytes, entry.case_id ? text_of(bytes_of_id(*entry.case_id)) : std::string_view{});
    put(bytes, entry.count);
    return sha256(bytes);
}

Result<void> append_entry(sqlite::Database& file, Instant at, const JournalEntry& entry) {
    ANJIE_TRY(const auto stored, stored_head(file));
    const auto number = stored.head.count + 1;
    const auto hash = hash_of(stored.head.hash, number, at, entry);
    ANJIE_TRY(auto* insert,
              file.prepared("INSERT INTO journal(number, at, kind, who, roles, credential, purpose, action, "
                            "case_id, organisation, subject, outcome, client, query_digest, count, "
                            "previous, hash) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
                            "?13, ?14, ?15, ?16, ?17)"));
    insert->integer(1, static_cast<std::int64_t>(number))
        .integer(2, at.microseconds)
        .integer(3, static_cast<std::int64_t>(entry.kind))
        .text(4, entry.who)
        .text(5, entry.roles)
        .text(6, entry.credential)
        .text(7, entry.purpose)
        .text(8, entry.action);
    if (entry.case_id) insert->blob(9, bytes_of_id(*entry.case_id));
    insert->text(10, entry.organisation)
        .text(11, entry.subject)
        .text(12, entry.outcome)
        .text(13, entry.client)
        .text(14, entry.query_digest)
        .integer(15, static_cast<std::int64_t>(entry.count))
        .blob(16, view_of(stored.head.hash))
        .blob(17, view_of(hash));
    ANJIE_CHECK(insert->run());
    ANJIE_TRY(auto* head, file.prepared("UPDATE journal_head SET count = ?1, hash = ?2 WHERE id = 1"));
    return head->integer(1, static_cast<std::int64_t>(number)).blob(2, view_of(hash)).run();
}

Result<JournalHead> read_head(sqlite::Database& file) {
    ANJIE_TRY(const auto stored, stored_head(file));
    return stored.head;
}

Result<std::vector<JournalRow>> read_rows(sqlite::Database& file, const JournalFilter& filter) {
    std::string sql = fmt::format("SELECT {} FROM journal WHERE number > ?1", columns);
    if (!filter.kinds.empty()) {
        std::string kinds;
        for (const auto kind : filter.kinds)
            kinds += fmt::format("{}{}", kinds.empty() ? "" : ",", static_cast<int>(kind));
        sql += fmt::format(" AND kind IN ({})", kinds);
    }
    if (!filter.who.empty()) sql += " AND who = ?2";
    if (filter.case_id) sql += " AND case_id = ?3";
    if (filter.from) sql += " AND at >= ?4";
    if (filter.to) sql += " AND at <= ?5";
    sql += " ORDER BY number LIMIT ?6";
    ANJIE_TRY(auto statement, file.prepare(sql));
    statement.integer(1, static_cast<std::int64_t>(filter.after));
    if (!filter.who.empty()) statement.text(2, filter.who);
    if (filter.case_id) statement.blob(3, bytes_of_id(*filter.case_id));
    if (filter.from) statement.integer(4, filter.from->microseconds);
    if (filter.to) statement.integer(5, filter.to->microseconds);
    statement.integer(6, static_cast<std::int64_t>(std::min<std::size_t>(filter.limit, 1'000'000)));
    std::vector<JournalRow> rows;
    while (true) {
        ANJIE_TRY(const bool more, statement.step());
        if (!more) return rows;
        rows.push_back(row_of(statement));
    }
}

Result<std::vector<std::string>> verify_chain(sqlite::Database& file, const std::vector<JournalHead>& held) {
    // One reading transaction: nobody adds an entry between the head and the last row.
    ANJIE_CHECK(file.execute("BEGIN"));
    const auto check = [&]() -> Result<std::vector<std::string>> {
        ANJIE_TRY(const auto stored, stored_head(file));
        ANJIE_TRY(auto rows, file.prepare(fmt::format("SELECT {} FROM journal ORDER BY number", columns)));
        ChainCheck chain(stored, held);
        while (true) {
            ANJIE_TRY(const bool more, rows.step());
            if (!more) return chain.end(stored);
            chain.look_at(row_of(rows));
        }
    };
    auto findings = check();
    ANJIE_CHECK(file.execute("COMMIT"));
    return findings;
}

Result<std::uint64_t> remove_before(sqlite::Database& file, Instant before) {
    // Only from the beginning: an entry stays while one before it stays, whatever a clock once said.
    ANJIE_TRY(auto* kept, file.prepared("SELECT coalesce(min(number), (SELECT max(number) FROM journal)) FROM journal "
                                        "WHERE at >= ?1"));
    ANJIE_TRY(const bool found, kept->integer(1, before.microseconds).step());
    if (!found || kept->is_null(0)) return std::uint64_t{0};
    const auto first_kept = kept->integer(0);
    kept->reset();
    ANJIE_TRY(auto* last, file.prepared("SELECT hash FROM journal WHERE number = ?1"));
    ANJIE_TRY(const bool any, last->integer(1, first_kept - 1).step());
    if (!any) return std::uint64_t{0};
    const auto removed_hash = hash_at(*last, 0);
    last->reset();
    ANJIE_TRY(auto* remove, file.prepared("DELETE FROM journal WHERE number < ?1"));
    ANJIE_CHECK(remove->integer(1, first_kept).run());
    const auto removed = static_cast<std::uint64_t>(file.changed());
    ANJIE_TRY(auto* head, file.prepared("UPDATE journal_head SET removed = ?1, removed_hash = ?2 WHERE id = 1"));
    ANJIE_CHECK(head->integer(1, first_kept - 1).blob(2, view_of(removed_hash)).run());
    return removed;
}

}  // namespace anjie::access::detail
