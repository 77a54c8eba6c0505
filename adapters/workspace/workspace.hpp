#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/derived_store.hpp"
#include "engine/directory.hpp"
#include "engine/engine.hpp"
#include "engine/event_store.hpp"
#include "engine/projection.hpp"
#include "engine/timers.hpp"
#include "engine/trust/checkpoint.hpp"
#include "engine/trust/merkle.hpp"
#include "workflows/dispute/dispute.hpp"

namespace anjie::access {
class Access;   // adapters/access/access.hpp
struct Reader;  // adapters/access/recorded_reads.hpp
}  // namespace anjie::access

namespace anjie {

/// Whose data directory this is; written by `anjie init`, asked for by everything that registers a case.
struct Settings {
    std::string organisation;  ///< Code of the committee, below its division code.
    std::string organisation_name;
    std::string jurisdiction;   ///< GB/T 2260 division code: decides rules and calendar.
    std::string committee;      ///< Code of CommitteeKind.
    std::string number_prefix;  ///< First part of the case numbers, for example 尼阿调.
    /// Names the log in checkpoints, for ever; a URL without scheme by custom. Empty at `init`: one is made up.
    std::string origin;

    bool operator==(const Settings&) const = default;
};

/// The head of the log as it was signed: a note, and what it says.
struct SignedHead {
    std::string note;
    Checkpoint checkpoint;
};

/// A change of what may be read of a case's people.
struct KeyChange {
    enum class Kind { erase, restrict, lift };
    Kind kind{};
    CaseId case_id;
    std::vector<std::uint16_t> subjects;  ///< 0 is the narrative.
    Position head{};                      ///< The log's, before the order was given.

    bool operator==(const KeyChange&) const = default;
};

/// An opened data directory, whatever it is stored in.
/// Threads: every method may be called from any thread. Following the log (`catch_up`, `follow`, `raise_due_alarms`,
/// `rebuild_directory`, `finish_key_change`) takes turns, checkpoints take turns; reading and the appending of events
/// go on beside both. While the directory is built anew its reads answer `unavailable` instead of half the cases. What
/// `timers`, `derived` and `directory` answer is for reading: only this class makes them follow.
class Workspace {
public:
    virtual ~Workspace() = default;

    [[nodiscard]] virtual const Settings& settings() const = 0;
    /// The log. Sealed texts are answered only to a reader who was named: by `read_as`, or by
    /// `access::recorded_reads` around this.
    [[nodiscard]] virtual const EventStore& events() const = 0;
    [[nodiscard]] virtual DerivedStore& derived() = 0;
    /// Lists. Searches in sealed texts are answered as `events` does.
    [[nodiscard]] virtual Directory& directory() = 0;
    /// People, rights, and the journal of who read what.
    [[nodiscard]] virtual access::Access& access() = 0;
    /// Everything read from here on is read on behalf of one reader, and recorded. For programs that serve one person;
    /// to be called before anything else is asked for.
    virtual void read_as(access::Reader reader) = 0;
    [[nodiscard]] virtual const WorkflowSet& workflows() const = 0;
    [[nodiscard]] virtual const dispute::Dispute& dispute() const = 0;
    [[nodiscard]] virtual const Clock& clock() const = 0;
    /// Started on first use.
    [[nodiscard]] virtual Engine& engine() = 0;
    [[nodiscard]] virtual TimerIndex& timers() = 0;
    [[nodiscard]] virtual const std::vector<const CaseProjection*>& projections() const = 0;

    /// Brings projections, timers and directory up to the log, commands that are not answered yet included.
    [[nodiscard]] virtual Result<void> catch_up(const Progress& progress = {}) = 0;
    /// As above, up to what is durable now: for a thread that does it again and again.
    [[nodiscard]] virtual Result<void> follow() = 0;
    /// Up to where all that follows the log is known to have read it.
    [[nodiscard]] virtual Position followed() const = 0;
    /// Waits until `followed()` >= `position` or `timeout` has passed; answers whether it is (read your own writes).
    [[nodiscard]] virtual bool wait_followed(Position position, std::chrono::milliseconds timeout) const = 0;
    /// Makes events of the reminders and breaches whose moment has come (督办), so that the trail shows them; answers
    /// how many. Errors: as `fire_due_alarms`.
    [[nodiscard]] virtual Result<std::size_t> raise_due_alarms() = 0;
    /// Throws the directory away and builds it again.
    [[nodiscard]] virtual Result<void> rebuild_directory(const Progress& progress = {}) = 0;
    /// Everything a disk can lie about in the log itself, and whether it is what was signed; a sentence per finding.
    /// `held` are checkpoints that somebody outside has kept.
    [[nodiscard]] virtual Result<std::vector<std::string>> verify_log(const std::vector<SignedHead>& held,
                                                                      const Progress& progress) = 0;

    /// What can be read of a case's people, by subject (0 is the narrative). Errors: as the store.
    [[nodiscard]] virtual Result<std::map<std::uint16_t, Readability>> readability(CaseId id) const = 0;
    /// Writes down that keys are about to change, so that what is begun is finished whatever happens: next, the order
    /// is given to the log; then `finish_key_change` carries it out, or drops it when the log did not take the order.
    /// Durable: when it returns. Errors: `unavailable` while another change is begun and not finished.
    [[nodiscard]] virtual Result<void> begin_key_change(const KeyChange& change) = 0;
    /// Carries out what was begun: keys, then the directory, which is built anew without what can no longer be read.
    /// Also done when a data directory is opened. Durable: when it returns.
    [[nodiscard]] virtual Result<void> finish_key_change(const Progress& progress) = 0;

    /// Keys whose signatures are the log's own, retired ones included. Errors: `not_found`, `invalid`.
    [[nodiscard]] virtual Result<std::vector<VerifierKey>> log_keys() const = 0;
    /// Signs for every durable event, unless that is done already. Durable: the checkpoint, before it is answered.
    /// Errors: `corrupt` when the log is not the one that was signed before; `not_found` (no key).
    [[nodiscard]] virtual Result<SignedHead> sign_checkpoint() = 0;
    [[nodiscard]] virtual Result<std::optional<SignedHead>> latest_checkpoint() const = 0;
    /// The tree over the first `size` events. Requires: there are so many. Lifetime: this object's.
    [[nodiscard]] virtual std::unique_ptr<HashReader> tree(std::uint64_t size) const = 0;
};

/// How adapters get at data directories without knowing what they are made of.
class WorkspaceFactory {
public:
    virtual ~WorkspaceFactory() = default;
    /// Errors: `conflict` when there is one already.
    [[nodiscard]] virtual Result<void> create(const std::filesystem::path& root, const Settings& settings) = 0;
    /// Errors: `not_found` (not a data directory: run init), `unavailable` (in use), `invalid`, `corrupt`.
    [[nodiscard]] virtual Result<std::unique_ptr<Workspace>> open(const std::filesystem::path& root) = 0;
};

}  // namespace anjie
