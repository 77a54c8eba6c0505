#include "engine/detail/row_folder.hpp"

#include <utility>

namespace anjie::detail {
namespace {

constexpr std::size_t rows_per_portion = 4'096;
constexpr std::uint64_t events_between_questions = 65'536;

/// Gathers the rows of one range while its events pass by.
class RangeFold {
public:
    RangeFold(const CaseProjection& projection, const LogBound& bound, const RowSink& sink,
              const std::function<bool(std::uint64_t)>& go_on)
        : projection_(projection), workflow_(projection.workflow()), bound_(bound), sink_(sink), go_on_(go_on) {}

    [[nodiscard]] Result<void> add(const EventView& event) {
        if (++unreported_ == events_between_questions) ANJIE_CHECK(report());
        if (event.header.workflow != workflow_ || !bound_.holds(event.header)) return {};
        if (rows_.empty() || rows_.back().case_id != event.header.case_id) {
            if (rows_.size() == rows_per_portion) ANJIE_CHECK(hand_over());
            rows_.push_back({event.header.case_id, {}});
        }
        ++folded_;
        return projection_.fold(rows_.back().row, event);
    }

    [[nodiscard]] Result<std::uint64_t> finish() {
        ANJIE_CHECK(report());
        ANJIE_CHECK(hand_over());
        return folded_;
    }

private:
    [[nodiscard]] Result<void> hand_over() {
        if (!rows_.empty()) ANJIE_CHECK(sink_(rows_));
        rows_.clear();
        return {};
    }
    [[nodiscard]] Result<void> report() {
        if (go_on_ && !go_on_(std::exchange(unreported_, 0)))
            return failure(ErrorCode::unavailable, "stopped on request");
        return {};
    }

    const CaseProjection& projection_;
    WorkflowId workflow_;
    LogBound bound_;
    const RowSink& sink_;
    const std::function<bool(std::uint64_t)>& go_on_;
    std::vector<FoldedRow> rows_;
    std::uint64_t folded_{};
    std::uint64_t unreported_{};
};

}  // namespace

Result<std::uint64_t> fold_range(const EventStore& events, const CaseProjection& projection, const CaseRange& range,
                                 const LogBound& bound, const RowSink& sink,
                                 const std::function<bool(std::uint64_t)>& go_on) {
    RangeFold fold(projection, bound, sink, go_on);
    Result<void> added;
    ANJIE_CHECK(events.scan(range, [&](const EventView& event) {
        added = fold.add(event);
        return added.has_value();
    }));
    if (!added) return std::unexpected(std::move(added).error());
    return fold.finish();
}

}  // namespace anjie::detail
