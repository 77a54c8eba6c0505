#include "adapters/anjie/data_directory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>

#include "adapters/access/recorded_reads.hpp"
#include "adapters/anjie/checkpoint_book.hpp"
#include "adapters/anjie/key_change_file.hpp"
#include "adapters/anjie/settings_file.hpp"
#include "adapters/anjie/shared_directory.hpp"
#include "adapters/anjie/workflows.hpp"
#include "storage/crypto/openssl_suite.hpp"
#include "storage/rocksdb/rocksdb_store.hpp"
#include "storage/rocksdb/rocksdb_tree.hpp"
#include "storage/rocksdb/verify.hpp"
#include "storage/sqlite/sqlite_directory.hpp"
#include "workflows/dispute/statistics/projection.hpp"
#include "workflows/screening/statistics.hpp"

namespace anjie {
namespace {

/// Tells one log's origin from another's of the same office.
std::string random_word() {
    std::array<std::byte, 4> bytes;
    openssl_suite().random.fill(bytes);
    return to_hex(bytes);
}

class LocalWorkspace final : public Workspace {
public:
    LocalWorkspace(const std::filesystem::path& root, Settings settings, Registered registered,
                   std::unique_ptr<RocksDbStore> store, std::unique_ptr<SqliteDirectory> directory)
        : root_(root),
          checkpoints_(root),
          settings_(std::move(settings)),
          registered_(std::move(registered)),
          store_(std::move(store)),
          directory_(std::move(directory)),
          timers_(*store_, *store_, registered_.workflows) {}

    [[nodiscard]] Result<void> open_access() {
        ANJIE_TRY(access_, access::Access::open(root_, clock_));
        return {};
    }

    [[nodiscard]] const Settings& settings() const override { return settings_; }
    [[nodiscard]] const EventStore& events() const override { return *visible_events_; }
    [[nodiscard]] DerivedStore& derived() override { return *store_; }
    [[nodiscard]] Directory& directory() override { return *visible_directory_; }
    [[nodiscard]] access::Access& access() override { return *access_; }
    void read_as(access::Reader reader) override {
        visible_events_ = access::recorded_reads(*store_, *access_, reader);
        visible_directory_ = access::recorded_searches(shared_directory_, *access_, std::move(reader));
    }
    [[nodiscard]] const WorkflowSet& workflows() const override { return registered_.workflows; }
    [[nodiscard]] const dispute::Dispute& dispute() const override { return *registered_.dispute; }
    [[nodiscard]] const Clock& clock() const override { return clock_; }
    [[nodiscard]] TimerIndex& timers() override { return timers_; }
    [[nodiscard]] const std::vector<const CaseProjection*>& projections() const override { return projections_; }

    [[nodiscard]] Engine& engine() override {
        std::call_once(engine_once_, [this] {
            engine_ = std::make_unique<Engine>(*store_, clock_, registered_.workflows);
            started_.store(engine_.get(), std::memory_order_release);
        });
        return *engine_;
    }

    [[nodiscard]] Result<void> catch_up(const Progress& progress) override {
        drain();
        const std::scoped_lock turn(following_);
        return follow_up(progress);
    }
    [[nodiscard]] Result<void> follow() override {
        const std::scoped_lock turn(following_);
        return follow_up({});
    }
    [[nodiscard]] Position followed() const override { return followed_.load(std::memory_order_acquire); }
    [[nodiscard]] bool wait_followed(Position position, std::chrono::milliseconds timeout) const override {
        std::unique_lock lock(followed_guard_);
        return followed_further_.wait_for(lock, timeout, [&] { return followed() >= position; });
    }
    [[nodiscard]] Result<std::size_t> raise_due_alarms() override {
        const std::scoped_lock turn(following_);
        ANJIE_TRY(const auto next, timers_.next_due());
        const auto now = clock_.now();
        if (!next || *next > now) return 0;
        return fire_due_alarms(engine(), timers_, now);
    }

    [[nodiscard]] Result<void> rebuild_directory(const Progress& progress) override {
        const std::scoped_lock turn(following_);
        return build_directory_anew(progress);
    }

