#pragma once

#include <memory>
#include <string>

#include "adapters/access/access.hpp"
#include "engine/directory.hpp"
#include "engine/event_store.hpp"

namespace anjie::access {

/// On whose behalf sealed texts are read, and what for.
struct Reader {
    Principal principal{};
    std::string purpose{};
    Client client{};
};

/// A log as one reader sees it: before a sealed text of a case is answered, the reading is recorded, once for each case
/// during this object's life. What cannot be recorded is not shown. Nothing can be appended through it.
/// Lifetime: `events` and `access` outlive it. Threads: any, at once.
[[nodiscard]] std::unique_ptr<EventStore> recorded_reads(const EventStore& events, Access& access, Reader reader);
/// As above for lists: a search in sealed texts is recorded before its result is answered.
/// Lifetime: `directory` and `access` outlive it.
[[nodiscard]] std::unique_ptr<Directory> recorded_searches(Directory& directory, Access& access, Reader reader);

/// A log that answers no sealed text until somebody is named as its reader (`recorded_reads`), so that nobody can
/// forget to: what a `Workspace` hands out. Errors: `unseal` answers `invalid`.
/// Lifetime: `events` outlives it.
[[nodiscard]] std::unique_ptr<EventStore> guarded_reads(const EventStore& events);
[[nodiscard]] std::unique_ptr<Directory> guarded_searches(Directory& directory);

/// What stands behind a guard or a record, for work whose results show no personal text to anybody: comparing,
/// hashing, checking that keys fit.
[[nodiscard]] const EventStore& unrecorded(const EventStore& events);

}  // namespace anjie::access
