#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/ledger/row.hpp"
#include "workflows/dispute/commands.hpp"
#include "workflows/dispute/rules.hpp"

namespace anjie::ledger {

/// One order of a row's plan. Its command's id follows from the case, `name` and `ordinal` alone, so the same step of
/// an edited row is recognised.
struct Step {
    std::string_view name;
    std::uint16_t ordinal{};
    dispute::Command command;
    Date on;
    bool stated{};    ///< Whether the ledger itself gives the day; a derived one is never a correction.
    Column column{};  ///< The cell that it rests on, for messages.
    std::vector<SealedField> sealed{};
};

/// Everything a row says about its case, in the order of the procedure.
struct Plan {
    std::vector<Step> steps;
    std::vector<Message> messages;

    [[nodiscard]] bool has_error() const;
};

/// What holds for a whole import.
struct PlanContext {
    std::string jurisdiction;
    dispute::CommitteeKind committee{dispute::CommitteeKind::township};
    const dispute::RuleBook* rules{};  ///< For 齐全: which documents a file must hold.
};

/// Turns a row into orders. Where the ledger leaves out the day of a step that the law asks for, the least assuming
/// day is taken, never later than the next fact it does give:
///  - registration: the day of acceptance;
///  - consent of every party: the day of acceptance, which without consent would be unlawful;
///  - assignment of the mediator: the day of acceptance;
///  - rights notice: the day of the first session, before which it must be given;
///  - a session, when an agreement is dated but no session is: the day of the agreement;
///  - the agreement, when the result says so and only sessions are dated: the last session's day;
///  - signatures and seal: the day of the agreement;
///  - an extension without a day: the day of the last session before the agreement;
///  - performance reported without a day: the revisit's or closing day by which it is known;
///  - a follow-up: the day of the revisit that found the problem;
///  - documents: the day of closing; archiving: as stated; a volume without a number of its own is called by the case
///  number.
/// Acceptance itself is never made up.
[[nodiscard]] Plan plan_row(const LedgerRow& row, const Header& header, const PlanContext& context);

}  // namespace anjie::ledger
