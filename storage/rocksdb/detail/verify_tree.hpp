#pragma once

#include <vector>

#include "storage/rocksdb/detail/findings.hpp"
#include "storage/rocksdb/detail/store_impl.hpp"
#include "storage/rocksdb/verify.hpp"

namespace anjie::detail {

/// Checks that the feed has every position once, from 1 to the head; that the stored tree is the one its leaf hashes
/// make, with nothing more; and that the tree has the root that was signed at each size.
/// Requires: `roots` ascending by size.
void verify_feed_and_tree(const RocksDbStore::Impl& store, const std::vector<SignedRoot>& roots, Findings& findings);

}  // namespace anjie::detail
