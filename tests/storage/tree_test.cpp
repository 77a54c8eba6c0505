#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "storage/crypto/openssl_suite.hpp"
#include "storage/record/record_writer.hpp"
#include "storage/rocksdb/rocksdb_tree.hpp"
#include "storage/rocksdb/verify.hpp"
#include "tests/storage/sample_log.hpp"
#include "tests/storage/tamper.hpp"
#include "tests/storage/temporary_directory.hpp"

namespace anjie::test {
namespace {

namespace fs = std::filesystem;

const Hasher& hasher() { return openssl_suite().hasher; }

std::unique_ptr<RocksDbStore> open_store(const fs::path& path) {
    auto store = RocksDbStore::open(path, {.create_if_missing = true});
    REQUIRE(store);
    return std::move(*store);
}

std::vector<Hash> leaves_of(const RocksDbStore& store) {
    std::vector<Hash> leaves;
    REQUIRE(store.read_feed(0, SIZE_MAX, [&](const EventView& event) {
        leaves.push_back(hasher().leaf(event.record));
        return true;
    }));
    return leaves;
}

Hash root_of(const RocksDbStore& store) { return RocksDbTree(store, store.head()).root().value(); }

std::vector<std::string> findings_of(const fs::path& path, std::vector<SignedRoot> roots = {}) {
    const auto store = open_store(path);
    return verify_store(*store, {}, {.signed_roots = std::move(roots)}).value();
}

bool tells(const std::vector<std::string>& findings, std::string_view part) {
    return std::ranges::any_of(findings, [&](const auto& finding) { return finding.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("an append that is refused in its middle leaves no leaf in the tree") {
    const TemporaryDirectory directory;
    SampleLog log(33);
    const auto store = open_store(directory.path() / "store");
    REQUIRE(store->append(log.batch(200, 9)));
    auto fresh = log;
    auto too_long = fresh.batch(3, 9);
    too_long[1].body.payload.resize(65'536);
    REQUIRE(store->append(too_long).error().code == ErrorCode::invalid);
    REQUIRE(store->append(log.batch(300, 9)));
    const auto leaves = leaves_of(*store);
    CHECK(root_of(*store) == tree_root(hasher(), LeafHashes(hasher(), leaves), leaves.size()).value());
    CHECK(verify_store(*store).value().empty());
}

TEST_CASE("the stored tree is that of the stored records, however they came and however often it was opened") {
    const TemporaryDirectory directory;
    SampleLog log(31);
    Random random(32);
    auto store = open_store(directory.path() / "store");
    CHECK(root_of(*store) == hasher().digest({}));
    // Sizes around full tiles, then past a full tile of the second level.
    for (const std::size_t size : {1u, 2u, 252u, 1u, 1u, 255u, 300u, 5'000u}) {
        REQUIRE(store->append(log.batch(size, 90)));
        const auto leaves = leaves_of(*store);
        const LeafHashes expected(hasher(), leaves);
        CHECK(root_of(*store) == tree_root(hasher(), expected, leaves.size()).value());
        if (random.below(2) == 0) {
            store.reset();
            store = open_store(directory.path() / "store");
        }
    }
    while (log.all().size() < 66'000) REQUIRE(store->append(log.batch(4'097, 9'000)));
    const auto leaves = leaves_of(*store);
    const LeafHashes expected(hasher(), leaves);
    for (int round = 0; round < 40; ++round) {
        const auto size = round < 4 ? 65'535 + static_cast<std::uint64_t>(round) : 1 + random.below(leaves.size());
        const RocksDbTree tree(*store, size);
        const auto root = tree_root(hasher(), expected, size).value();
        REQUIRE(tree.root().value() == root);
        const auto index = random.below(size);
        const auto proof = prove_inclusion(hasher(), tree, index, size).value();
        CHECK(verify_inclusion(hasher(), leaves[index], index, size, proof, root));
        const auto old_size = random.below(size + 1);
        const auto old_root = tree_root(hasher(), expected, old_size).value();
        const auto consistency = prove_consistency(hasher(), tree, old_size, size).value();
        CHECK(verify_consistency(hasher(), old_size, old_root, size, root, consistency));
    }
    CHECK(RocksDbTree(*store, 600).tile(0, 2).value().size() == 88);
    CHECK(RocksDbTree(*store, 512).tile(0, 2).error().code == ErrorCode::not_found);
    CHECK(RocksDbTree(*store, 512).tile(1, 0).value().size() == 2);
    CHECK(verify_store(*store)->empty());
}

TEST_CASE("whoever changes the store behind its back is found, and where") {
    const TemporaryDirectory directory;
    const auto good = directory.path() / "good";
    const auto bad = directory.path() / "bad";
    const auto yesterday = directory.path() / "yesterday";
    SampleLog log(41);
    std::vector<SignedRoot> roots;
    {
        auto store = open_store(good);
        REQUIRE(store->append(log.batch(700, 40)));
        roots.push_back({700, root_of(*store), "the checkpoint at 700"});
        store.reset();
        fs::copy(good, yesterday, fs::copy_options::recursive);
        store = open_store(good);
        REQUIRE(store->append(log.batch(400, 40)));
        roots.push_back({1'100, root_of(*store), "the checkpoint at 1100"});
    }
    CHECK(findings_of(good, roots).empty());
    const auto& event = log.all()[500].header;  // Position 501.
    const auto copy = [&] {
        fs::remove_all(bad);
        fs::copy(good, bad, fs::copy_options::recursive);
    };
    const auto place = fmt::format("position 501 (case {}, version {})", to_string(event.case_id), event.version);

    SECTION("one byte of one event, with and without its hashes") {
        for (int forged = 0; forged < 3; ++forged) {
            copy();
            {
                Tampering tampering(bad);
                auto record = tampering.record(event.case_id, event.version);
                record[record.size() - 1] = static_cast<char>(record.back() ^ 1);
                tampering.put_record(event.case_id, event.version, record);
                if (forged > 0) tampering.rewrite_leaf(501);
                if (forged > 1) tampering.rewrite_tree();
            }
            const auto findings = findings_of(bad, roots);
            INFO(findings.size() << " " << (findings.empty() ? "" : findings.front()));
            if (forged == 0) CHECK(tells(findings, place));
            if (forged == 1) CHECK(tells(findings, "the tree's hash 1 at level 1"));
            if (forged > 0) CHECK(tells(findings, "the first 700 events are not those that the checkpoint at 700"));
            // Whoever rewrites everything is found by what was signed alone.
            if (forged == 2) CHECK(findings_of(bad).empty());
        }
    }
    SECTION("the last event of a case dropped") {
        copy();
        // Of the case whose end lies furthest back; without the log's very last event the store does not open at all.
        std::map<CaseId, EventHeader> ends;
        for (const auto& each : log.all()) ends.insert_or_assign(each.header.case_id, each.header);
        const auto end =
            std::ranges::min_element(ends, {}, [](const auto& entry) { return entry.second.position; })->second;
        Tampering(bad).drop_record(end.case_id, end.version);
        CHECK(tells(findings_of(bad, roots), fmt::format("position {} (case {}, version {}): the event was appended",
                                                         end.position, to_string(end.case_id), end.version)));
        const auto last = log.all().back().header;
        Tampering(bad).drop_record(last.case_id, last.version);
        const auto refused = RocksDbStore::open(bad);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().detail.find("the last event, 1100") != std::string::npos);
    }
    SECTION("two events swapped") {
        copy();
        {
            Tampering tampering(bad);
            const auto first = tampering.record(event.case_id, 1);
            const auto second = tampering.record(event.case_id, 2);
            tampering.put_record(event.case_id, 1, second);
            tampering.put_record(event.case_id, 2, first);
        }
        CHECK(tells(findings_of(bad, roots),
                    fmt::format("version 1 of case {} holds version 2", to_string(event.case_id))));
    }
    SECTION("two events swapped by somebody who writes records") {
        copy();
        const auto& a = log.all()[10];
        const auto& b = log.all()[20];
        {
            Tampering tampering(bad);
            RecordWriter writer;
            const auto put = [&](const AppendEvent& place_of, const AppendEvent& content) {
                AppendEvent changed{place_of.header, content.body};
                const auto bytes = writer.write(changed, {}).value();
                tampering.put_record(place_of.header.case_id, place_of.header.version,
                                     {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
            };
            put(a, b);
            put(b, a);
        }
        const auto findings = findings_of(bad, roots);
        CHECK(tells(findings, "position 11 ("));
        CHECK(tells(findings, "position 21 ("));
    }
    SECTION("the directory rolled back to yesterday's copy") {
        const auto findings = findings_of(yesterday, roots);
        REQUIRE(findings.size() == 1);
        CHECK(tells(findings, "the log ends at position 700, but the checkpoint at 1100 signs for 1100"));
    }
}

}  // namespace anjie::test
