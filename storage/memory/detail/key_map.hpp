#pragma once

#include <map>
#include <shared_mutex>

#include "storage/sealing/key_ring.hpp"

namespace anjie::detail {

/// Rows of wrapped keys in memory. Threads: any, at once.
class KeyMap final : public KeyRows {
public:
    [[nodiscard]] Result<std::optional<std::string>> get(std::string_view key) const override;
    [[nodiscard]] Result<void> write(const std::vector<Row>& rows) override;
    [[nodiscard]] Result<std::vector<Row>> after(std::string_view after, std::size_t limit) const override;
    void put(const std::vector<Row>& rows);

private:
    mutable std::shared_mutex mutex_;
    std::map<std::string, std::string, std::less<>> rows_;
};

}  // namespace anjie::detail
