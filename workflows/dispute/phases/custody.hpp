#pragma once

#include <string_view>

#include "workflows/dispute/phases/region.hpp"

/// Who holds the case, and the conversation of a hand-over between organisations (委托, 移送). One log at a time holds
/// a case, and only that log passes it on: the offering side by recording the other's acceptance, the receiving side
/// by handing the case back. So no two ever hold it, whatever messages are late, lost or doubled.
namespace anjie::dispute::custody_region {

using Table = PhaseTable<CustodyPhase, 13>;

/// Explored from the machine on first use. Threads: any.
[[nodiscard]] const Table& table();
/// What the event is to this region.
[[nodiscard]] Trigger trigger_of(const Event& event);
/// The machine itself, driven from its beginning; for the test that table and machine are one.
[[nodiscard]] std::optional<CustodyPhase> drive(const std::vector<Trigger>& events);

}  // namespace anjie::dispute::custody_region
