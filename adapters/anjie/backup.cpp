#include "adapters/anjie/backup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "adapters/access/access.hpp"
#include "adapters/anjie/checkpoint_book.hpp"
#include "adapters/anjie/settings_file.hpp"
#include "adapters/anjie/unfinished_folder.hpp"
#include "adapters/witness/files.hpp"
#include "engine/clock.hpp"
#include "storage/crypto/openssl_suite.hpp"
#include "storage/rocksdb/backup.hpp"
#include "storage/rocksdb/rocksdb_tree.hpp"
#include "storage/rocksdb/verify.hpp"

namespace anjie {
namespace {

namespace fs = std::filesystem;

constexpr int format_of_note = 1;
constexpr std::size_t note_bytes_max = 1u << 20;
/// A writer's flush or an erasure in the moment of looking costs an attempt, not the backup.
constexpr int attempts = 3;
constexpr std::size_t sealed_events_checked = 1000;

const char* const format_key = "anjie_backup";

std::string text_of(const BackupNote& note) {
    boost::json::array keys;
    for (const auto& key : note.verifier_keys) keys.emplace_back(to_string(key));
    return boost::json::serialize(boost::json::object{{format_key, format_of_note},
                                                      {"origin", note.origin},
                                                      {"events", note.events},
                                                      {"root", to_base64(note.root.bytes)},
                                                      {"last_recorded_at", note.last_recorded_at},
                                                      {"taken_at", note.taken_at},
                                                      {"with_keys", note.with_keys},
                                                      {"verifier_keys", std::move(keys)}}) +
           "\n";
}

Result<void> refuse_within(const fs::path& root, const fs::path& destination) {
    std::error_code failed;
    const auto outer = fs::weakly_canonical(root, failed);
    const auto inner = fs::weakly_canonical(destination, failed);
    if (!failed && std::ranges::mismatch(outer, inner).in1 == outer.end())
        return failure(ErrorCode::invalid, fmt::format("{} lies in the data directory itself; name a place outside, "
                                                       "best on another disk / 备份不能放在数据目录里面",
                                                       destination.string()));
    return {};
}

/// The log's own checkpoints up to `head`, and all of earlier logs. Newer ones sign for events that the backup has not.
Result<void> copy_checkpoints(const fs::path& from, const fs::path& to, Position head) {
    std::error_code failed;
    if (!fs::exists(from, failed) && !failed) return {};
    if (!failed) fs::create_directory(to, failed);
    if (!failed) fs::permissions(to, fs::perms::owner_all, failed);
    for (fs::directory_iterator entry(from, failed), end; !failed && entry != end; entry.increment(failed)) {
        const auto name = entry->path().stem().string();
        std::uint64_t size = 0;
        const auto parsed = std::from_chars(name.data(), name.data() + name.size(), size);
        if (entry->path().extension() == ".note" && parsed.ptr == name.data() + name.size() && size <= head)
            fs::copy_file(entry->path(), to / entry->path().filename(), failed);
    }
    if (failed)
        return failure(ErrorCode::unavailable, fmt::format("cannot copy {}: {}", from.string(), failed.message()));
    return copy_if_there(from / "earlier", to / "earlier");
}

/// What was copied is read again, and compared with what was signed.
Result<void> check_copy(const fs::path& copy, const CheckpointBook& book, BackupNote& note, const Progress& progress) {
    // With keys it is opened as its later owner will: that finishes a change of keys that was under way.
    ANJIE_TRY(const auto store,
              RocksDbStore::open(copy / "log", {.read_only = !note.with_keys, .keys = copy / "keys"}));
    if (store->head() != note.events)
        return failure(ErrorCode::corrupt,
                       fmt::format("the copy ends at {} instead of {}", store->head(), note.events));
    VerifyOptions options;
    ANJIE_TRY(const auto heads, book.all());
    for (const auto& [text, checkpoint] : heads)
        if (checkpoint.size <= note.events)
            options.signed_roots.push_back(
                {checkpoint.size, checkpoint.root,
                 fmt::format("the checkpoint of {} at {}", checkpoint.origin, checkpoint.size)});
    std::ranges::stable_sort(options.signed_roots, {}, &SignedRoot::size);
    ANJIE_TRY(const auto findings, verify_store(*store, progress, options));
    if (!findings.empty())
        return failure(ErrorCode::corrupt, fmt::format("the log is not sound ({} findings): {}; run anjie verify",
                                                       findings.size(), findings.front()));
    if (note.with_keys) ANJIE_CHECK(check_sealed_texts(*store));
    ANJIE_TRY(note.root, RocksDbTree(*store, note.events).root());
    if (note.events > 0) note.last_recorded_at = to_string(store->last_recorded_at());
    return {};
}

Result<BackupNote> attempt(const cli::BackupOrder& order, const fs::path& copy, const Progress& progress) {
    BackupNote note;
    note.taken_at = to_string(SystemClock().now());
    note.with_keys = !order.without_keys;
    const CheckpointBook book(order.root);
    // An erasure or restriction that is ordered but not carried out at this moment is finished after a restore.
    ANJIE_CHECK(copy_if_there(order.root / "key-change", copy / "key-change"));
    {
        ANJIE_TRY(const auto store,
                  RocksDbStore::open(order.root / "log", {.read_only = true, .keys = order.root / "keys"}));
        if (!fs::exists(copy / "key-change"))
            ANJIE_CHECK(copy_if_there(order.root / "key-change", copy / "key-change"));
        ANJIE_TRY(note.events, copy_store(*store, copy / "log", progress));
    }
    for (const auto* part : {"anjie.json", "access.json", "rules", "calendars"})
        ANJIE_CHECK(copy_if_there(order.root / part, copy / part));
    ANJIE_CHECK(access::copy_access(order.root, copy));
    ANJIE_CHECK(copy_checkpoints(order.root / "checkpoints", copy / "checkpoints", note.events));
    // Read after the checkpoints: a key that signed one of them is among these, whatever is rotated meanwhile.
    ANJIE_TRY(note.verifier_keys, book.verifier_keys());
    note.origin = note.verifier_keys.front().name;
    if (note.with_keys) ANJIE_CHECK(copy_sealing_keys(order.root / "keys", copy / "keys"));
    ANJIE_CHECK(check_copy(copy, book, note, progress));
    return note;
}

}  // namespace

Result<void> check_sealed_texts(const EventStore& store) {
    Result<void> opened;
    const auto look = [&](const EventView& event) {
        if (const auto texts = store.unseal(event); !texts) opened = std::unexpected(texts.error());
        return opened.has_value();
    };
    ANJIE_CHECK(store.read_feed(0, sealed_events_checked, look));
    if (store.head() > sealed_events_checked && opened)
        ANJIE_CHECK(store.read_feed(store.head() - sealed_events_checked, sealed_events_checked, look));
    return opened;
}

Result<BackupNote> make_backup(const cli::BackupOrder& order, const Progress& progress) {
    if (const auto settings = read_settings(order.root / "anjie.json"); !settings)
        return std::unexpected(settings.error());
    ANJIE_CHECK(refuse_within(order.root, order.destination));
    ANJIE_TRY(auto folder, UnfinishedFolder::create(order.destination));
    auto note = attempt(order, folder.path(), progress);
    for (int more = attempts - 1; !note && more > 0; --more) {
        ANJIE_CHECK(folder.clear());
        note = attempt(order, folder.path(), progress);
    }
    if (!note) return note;
    ANJIE_CHECK(witness::create_file(folder.path() / "backup.json", text_of(*note), 0600));
    ANJIE_CHECK(folder.finish());
    return note;
}

Result<BackupNote> read_backup_note(const fs::path& backup) {
    const auto file = backup / "backup.json";
    ANJIE_TRY(const auto text, witness::read_file(file, note_bytes_max));
    if (!text)
        return failure(
            ErrorCode::not_found,
            fmt::format("{} is no backup, or half of one: it has no backup.json / 不是完整的备份", backup.string()));
    const auto wrong = [&](std::string_view what) {
        return failure(ErrorCode::invalid, fmt::format("{}: {}", file.string(), what));
    };
    try {
        const auto note = boost::json::parse(*text).as_object();
        if (note.at(format_key).to_number<int>() != format_of_note) return wrong("written by another version of anjie");
        BackupNote read;
        read.origin = std::string(note.at("origin").as_string());
        read.events = note.at("events").to_number<Position>();
        read.last_recorded_at = std::string(note.at("last_recorded_at").as_string());
        read.taken_at = std::string(note.at("taken_at").as_string());
        read.with_keys = note.at("with_keys").as_bool();
        ANJIE_TRY(read.root, hash_from_base64(std::string_view(note.at("root").as_string())));
        for (const auto& key : note.at("verifier_keys").as_array()) {
            ANJIE_TRY(auto parsed, parse_verifier_key(openssl_suite(), std::string_view(key.as_string())));
            if (parsed.name != read.origin) return wrong("a verifier key is not of the log's name");
            read.verifier_keys.push_back(std::move(parsed));
        }
        if (read.verifier_keys.empty()) return wrong("no verifier key");
        return read;
    } catch (const std::exception& thrown) {
        return wrong(thrown.what());
    }
}

}  // namespace anjie
