#include "adapters/anjie/restore.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "adapters/anjie/checkpoint_book.hpp"
#include "adapters/anjie/checkpoint_command.hpp"
#include "adapters/anjie/settings_file.hpp"
#include "adapters/anjie/unfinished_folder.hpp"
#include "storage/rocksdb/rocksdb_tree.hpp"
#include "storage/rocksdb/verify.hpp"
#include "storage/sealing/key_folder.hpp"

namespace anjie {
namespace {

namespace fs = std::filesystem;

Result<void> copy_parts(const cli::RestoreOrder& order, const fs::path& root) {
    for (const auto* part :
         {"anjie.json", "access.json", "access.sqlite", "key-change", "rules", "calendars", "checkpoints", "log"})
        ANJIE_CHECK(copy_if_there(order.backup / part, root / part));
    return copy_sealing_keys(order.keys.empty() ? order.backup / "keys" : order.keys, root / "keys");
}

Result<void> begin_origin(const fs::path& root, const BackupNote& note, std::string origin) {
    if (origin.empty()) origin = next_origin(note.origin);
    if (origin == note.origin)
        return failure(ErrorCode::invalid,
                       fmt::format("{} is the log that was backed up; a restored one needs a name of its own, or two "
                                   "histories would bear one name / 恢复后的日志须另取名称",
                                   origin));
    CheckpointBook book(root);
    ANJIE_CHECK(book.begin_anew(note.verifier_keys, origin));
    ANJIE_TRY(auto settings, read_settings(root / "anjie.json"));
    settings.origin = std::move(origin);
    return write_settings(root / "anjie.json", settings);
}

/// Every root that somebody signed for no more events than there are. Checkpoints are opened with the keys first, so
/// that a forged one is an error.
Result<std::vector<SignedRoot>> signed_roots(const CheckpointBook& book, const Restored& restored) {
    std::vector<SignedRoot> roots{{restored.note.events, restored.note.root, "the backup's own note"}};
    ANJIE_TRY(const auto heads, book.all());
    for (const auto& [text, checkpoint] : heads)
        roots.push_back({checkpoint.size, checkpoint.root,
                         fmt::format("the checkpoint of {} at {}", checkpoint.origin, checkpoint.size)});
    if (restored.newest && restored.newest->size <= restored.note.events)
        roots.push_back({restored.newest->size, restored.newest->root, "the checkpoint that was kept"});
    std::ranges::stable_sort(roots, {}, &SignedRoot::size);
    return roots;
}

}  // namespace

std::string next_origin(const std::string& origin) {
    const auto slash = origin.rfind("/r");
    unsigned number = 0;
    if (slash != std::string::npos) {
        const auto* end = origin.data() + origin.size();
        const auto parsed = std::from_chars(origin.data() + slash + 2, end, number);
        if (parsed.ec == std::errc{} && parsed.ptr == end && number >= 2)
            return fmt::format("{}/r{}", origin.substr(0, slash), number + 1);
    }
    return origin + "/r2";
}

Result<Restored> restore_backup(const cli::RestoreOrder& order, const Progress& progress) {
    Restored restored;
    ANJIE_TRY(restored.note, read_backup_note(order.backup));
    const auto& note = restored.note;
    if (!order.newest_checkpoint.empty()) {
        ANJIE_TRY(auto kept, read_held_checkpoint(order.newest_checkpoint, order.believed));
        if (kept.checkpoint.origin != note.origin)
            return failure(ErrorCode::invalid,
                           fmt::format("{} is a checkpoint of {}, the backup is of {} / 不是同一个日志的检查点",
                                       order.newest_checkpoint.string(), kept.checkpoint.origin, note.origin));
        restored.newest = std::move(kept.checkpoint);
    }
    ANJIE_TRY(auto folder, UnfinishedFolder::create(order.root));
    const auto& root = folder.path();
    ANJIE_CHECK(copy_parts(order, root));
    ANJIE_CHECK(begin_origin(root, note, order.origin));
    CheckpointBook book(root);
    {
        ANJIE_TRY(const auto epochs, KeyFolder(root / "keys").epochs());
        ANJIE_TRY(const auto store,
                  RocksDbStore::open(root / "log", {.read_only = epochs.empty(), .keys = root / "keys"}));
        restored.without_keys = epochs.empty();
        ANJIE_TRY(auto roots, signed_roots(book, restored));
        ANJIE_TRY(restored.findings, verify_store(*store, progress, {.signed_roots = std::move(roots)}));
        if (store->head() != note.events)
            restored.findings.push_back(
                fmt::format("the backup holds {} events, its note says {}", store->head(), note.events));
        if (!restored.findings.empty()) return restored;
        if (!epochs.empty()) ANJIE_CHECK(check_sealed_texts(*store));
        ANJIE_TRY(restored.head, book.sign(RocksDbTree(*store, note.events), note.events));
    }
    ANJIE_TRY(const auto keys, book.verifier_keys());
    restored.key = keys.front();
    ANJIE_TRY(const auto continued, book.continues());
    if (continued && continued->last) restored.continues = continued->last->checkpoint;
    ANJIE_CHECK(folder.finish());
    return restored;
}

}  // namespace anjie
