#pragma once

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "engine/projection.hpp"

namespace anjie::detail {

/// Which part of the log a fold reads.
struct LogBound {
    Position position{std::numeric_limits<Position>::max()};
    Instant recorded_at{std::numeric_limits<std::int64_t>::max()};

    [[nodiscard]] bool holds(const EventHeaderView& header) const {
        return header.position <= position && header.recorded_at <= recorded_at;
    }
};

/// One case's row. Key: the case id's bytes.
struct FoldedRow {
    CaseId case_id;
    std::string row;
};
/// Takes some thousand rows, in order of case id.
using RowSink = std::function<Result<void>(std::vector<FoldedRow>&)>;

/// Folds the cases of one range and hands their rows over in portions; answers how many events it folded.
/// `go_on` is asked now and then with the number of events read since it was asked last; false ends the fold with
/// `unavailable`.
[[nodiscard]] Result<std::uint64_t> fold_range(const EventStore& events, const CaseProjection& projection,
                                               const CaseRange& range, const LogBound& bound, const RowSink& sink,
                                               const std::function<bool(std::uint64_t)>& go_on = {});

}  // namespace anjie::detail
