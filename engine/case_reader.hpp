#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "engine/event_store.hpp"

namespace anjie {

/// Takes whole cases, one after the other: what a question needs that one row per case does not answer.
class CaseReader {
public:
    virtual ~CaseReader() = default;
    /// The next event of the case being read. Lifetime of the view: the call.
    [[nodiscard]] virtual Result<void> add(const EventView& event) = 0;
    /// The case has no further events.
    [[nodiscard]] virtual Result<void> end() = 0;
};

/// Reads every case of a workflow as it was known at a moment: only what had been recorded by then. Each range of
/// cases is read by a reader of its own, in order of case id, and handed to `done`.
/// Threads: readers work at the same time; `make` and `done` are called one at a time.
/// Errors: those of the readers, of `done` and of the store; the first ends the reading.
[[nodiscard]] Result<void> read_cases(const EventStore& events, WorkflowId workflow, Instant as_of, std::size_t threads,
                                      const std::function<std::unique_ptr<CaseReader>()>& make,
                                      const std::function<Result<void>(CaseReader&)>& done);

}  // namespace anjie
