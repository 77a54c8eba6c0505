#pragma once

#include <atomic>
#include <filesystem>
#include <memory>

#include "adapters/access/access.hpp"
#include "adapters/anjie/serve_settings.hpp"
#include "adapters/http/log.hpp"
#include "adapters/http/metrics.hpp"
#include "adapters/http/router.hpp"
#include "adapters/sinks/host.hpp"
#include "adapters/workspace/workspace.hpp"

namespace anjie {

/// What a running server knows of itself. Threads: any.
struct ServeState {
    std::atomic<bool> caught_up{};    ///< Lists and timers have been up to the log once since the start.
    std::atomic<bool> follows{true};  ///< The last attempt to follow the log succeeded.
    std::atomic<bool> log_is_sound{
        true};  ///< The log went on from what was signed before, whenever that was looked at.
    std::atomic<bool> stopping{};
    std::atomic<std::int64_t> behind_since_ns{};  ///< Of the steady clock; 0: not behind.
};

struct ServedOffice;  // adapters/anjie/served_office.hpp

/// What the routes of a server are made of. Lifetime: everything in it outlives the server.
struct ServeContext {
    Workspace& workspace;
    const ServeSettings& settings;
    http::Metrics& metrics;
    const http::Log& log;
    ServeState& state;
    access::Access& access;
    sinks::SinkHost& sinks;      ///< Running.
    std::filesystem::path root;  ///< The data directory.
    /// Who may ask what; made by the first part that needs it (`office_of`).
    std::shared_ptr<ServedOffice> office{};
};

/// Adds the routes of one part of the service. `serve_command.cpp` has the list of them.
using RegisterRoutes = Result<void> (*)(http::Router&, ServeContext&);

}  // namespace anjie
