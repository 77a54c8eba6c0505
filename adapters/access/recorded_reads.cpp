#include "adapters/access/recorded_reads.hpp"

#include <fmt/format.h>

#include <mutex>
#include <set>
#include <unordered_set>

namespace anjie::access {
namespace {

/// Subjects and classes of fields whose text can be read: "0:3,1:1,1:2". Never the texts.
using Classes = std::set<std::pair<std::uint16_t, std::uint16_t>>;

void add_readable(Classes& classes, const std::vector<SealedField>& fields) {
    for (const auto& field : fields)
        if (field.readability == Readability::readable) classes.emplace(field.subject, field.field);
}

std::string text_of(const Classes& classes) {
    std::string text;
    for (const auto& [subject, field] : classes)
        text += fmt::format("{}{}:{}", text.empty() ? "" : ",", subject, field);
    return text;
}

/// A log seen through something.
class ReadView : public EventStore {
public:
    explicit ReadView(const EventStore& events) : events_(events) {}

    [[nodiscard]] const EventStore& behind() const { return events_; }

    [[nodiscard]] Result<void> append(std::span<const AppendEvent>) override {
        return failure(ErrorCode::invalid, "this view of the log is for reading / 只读");
    }
    [[nodiscard]] Result<void> read_case(CaseId id, Version after, const EventVisitor& visit) const override {
        return events_.read_case(id, after, visit);
    }
    [[nodiscard]] Result<void> read_feed(Position after, std::size_t limit, const EventVisitor& visit) const override {
        return events_.read_feed(after, limit, visit);
    }
    [[nodiscard]] Result<void> scan(const CaseRange& range, const EventVisitor& visit) const override {
        return events_.scan(range, visit);
    }
    [[nodiscard]] Result<std::vector<CaseRange>> split(std::size_t parts) const override {
        return events_.split(parts);
    }
    [[nodiscard]] Position head() const override { return events_.head(); }
    [[nodiscard]] Instant last_recorded_at() const override { return events_.last_recorded_at(); }

protected:
    const EventStore& events_;
};

class GuardedReads final : public ReadView {
public:
    using ReadView::ReadView;

    [[nodiscard]] Result<std::vector<SealedField>> unseal(const EventView&) const override {
        return failure(ErrorCode::invalid,
                       "sealed texts are shown to somebody: nobody was named / 未说明由谁查看个人信息");
    }
};

class RecordedReads final : public ReadView {
public:
    RecordedReads(const EventStore& events, Access& access, Reader reader)
        : ReadView(events), access_(access), reader_(std::move(reader)) {}

    [[nodiscard]] Result<std::vector<SealedField>> unseal(const EventView& event) const override {
        ANJIE_TRY(auto fields, events_.unseal(event));
        Classes here;
        add_readable(here, fields);
        // What shows nobody's text needs no record.
        if (!here.empty()) ANJIE_CHECK(record_case(event));
        return fields;
    }

private:
    /// One entry for a case, with everything of it that can be read, before the first text of it is answered.
    [[nodiscard]] Result<void> record_case(const EventView& event) const {
        // Held while the entry is written: a second thread must not show what the first has not recorded yet.
        const std::scoped_lock lock(mutex_);
        if (recorded_.contains(event.header.case_id)) return {};
        Classes classes;
        Result<void> opened;
        std::string organisation(event.header.organisation);
        ANJIE_CHECK(events_.read_case(event.header.case_id, 0, [&](const EventView& one) {
            const auto fields = events_.unseal(one);
            if (!fields)
                opened = std::unexpected(fields.error());
            else
                add_readable(classes, *fields);
            return opened.has_value();
        }));
        ANJIE_CHECK(opened);
        auto entry = entry_of(reader_.principal, JournalKind::sealed_read, reader_.client);
        entry.purpose = reader_.purpose;
        entry.action = code_of(Action::read_sealed);
        entry.case_id = event.header.case_id;
        entry.organisation = organisation;
        entry.subject = text_of(classes);
        entry.count = classes.size();
        ANJIE_CHECK(access_.record(entry));
        recorded_.insert(event.header.case_id);
        return {};
    }

    Access& access_;
    Reader reader_;
    mutable std::mutex mutex_;
    mutable std::unordered_set<CaseId> recorded_;
};

/// Lists seen through something.
class SearchView : public Directory {
public:
    explicit SearchView(Directory& directory) : directory_(directory) {}

    [[nodiscard]] Directory& behind() const { return directory_; }

    [[nodiscard]] Result<Position> cursor() const override { return directory_.cursor(); }
    [[nodiscard]] Result<void> apply(const std::vector<DirectoryEntry>& entries, Position cursor) override {
        return directory_.apply(entries, cursor);
    }
    [[nodiscard]] Result<void> clear() override { return directory_.clear(); }
    [[nodiscard]] Result<std::vector<DueEntry>> due(const DueFilter& filter) const override {
        return directory_.due(filter);
    }
    [[nodiscard]] Result<DirectoryEntry> find(std::string_view number_or_id) const override {
        return directory_.find(number_or_id);
    }

protected:
    Directory& directory_;
};

class GuardedSearches final : public SearchView {
public:
    using SearchView::SearchView;

    [[nodiscard]] Result<std::vector<DirectoryEntry>> list(const DirectoryFilter& filter) const override {
        if (!filter.search.empty())
            return failure(ErrorCode::invalid,
                           "sealed texts are searched for somebody: nobody was named / 未说明由谁搜索个人信息");
        return directory_.list(filter);
    }
};

class RecordedSearches final : public SearchView {
public:
    RecordedSearches(Directory& directory, Access& access, Reader reader)
        : SearchView(directory), access_(access), reader_(std::move(reader)) {}

    [[nodiscard]] Result<std::vector<DirectoryEntry>> list(const DirectoryFilter& filter) const override {
        ANJIE_TRY(auto rows, directory_.list(filter));
        if (filter.search.empty()) return rows;
        auto entry = entry_of(reader_.principal, JournalKind::sealed_search, reader_.client);
        entry.purpose = reader_.purpose;
        entry.action = code_of(Action::list_cases);
        entry.organisation = filter.organisation;
        entry.count = rows.size();
        ANJIE_TRY(entry.query_digest, access_.query_digest(filter.search));
        ANJIE_CHECK(access_.record(entry));
        return rows;
    }

private:
    Access& access_;
    Reader reader_;
};

}  // namespace

std::unique_ptr<EventStore> recorded_reads(const EventStore& events, Access& access, Reader reader) {
    return std::make_unique<RecordedReads>(unrecorded(events), access, std::move(reader));
}

std::unique_ptr<Directory> recorded_searches(Directory& directory, Access& access, Reader reader) {
    const auto* view = dynamic_cast<SearchView*>(&directory);
    return std::make_unique<RecordedSearches>(view != nullptr ? view->behind() : directory, access, std::move(reader));
}

std::unique_ptr<EventStore> guarded_reads(const EventStore& events) { return std::make_unique<GuardedReads>(events); }

std::unique_ptr<Directory> guarded_searches(Directory& directory) {
    return std::make_unique<GuardedSearches>(directory);
}

const EventStore& unrecorded(const EventStore& events) {
    const auto* view = dynamic_cast<const ReadView*>(&events);
    return view != nullptr ? view->behind() : events;
}

}  // namespace anjie::access
