#pragma once

#include <rocksdb/env.h>

#include <filesystem>
#include <memory>

namespace anjie::detail {

/// Takes RocksDB's warnings and errors into the store's MESSAGES file, at most a few mebibytes of them. RocksDB's own
/// log asserts after a failed write, so that a full disk would end the process; this one lets such lines go.
[[nodiscard]] std::shared_ptr<rocksdb::Logger> message_log(const std::filesystem::path& directory);

/// Drops every message: a read-only store writes nothing.
[[nodiscard]] std::shared_ptr<rocksdb::Logger> silent_log();

}  // namespace anjie::detail
