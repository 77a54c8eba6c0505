#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/event.hpp"
#include "engine/result.hpp"
#include "workflows/dispute/events.hpp"

namespace anjie::dossier {

/// An event of a case as its clear part tells it.
struct HistoryEvent {
    EventHeader header;
    std::optional<dispute::Event> event;  ///< None for kinds of cases that have no words here.
    std::size_t sealed_bytes{};           ///< Personal data, which stays sealed.
};
/// Errors: `corrupt` when it is an event of a dispute and cannot be read.
[[nodiscard]] Result<HistoryEvent> history_event(const EventView& view);

/// The readable entries of a dossier by name: history.json, history.txt, and for disputes forms.json, what the
/// official forms ask for as it stands after the last event. They follow from the records alone, so whoever checks
/// the archive writes them anew and compares.
/// Requires: the events are those of one case, in order.
[[nodiscard]] std::map<std::string, std::string> case_texts(const std::vector<HistoryEvent>& history);

}  // namespace anjie::dossier
