#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "storage/crypto/openssl_suite.hpp"
#include "storage/sealing/case_keys.hpp"
#include "storage/sealing/key_ring.hpp"
#include "storage/sealing/sealed_text.hpp"
#include "tests/storage/sample_events.hpp"

namespace anjie::test {
namespace {

/// Bytes 1, 2, 3 ... for golden files. Everywhere else the suite's own source is at work.
class CountingSource final : public RandomSource {
public:
    void fill(std::span<std::byte> bytes) const override {
        for (auto& byte : bytes) byte = static_cast<std::byte>(++last_);
    }

private:
    mutable unsigned last_{};
};

class RowsInMap final : public KeyRows {
public:
    Result<std::optional<std::string>> get(std::string_view key) const override {
        ++reads;
        const auto found = rows.find(std::string(key));
        return found == rows.end() ? std::nullopt : std::optional(found->second);
    }
    Result<void> write(const std::vector<Row>& changed) override {
        for (const auto& [key, row] : changed) rows[key] = row;
        return {};
    }
    Result<std::vector<Row>> after(std::string_view, std::size_t) const override { return std::vector<Row>{}; }

    std::map<std::string, std::string> rows;
    mutable int reads{};
};

struct Ring {
    explicit Ring(const RandomSource& source = openssl_suite().random) : random(source) {
        auto opened = KeyRing::open(suite, master, rows, false);
        REQUIRE(opened);
        keys = std::move(*opened);
    }
    /// Seals one event and stores the keys that it needs.
    Bytes seal(const AppendEvent& event) {
        const auto part = keys->seal(event);
        REQUIRE(part);
        Bytes bytes(part->begin(), part->end());
        REQUIRE(rows.write(*keys->rows_to_write()));
        keys->written();
        return bytes;
    }
    [[nodiscard]] Result<std::vector<SealedField>> unseal(const AppendEvent& event, BytesView part) const {
        EventView view;
        view.header.case_id = event.header.case_id;
        view.header.version = event.header.version;
        view.sealed = part;
        return keys->unseal(view);
    }

