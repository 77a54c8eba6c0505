#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/event_store.hpp"
#include "engine/projection.hpp"
#include "workflows/dispute/events.hpp"

/// Logs of the office's work in the formats that process-mining programs read. Nothing here asks for a sealed field.
namespace anjie::process_mining {

enum class Language { zh, en };

/// Which cases, and how much of them.
struct Selection {
    std::optional<Date> from{}, to{};  ///< Day of registration, both included.
    std::string organisation{};        ///< Of the registration: this code and all below it. Empty: all.
    std::optional<Instant> as_of{};    ///< Only what had been recorded by then.
};

struct HistoryEvent {
    EventHeader header;
    dispute::Event event;
};

/// One dispute from its registration on, in the order of its versions.
struct CaseHistory {
    CaseId id;
    std::uint64_t ordinal{};  ///< 1, 2 ... among those of this export.
    std::vector<HistoryEvent> events;
};

struct Exported {
    std::uint64_t cases{};
    std::uint64_t events{};

    bool operator==(const Exported&) const = default;
};

using HistoryVisitor = std::function<Result<void>(const CaseHistory&)>;

/// Every selected dispute, by case id, in one pass over the log; other kinds of cases are passed over.
/// Errors: `corrupt` when an event cannot be read, or what `visit` answers; then no further case is visited.
/// Cost: memory for one case.
[[nodiscard]] Result<Exported> read_cases(const EventStore& events, const Selection& selection,
                                          const HistoryVisitor& visit, const Progress& progress = {});

}  // namespace anjie::process_mining
