#pragma once

#include <fmt/format.h>
#include <rocksdb/status.h>

#include <string_view>

#include "engine/result.hpp"

namespace anjie::detail {

/// RocksDB's answer as ours. Requires: not ok.
[[nodiscard]] inline std::unexpected<Error> failure_of(const rocksdb::Status& status, std::string_view what) {
    auto code = ErrorCode::unavailable;
    if (status.IsCorruption()) code = ErrorCode::corrupt;
    if (status.IsNotFound()) code = ErrorCode::not_found;
    if (status.IsInvalidArgument() || status.IsNotSupported()) code = ErrorCode::invalid;
    return failure(code, fmt::format("{}: {}", what, status.ToString()));
}

/// An answer while reading: whatever is not the disk refusing is damage.
[[nodiscard]] inline std::unexpected<Error> read_failure_of(const rocksdb::Status& status, std::string_view what) {
    const bool refused = status.IsIOError() || status.IsBusy() || status.IsTimedOut() || status.IsTryAgain();
    return failure(refused ? ErrorCode::unavailable : ErrorCode::corrupt,
                   fmt::format("{}: {}", what, status.ToString()));
}

}  // namespace anjie::detail
