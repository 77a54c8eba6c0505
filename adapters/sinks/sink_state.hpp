#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/clock.hpp"
#include "engine/derived_store.hpp"
#include "engine/id.hpp"

namespace anjie::sinks {

/// A case that does not go on with the others: everything of it from `from_version` on is still owed.
struct Hold {
    Version from_version{};
    Position from_position{};
    bool parked{};             ///< Until somebody decides; else it waits for `retry_at`.
    std::uint32_t attempts{};  ///< Failures that are this event's own fault.
    Instant retry_at{};
    Instant since{};
    std::string reason{};

    bool operator==(const Hold&) const = default;
};

/// What has left through a sink in a stretch of time: a line of the disclosure ledger.
struct Disclosure {
    std::uint64_t number{};  ///< 1, 2 ... in each sink.
    std::string sink;
    std::string destination;
    Position from{}, to{};                       ///< Least and greatest position.
    std::uint64_t events{};                      ///< Handed over, repetitions included.
    std::set<std::string, std::less<>> classes;  ///< As `Extract::classes`.
    Instant first{}, last{};

    bool operator==(const Disclosure&) const = default;
};

/// Where a sink stands, kept in the data directory. Unlike other derived rows it cannot be rebuilt from the log; if it
/// is lost, everything is delivered again (docs/decisions/0011).
/// Everything the runner knows is: all events up to `cursor` are delivered, passed over by the field list, or belong to
/// a held case at or after its `from_version`.
struct SinkState {
    Position cursor{};
    /// Grows with every change that a sink's kept token could compete with.
    std::uint64_t serial{};
    bool paused{};
    bool gone{};  ///< The other side wants nothing more.
    std::string gone_reason;
    std::map<CaseId, Hold> holds;
    std::uint64_t dropped{};               ///< Events given up by order.
    std::optional<Disclosure> disclosure;  ///< The newest line of the ledger.
};

/// Reads and writes a sink's state in rows named "sink.<name>".
/// Threads: one at a time.
class SinkStateStore {
public:
    SinkStateStore(DerivedStore& derived, std::string_view sink);

    [[nodiscard]] Result<SinkState> load() const;
    /// What is written together, all or nothing. Durable: when `durable`, on return; else a power cut may take back the
    /// newest writes together, so that events are delivered again.
    [[nodiscard]] Result<void> save(const SinkState& state, const std::vector<CaseId>& changed_holds, bool durable);
    [[nodiscard]] Result<void> save_disclosure(const Disclosure& disclosure);
    /// The sealed texts of a case have left.
    [[nodiscard]] Result<void> save_told(CaseId id, const std::set<std::string, std::less<>>& classes, Instant at);
    /// An event is given up for good.
    [[nodiscard]] Result<void> save_dropped(Position position, const boost::json::object& why);

    [[nodiscard]] Result<std::vector<Disclosure>> disclosures() const;

private:
    DerivedStore& derived_;
    DerivedName name_;
};

/// A sink's state without any sink, for those who list.
[[nodiscard]] boost::json::object to_json(const Disclosure& disclosure);

}  // namespace anjie::sinks
