#include "storage/rocksdb/detail/verify_tree.hpp"

#include <array>

namespace anjie::detail {
namespace {

/// One level of the stored tree, read beside what is computed.
class StoredLevel {
public:
    StoredLevel(const RocksDbStore::Impl& store, unsigned level) : level_(level), rows_(rows_of(store)) {
        rows_->Seek(tree_key(level, 0));
    }

    void expect(std::uint64_t index, const Hash& hash, Findings& findings) {
        const auto key = rows_->Valid() ? parse_tree_key(view_of(rows_->key())) : std::nullopt;
        if (key != TreeKey{level_, index}) {
            // Told once: every later row would be out of step as well.
            if (!out_of_step_) findings.add(fmt::format("the tree has no hash {} at level {}", index, level_));
            out_of_step_ = true;
            return;
        }
        if (view_of(rows_->value()) != view_of(slice_of(anjie::view_of(hash))))
            findings.add(fmt::format("the tree's hash {} at level {} is not that of its events", index, level_));
        rows_->Next();
    }
    void expect_end(Findings& findings) {
        const auto key = rows_->Valid() ? parse_tree_key(view_of(rows_->key())) : std::nullopt;
        if (!out_of_step_ && rows_->Valid() && (!key || key->level == level_))
            findings.add(fmt::format("the tree has hashes at level {} beyond the log's end", level_));
        if (!rows_->status().ok()) findings.add(fmt::format("the tree cannot be read: {}", rows_->status().ToString()));
    }

private:
    static std::unique_ptr<rocksdb::Iterator> rows_of(const RocksDbStore::Impl& store) {
        rocksdb::ReadOptions read;
        read.fill_cache = false;
        return store.iterate(read, Family::tree);
    }

    unsigned level_;
    bool out_of_step_{};
    std::unique_ptr<rocksdb::Iterator> rows_;
};

class TreeVerifier {
public:
    TreeVerifier(const RocksDbStore::Impl& store, const std::vector<SignedRoot>& roots, Findings& findings)
        : findings_(findings), frontier_(store.crypto.hasher), roots_(roots) {
        for (unsigned level = 1; level < tile_levels; ++level) levels_.emplace_back(store, level);
        check_roots();
    }

    void add(const Hash& leaf) {
        frontier_.add(
            leaf, [&](TreeKey key, const Hash& hash) { levels_[key.level - 1].expect(key.index, hash, findings_); });
        if (next_root_ < roots_.size() && roots_[next_root_].size <= frontier_.size()) check_roots();
    }
    void finish() {
        for (auto& level : levels_) level.expect_end(findings_);
        for (; next_root_ < roots_.size(); ++next_root_)
            findings_.add(
                fmt::format("the log ends at position {}, but {} signs for {} events: events are missing, or "
                            "the directory was rolled back",
                            frontier_.size(), roots_[next_root_].signed_by, roots_[next_root_].size));
    }

private:
    void check_roots() {
        for (; next_root_ < roots_.size() && roots_[next_root_].size == frontier_.size(); ++next_root_) {
            const auto& expected = roots_[next_root_];
            if (frontier_.root() != expected.root)
                findings_.add(fmt::format("the first {} events are not those that {} signs for", expected.size,
                                          expected.signed_by));
        }
    }

    Findings& findings_;
    TreeFrontier frontier_;
    std::vector<StoredLevel> levels_;
    const std::vector<SignedRoot>& roots_;
    std::size_t next_root_{};
};

}  // namespace

void verify_feed_and_tree(const RocksDbStore::Impl& store, const std::vector<SignedRoot>& roots, Findings& findings) {
    rocksdb::ReadOptions read;
    read.fill_cache = false;
    read.readahead_size = 2u << 20;
    const auto rows = store.iterate(read, Family::feed);
    TreeVerifier tree(store, roots, findings);
    Position next = 1;
    for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
        const auto chunk = FeedChunk::read(view_of(rows->key()), view_of(rows->value()));
        if (!chunk) {
            findings.add(chunk.error().detail);
            continue;
        }
        if (chunk->first() != next)
            findings.add(fmt::format("the feed goes on with position {} where {} is due", chunk->first(), next));
        next = chunk->last() + 1;
        for (std::uint32_t i = 0; i < chunk->size(); ++i) tree.add(chunk->entry(i).leaf);
    }
    if (!rows->status().ok()) findings.add(fmt::format("the feed cannot be read: {}", rows->status().ToString()));
    if (next != store.head + 1)
        findings.add(fmt::format("the feed ends at {}, the log at {}", next - 1, store.head.load()));
    tree.finish();
}

}  // namespace anjie::detail
