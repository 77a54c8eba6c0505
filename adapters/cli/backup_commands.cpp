#include "adapters/cli/login.hpp"

namespace anjie::cli {
namespace {

/// What the copy holds leaves the office with it: that is recorded before it is made.
Exit back_up(const Session& session, const BackupOrder& order) {
    const auto recorded = with_access(session, [&](access::Access& access) {
        const auto by = session.reader(access);
        auto entry = access::entry_of(by.principal, access::JournalKind::export_made, by.client);
        entry.purpose = by.purpose;
        entry.action = access::code_of(access::Action::operate);
        entry.subject = order.without_keys ? "backup, no keys" : "backup with the keys of sealed texts";
        const auto kept = access.record(entry);
        return kept ? Exit::ok : session.console.fail(kept.error());
    });
    return recorded == Exit::ok ? session.ports.backup(session.console, order) : recorded;
}

}  // namespace

void add_backup_commands(CLI::App& app, Session& session) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto backup = std::make_shared<BackupOrder>();
    auto* take = add_command(app, session, "backup", "备份数据目录（不必停机），并核验备份",
                             "Back up the data directory while it is in use, and check the copy", [&session, backup] {
                                 backup->root = session.data;
                                 return back_up(session, *backup);
                             });
    take->add_option("destination", backup->destination, help("备份放在哪里（尚不存在的目录）", "A new folder"))
        ->required();
    take->add_flag("--without-keys", backup->without_keys,
                   help("不含密钥：姓名等密封内容须另有密钥才能读取",
                        "Leave the keys out: without them, kept "
                        "elsewhere, names cannot be read"));

    auto restore = std::make_shared<RestoreOrder>();
    auto* bring_back = add_command(app, session, "restore", "从备份恢复成新的数据目录，全面校验，并以新名称签署",
                                   "Make a data directory of a backup, check all of it, and sign under a new origin",
                                   [&session, restore] { return session.ports.restore(session.console, *restore); });
    bring_back->add_option("backup", restore->backup, help("备份", "The backup"))->required();
    bring_back->add_option("dir", restore->root, help("新的数据目录", "The new data directory"))->required();
    bring_back->add_option("--origin", restore->origin,
                           help("日志的新名称（默认为旧名称加 /r2、/r3……）",
                                "The log's new name (default: the old one with /r2, /r3 ...)"));
    bring_back->add_option(
        "--keys", restore->keys,
        help("密钥所在目录（kek-…；默认在备份中）", "Where the key files kek-... are (default: in the backup)"));
    auto* newest = bring_back->add_option(
        "--newest-checkpoint", restore->newest_checkpoint,
        help("外人保存的最新检查点：据此说明至少丢失多少（与 --key 同用）",
             "The newest checkpoint that somebody kept: tells how many events are certainly lost (with --key)"));
    newest->needs(bring_back->add_option(
        "--key", restore->believed, help("该检查点的公钥，或存有它的文件", "Its verifier key, or a file with it")));
}

}  // namespace anjie::cli
