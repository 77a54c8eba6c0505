#include "storage/memory/detail/key_map.hpp"

namespace anjie::detail {

Result<std::optional<std::string>> KeyMap::get(std::string_view key) const {
    const std::shared_lock lock(mutex_);
    const auto found = rows_.find(key);
    if (found == rows_.end()) return std::nullopt;
    return found->second;
}

Result<void> KeyMap::write(const std::vector<Row>& rows) {
    put(rows);
    return {};
}

Result<std::vector<KeyRows::Row>> KeyMap::after(std::string_view after, std::size_t limit) const {
    const std::shared_lock lock(mutex_);
    std::vector<Row> rows;
    for (auto row = rows_.upper_bound(after); row != rows_.end() && rows.size() < limit; ++row) rows.push_back(*row);
    return rows;
}

void KeyMap::put(const std::vector<Row>& rows) {
    const std::unique_lock lock(mutex_);
    for (const auto& [key, row] : rows) rows_[key] = row;
}

}  // namespace anjie::detail
