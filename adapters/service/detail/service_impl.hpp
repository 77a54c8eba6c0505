#pragma once

#include <map>
#include <mutex>
#include <set>

#include "adapters/access/recorded_reads.hpp"
#include "adapters/service/detail/case_book.hpp"
#include "adapters/service/detail/feed_log.hpp"
#include "adapters/service/detail/numbers.hpp"
#include "adapters/service/service.hpp"

namespace anjie::service {

struct Service::Impl {
    Impl(Parts given, Limits bounds)
        : parts(std::move(given)),
          limits(bounds),
          cases(parts.workspace.events(), parts.workspace.workflows(), bounds.cases_kept_max),
          feed(parts.workspace, cases, bounds.recent_events_max),
          numbers(parts.workspace) {}

    Parts parts;
    Limits limits;
    detail::CaseBook cases;
    detail::FeedLog feed;
    detail::NumberBook numbers;
    std::mutex signing_mutex;
    std::optional<SignedHead> head;                   ///< Guarded by `signing_mutex`.
    std::chrono::steady_clock::time_point signed_at;  ///< Guarded by `signing_mutex`.
    std::mutex keys_mutex;
    std::set<std::uint64_t> keys_in_progress;  ///< Guarded by `keys_mutex`.

    /// `Service::submit`; a registration without a number of its own is tried with so many numbers.
    static void submit(const std::shared_ptr<Impl>& self, const Caller& caller, SubmitOrder order,
                       SubmitCompletion done, int numbers_left);
    /// Judges and records. About a case, what lies outside the caller's reach is not there.
    [[nodiscard]] Answer<void> allow(const Caller& caller, access::Action action, const access::CaseScope& scope,
                                     const std::optional<CaseId>& about = {});
    /// Judges an action that concerns the whole installation.
    [[nodiscard]] Answer<void> allow(const Caller& caller, access::Action action) { return allow(caller, action, {}); }
    /// The newest signed head that covers `least` events and is complete or not too old; else one signed now.
    [[nodiscard]] Result<SignedHead> signed_head(Position least);
    /// Unless the log is public.
    [[nodiscard]] Answer<void> allow_proofs(const Caller& caller);
    /// Whose figures: what was asked for if it is within reach, or the caller's only organisation.
    [[nodiscard]] Answer<std::string> area(const Caller& caller, access::Action action, const std::string& wanted);

    /// A case the caller may do this with, as it stands.
    struct Found {
        CaseId id;
        std::shared_ptr<const detail::CaseLook> look;
    };
    [[nodiscard]] Answer<Found> find(const Caller& caller, const std::string& reference, access::Action action);
    [[nodiscard]] std::unique_ptr<EventStore> recorded(const Caller& caller) const {
        return access::recorded_reads(parts.workspace.events(), parts.access,
                                      {caller.principal, caller.purpose, caller.client});
    }
};

namespace detail {

/// The longest text with which every code within `organisation` begins; for a store that can only look for texts.
[[nodiscard]] std::string prefix_of(const std::vector<std::string>& tops);

}  // namespace detail

}  // namespace anjie::service
