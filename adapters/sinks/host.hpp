#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "adapters/sinks/configuration.hpp"

namespace anjie::sinks {

/// All sinks of a data directory: a thread for each, so that a slow or dead one holds nobody else.
/// Threads: every method from any thread. Lifetime: the arguments of `open` outlive it.
class SinkHost {
public:
    /// Reads where each sink stands; starts nothing. Errors: `corrupt`, and those of the store.
    [[nodiscard]] static Result<std::unique_ptr<SinkHost>> open(const EventStore& events, DerivedStore& derived,
                                                                const Clock& clock, std::vector<ConfiguredSink> sinks,
                                                                DisclosureJournal journal = {});
    /// As `stop`.
    ~SinkHost();
    SinkHost(const SinkHost&) = delete;
    SinkHost& operator=(const SinkHost&) = delete;

    /// Follows the log until `stop`.
    void start();
    /// Ends what is under way as soon as the sinks allow. What was not acknowledged is delivered again next time.
    void stop();
    /// There are new events: sinks that wait for them look at once instead of after a moment.
    void notify();

    /// Without threads: delivers until everything that may be delivered now is, or `stop` is requested.
    /// Requires: not started. Errors: the first of any sink's store; `not_found` when no sink has that name.
    [[nodiscard]] Result<void> run_once(std::string_view name = {}, const std::stop_token& stop = {});

    [[nodiscard]] Result<std::vector<SinkStatus>> status() const;
    /// Errors of all that name a sink: `not_found`.
    [[nodiscard]] Result<std::vector<HeldCase>> held(std::string_view name, std::size_t limit = 1000) const;
    [[nodiscard]] Result<std::vector<Disclosure>> disclosures(std::string_view name) const;
    [[nodiscard]] Result<void> pause(std::string_view name);
    [[nodiscard]] Result<void> resume(std::string_view name);
    [[nodiscard]] Result<void> resend(std::string_view name, Position from);
    [[nodiscard]] Result<std::size_t> retry(std::string_view name, std::optional<CaseId> id);
    [[nodiscard]] Result<void> drop(std::string_view name, CaseId id);

private:
    struct Hosted {
        std::string name;
        std::unique_ptr<Sink> sink;
        std::unique_ptr<Runner> runner;
        std::string store_error;  // Guarded by the host's mutex.
        std::jthread thread;      // Last: ends before what it uses.
    };

    SinkHost() = default;
    void follow(Hosted& hosted, const std::stop_token& stop);
    [[nodiscard]] Result<Runner*> find(std::string_view name) const;

    const Clock* clock_{};
    std::vector<std::unique_ptr<Hosted>> hosted_;
    mutable std::mutex mutex_;
    std::condition_variable_any news_;
    std::uint64_t notices_{};  // Guarded by the mutex.
};

}  // namespace anjie::sinks
