#include "storage/record/append_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace anjie {
namespace {

/// Checks the versions of one case's events, which stand in the batch's order.
Result<void> check_versions(std::span<const AppendEvent* const> events, const IsNextVersion& is_next) {
    const auto& first = events.front()->header;
    ANJIE_TRY(auto follows, is_next(first.case_id, first.version));
    auto expected = first.version;
    for (const auto* event : events) {
        if (!follows || event->header.version != expected)
            return failure(ErrorCode::conflict, fmt::format("version {} of case {} does not follow its last",
                                                            event->header.version, to_string(first.case_id)));
        ++expected;
    }
    return {};
}

}  // namespace

Result<void> check_follows(std::span<const AppendEvent> batch, Position head, Instant last_recorded_at,
                           const IsNextVersion& is_next) {
    std::vector<const AppendEvent*> by_case;
    by_case.reserve(batch.size());
    for (const auto& event : batch) {
        const auto& header = event.header;
        if (header.position != head + 1)
            return failure(ErrorCode::conflict,
                           fmt::format("position {} does not follow the log's last, {}", header.position, head));
        if (header.recorded_at < last_recorded_at)
            return failure(ErrorCode::conflict,
                           fmt::format("position {} was recorded before the one it follows", header.position));
        head = header.position;
        last_recorded_at = header.recorded_at;
        by_case.push_back(&event);
    }
    std::ranges::stable_sort(by_case, {}, [](const AppendEvent* event) { return event->header.case_id; });
    for (auto begin = by_case.begin(); begin != by_case.end();) {
        const auto end = std::find_if(begin, by_case.end(), [&](const AppendEvent* event) {
            return event->header.case_id != (*begin)->header.case_id;
        });
        ANJIE_CHECK(check_versions(std::span<const AppendEvent* const>(begin, end), is_next));
        begin = end;
    }
    return {};
}

}  // namespace anjie
