#include <algorithm>

#include "engine/detail/feed_chunk.hpp"
#include "engine/projection.hpp"

namespace anjie {
namespace {

constexpr std::size_t events_per_chunk = 2'048;

}  // namespace

Result<void> catch_up_directory(const EventStore& events, const WorkflowSet& workflows, Directory& directory,
                                const Progress& progress) {
    ANJIE_TRY(auto cursor, directory.cursor());
    const auto head = events.head();
    if (cursor > head) {  // It followed another log.
        ANJIE_CHECK(directory.clear());
        cursor = 0;
    }
    const auto start = cursor;
    while (cursor < head) {
        ANJIE_TRY(const auto touched, detail::read_touched(events, cursor, events_per_chunk));
        if (touched.last == cursor) break;
        std::vector<DirectoryEntry> entries;
        entries.reserve(touched.cases.size());
        for (const auto& id : touched.cases) {
            ANJIE_TRY(const auto replayed, replay_case(events, workflows, id));
            auto& entry = entries.emplace_back(replayed.workflow->describe(*replayed.state, replayed.sealed));
            entry.case_id = id;
            entry.workflow = replayed.workflow->id();
            entry.version = replayed.version;
        }
        cursor = touched.last;
        ANJIE_CHECK(directory.apply(entries, cursor));
        if (progress && !progress(cursor - start, std::max(cursor, head) - start)) break;
    }
    return {};
}

}  // namespace anjie
