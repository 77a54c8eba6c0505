#include "adapters/views/list_tables.hpp"

#include <fmt/format.h>

#include <memory>

#include "adapters/views/state_view.hpp"

namespace anjie::views {
namespace {

constexpr std::size_t page_rows = 2'000;
constexpr std::uint8_t places_of_yuan = 2;

template <Coded E>
std::string code_text(std::string_view code, Language language) {
    const auto value = parse_code<E>(code);
    return value ? name_of(*value, language) : std::string(code);
}

tables::Cell day_cell(const std::optional<Date>& day) {
    if (!day) return std::monostate{};
    return *day;
}

/// The directory's cases, page after page.
class Pages {
public:
    Pages(const Directory& directory, DirectoryFilter filter) : directory_(&directory), filter_(std::move(filter)) {
        filter_.limit = page_rows;
    }

    Result<bool> operator()(DirectoryEntry& entry) {
        if (next_ == page_.size()) {
            if (!first_ && page_.size() < page_rows) return false;
            if (!page_.empty()) filter_.after = to_string(page_.back().case_id);
            ANJIE_TRY(page_, directory_->list(filter_));
            first_ = false;
            next_ = 0;
            if (page_.empty()) return false;
        }
        entry = page_[next_++];
        return true;
    }

private:
    const Directory* directory_;
    DirectoryFilter filter_;
    std::vector<DirectoryEntry> page_;
    std::size_t next_{};
    bool first_{true};
};

tables::Row row_of(const DirectoryEntry& entry, Language language) {
    return {entry.number,
            entry.organisation,
            day_cell(entry.opened),
            type_text(entry.type, language),
            phase_text(entry.phase, language),
            entry.holder,
            tables::Decimal{.units = entry.amount_minor, .places = places_of_yuan},
            day_cell(entry.closed)};
}

}  // namespace

std::string due_text(const DueEntry& due, Language language) {
    if (due.entry.workflow != dispute::workflow_id) return due.entry.type;
    auto text = name_of(static_cast<dispute::DeadlineKind>(due.deadline.kind), language);
    if (due.deadline.item != 0) text += fmt::format(" {}", due.deadline.item);
    return text;
}

std::string type_text(std::string_view code, Language language) {
    return code_text<dispute::DisputeType>(code, language);
}

std::string phase_text(std::string_view code, Language language) {
    if (parse_code<dispute::ProcedurePhase>(code)) return code_text<dispute::ProcedurePhase>(code, language);
    if (parse_code<dispute::RevisitPhase>(code)) return code_text<dispute::RevisitPhase>(code, language);
    return code_text<dispute::FilePhase>(code, language);
}

Entries all_found(const Directory& directory, DirectoryFilter filter) { return Pages(directory, std::move(filter)); }

Entries all_of(std::vector<DirectoryEntry> entries) {
    return [entries = std::move(entries), next = std::size_t{0}](DirectoryEntry& entry) mutable -> Result<bool> {
        if (next == entries.size()) return false;
        entry = entries[next++];
        return true;
    };
}

tables::Workbook case_workbook(Entries entries, Instant now, Language language) {
    const auto words = [&](std::string_view zh, std::string_view en) {
        return std::string(language == Language::zh ? zh : en);
    };
    tables::Table table{.name = words("案件", "Cases"),
                        .columns = {{.heading = words("案号", "Number"), .width = 24},
                                    {.heading = words("机构代码", "Organisation"), .width = 18},
                                    {.heading = words("登记", "Registered")},
                                    {.heading = words("类型", "Type"), .width = 20},
                                    {.heading = words("阶段", "Phase"), .width = 16},
                                    {.heading = words("承办", "Holder"), .width = 16},
                                    {.heading = words("涉案金额(元)", "Amount (yuan)"), .width = 14},
                                    {.heading = words("结案", "Closed")}}};
    table.rows = [entries = std::move(entries), language](tables::Row& row) -> Result<bool> {
        DirectoryEntry entry;
        ANJIE_TRY(const bool more, entries(entry));
        if (more) row = row_of(entry, language);
        return more;
    };
    tables::Workbook book{.title = words("案件列表", "List of cases"), .as_of = now, .tables = {}};
    book.tables.push_back(std::move(table));
    return book;
}

tables::Workbook due_workbook(const std::vector<DueEntry>& entries, Date today, Instant now, Language language) {
    const auto words = [&](std::string_view zh, std::string_view en) {
        return std::string(language == Language::zh ? zh : en);
    };
    tables::Table table{
        .name = words("到期事项", "Due"),
        .above = {fmt::format("{} {}", words("到期和逾期事项", "What must be done, as of"), to_string(today))},
        .columns = {{.heading = words("期限", "Due")},
                    {.heading = words("剩余天数", "Days left"), .width = 10},
                    {.heading = words("事项", "What"), .width = 24},
                    {.heading = words("案号", "Case"), .width = 24},
                    {.heading = words("机构代码", "Organisation"), .width = 18},
                    {.heading = words("谁", "Who"), .width = 16},
                    {.heading = words("法定末日", "Before holidays")},
                    {.heading = words("暂定", "Provisional"), .width = 8}}};
    std::vector<tables::Row> rows;
    for (const auto& due : entries)
        rows.push_back({due.deadline.due.rolled, std::int64_t{(due.deadline.due.rolled - today).count()},
                        due_text(due, language), due.entry.number, due.entry.organisation, due.entry.holder,
                        due.deadline.due.raw, due.deadline.due.provisional ? words("是", "yes") : std::string{}});
    table.rows = tables::all_of(std::move(rows));
    tables::Workbook book{.title = table.above.front(), .as_of = now, .tables = {}};
    book.tables.push_back(std::move(table));
    return book;
}

}  // namespace anjie::views
