#pragma once

#include <cstdint>
#include <memory>

#include "engine/event.hpp"
#include "engine/result.hpp"

namespace anjie {

/// Turns events into the bytes that are stored (docs/format.md), one after the other in one buffer.
/// Threads: one at a time.
class RecordWriter {
public:
    RecordWriter();
    ~RecordWriter();
    RecordWriter(const RecordWriter&) = delete;
    RecordWriter& operator=(const RecordWriter&) = delete;

    /// `sealed` is what `KeyRing::seal` made of the event's sealed fields, which are not looked at here.
    /// Errors: `invalid` when the record would be longer than `EventStore::record_bytes_max`, or the payload is not a
    /// multiple of 8 bytes.
    /// Lifetime: the answer is good until the next call. Cost: no heap allocation.
    [[nodiscard]] Result<BytesView> write(const AppendEvent& event, BytesView sealed);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// XXH3 (64 bits) of a record's stored bytes: finds what a disk does wrong, not what a person does on purpose.
[[nodiscard]] std::uint64_t record_checksum(BytesView record);

}  // namespace anjie
