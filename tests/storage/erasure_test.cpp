#include <array>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>

#include "storage/crypto/openssl_suite.hpp"
#include "storage/rocksdb/rocksdb_store.hpp"
#include "storage/rocksdb/rocksdb_tree.hpp"
#include "storage/sealing/key_folder.hpp"
#include "tests/storage/sample_log.hpp"
#include "tests/storage/temporary_directory.hpp"

namespace anjie::test {
namespace {

/// Refuses everything from its nth change on, as a process that has died does.
class Fuse {
public:
    explicit Fuse(int changes) : left_(changes) {}
    [[nodiscard]] Result<void> burn() {
        if (left_-- <= 0) return failure(ErrorCode::unavailable, "the fuse has blown");
        return {};
    }
    [[nodiscard]] bool blown() const { return left_ < 0; }

private:
    int left_;
};

class FusedRows final : public KeyRows {
public:
    FusedRows(std::map<std::string, std::string>& rows, Fuse& fuse) : rows_(rows), fuse_(fuse) {}
    Result<std::optional<std::string>> get(std::string_view key) const override {
        const auto found = rows_.find(std::string(key));
        return found == rows_.end() ? std::nullopt : std::optional(found->second);
    }
    Result<void> write(const std::vector<Row>& changed) override {
        ANJIE_CHECK(fuse_.burn());
        for (const auto& [key, row] : changed) rows_[key] = row;
        return {};
    }
    Result<std::vector<Row>> after(std::string_view after, std::size_t limit) const override {
        std::vector<Row> found;
        // Few at once, so that a rotation has many steps to be cut short between.
        for (auto at = rows_.upper_bound(std::string(after));
             at != rows_.end() && found.size() < std::min<std::size_t>(limit, 2); ++at)
            found.emplace_back(*at);
        return found;
    }

private:
    std::map<std::string, std::string>& rows_;
    Fuse& fuse_;
};

class FusedKeys final : public MasterKeys {
public:
    FusedKeys(MasterKeysInMemory& keys, Fuse& fuse) : keys_(keys), fuse_(fuse) {}
    Result<SecretKey> read(KeyEpoch epoch) const override { return keys_.read(epoch); }
    Result<std::vector<KeyEpoch>> epochs() const override { return keys_.epochs(); }
    Result<void> create(KeyEpoch epoch, const SecretKey& key) override {
        ANJIE_CHECK(fuse_.burn());
        return keys_.create(epoch, key);
    }
    Result<void> destroy(KeyEpoch epoch) override {
        ANJIE_CHECK(fuse_.burn());
        return keys_.destroy(epoch);
    }
    std::string place_of(KeyEpoch epoch) const override { return keys_.place_of(epoch); }

private:
    MasterKeysInMemory& keys_;
    Fuse& fuse_;
};

AppendEvent personal(SampleLog& log, CaseId id) {
    auto event = log.next(id);
    event.body.sealed = {{0, 1, "二人为草场边界争吵"}, {1, 2, "扎西"}, {2, 2, "次仁"}, {1, 3, "13800000000"}};
    return event;
}

std::vector<Readability> readable_in(const std::vector<SealedField>& fields) {
    std::vector<Readability> out;
    for (const auto& field : fields) out.push_back(field.readability);
    return out;
}

constexpr auto open = Readability::readable;
constexpr auto gone = Readability::erased;
constexpr auto held = Readability::restricted;

std::string bytes_of_directory(const std::filesystem::path& root) {
    std::string bytes;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
        if (entry.is_regular_file()) {
            std::ifstream in(entry.path(), std::ios::binary);
            bytes.append(std::istreambuf_iterator<char>(in), {});
        }
    return bytes;
}

}  // namespace

TEST_CASE("an erasure cut short at any change is finished later, and loses nothing else") {
    const auto& suite = openssl_suite();
    bool whole = false;
    for (int changes = 0; !whole; ++changes) {
        REQUIRE(changes < 50);
        std::map<std::string, std::string> rows;
        MasterKeysInMemory master;
        SampleLog log(71);
        std::vector<std::pair<AppendEvent, Bytes>> sealed;
        std::map<std::string, std::string> stale;
        {
            Fuse sound(1'000);
            FusedRows stored(rows, sound);
            auto ring = KeyRing::open(suite, master, stored, false).value();
            for (std::uint64_t number = 1; number <= 7; ++number) {
                const auto event = personal(log, case_number(number));
                const auto part = ring->seal(event).value();
                sealed.emplace_back(event, Bytes(part.begin(), part.end()));
                REQUIRE(stored.write(ring->rows_to_write().value()));
                ring->written();
            }
            stale = rows;
        }
        const auto read_all = [&](const KeyRing& ring, bool may_be_erased, bool must_be_erased) {
            for (const auto& [event, part] : sealed) {
                EventView view{};
                view.header.case_id = event.header.case_id;
                view.header.version = event.header.version;
                view.sealed = part;
                const auto fields = ring.unseal(view);
                REQUIRE(fields);
                const auto now = readable_in(*fields);
                const bool is_erased = now == std::vector{open, gone, open, gone};
                if (event.header.case_id == case_number(4) && may_be_erased)
                    CHECK((is_erased || (!must_be_erased && now == std::vector(4, open))));
                else
                    CHECK(*fields == event.body.sealed);
            }
        };
        Fuse fuse(changes);
        {
            FusedRows stored(rows, fuse);
            FusedKeys keys(master, fuse);
            auto ring = KeyRing::open(suite, keys, stored, false).value();
            const auto erased = ring->set_state(case_number(4), 1, KeyState::erased);
            const auto rotated = erased ? ring->rotate({}) : Result<void>{};
            whole = erased && rotated;
            CHECK(whole != fuse.blown());
        }
        // The next process finds it so, and runs the order again.
        Fuse sound(1'000);
        FusedRows stored(rows, sound);
        auto ring = KeyRing::open(suite, master, stored, false).value();
        read_all(*ring, true, whole);
        REQUIRE(ring->set_state(case_number(4), 1, KeyState::erased));
        REQUIRE(ring->rotate({}));
        read_all(*ring, true, true);
        // No key that is left opens a row as it was before.
        const auto epochs = master.epochs().value();
        REQUIRE(epochs.size() == 1);
        const MasterKey left{epochs[0], master.read(epochs[0]).value()};
        for (const auto& [key, row] : stale) {
            if (key.size() != CaseId{}.bytes.size()) continue;
            CaseId id;
            std::memcpy(id.bytes.data(), key.data(), key.size());
            CHECK(epoch_of_row(row).value() != left.epoch);
            CHECK_FALSE(unwrap_keys(suite.cipher, left, id, row));
        }
        CHECK(KeyRing::open(suite, master, stored, false));
    }
}

TEST_CASE("a store forgets one person of a case and nothing else, and every hash stays") {
    const TemporaryDirectory directory;
    const auto path = directory.path() / "store";
    const auto keys = directory.path() / "keys";
    SampleLog log(72);
    auto store = RocksDbStore::open(path, {.create_if_missing = true, .keys = keys}).value();
    std::vector<AppendEvent> all;
    for (std::uint64_t number = 1; number <= 3; ++number) all.push_back(personal(log, case_number(number)));
    REQUIRE(store->append(all));
    const auto root = RocksDbTree(*store, 3).root().value();
    const auto read = [&](std::uint64_t number) {
        std::vector<SealedField> fields;
        REQUIRE(store->read_case(case_number(number), 0, [&](const EventView& event) {
            fields = store->unseal(event).value();
            return true;
        }));
        return fields;
    };
    const auto key_file = KeyFolder(keys).read(1).value();

    CHECK(store->restrict_keys(case_number(2), 1, true).value() == 1);
    CHECK(readable_in(read(2)) == std::vector{open, held, open, held});
    auto refused = personal(log, case_number(2));
    CHECK(store->append(std::vector{refused}).error().code == ErrorCode::invalid);
    log.take_back(1);
    CHECK(store->restrict_keys(case_number(2), 1, false).value() == 1);
    CHECK(readable_in(read(2)) == std::vector(4, open));

    CHECK(store->erase_keys(case_number(2), std::array<std::uint16_t, 1>{1}).value() == 1);
    CHECK(store->erase_keys(case_number(2), std::array<std::uint16_t, 1>{1}).value() == 0);
    for (int reopened = 0; reopened < 2; ++reopened) {
        CHECK(readable_in(read(2)) == std::vector{open, gone, open, gone});
        for (const auto& field : read(2))
            if (field.subject == 1) CHECK(field.text.empty());
        CHECK(read(1) == all[0].body.sealed);
        CHECK(read(3) == all[2].body.sealed);
        CHECK(RocksDbTree(*store, 3).root().value() == root);
        store.reset();
        store = RocksDbStore::open(path, {.keys = keys}).value();
    }
    CHECK(store->key_states(case_number(2)).value() ==
          std::vector<SubjectState>{{0, KeyState::usable}, {1, KeyState::erased}, {2, KeyState::usable}});
    // Restricting does not bring back what is erased.
    CHECK(store->restrict_keys(case_number(2), std::nullopt, true).value() == 2);
    CHECK(readable_in(read(2)) == std::vector{held, gone, held, gone});
    CHECK(store->restrict_keys(case_number(2), std::nullopt, false).value() == 2);
    CHECK(readable_in(read(2)) == std::vector{open, gone, open, gone});
    // New text of the person is sealed under a new key; the old one stays unreadable.
    all.push_back(personal(log, case_number(2)));
    REQUIRE(store->append(std::vector{all.back()}));
    CHECK(read(2) == all.back().body.sealed);

    store.reset();
    const auto bytes = bytes_of_directory(directory.path());
    CHECK(bytes.find(to_hex(key_file)) == std::string::npos);
    CHECK(bytes.find(std::string(reinterpret_cast<const char*>(key_file.data()), key_file.size())) ==
          std::string::npos);
    // The search can find a key: the one that is in use is there.
    CHECK(bytes.find(to_hex(KeyFolder(keys).read(KeyFolder(keys).epochs().value().back()).value())) !=
          std::string::npos);
}

}  // namespace anjie::test
