#pragma once

#include <span>
#include <vector>

#include "engine/event.hpp"
#include "engine/result.hpp"

namespace anjie {

/// Bytes that `SealedWriter::write` will answer.
[[nodiscard]] std::size_t sealed_size(std::span<const SealedField> fields);

/// Turns the personal part of an event into one blob. Threads: one at a time.
class SealedWriter {
public:
    /// No fields make no bytes. Lifetime: the answer is good until the next call.
    [[nodiscard]] BytesView write(std::span<const SealedField> fields);

private:
    std::vector<std::uint64_t> words_;
};

/// The fields of a blob; no bytes are no fields. Errors: `corrupt`.
[[nodiscard]] Result<std::vector<SealedField>> read_sealed(BytesView blob);

}  // namespace anjie
