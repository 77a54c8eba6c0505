#include "adapters/anjie/backup_command.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "adapters/anjie/backup.hpp"
#include "adapters/anjie/restore.hpp"
#include "adapters/cli/progress.hpp"

namespace anjie {
namespace {

using cli::Console;
using cli::Exit;

template <typename... Arguments>
void say(const Console& console, std::string_view zh, std::string_view en, const Arguments&... arguments) {
    console.note(fmt::format(fmt::runtime(console.pick(zh, en)), arguments...));
}

boost::json::value json_of(const std::optional<Checkpoint>& checkpoint) {
    if (!checkpoint) return nullptr;
    return boost::json::object{
        {"origin", checkpoint->origin}, {"size", checkpoint->size}, {"root", to_base64(checkpoint->root.bytes)}};
}

/// How many events the kept checkpoint signs for and the backup has not.
std::optional<std::uint64_t> certainly_lost(const Restored& restored) {
    if (!restored.newest) return std::nullopt;
    return restored.newest->size - std::min(restored.newest->size, restored.note.events);
}

void say_what_cannot_be_there(const Console& console, const Restored& restored) {
    const auto& note = restored.note;
    say(console, "恢复的内容止于第 {} 个事件（记录于 {}），备份始于 {}。此后记录的一律没有，请从纸质材料补录。",
        "What was recorded after event {} ({}) cannot be in it; the backup began at {}. Enter it again from paper.",
        note.events, note.last_recorded_at.empty() ? "-" : note.last_recorded_at, note.taken_at);
    if (const auto lost = certainly_lost(restored); lost && *lost > 0)
        say(console, "所给检查点签署到第 {} 个事件：至少丢失了 {} 个事件。",
            "The checkpoint given signs for {} events: {} at least are certainly lost.", restored.newest->size, *lost);
    else if (lost)
        say(console, "所给检查点（{} 个事件）之内没有丢失；此后的无从得知。",
            "Nothing within the checkpoint given ({} events) is lost; of later ones nothing is known.",
            restored.newest->size);
    else
        say(console, "丢失多少无从得知：外人若存有更新的检查点，请用 --newest-checkpoint 指明。",
            "How many are lost is not known; a newer checkpoint kept outside tells it: --newest-checkpoint.");
    say(console, "备份之后执行过的个人信息删除，必须重新执行。",
        "Erasures of personal data carried out after the backup have to be repeated.");
    if (restored.without_keys)
        say(console, "没有密钥：把 kek-… 文件放回 {} 之前，不能打开数据目录，姓名等密封内容也不能读取。",
            "There are no keys: before the kek-... files are put back into {}, the directory cannot be opened and no "
            "name can be read.",
            "keys");
}

}  // namespace

Exit backup_command(const Console& console, const cli::BackupOrder& order) {
    cli::ProgressLine progress(std::string(console.pick("备份", "backing up")), !console.quiet);
    const auto made = make_backup(order, progress.reporter());
    if (!made) return console.fail(made.error());
    if (console.json)
        console.line(boost::json::serialize(boost::json::object{{"backup", order.destination.string()},
                                                                {"origin", made->origin},
                                                                {"events", made->events},
                                                                {"root", to_base64(made->root.bytes)},
                                                                {"last_recorded_at", made->last_recorded_at},
                                                                {"taken_at", made->taken_at},
                                                                {"with_keys", made->with_keys}}));
    else
        console.line(fmt::format(
            fmt::runtime(console.pick("已备份并核验 {}：{} 的 {} 个事件", "Backed up and checked {}: {}, {} events")),
            order.destination.string(), made->origin, made->events));
    if (made->with_keys)
        say(console, "内含密钥：此后被删除个人信息的人，凭此备份仍可读出。请限期销毁，恢复后须重新执行其后的删除。",
            "With keys: it can bring back a person erased later. Destroy it after a short time of its own, and repeat "
            "later erasures after a restore.");
    else
        say(console, "不含密钥：恢复后须放回另行保管的 keys/kek-…，否则姓名等密封内容不能读取，也不能再写入。",
            "Without keys: a restore needs keys/kek-... from where you keep them; until then no name can be read and "
            "nothing written.");
    return Exit::ok;
}

Exit restore_command(const Console& console, const cli::RestoreOrder& order) {
    cli::ProgressLine progress(std::string(console.pick("恢复并校验", "restoring and checking")), !console.quiet);
    const auto restored = restore_backup(order, progress.reporter());
    if (!restored) return console.fail(restored.error());
    if (!restored->findings.empty()) {
        for (const auto& finding : restored->findings) console.error(finding);
        say(console, "备份有 {} 处问题，未恢复任何内容。", "{} findings: nothing was restored.",
            restored->findings.size());
        return Exit::verification_failed;
    }
    const auto& note = restored->note;
    if (console.json) {
        const auto lost = certainly_lost(*restored);
        console.line(boost::json::serialize(
            boost::json::object{{"data", order.root.string()},
                                {"origin", restored->head.checkpoint.origin},
                                {"vkey", to_string(restored->key)},
                                {"events", note.events},
                                {"last_recorded_at", note.last_recorded_at},
                                {"backup_taken_at", note.taken_at},
                                {"continues", json_of(restored->continues)},
                                {"certainly_lost", lost ? boost::json::value(*lost) : boost::json::value(nullptr)},
                                {"without_keys", restored->without_keys}}));
    } else {
        console.line(
            fmt::format(fmt::runtime(console.pick("已恢复并校验 {}：{} 个事件", "Restored and checked {}: {} events")),
                        order.root.string(), note.events));
        console.line(fmt::format(fmt::runtime(console.pick("新日志 {} 延续 {}，至其检查点第 {} 个事件；新公钥：{}",
                                                           "The new log {} continues {} at its checkpoint of {}; "
                                                           "verifier key: {}")),
                                 restored->head.checkpoint.origin, note.origin,
                                 restored->continues ? restored->continues->size : 0, to_string(restored->key)));
    }
    say_what_cannot_be_there(console, *restored);
    return Exit::ok;
}

}  // namespace anjie
