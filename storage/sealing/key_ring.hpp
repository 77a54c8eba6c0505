#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/event.hpp"
#include "engine/projection.hpp"
#include "engine/result.hpp"
#include "engine/trust/crypto.hpp"
#include "storage/sealing/case_keys.hpp"
#include "storage/sealing/master_keys.hpp"

namespace anjie {

struct SubjectState {
    std::uint16_t subject{};
    KeyState state{};

    bool operator==(const SubjectState&) const = default;
};

/// Where a store keeps the rows of wrapped keys: one per case, and one that names the epoch.
class KeyRows {
public:
    using Row = std::pair<std::string, std::string>;

    virtual ~KeyRows() = default;
    /// Threads: any.
    [[nodiscard]] virtual Result<std::optional<std::string>> get(std::string_view key) const = 0;
    /// All or nothing. Durable: when it returns.
    [[nodiscard]] virtual Result<void> write(const std::vector<Row>& rows) = 0;
    /// At most `limit` rows with keys after `after`, in key order.
    [[nodiscard]] virtual Result<std::vector<Row>> after(std::string_view after, std::size_t limit) const = 0;
};

/// Seals the personal part of events under a key per case and subject, and opens it again. Data keys are stored wrapped
/// under the key-encryption key of the current epoch, in the same write as the events that first need them.
/// Threads: `unseal` any, at once; everything else by whoever holds `exclusive()`.
class KeyRing {
public:
    /// Makes the first key-encryption key when there is none. A reader does not; it opens also without keys, and
    /// answers `unavailable` when asked to unseal.
    /// Errors: `invalid` or `not_found` (a key file is missing, open to others, or another than the log was sealed
    /// with), `unavailable`, `corrupt`. Lifetime: suite, master keys and rows outlive the ring.
    [[nodiscard]] static Result<std::unique_ptr<KeyRing>> open(const CryptoSuite& suite, MasterKeys& master,
                                                               KeyRows& rows, bool read_only);
    ~KeyRing();
    KeyRing(const KeyRing&) = delete;
    KeyRing& operator=(const KeyRing&) = delete;

    /// Held while a batch is sealed and written, and while keys are changed.
    [[nodiscard]] std::unique_lock<std::mutex> exclusive();

    /// The sealed part of an event to be appended; empty when it has no sealed field.
    /// Errors: `invalid` (too long), or what reading keys answers. Lifetime: until the next call.
    /// Cost: one encryption per subject; a case whose keys are not remembered costs one read, a new case none.
    [[nodiscard]] Result<BytesView> seal(const AppendEvent& event);
    /// Rows that must be written with the events sealed since the last `written` or `forget_unwritten`.
    [[nodiscard]] Result<std::vector<KeyRows::Row>> rows_to_write();
    /// They have been written with their events.
    void written();
    /// They have not, and will not be.
    void forget_unwritten();

    /// What is known of a case's keys, in the order they were made. Errors: as `unseal`.
    [[nodiscard]] Result<std::vector<SubjectState>> states(const CaseId& id) const;
    /// Sets the state of every key of a subject, or of all subjects; answers how many changed. What is erased stays so.
    /// Erasing is final only after `rotate`: until then older copies of the row can still be opened.
    /// Durable: when it returns. Errors: as `unseal`.
    [[nodiscard]] Result<std::size_t> set_state(const CaseId& id, std::optional<std::uint16_t> subject, KeyState state);
    /// Wraps all rows under a new key-encryption key and destroys the old one: every copy of a row that is not the
    /// newest, wherever it lies, can never be opened again. Cut short, it is finished when the ring is opened.
    /// Cost: reads and writes each row once. Errors: as `unseal`.
    [[nodiscard]] Result<void> rotate(const Progress& progress);

    /// Forgets every opened key: the rows may have changed behind the ring.
    void forget_opened();

    /// See `EventStore::unseal`.
    [[nodiscard]] Result<std::vector<SealedField>> unseal(const EventView& event) const;

private:
    struct Impl;
    explicit KeyRing(std::unique_ptr<Impl> impl);
    [[nodiscard]] Result<void> finish_rotation();
    [[nodiscard]] Result<void> destroy_old_epochs();

    std::unique_ptr<Impl> impl_;
};

}  // namespace anjie
