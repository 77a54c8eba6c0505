#pragma once

#include <string>
#include <vector>

#include "adapters/views/state_view.hpp"
#include "engine/event.hpp"
#include "workflows/dispute/events.hpp"

namespace anjie::views {

/// "协议生效" / "Agreement effective".
[[nodiscard]] std::string event_title(const dispute::Event& event, Language language);
/// The stable name, "agreement_effective".
[[nodiscard]] std::string_view event_name(const dispute::Event& event);
/// What the event says, field by field, empty ones left out; the deadlines it starts apart.
[[nodiscard]] std::vector<StateLine> event_lines(const dispute::Event& event, Language language);
/// The deadlines that the event starts or moves.
[[nodiscard]] dispute::Deadlines deadlines_of(const dispute::Event& event);
/// The text, or in brackets why there is none.
[[nodiscard]] std::string sealed_text(const SealedField& field, Language language);
/// "当事人1 姓名: 扎西" and so on.
[[nodiscard]] std::vector<StateLine> sealed_lines(const std::vector<SealedField>& sealed, Language language);

}  // namespace anjie::views
