#include "tests/storage/tamper.hpp"

#include <catch2/catch.hpp>

#include "storage/crypto/openssl_suite.hpp"
#include "storage/rocksdb/detail/feed_chunk.hpp"
#include "storage/rocksdb/detail/history_key.hpp"
#include "storage/rocksdb/detail/store_impl.hpp"
#include "storage/rocksdb/detail/tree.hpp"

namespace anjie::test {

using detail::Family;
using detail::HistoryKey;

Tampering::Tampering(const std::filesystem::path& store) {
    const auto options = detail::database_options(1u << 20, false, false);
    rocksdb::DB* db = nullptr;
    const auto status =
        rocksdb::DB::Open(options.database, (store / "rocksdb").string(), options.families, &handles_, &db);
    INFO(status.ToString());
    REQUIRE(status.ok());
    db_.reset(db);
}

Tampering::~Tampering() {
    for (auto* handle : handles_) CHECK(db_->DestroyColumnFamilyHandle(handle).ok());
    CHECK(db_->Close().ok());
}

std::string Tampering::record(const CaseId& id, Version version) const {
    std::string bytes;
    REQUIRE(db_->Get({}, family(Family::history), HistoryKey(id, version).slice(), &bytes).ok());
    return bytes;
}

void Tampering::put_record(const CaseId& id, Version version, const std::string& bytes) {
    REQUIRE(db_->Put({}, family(Family::history), HistoryKey(id, version).slice(), bytes).ok());
}

void Tampering::drop_record(const CaseId& id, Version version) {
    REQUIRE(db_->Delete({}, family(Family::history), HistoryKey(id, version).slice()).ok());
}

void Tampering::rewrite_leaf(Position position) {
    const std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator({}, family(Family::feed)));
    rows->SeekForPrev(detail::feed_key(position));
    REQUIRE(rows->Valid());
    const auto chunk = detail::FeedChunk::read(detail::view_of(rows->key()), detail::view_of(rows->value())).value();
    detail::FeedChunkWriter writer;
    for (std::uint32_t i = 0; i < chunk.size(); ++i) {
        auto entry = chunk.entry(i);
        if (chunk.first() + i == position)
            entry.leaf = openssl_suite().hasher.leaf(bytes_of(record(entry.case_id, entry.version)));
        writer.add(entry);
    }
    REQUIRE(db_->Put({}, family(Family::feed), rows->key(), detail::slice_of(writer.value())).ok());
}

void Tampering::rewrite_tree() {
    detail::TreeFrontier tree(openssl_suite().hasher);
    const std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator({}, family(Family::feed)));
    for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
        const auto chunk =
            detail::FeedChunk::read(detail::view_of(rows->key()), detail::view_of(rows->value())).value();
        for (std::uint32_t i = 0; i < chunk.size(); ++i)
            tree.add(chunk.entry(i).leaf, [&](detail::TreeKey key, const Hash& hash) {
                REQUIRE(db_->Put({}, family(Family::tree), detail::tree_key(key.level, key.index),
                                 detail::slice_of(view_of(hash)))
                            .ok());
            });
    }
}

}  // namespace anjie::test