    [[nodiscard]] Result<std::vector<std::string>> verify_log(const std::vector<SignedHead>& held,
                                                              const Progress& progress) override {
        VerifyOptions options;
        std::vector<std::string> unsound;
        const auto own = [&] {
            const std::scoped_lock turn(checkpointing_);
            return checkpoints_.all();
        }();
        const auto expect = [&](const SignedHead& head, std::string signed_by) {
            options.signed_roots.push_back({head.checkpoint.size, head.checkpoint.root, std::move(signed_by)});
        };
        // A file of checkpoints that was tampered with is a finding; the log is looked at all the same.
        if (own)
            for (const auto& head : *own)
                expect(head, fmt::format("the checkpoint of {} at {}", head.checkpoint.origin, head.checkpoint.size));
        else if (own.error().code == ErrorCode::corrupt || own.error().code == ErrorCode::not_found)
            unsound.push_back(own.error().detail);
        else
            return std::unexpected(own.error());
        for (const auto& head : held)
            expect(head, fmt::format("the held checkpoint of {} at {}", head.checkpoint.origin, head.checkpoint.size));
        std::ranges::stable_sort(options.signed_roots, {}, &SignedRoot::size);
        ANJIE_TRY(auto findings, verify_store(*store_, progress, options));
        findings.insert(findings.end(), unsound.begin(), unsound.end());
        ANJIE_TRY(const auto of_journal, access_->verify_journal());
        findings.insert(findings.end(), of_journal.begin(), of_journal.end());
        return findings;
    }

    [[nodiscard]] Result<std::map<std::uint16_t, Readability>> readability(CaseId id) const override {
        ANJIE_TRY(const auto states, store_->key_states(id));
        std::map<std::uint16_t, Readability> subjects;
        for (const auto& [subject, state] : states) {
            const auto now = state == KeyState::usable       ? Readability::readable
                             : state == KeyState::restricted ? Readability::restricted
                                                             : Readability::erased;
            // A later key, made after an erasure, says what holds now.
            subjects[subject] = now;
        }
        return subjects;
    }
    [[nodiscard]] Result<void> begin_key_change(const KeyChange& change) override {
        const std::scoped_lock turn(following_);
        ANJIE_TRY(const auto other, read_key_change(root_));
        if (other)
            return failure(ErrorCode::unavailable,
                           "another erasure or restriction is being carried out; try again "
                           "soon / 另一项删除或限制正在进行，请稍后再试");
        return write_key_change(root_, change);
    }
    [[nodiscard]] Result<void> finish_key_change(const Progress& progress) override {
        drain();
        const std::scoped_lock turn(following_);
        ANJIE_TRY(const auto change, read_key_change(root_));
        if (!change) return {};
        ANJIE_CHECK(change_keys(*change, progress));
        return remove_key_change(root_);
    }

    [[nodiscard]] Result<std::vector<VerifierKey>> log_keys() const override {
        const std::scoped_lock turn(checkpointing_);
        return checkpoints_.verifier_keys();
    }
    [[nodiscard]] Result<SignedHead> sign_checkpoint() override {
        drain();
        const std::scoped_lock turn(checkpointing_);
        const auto size = store_->head();
        return checkpoints_.sign(RocksDbTree(*store_, size), size);
    }
    [[nodiscard]] Result<std::optional<SignedHead>> latest_checkpoint() const override {
        const std::scoped_lock turn(checkpointing_);
        return checkpoints_.latest();
    }
    [[nodiscard]] std::unique_ptr<HashReader> tree(std::uint64_t size) const override {
        return std::make_unique<RocksDbTree>(*store_, size);
    }

private:
    /// Waits for what was submitted, if anything ever was.
    void drain() {
        if (auto* engine = started_.load(std::memory_order_acquire)) engine->drain();
    }
    // The rest: by whoever holds `following_`.
    [[nodiscard]] Result<void> follow_up(const Progress& progress) {
        const auto head = store_->head();
        for (const auto* projection : projections_)
            ANJIE_CHECK(ProjectionRunner(*store_, *store_, *projection).catch_up(progress));
        ANJIE_CHECK(timers_.catch_up());
        ANJIE_CHECK(catch_up_directory(*store_, registered_.workflows, *directory_, progress));
        {
            const std::scoped_lock lock(followed_guard_);
            followed_.store(std::max(head, followed()), std::memory_order_release);
        }
        followed_further_.notify_all();
        return {};
    }
    [[nodiscard]] Result<void> build_directory_anew(const Progress& progress) {
        shared_directory_.rebuilding();
        ANJIE_CHECK(directory_->clear());
        ANJIE_CHECK(catch_up_directory(*store_, registered_.workflows, *directory_, progress));
        shared_directory_.rebuilt();
        return {};
    }
    /// Whether the log took the order about a subject that this change carries out.
    [[nodiscard]] Result<bool> was_ordered(const KeyChange& change, std::uint16_t subject) const {
        const bool erase = change.kind == KeyChange::Kind::erase;
        const bool lift = change.kind == KeyChange::Kind::lift;
        bool found = false;
        ANJIE_CHECK(store_->read_case(change.case_id, 0, [&](const EventView& event) {
            if (event.header.position <= change.head) return true;
            const auto decoded = dispute::Dispute::decode(event.header.type, event.header.schema, event.payload);
            if (!decoded) return true;
            if (const auto* erased = std::get_if<dispute::PersonalDataErased>(&*decoded))
                found |= erase && erased->subject == subject;
            if (const auto* restricted = std::get_if<dispute::ProcessingRestricted>(&*decoded))
                found |= !erase && restricted->subject == subject && restricted->lifted == lift;
            return true;
        }));
        return found;
    }
    [[nodiscard]] Result<void> change_keys(const KeyChange& change, const Progress& progress) {
        std::vector<std::uint16_t> ordered;
        for (const auto subject : change.subjects) {
            ANJIE_TRY(const bool was, was_ordered(change, subject));
            if (was) ordered.push_back(subject);
        }
        if (ordered.empty()) return {};
        if (change.kind == KeyChange::Kind::erase) {
            ANJIE_CHECK(store_->erase_keys(change.case_id, ordered, progress));
        } else {
            for (const auto subject : ordered)
                ANJIE_CHECK(store_->restrict_keys(change.case_id, subject, change.kind == KeyChange::Kind::restrict));
        }
        return build_directory_anew(progress);
    }

