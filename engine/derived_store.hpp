#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/id.hpp"
#include "engine/result.hpp"

namespace anjie {

/// One generation of something that can be rebuilt from the log: a projection's rows, or the timer index.
struct DerivedName {
    std::string name;            ///< For example "dispute.statistics" or "timers".
    std::uint32_t generation{};  ///< Rebuilds write a new generation beside the live one.

    bool operator==(const DerivedName&) const = default;
};

/// Which generation is live, how far it has read, and which version of its code wrote it.
struct DerivedHead {
    std::uint32_t generation{};
    Position cursor{};
    std::uint32_t code_version{};

    bool operator==(const DerivedHead&) const = default;
};

struct DerivedWrite {
    std::string key;
    std::optional<std::string> value;  ///< nullopt deletes.
};

/// Rows that follow the log: everything in here can be thrown away and rebuilt.
class DerivedStore {
public:
    using RowVisitor = std::function<bool(std::string_view key, std::string_view value)>;

    virtual ~DerivedStore() = default;

    [[nodiscard]] virtual Result<std::optional<std::string>> get(const DerivedName& name,
                                                                 std::string_view key) const = 0;
    /// Values of several keys at once, in the keys' order.
    [[nodiscard]] virtual Result<std::vector<std::optional<std::string>>> get_many(
        const DerivedName& name, const std::vector<std::string>& keys) const = 0;
    /// Rows with from <= key < to (an empty `to` is the end), in key order, as of one moment.
    [[nodiscard]] virtual Result<void> scan(const DerivedName& name, std::string_view from, std::string_view to,
                                            const RowVisitor& visit) const = 0;

    /// Nullopt when there has never been one.
    [[nodiscard]] virtual Result<std::optional<DerivedHead>> head(std::string_view name) const = 0;
    /// Every name that has a head.
    [[nodiscard]] virtual Result<std::vector<std::string>> names() const = 0;

    /// Writes rows and, when given, moves the head: all or nothing (exactly-once for a follower of the log).
    /// Durable: not before the log's next durable write or `make_durable`; a power cut may take back rows and cursor
    /// together, never one without the other.
    [[nodiscard]] virtual Result<void> write(const DerivedName& name, const std::vector<DerivedWrite>& rows,
                                             const std::optional<DerivedHead>& head) = 0;
    /// Writes many rows fast while a generation is not live; not durable before `make_durable`.
    [[nodiscard]] virtual Result<void> load(const DerivedName& name, const std::vector<DerivedWrite>& rows) = 0;
    [[nodiscard]] virtual Result<void> make_durable() = 0;
    /// Forgets all rows of one generation.
    [[nodiscard]] virtual Result<void> drop(const DerivedName& name) = 0;
};

}  // namespace anjie
