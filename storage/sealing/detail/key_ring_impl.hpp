#pragma once

#include <array>
#include <cstring>
#include <map>
#include <unordered_map>

#include "storage/sealing/case_keys.hpp"
#include "storage/sealing/detail/key_cache.hpp"
#include "storage/sealing/key_ring.hpp"

namespace anjie {

namespace detail {

/// Unpredictable bytes drawn in larger pieces; none is given out twice. Threads: one at a time.
class RandomPool {
public:
    explicit RandomPool(const RandomSource& source) : source_(source) {}

    template <std::size_t size>
    [[nodiscard]] std::array<std::byte, size> take() {
        static_assert(size <= bytes_max);
        if (pool_.size() - next_ < size) {
            source_.fill(pool_);
            next_ = 0;
        }
        std::array<std::byte, size> taken;
        for (auto& byte : taken) byte = std::exchange(pool_[next_++], std::byte{});
        return taken;
    }

private:
    static constexpr std::size_t bytes_max = 4'096;

    const RandomSource& source_;
    std::array<std::byte, bytes_max> pool_{};
    std::size_t next_{bytes_max};
};

/// The row that names the current epoch; keys of cases have 16 bytes.
inline constexpr std::string_view epoch_row_key = "epoch";

struct EpochRow {
    KeyEpoch epoch{};
    Hash check;  ///< Of the epoch's key: tells a wrong key file from the right one.
};
[[nodiscard]] std::string epoch_row(const EpochRow& row);
/// Errors: `corrupt`.
[[nodiscard]] Result<EpochRow> read_epoch_row(std::string_view row);
[[nodiscard]] Hash check_of(const Hasher& hasher, const MasterKey& key);

[[nodiscard]] inline std::string_view row_key(const CaseId& id) {
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

}  // namespace detail

struct KeyRing::Impl {
    using Keys = detail::KeyCache::Keys;

    Impl(const CryptoSuite& suite_in, MasterKeys& master_in, KeyRows& rows_in)
        : suite(suite_in), master(master_in), rows(rows_in), random(suite_in.random) {}

    /// Reads the epoch's key and compares it with what the store says of it.
    [[nodiscard]] Result<void> load_current(std::string_view row);
    [[nodiscard]] Result<void> make_first();
    [[nodiscard]] Result<MasterKey> current_master() const;
    /// Of the current epoch, or of an older one that an unfinished rotation has left.
    [[nodiscard]] Result<MasterKey> master_key(KeyEpoch epoch) const;
    /// Null when the case has no row.
    [[nodiscard]] Result<Keys> read_keys(const CaseId& id) const;
    [[nodiscard]] Result<Keys> keys_to_read(const CaseId& id) const;
    /// The keys under which an event's text is sealed; adds those that its subjects lack.
    [[nodiscard]] Result<Keys> keys_to_seal(const AppendEvent& event);

    /// Wraps every row that is of an older epoch.
    [[nodiscard]] Result<void> wrap_all(const MasterKey& next, const Progress& progress);

    const CryptoSuite& suite;
    MasterKeys& master;
    KeyRows& rows;
    std::mutex exclusive;

    // Of whoever holds `exclusive`:
    struct Unwritten {
        Keys keys;
        bool changed{};
    };
    detail::RandomPool random;
    std::unordered_map<CaseId, Unwritten> unwritten;
    Bytes part;

    mutable std::mutex mutex;  ///< Guards everything below.
    std::optional<MasterKey> current;
    std::optional<Error> why_no_current;
    mutable std::map<KeyEpoch, MasterKey> older;
    mutable detail::KeyCache for_sealing{1u << 15};
    mutable detail::KeyCache for_reading{1u << 10};
    std::uint64_t changes{};  ///< Counts changes of stored keys, so that no reader remembers keys from before one.
};

}  // namespace anjie
