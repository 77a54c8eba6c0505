#pragma once

#include <deque>
#include <list>
#include <mutex>
#include <unordered_map>

#include "adapters/service/detail/case_book.hpp"
#include "adapters/service/feed.hpp"

namespace anjie::service::detail {

/// Reads the log as subscribers see it. The newest events are kept ready, so that a thousand subscribers at the end
/// cost one reading; older ones are read from the store for whoever asks.
/// Threads: any, at once.
class FeedLog {
public:
    FeedLog(Workspace& workspace, CaseBook& cases, std::size_t recent_max)
        : workspace_(workspace), cases_(cases), recent_max_(recent_max) {}

    /// Events with position > `after`, at most `limit`, in order and without a gap. Errors: those of the store.
    [[nodiscard]] Result<std::vector<std::shared_ptr<const FeedEvent>>> read(Position after, std::size_t limit);

private:
    using Batch = std::vector<std::shared_ptr<const FeedEvent>>;

    /// A case as the newest events left it: whose it is decides who may see them.
    struct Known {
        CaseId id;
        CaseLook look;
    };

    [[nodiscard]] Result<void> follow();
    [[nodiscard]] Result<const CaseLook*> known(const EventView& event);
    [[nodiscard]] Result<Batch> read_store(Position after, std::size_t limit);

    Workspace& workspace_;
    CaseBook& cases_;  ///< For old events.
    std::size_t recent_max_;
    std::mutex mutex_;
    std::deque<std::shared_ptr<const FeedEvent>> recent_;
    Position followed_{};  ///< Position of the last of `recent_`, or where it begins.
    bool begun_{};
    std::list<Known> order_;  ///< Used last stands first.
    std::unordered_map<CaseId, std::list<Known>::iterator> followed_cases_;
};

}  // namespace anjie::service::detail