    std::filesystem::path root_;
    CheckpointBook checkpoints_;
    Settings settings_;
    Registered registered_;
    std::unique_ptr<RocksDbStore> store_;
    std::unique_ptr<SqliteDirectory> directory_;
    SharedDirectory shared_directory_{*directory_};
    SystemClock clock_;
    std::unique_ptr<access::Access> access_;
    std::unique_ptr<EventStore> visible_events_{access::guarded_reads(*store_)};
    std::unique_ptr<Directory> visible_directory_{access::guarded_searches(shared_directory_)};
    TimerIndex timers_;
    dispute::StatisticsProjection dispute_statistics_;
    screening::ScreeningStatistics screening_statistics_;
    std::vector<const CaseProjection*> projections_{&dispute_statistics_, &screening_statistics_};
    std::mutex following_;              ///< One follows the log at a time.
    mutable std::mutex checkpointing_;  ///< One uses `checkpoints_` at a time.
    std::atomic<Position> followed_{};
    mutable std::mutex followed_guard_;
    mutable std::condition_variable followed_further_;
    std::once_flag engine_once_;
    std::atomic<Engine*> started_{};  ///< `engine_`, once there is one.
    std::unique_ptr<Engine> engine_;  // Last: it must stop before what it writes to goes away.
};

}  // namespace

Result<void> DataDirectories::create(const std::filesystem::path& root, const Settings& settings) {
    const auto file = root / "anjie.json";
    std::error_code failed;
    if (std::filesystem::exists(file, failed))
        return failure(ErrorCode::conflict,
                       fmt::format("{} is a data directory already / 已经是数据目录", root.string()));
    if (std::filesystem::exists(root, failed) && !std::filesystem::is_empty(root, failed))
        return failure(
            ErrorCode::conflict,
            fmt::format("{} is not empty and not a data directory; choose an empty place / 目录非空", root.string()));
    std::filesystem::create_directories(root, failed);
    if (failed)
        return failure(ErrorCode::unavailable,
                       fmt::format("{}: cannot be created: {}", root.string(), failed.message()));
    if (auto store = RocksDbStore::open(root / "log", {.create_if_missing = true, .keys = root / "keys"}); !store)
        return std::unexpected(store.error());
    auto complete = settings;
    if (complete.origin.empty()) complete.origin = fmt::format("anjie/{}/{}", settings.organisation, random_word());
    ANJIE_CHECK(CheckpointBook::create(root, complete.origin));
    return write_settings(file, complete);
}

Result<std::unique_ptr<Workspace>> DataDirectories::open(const std::filesystem::path& root) {
    ANJIE_TRY(auto settings, read_settings(root / "anjie.json"));
    ANJIE_TRY(auto registered, register_workflows(root));
    ANJIE_TRY(auto store, RocksDbStore::open(root / "log", {.keys = root / "keys"}));
    ANJIE_TRY(auto directory, SqliteDirectory::open(root / "directory.sqlite"));
    auto workspace = std::make_unique<LocalWorkspace>(root, std::move(settings), std::move(registered),
                                                      std::move(store), std::move(directory));
    ANJIE_CHECK(workspace->open_access());
    ANJIE_CHECK(workspace->finish_key_change({}));
    return workspace;
}

}  // namespace anjie
