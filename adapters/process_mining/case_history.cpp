#include "adapters/process_mining/case_history.hpp"

#include <utility>

#include "workflows/dispute/dispute.hpp"
#include "workflows/dispute/statistics/organisation.hpp"

namespace anjie::process_mining {
namespace {

EventHeader owned(const EventHeaderView& view) {
    return {.position = view.position,
            .case_id = view.case_id,
            .version = view.version,
            .workflow = view.workflow,
            .type = view.type,
            .schema = view.schema,
            .occurred_at = view.occurred_at,
            .recorded_at = view.recorded_at,
            .command_id = view.command_id,
            .actor = std::string(view.actor),
            .organisation = std::string(view.organisation),
            .rule_version = std::string(view.rule_version)};
}

bool selects(const Selection& selection, const EventHeaderView& registration) {
    const auto day = local_date(registration.occurred_at.at);
    if (selection.from && day < *selection.from) return false;
    if (selection.to && day > *selection.to) return false;
    return dispute::statistics::is_within(registration.organisation, selection.organisation);
}

/// Collects the events of one case and hands it on when the next one begins.
class Collector {
public:
    Collector(const Selection& selection, const HistoryVisitor& visit) : selection_(selection), visit_(visit) {}

    Result<void> add(const EventView& view) {
        if (view.header.case_id != history_.id || seen_ == 0) {
            ANJIE_CHECK(finish());
            history_.id = view.header.case_id;
            taken_ = view.header.workflow == dispute::workflow_id && selects(selection_, view.header);
        }
        ++seen_;
        if (!taken_ || (selection_.as_of && view.header.recorded_at > *selection_.as_of)) return {};
        ANJIE_TRY(auto event, dispute::Dispute::decode(view.header.type, view.header.schema, view.payload));
        history_.events.push_back({owned(view.header), std::move(event)});
        return {};
    }

    Result<void> finish() {
        if (history_.events.empty()) return {};
        history_.ordinal = ++exported_.cases;
        ANJIE_CHECK(visit_(history_));
        exported_.events += history_.events.size();
        history_.events.clear();
        return {};
    }

    [[nodiscard]] std::uint64_t seen() const { return seen_; }
    [[nodiscard]] const Exported& exported() const { return exported_; }

private:
    const Selection& selection_;
    const HistoryVisitor& visit_;
    CaseHistory history_{};
    bool taken_{};
    std::uint64_t seen_{};
    Exported exported_{};
};

}  // namespace

Result<Exported> read_cases(const EventStore& events, const Selection& selection, const HistoryVisitor& visit,
                            const Progress& progress) {
    constexpr std::uint64_t progress_every = 65'536;
    Collector collector(selection, visit);
    const auto total = events.head();
    Result<void> added;
    ANJIE_CHECK(events.scan({}, [&](const EventView& view) {
        added = collector.add(view);
        if (added && progress && collector.seen() % progress_every == 0 && !progress(collector.seen(), total))
            added = failure(ErrorCode::unavailable, "the export was stopped / 导出已中止");
        return added.has_value();
    }));
    if (!added) return std::unexpected(std::move(added).error());
    ANJIE_CHECK(collector.finish());
    return collector.exported();
}

}  // namespace anjie::process_mining
