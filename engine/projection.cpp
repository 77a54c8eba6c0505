#include "engine/projection.hpp"

#include <algorithm>
#include <map>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "engine/detail/case_key.hpp"
#include "engine/detail/feed_chunk.hpp"
#include "engine/detail/guarded.hpp"
#include "engine/detail/range_workers.hpp"
#include "engine/detail/row_folder.hpp"

namespace anjie {
namespace {

constexpr std::size_t events_per_chunk = 4'096;
constexpr std::size_t differences_max = 1'000;

DerivedName generation_of(const CaseProjection& projection, std::uint32_t generation) {
    return {std::string(projection.name()), generation};
}

/// The rows of a chunk's cases as they stand, folded on with its events.
Result<std::vector<DerivedWrite>> fold_chunk(const DerivedStore& derived, const DerivedName& name,
                                             const CaseProjection& projection, const detail::FeedChunk& chunk) {
    std::map<std::string, std::string> rows;
    for (const auto& event : chunk.events) rows.try_emplace(detail::key_of(event.view().header.case_id));
    std::vector<std::string> keys;
    for (const auto& [key, row] : rows) keys.push_back(key);
    ANJIE_TRY(auto stored, derived.get_many(name, keys));
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (stored[i]) rows[keys[i]] = std::move(*stored[i]);

    for (const auto& event : chunk.events) {
        const auto view = event.view();
        ANJIE_CHECK(projection.fold(rows[detail::key_of(view.header.case_id)], view));
    }
    std::vector<DerivedWrite> writes;
    for (auto& [key, row] : rows) writes.push_back({key, std::move(row)});
    return writes;
}

/// Follows the log from `live.cursor` to where its head is now; what comes meanwhile is for the next time.
Result<void> follow(const EventStore& events, DerivedStore& derived, const CaseProjection& projection, DerivedHead live,
                    const Progress& progress) {
    const auto name = generation_of(projection, live.generation);
    const auto start = live.cursor;
    const auto head = events.head();
    while (live.cursor < head) {
        ANJIE_TRY(const auto chunk, detail::read_chunk(events, live.cursor, events_per_chunk, projection.workflow()));
        if (chunk.last == live.cursor) break;
        ANJIE_TRY(const auto rows, fold_chunk(derived, name, projection, chunk));
        live.cursor = chunk.last;
        ANJIE_CHECK(derived.write(name, rows, live));
        if (progress && !progress(live.cursor - start, std::max(live.cursor, head) - start)) break;
    }
    return {};
}

/// Differences between the live rows of a range and the same rows folded afresh.
class RowComparison {
public:
    explicit RowComparison(std::vector<detail::FoldedRow> fresh) : fresh_(std::move(fresh)) {}

