#include "engine/case_reader.hpp"

#include <optional>

#include "engine/detail/guarded.hpp"
#include "engine/detail/range_workers.hpp"

namespace anjie {
namespace {

Result<void> read_range(const EventStore& events, const CaseRange& range, WorkflowId workflow, Instant as_of,
                        CaseReader& reader) {
    std::optional<CaseId> current;
    Result<void> read;
    const auto take = [&](const EventView& event) -> Result<void> {
        if (current && *current != event.header.case_id) ANJIE_CHECK(reader.end());
        current = event.header.case_id;
        return reader.add(event);
    };
    ANJIE_CHECK(events.scan(range, [&](const EventView& event) {
        if (event.header.workflow == workflow && event.header.recorded_at <= as_of) read = take(event);
        return read.has_value();
    }));
    if (!read) return read;
    return current ? reader.end() : Result<void>{};
}

}  // namespace

Result<void> read_cases(const EventStore& events, WorkflowId workflow, Instant as_of, std::size_t threads,
                        const std::function<std::unique_ptr<CaseReader>()>& make,
                        const std::function<Result<void>(CaseReader&)>& done) {
    struct Alone {};
    detail::Guarded<Alone> alone;
    ANJIE_TRY(const auto ranges, detail::ranges_for(events, threads));
    return detail::for_each_range(ranges, threads, [&](const CaseRange& range) -> Result<void> {
        std::unique_ptr<CaseReader> reader;
        {
            const auto turn = alone.lock();
            reader = make();
        }
        ANJIE_CHECK(read_range(events, range, workflow, as_of, *reader));
        const auto turn = alone.lock();
        return done(*reader);
    });
}

}  // namespace anjie
