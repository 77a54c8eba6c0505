#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/dispute/codes.hpp"
#include "workflows/dispute/facts.hpp"

namespace anjie::dispute::audit {

/// From where on something is worth a question: local configuration, never law. The values stand in a data file
/// (adapters/cli/data/audit.json); zeros here only mean that nobody has read it yet.
struct Thresholds {
    /// Actors whose entries come from files of the past: the day of recording says nothing about the clerk.
    std::vector<std::string> import_actors{};
    std::int32_t late_entry_days{};
    std::int32_t late_entry_grave_days{};
    std::int32_t back_dated_days{};
    std::int32_t duplicate_window_days{};
    std::int32_t duplicate_text_characters{};
    std::int32_t bulk_recorded_count{};
    std::int32_t bulk_recorded_minutes{};
    std::int32_t bulk_stated_per_day{};
    std::int32_t bulk_home_visits_per_day{};
    std::int32_t performance_grace_days{};
    /// Papers wanted in every closed file where the rules do not ask for them.
    std::vector<DocumentKind> documents_also_required{};

    bool operator==(const Thresholds&) const = default;
};

/// A number among the thresholds: where it stands in the file, what it may be, what it means.
struct ThresholdNumber {
    std::string_view section;
    std::string_view name;
    std::int32_t Thresholds::* value;
    std::int32_t low;
    std::int32_t high;
    Title meaning;
};
[[nodiscard]] std::span<const ThresholdNumber> threshold_numbers();

[[nodiscard]] bool is_import(const Thresholds& thresholds, std::string_view actor);

}  // namespace anjie::dispute::audit
