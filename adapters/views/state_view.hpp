#pragma once

#include <string>
#include <vector>

#include "adapters/views/language.hpp"
#include "workflows/dispute/state.hpp"

namespace anjie::views {

/// One thing that is so about a case: a stable key, a label and a value for people.
struct StateLine {
    std::string key;
    std::string label;
    std::string value;

    bool operator==(const StateLine&) const = default;
};

/// Everything a state says, in a fixed order; deadlines apart (see `deadline_lines`).
[[nodiscard]] std::vector<StateLine> state_lines(const dispute::State& state, Language language);
/// The running deadlines, one line each: key "deadline.<kind>.<item>".
[[nodiscard]] std::vector<StateLine> deadline_lines(const dispute::State& state, Language language);

struct StateChange {
    StateLine line;      ///< As it is now; the value is empty when it is gone.
    std::string before;  ///< Empty when it is new.
};
/// What differs, in the order of `after`; lines that are gone come last.
[[nodiscard]] std::vector<StateChange> changes(const std::vector<StateLine>& before,
                                               const std::vector<StateLine>& after);

/// 1 234.50 元 / CNY 1,234.50.
[[nodiscard]] std::string money_text(dispute::Money money, Language language);
/// "2024-05-08" or "2024-05-04, rolled to 2024-05-06"; says when the calendar was not yet published.
[[nodiscard]] std::string due_text(const DueDay& due, Language language);

template <Coded E>
[[nodiscard]] std::string name_of(E value, Language language) {
    const auto& entry = entry_of(value);
    return std::string(language == Language::zh ? entry.zh : entry.en);
}

}  // namespace anjie::views
