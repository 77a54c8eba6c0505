#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "engine/derived_store.hpp"
#include "engine/event_store.hpp"
#include "engine/projection.hpp"
#include "storage/sealing/key_ring.hpp"

namespace rocksdb {
class Env;
}

namespace anjie {

struct RocksDbOptions {
    bool create_if_missing{};  ///< Makes the directory a store if there is none.
    /// Looks at what is there at this moment, without a lock and without writing a byte; every write is `invalid`.
    bool read_only{};
    std::size_t block_cache_bytes{64u << 20};  ///< For blocks, indexes and filters of all families.
    /// Where the key-encryption keys are; empty: `keys` in the store's own directory.
    std::filesystem::path keys{};

    // For tests of what a crash leaves behind.
    rocksdb::Env* environment{};  ///< Where files are kept; nullptr: this machine. Lifetime: the store's.
    bool synchronous{true};       ///< false is the negative control: an answer then promises nothing.

    /// For the bench, which measures what trust costs: appends without sealing, hashes and tree. A store that has
    /// events of this kind cannot be opened again. Requires: a store without events.
    bool without_trust{};
};

/// Log and derived rows in one RocksDB database (docs/format.md, docs/storage.md).
/// Threads: as the ports say.
class RocksDbStore final : public EventStore, public DerivedStore {
public:
    /// Version of the format that this program writes and reads. Format 1 had no tree and was never released.
    static constexpr unsigned format_version = 2;

    /// Opens the store in a directory of its own.
    /// Errors: `not_found` (no store there, and not to be created), `unavailable` (another process has it open, or the
    /// disk refuses), `invalid` (written by a newer program; not a store; a key file that cannot be used), `corrupt`
    /// (damaged, or it ends before what was acknowledged; it may still open read-only). Durable: what was appended
    /// before and acknowledged is there.
    [[nodiscard]] static Result<std::unique_ptr<RocksDbStore>> open(const std::filesystem::path& directory,
                                                                    const RocksDbOptions& options = {});
    ~RocksDbStore() override;
    RocksDbStore(const RocksDbStore&) = delete;
    RocksDbStore& operator=(const RocksDbStore&) = delete;

    [[nodiscard]] Result<void> append(std::span<const AppendEvent> batch) override;
    [[nodiscard]] Result<void> read_case(CaseId id, Version after, const EventVisitor& visit) const override;
    [[nodiscard]] Result<void> read_feed(Position after, std::size_t limit, const EventVisitor& visit) const override;
    [[nodiscard]] Result<void> scan(const CaseRange& range, const EventVisitor& visit) const override;
    [[nodiscard]] Result<std::vector<CaseRange>> split(std::size_t parts) const override;
    [[nodiscard]] Position head() const override;
    [[nodiscard]] Instant last_recorded_at() const override;
    [[nodiscard]] Result<std::vector<SealedField>> unseal(const EventView& event) const override;

    [[nodiscard]] Result<std::optional<std::string>> get(const DerivedName& name, std::string_view key) const override;
    [[nodiscard]] Result<std::vector<std::optional<std::string>>> get_many(
        const DerivedName& name, const std::vector<std::string>& keys) const override;
    [[nodiscard]] Result<void> scan(const DerivedName& name, std::string_view from, std::string_view to,
                                    const RowVisitor& visit) const override;
    [[nodiscard]] Result<std::optional<DerivedHead>> head(std::string_view name) const override;
    [[nodiscard]] Result<std::vector<std::string>> names() const override;
    [[nodiscard]] Result<void> write(const DerivedName& name, const std::vector<DerivedWrite>& rows,
                                     const std::optional<DerivedHead>& head) override;
    [[nodiscard]] Result<void> load(const DerivedName& name, const std::vector<DerivedWrite>& rows) override;
    [[nodiscard]] Result<void> make_durable() override;
    [[nodiscard]] Result<void> drop(const DerivedName& name) override;

    /// Destroys the keys of subjects of a case: their sealed texts can never be read again,
    /// from here or from any older copy of this directory whose key-encryption key is not kept elsewhere.
    /// Answers how many keys there were; 0 when they were erased before. Durable: when it returns; cut short, running
    /// it again completes it.
    [[nodiscard]] Result<std::size_t> erase_keys(const CaseId& id, std::span<const std::uint16_t> subjects,
                                                 const Progress& progress = {});
    /// Stops or allows again the use of a subject's sealed texts; they stay stored. Answers how many keys changed.
    [[nodiscard]] Result<std::size_t> restrict_keys(const CaseId& id, std::optional<std::uint16_t> subject,
                                                    bool restricted);
    [[nodiscard]] Result<std::vector<SubjectState>> key_states(const CaseId& id) const;

    /// Writes everything held in memory to table files and compacts them: smallest on disk, fastest to scan.
    [[nodiscard]] Result<void> compact();

    /// For this folder's verifier and raw limits only.
    struct Impl;
    [[nodiscard]] const Impl& impl() const { return *impl_; }

private:
    explicit RocksDbStore(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> impl_;
};

}  // namespace anjie