    const RandomSource& random;
    CryptoSuite suite{openssl_suite().hasher, openssl_suite().cipher, openssl_suite().signatures, random};
    MasterKeysInMemory master;
    RowsInMap rows;
    std::unique_ptr<KeyRing> keys;
};

AppendEvent event_of(CaseId id, Version version, std::vector<SealedField> fields) {
    AppendEvent event;
    event.header.case_id = id;
    event.header.version = version;
    event.body.sealed = std::move(fields);
    return event;
}

/// The event of golden/sealed_v1.bin. Never change it: write another file beside it.
AppendEvent golden_event() {
    return event_of({*parse_uuid("0190163d-8694-739b-aea5-966c26f8ad90")}, 1,
                    {{0, 1, "因草场边界发生争执"}, {2, 3, "次仁"}, {1, 3, "扎西"}, {2, 4, ""}});
}

Bytes golden(const std::string& name) {
    std::ifstream file(std::string(ANJIE_GOLDEN_DIR) + "/" + name, std::ios::binary);
    REQUIRE(file);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

bool holds(BytesView bytes, std::string_view text) {
    const auto wanted = std::as_bytes(std::span(text));
    return std::search(bytes.begin(), bytes.end(), wanted.begin(), wanted.end()) != bytes.end();
}

}  // namespace

TEST_CASE("sealed texts are read back in their order, and none of them stands in the stored bytes") {
    Ring ring;
    const auto event = golden_event();
    const auto part = ring.seal(event);
    REQUIRE(ring.unseal(event, part) == event.body.sealed);
    for (const auto& field : event.body.sealed)
        if (!field.text.empty()) CHECK_FALSE(holds(part, field.text));
    CHECK(ring.keys->seal(event_of(case_number(9), 1, {}))->empty());
    CHECK(ring.unseal(event_of(case_number(9), 1, {}), {})->empty());
}

TEST_CASE("sealed bytes and rows of keys never change from release to release") {
    const CountingSource source;
    Ring ring(source);
    const auto event = golden_event();
    const auto part = ring.seal(event);
    CHECK(std::ranges::equal(part, golden("sealed_v1.bin")));
    const auto row = ring.rows.rows.at({reinterpret_cast<const char*>(event.header.case_id.bytes.data()), 16});
    CHECK(std::ranges::equal(std::as_bytes(std::span(row)), golden("case_keys_v1.bin")));
    const auto epoch = ring.rows.rows.at("epoch");
    CHECK(std::ranges::equal(std::as_bytes(std::span(epoch)), golden("epoch_v1.bin")));
}

TEST_CASE("the same text sealed twice gives other bytes, also after an append that failed") {
    Ring ring;
    std::set<Bytes> parts;
    auto event = golden_event();
    for (int i = 0; i < 5; ++i) {
        const auto part = ring.keys->seal(event);
        REQUIRE(part);
        parts.insert({part->begin(), part->end()});
        ring.keys->forget_unwritten();
    }
    CHECK(ring.rows.rows.size() == 1);  // The epoch; nothing was kept of what failed.
    for (; event.header.version <= 50; ++event.header.version) parts.insert(ring.seal(event));
    CHECK(parts.size() == 55);
    std::set<Nonce> nonces;
    for (const auto& part : parts) {
        const auto groups = read_groups(part);
        REQUIRE(groups);
        for (const auto& group : *groups) nonces.insert(group.nonce);
    }
    CHECK(nonces.size() == 55 * 3);
}

TEST_CASE("a new case costs no read of keys, a known one none, a forgotten one a single read") {
    Ring ring;
    auto event = golden_event();
    const auto before = ring.rows.reads;
    ring.seal(event);
    ++event.header.version;
    ring.seal(event);
    CHECK(ring.rows.reads == before);
    ring.keys->forget_opened();
    ++event.header.version;
    const auto part = ring.seal(event);
    CHECK(ring.rows.reads == before + 1);
    CHECK(ring.unseal(event, part) == event.body.sealed);
}

TEST_CASE("a sealed part cannot be moved to another event, and any flipped bit is found") {
    Ring ring;
    const auto event = golden_event();
    const auto part = ring.seal(event);
    auto other = event;
    ++other.header.version;
    CHECK(ring.unseal(other, part).error().code == ErrorCode::corrupt);
    other.header.case_id = case_number(3);
    other.header.version = 1;
    ring.seal(other);
    CHECK(ring.unseal(other, part).error().code == ErrorCode::corrupt);
    for (std::size_t bit = 0; bit < part.size() * 8; ++bit) {
        auto bytes = part;
        bytes[bit / 8] ^= static_cast<std::byte>(1u << bit % 8);
        const auto fields = ring.unseal(event, bytes);
        INFO(bit);
        REQUIRE_FALSE(fields);
        CHECK(fields.error().code == ErrorCode::corrupt);
    }
    for (std::size_t size = 1; size < part.size(); ++size) {
        // Cut between two groups, a part is whole: the record's own hash finds that.
        if (const auto fields = ring.unseal(event, BytesView(part).first(size)))
            CHECK(fields->size() < event.body.sealed.size());
    }
}

TEST_CASE("hostile bytes as a sealed part or a row of keys are read within bounds") {
    Ring ring;
    const auto event = golden_event();
    const auto part = ring.seal(event);
    const auto row_key = std::string(reinterpret_cast<const char*>(event.header.case_id.bytes.data()), 16);
    const auto good_row = ring.rows.rows.at(row_key);
    Random random(8);
    int refused = 0;
    for (int i = 0; i < 20'000; ++i) {
        auto bytes = part;
        for (auto changes = 1 + random.below(6); changes > 0; --changes)
            bytes[random.below(bytes.size())] = static_cast<std::byte>(random.next());
        if (i % 3 == 0) bytes.resize(random.below(bytes.size() + 1));
        if (const auto groups = read_groups(bytes); !groups) {
            CHECK(groups.error().code == ErrorCode::corrupt);
            ++refused;
        } else {
            std::size_t sum = 0;
            for (const auto& group : *groups) sum += group.sealed.size() + group.head.size();
            CHECK(sum <= bytes.size());
        }
        auto row = good_row;
        row[random.below(row.size())] ^= static_cast<char>(1 + random.below(255));
        if (i % 3 == 0) row.resize(random.below(row.size()));
        ring.rows.rows[row_key] = row;
        ring.keys->forget_opened();
        const auto fields = ring.unseal(event, part);
        REQUIRE_FALSE(fields);
    }
    CHECK(refused > 1'000);
    ring.rows.rows.erase(row_key);
    ring.keys->forget_opened();
    CHECK(ring.unseal(event, part).error().detail.find("is missing") != std::string::npos);
}

TEST_CASE("a key that is published proves what was sealed with it: its commitment names no other key") {
    Ring ring;
    const auto event = golden_event();
    const auto part = ring.seal(event);
    const auto groups = read_groups(part);
    REQUIRE(groups);
    const auto row = ring.rows.rows.at({reinterpret_cast<const char*>(event.header.case_id.bytes.data()), 16});
    const MasterKey master{1, *ring.master.read(1)};
    const auto keys = unwrap_keys(ring.suite.cipher, master, event.header.case_id, row);
    REQUIRE(keys);
    REQUIRE(keys->keys.size() == 3);
    for (const auto& group : *groups) {
        const auto* known = keys->find(group.subject, group.commitment);
        REQUIRE(known != nullptr);
        CHECK(commitment_of(ring.suite.hasher, event.header.case_id, group.subject, known->key.key) == group.commitment);
        CHECK_FALSE(commitment_of(ring.suite.hasher, case_number(1), group.subject, known->key.key) ==
                    group.commitment);
        auto other = known->key.key;
        other[0] ^= std::byte{1};
        CHECK_FALSE(commitment_of(ring.suite.hasher, event.header.case_id, group.subject, other) == group.commitment);
        CHECK(open_group(ring.suite.cipher, {event.header.case_id, 1}, group, known->key.key));
    }
}

TEST_CASE("names of one and of five characters make cipher texts of equal length") {
    Ring ring;
    const auto short_name = ring.seal(event_of(case_number(1), 1, {{1, 3, "丹"}}));
    const auto long_name = ring.seal(event_of(case_number(1), 2, {{1, 3, "丹增多"}}));
    CHECK(short_name.size() == long_name.size());
}

TEST_CASE("too many or too long sealed texts are invalid and leave no keys") {
    Ring ring;
    CHECK(ring.keys->seal(event_of(case_number(1), 1, std::vector<SealedField>(5'000, {1, 1, "x"}))).error().code ==
          ErrorCode::invalid);
    CHECK(ring.keys->seal(event_of(case_number(1), 1, {{1, 1, std::string(70'000, 'x')}})).error().code ==
          ErrorCode::invalid);
    CHECK(ring.keys->rows_to_write()->empty());
}

}  // namespace anjie::test
