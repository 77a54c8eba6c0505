#pragma once

#include <set>
#include <string>
#include <string_view>

namespace anjie::spreadsheet::detail {

/// A text fit for a cell: sound UTF-8, without what XML cannot hold, no longer than a cell may be (… where it was cut).
[[nodiscard]] std::string sheet_text(std::string_view text);

/// Names of sheets: at most 31 characters, none of [ ] : * ? / \, no apostrophe at either end, each once.
class SheetNames {
public:
    [[nodiscard]] std::string next(std::string_view wanted);

private:
    std::set<std::string> used_;
};

}  // namespace anjie::spreadsheet::detail
