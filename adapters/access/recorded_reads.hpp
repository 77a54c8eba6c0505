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

}  // namespace anjie::access