    void add_live(CaseId id, std::string_view row) {
        for (; next_ < fresh_.size() && fresh_[next_].case_id < id; ++next_)
            report(fresh_[next_].case_id, "is missing");
        if (next_ == fresh_.size() || fresh_[next_].case_id != id) return report(id, "should not be there");
        if (fresh_[next_].row != row) report(id, "differs from its events");
        ++next_;
    }
    std::vector<std::string> finish() {
        for (; next_ < fresh_.size(); ++next_) report(fresh_[next_].case_id, "is missing");
        return std::move(differences_);
    }

private:
    void report(CaseId id, std::string_view what) {
        differences_.push_back(fmt::format("the row of case {} {}", to_string(id), what));
    }
    std::vector<detail::FoldedRow> fresh_;
    std::size_t next_{};
    std::vector<std::string> differences_;
};

}  // namespace

ProjectionRunner::ProjectionRunner(const EventStore& events, DerivedStore& derived, const CaseProjection& projection)
    : events_(events), derived_(derived), projection_(projection) {}

Result<void> ProjectionRunner::catch_up(const Progress& progress) {
    ANJIE_TRY(const auto live, derived_.head(projection_.name()));
    const bool usable = live && live->code_version == projection_.code_version() && live->cursor <= events_.head();
    if (usable) return follow(events_, derived_, projection_, *live, progress);
    ANJIE_CHECK(rebuild(std::max(1U, std::thread::hardware_concurrency()), progress));
    return {};
}

Result<std::uint64_t> ProjectionRunner::rebuild(std::size_t threads, const Progress& progress) {
    ANJIE_TRY(const auto live, derived_.head(projection_.name()));
    const DerivedHead next{live ? live->generation + 1 : 1, events_.head(), projection_.code_version()};
    const auto name = generation_of(projection_, next.generation);
    ANJIE_CHECK(derived_.drop(name));  // What an interrupted rebuild has left.

    struct Done {
        std::uint64_t read{};
        std::uint64_t folded{};
    };
    detail::Guarded<Done> done;
    const auto go_on = [&](std::uint64_t read) {
        auto state = done.lock();
        state->read += read;
        return !progress || progress(std::min(state->read, next.cursor), next.cursor);
    };
    const detail::RowSink load = [&](std::vector<detail::FoldedRow>& rows) -> Result<void> {
        std::vector<DerivedWrite> writes;
        writes.reserve(rows.size());
        for (auto& [id, row] : rows) writes.push_back({detail::key_of(id), std::move(row)});
        return derived_.load(name, writes);
    };
    ANJIE_TRY(const auto ranges, detail::ranges_for(events_, threads));
    auto built = detail::for_each_range(ranges, threads, [&](const CaseRange& range) -> Result<void> {
        ANJIE_TRY(const auto folded,
                  detail::fold_range(events_, projection_, range, {.position = next.cursor}, load, go_on));
        done.lock()->folded += folded;
        return {};
    });
    if (!built) {
        ANJIE_CHECK(derived_.drop(name));
        return std::unexpected(std::move(built).error());
    }

    ANJIE_CHECK(derived_.make_durable());
    ANJIE_CHECK(derived_.write(name, {}, next));
    ANJIE_CHECK(follow(events_, derived_, projection_, next, {}));
    ANJIE_CHECK(derived_.make_durable());  // The old rows go only when the new ones cannot be lost.
    if (live) ANJIE_CHECK(derived_.drop(generation_of(projection_, live->generation)));
    return done.lock()->folded;
}

Result<void> ProjectionRunner::rows(const std::function<bool(CaseId, std::string_view row)>& visit) const {
    ANJIE_TRY(const auto live, derived_.head(projection_.name()));
    if (!live) return {};
    return derived_.scan(generation_of(projection_, live->generation), {}, {},
                         [&](std::string_view key, std::string_view row) { return visit(detail::case_of(key), row); });
}

Result<std::vector<std::string>> ProjectionRunner::verify(std::size_t threads) const {
    ANJIE_TRY(const auto live, derived_.head(projection_.name()));
    if (!live) return std::vector<std::string>{fmt::format("projection {} has never been built", projection_.name())};
    const auto name = generation_of(projection_, live->generation);

    detail::Guarded<std::vector<std::string>> differences;
    ANJIE_TRY(const auto ranges, detail::ranges_for(events_, threads));
    const auto compare = [&](const CaseRange& range) -> Result<void> {
        std::vector<detail::FoldedRow> fresh;
        const detail::RowSink keep = [&](std::vector<detail::FoldedRow>& rows) -> Result<void> {
            std::ranges::move(rows, std::back_inserter(fresh));
            return {};
        };
        ANJIE_CHECK(detail::fold_range(events_, projection_, range, {.position = live->cursor}, keep));
        RowComparison comparison(std::move(fresh));
        ANJIE_CHECK(derived_.scan(name, detail::key_of(range.from), range.to ? detail::key_of(*range.to) : "",
                                  [&](std::string_view key, std::string_view row) {
                                      comparison.add_live(detail::case_of(key), row);
                                      return true;
                                  }));
        auto found = comparison.finish();
        auto all = differences.lock();
        for (auto& difference : found)
            if (all->size() < differences_max) all->push_back(std::move(difference));
        return {};
    };
    ANJIE_CHECK(detail::for_each_range(ranges, threads, compare));
    std::ranges::sort(*differences.lock());
    return std::move(*differences.lock());
}

Result<Position> ProjectionRunner::cursor() const {
    ANJIE_TRY(const auto live, derived_.head(projection_.name()));
    return live ? live->cursor : 0;
}

Result<void> fold_as_of(const EventStore& events, const CaseProjection& projection, Instant as_of, std::size_t threads,
                        const std::function<void(CaseId, std::string_view row)>& visit) {
    struct Visitor {};
    detail::Guarded<Visitor> one_at_a_time;
    const detail::RowSink sink = [&](std::vector<detail::FoldedRow>& rows) -> Result<void> {
        const auto alone = one_at_a_time.lock();
        for (const auto& [id, row] : rows) visit(id, row);
        return {};
    };
    ANJIE_TRY(const auto ranges, detail::ranges_for(events, threads));
    return detail::for_each_range(ranges, threads, [&](const CaseRange& range) -> Result<void> {
        ANJIE_CHECK(detail::fold_range(events, projection, range, {.recorded_at = as_of}, sink));
        return {};
    });
}

Result<Position> position_as_of(const EventStore& events, Instant as_of) {
    Position known = 0;                  // Recorded by then, or the beginning.
    Position later = events.head() + 1;  // Recorded later, or beyond the end.
    while (known + 1 < later) {
        const auto middle = known + (later - known) / 2;
        bool by_then = false;
        ANJIE_CHECK(events.read_feed(middle - 1, 1, [&](const EventView& event) {
            by_then = event.header.recorded_at <= as_of;
            return false;
        }));
        (by_then ? known : later) = middle;
    }
    return known;
}

}  // namespace anjie
