#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>

#include "adapters/workspace/workspace.hpp"

namespace anjie::service::detail {

/// Gives out case numbers (案号) so that registrations at the same time get different ones and no number is left out
/// unless a registration that was given it fails while later ones succeed; then it is given to the next.
/// Threads: any, at once.
class NumberBook {
public:
    explicit NumberBook(const Workspace& workspace) : workspace_(workspace) {}

    /// The lowest number of the year that is neither taken nor given out. Errors: those of the store.
    [[nodiscard]] Result<dispute::CaseNumber> give(int year);
    /// The registration has ended: the number is taken now, or free again.
    void settle(const dispute::CaseNumber& number, bool taken);

private:
    struct Year {
        std::uint32_t next{};              ///< From here on none is taken; 0: not looked up yet.
        std::set<std::uint32_t> returned;  ///< Below `next`, and free again.
    };
    [[nodiscard]] Result<std::uint32_t> first_free(int year) const;
    [[nodiscard]] Result<bool> is_taken(const dispute::CaseNumber& number) const;

    const Workspace& workspace_;
    std::mutex mutex_;
    std::map<int, Year> years_;
};

}  // namespace anjie::service::detail
