#pragma once

#include <cstdint>
#include <vector>

#include "engine/event.hpp"
#include "engine/result.hpp"

namespace anjie {

/// Looks at a record in place: the view's texts and bytes lie in `record`.
/// Requires: `record` is 8-byte aligned. Errors: `corrupt`; hostile bytes are read within bounds.
/// Lifetime: as `record`. Cost: no heap allocation.
[[nodiscard]] Result<EventView> read_record(BytesView record);

/// Reads records that may lie anywhere in memory, copying them only when they are not aligned.
/// Threads: one at a time.
class RecordReader {
public:
    /// Errors: as `read_record`. Lifetime: until the next call, or as `record` if that is shorter.
    [[nodiscard]] Result<EventView> read(BytesView record);

private:
    std::vector<std::uint64_t> aligned_;
};

}  // namespace anjie
