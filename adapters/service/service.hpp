#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "adapters/access/access.hpp"
#include "adapters/service/answer.hpp"
#include "adapters/service/feed.hpp"
#include "adapters/service/orders.hpp"
#include "adapters/tables/table.hpp"
#include "adapters/workspace/workspace.hpp"
#include "engine/trust/crypto.hpp"

/// What an office answers to whoever asks, over whatever wire: HTTP, RPC, feeds and exports all ask here, so that
/// rights are judged, refusals recorded and sealed reads written down in one place.
namespace anjie::service {

/// What the service is given. Lifetime: all of it outlives the service.
struct Parts {
    Workspace& workspace;
    access::Access& access;
    const CryptoSuite& crypto;
    std::filesystem::path directory;  ///< The data directory: the office's own thresholds are there.
    Sinks* sinks{};                   ///< None: there are no sinks.
    /// The dossier of a case as a zip file's bytes; sealed texts through these events, so that they are recorded. None:
    /// not offered.
    std::function<Result<std::string>(const EventStore& events, CaseId)> dossier{};
    bool public_log{};  ///< Anybody may have checkpoint, public keys, and tiles of hashes; entries never.
};

struct Limits {
    std::size_t list_rows_max{500};
    std::size_t rows_looked_at_max{10'000};  ///< Of a list that rights filter, in one call; the page may be shorter.
    std::size_t feed_events_max{1'000};      ///< Of one batch.
    std::size_t cases_kept_max{16'384};      ///< As they stand, in memory; others are replayed when asked for.
    std::size_t recent_events_max{8'192};    ///< Kept ready for subscribers at the end of the log.
    std::chrono::milliseconds wait_max{10'000};       ///< Of `wait_for`.
    std::chrono::milliseconds checkpoint_age{5'000};  ///< Who asks for it gets one that is not older, or complete.
};

/// Somebody else makes lists, figures and timers follow the log (`Workspace::follow`) and stops this before the
/// workspace goes away: no order may be under way then (`Engine::drain`).
/// Threads: every method may be called from any thread; those that read may block on disk for milliseconds, `findings`
/// and `report` for longer. Errors of all: as `Trouble`; each method says which action it needs.
class Service {
public:
    Service(Parts parts, Limits limits = {});
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    [[nodiscard]] Workspace& workspace();
    [[nodiscard]] access::Access& access();

    // ---- cases (list_cases, read_case, read_sealed)

    /// Only cases the caller may see. A search for words looks into sealed texts, so it needs read_sealed too and is
    /// recorded.
    [[nodiscard]] Answer<CasePage> list_cases(const Caller& caller, const CaseQuery& query);
    /// State, deadlines, permitted actions and why not the rest.
    [[nodiscard]] Answer<CaseAnswer> show_case(const Caller& caller, const CaseRequest& request);
    /// Event by event.
    [[nodiscard]] Answer<CaseAnswer> history(const Caller& caller, const CaseRequest& request);
    [[nodiscard]] Answer<DueAnswer> due(const Caller& caller, const DueQuery& query);

    // ---- tables that leave as files: the rows that the caller may see; each is recorded as an export when it returns,
    // and nothing of it may leave before

    /// Every case of the list (list_cases and export_list).
    [[nodiscard]] Answer<tables::Workbook> case_table(const Caller& caller, const CaseQuery& query,
                                                      views::Language language);
    /// Everything that is due (list_cases and export_list).
    [[nodiscard]] Answer<tables::Workbook> due_table(const Caller& caller, const DueQuery& query,
                                                     views::Language language);
    /// As `report` (read_reports).
    [[nodiscard]] Answer<tables::Workbook> report_table(const Caller& caller, const ReportRequest& request,
                                                        views::Language language);

    // ---- commands

    /// Judges, queues and returns; `done` is called exactly once, from any thread, after the events are durable or on
    /// whatever trouble. Needs the action of the command (`action_of`).
    void submit(const Caller& caller, SubmitOrder order, SubmitCompletion done);
    /// As above, and waits.
    [[nodiscard]] Answer<Submitted> submit(const Caller& caller, SubmitOrder order);

    // ---- figures (read_reports, read_findings)

    /// As `views::report_json`. Without an organisation: the caller's only one.
    [[nodiscard]] Answer<boost::json::object> report(const Caller& caller, const ReportRequest& request);
    /// The same as CSV in the reader's language. Recorded as an export.
    [[nodiscard]] Answer<std::string> report_csv(const Caller& caller, const ReportRequest& request,
                                                 views::Language language);
    /// As `views::what_if_json`: the same history judged under other rules. Writes nothing.
    [[nodiscard]] Answer<boost::json::object> what_if(const Caller& caller, const WhatIfRequest& request);
    /// As `views::audit_json`.
    [[nodiscard]] Answer<boost::json::object> findings(const Caller& caller, const FindingsRequest& request);

    // ---- the log (read_feed, read_proofs)

    /// Position of the last durable event.
    [[nodiscard]] Position head() const;
    /// Waits until the log is past `after`, at most so long; answers the head.
    [[nodiscard]] Position wait_past(Position after, std::chrono::milliseconds timeout) const;
    /// Waits until lists, due lists and figures have followed the log up to `position`; false when they have not in
    /// time. The timeout is cut to `Limits::wait_max`.
    [[nodiscard]] bool wait_for(Position position, std::chrono::milliseconds timeout) const;
    /// Events after a position that the filter and the caller's rights let through, at most `limit`; never waits. Needs
    /// read_feed. Call again with `FeedBatch::next`; when that is the head, wait with `wait_past` first.
    [[nodiscard]] Answer<FeedBatch> read_feed(const Caller& caller, const FeedFilter& filter, Position after,
                                              std::size_t limit);

    /// The newest signed head, not older than `Limits::checkpoint_age`.
    [[nodiscard]] Answer<SignedHead> checkpoint(const Caller& caller);
    /// The log's public keys as C2SP writes them.
    [[nodiscard]] Answer<std::vector<VerifierKey>> log_keys(const Caller& caller);
    /// That an event is in the log, as a .tlog-proof file. Needs read_proofs, and read_case for the event's case.
    [[nodiscard]] Answer<std::string> event_proof(const Caller& caller, Position position);
    /// The dossier of a case (export_case): a zip file with its events and their proof. Recorded as an export.
    [[nodiscard]] Answer<std::string> dossier(const Caller& caller, const std::string& reference);
    /// A tile of hashes by its path ("tile/0/000.p/7"). Errors: not_found.
    [[nodiscard]] Answer<Bytes> tile(const Caller& caller, std::string_view path);
    /// The entries of a tile of level 0, each with its length before it (C2SP tlog-tiles). Needs read_feed for every
    /// one of them.
    [[nodiscard]] Answer<Bytes> entry_bundle(const Caller& caller, std::string_view path);

    // ---- operation (operate, manage_sinks)

    [[nodiscard]] Answer<std::vector<FollowerStatus>> projections(const Caller& caller);
    [[nodiscard]] Answer<std::vector<SinkStatus>> sinks(const Caller& caller);
    [[nodiscard]] Answer<void> pause_sink(const Caller& caller, std::string_view name);
    [[nodiscard]] Answer<void> resume_sink(const Caller& caller, std::string_view name);
    [[nodiscard]] Answer<void> resend_sink(const Caller& caller, std::string_view name, Position from);

    // ---- what takes two persons

    /// Asks that a person be forgotten (request_erasure).
    [[nodiscard]] Answer<access::ApprovalRequest> request_erasure(const Caller& caller, const std::string& reference,
                                                                  const std::vector<std::uint16_t>& subjects,
                                                                  const std::string& reason);
    /// Carries out an approved erasure: the order is given to the log, keys are destroyed, the directory built anew.
    [[nodiscard]] Answer<access::ApprovalRequest> carry_out_erasure(const Caller& caller, const std::string& request);
    /// Asks for all cases of an area with sealed texts (request_full_export, read_sealed), as closely kept as the
    /// caller is cleared for. Without an organisation: the caller's only one.
    [[nodiscard]] Answer<access::ApprovalRequest> request_full_export(const Caller& caller,
                                                                      const std::string& organisation,
                                                                      const std::string& reason);
    /// Takes an approved one, by whom it was asked for, and records it as an export before anything leaves. What is
    /// written are the cases within what was approved that the caller may see; every case whose texts are read is
    /// recorded. Lifetime: the service outlives it. Threads: one at a time, any.
    [[nodiscard]] Answer<std::unique_ptr<FullExport>> carry_out_full_export(const Caller& caller,
                                                                            const std::string& request);
    /// Stops or allows again the use of a person's texts (restrict_processing; 限制处理): one person may.
    [[nodiscard]] Answer<void> restrict_processing(const Caller& caller, const std::string& reference,
                                                   const std::vector<std::uint16_t>& subjects, bool lift,
                                                   const std::string& basis);

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

/// What somebody has to be allowed to give this command of a dispute. Nullopt: nobody may give it from outside (alarms
/// and what only `carry_out_erasure` does).
[[nodiscard]] std::optional<access::Action> action_of(std::string_view command);
/// Whether `action_of` has an opinion about it: a new command that it does not know may be given by nobody.
[[nodiscard]] bool is_command_judged(std::string_view command);

}  // namespace anjie::service
