#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <vector>

#include "engine/directory.hpp"
#include "engine/rejection.hpp"
#include "workflows/dispute/dispute.hpp"

/// Cases as programs read them, on the command line and over the network alike.
namespace anjie::views {

/// A row of a list.
[[nodiscard]] boost::json::object entry_json(const DirectoryEntry& entry);
/// A row of a due list, as seen on a day.
[[nodiscard]] boost::json::object due_json(const DueEntry& due, Date today);
/// A refusal with the rule and its mark, the facts and the way out.
[[nodiscard]] boost::json::object rejection_json(const Rejection& rejection);
[[nodiscard]] boost::json::array deadlines_json(const dispute::State& state);

/// Everything that is said about one case.
struct CaseView {
    const DirectoryEntry& entry;
    const dispute::State& state;
    const std::vector<SealedField>* sealed{};  ///< None: the reader may not see it.
    const std::vector<dispute::Dispute::ActionAnswer>& answers;
    Version version{};
};
/// One case with its state, deadlines, personal part ("personal" is null when withheld) and permitted actions.
[[nodiscard]] boost::json::object case_json(const CaseView& view);

/// {"allowed": [...], "refused": [...]}: what may be done next, and why not the rest.
[[nodiscard]] boost::json::object actions_json(const std::vector<dispute::Dispute::ActionAnswer>& answers);

}  // namespace anjie::views
