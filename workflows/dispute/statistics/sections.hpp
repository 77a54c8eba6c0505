#pragma once

#include <vector>

#include "workflows/dispute/statistics/report.hpp"

namespace anjie::dispute::statistics {

/// The tables of a report, in the order of the official form, then rates, breakdowns, months and organisations.
/// Requires: the tally reconciles.
[[nodiscard]] std::vector<Section> make_sections(const Tally& tally);

}  // namespace anjie::dispute::statistics
