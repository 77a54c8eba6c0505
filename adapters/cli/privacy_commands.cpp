#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <iostream>

#include "adapters/access/erasure_order.hpp"
#include "adapters/cli/progress.hpp"
#include "adapters/cli/submit.hpp"
#include "adapters/cli/two_persons.hpp"

namespace anjie::cli {
namespace {

using Kind = KeyChange::Kind;

struct PrivacyOptions {
    Kind kind{};
    std::string reference, subject, basis;
    bool yes{}, dry_run{};
    TwoPersonOptions two_persons;
};

std::string name_of_subject(const Console& console, std::uint16_t subject) {
    if (subject == 0) return std::string(console.pick("案情叙述", "the narrative"));
    return fmt::format(fmt::runtime(console.pick("当事人{}", "party {}")), subject);
}

/// "narrative", a party's number, or "all".
Result<std::vector<std::uint16_t>> subjects_of(const std::string& text,
                                               const std::map<std::uint16_t, Readability>& known) {
    std::vector<std::uint16_t> subjects;
    if (text == "all") {
        for (const auto& [subject, readability] : known) subjects.push_back(subject);
        return subjects;
    }
    std::uint16_t subject = 0;
    if (text != "narrative") {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), subject);
        if (error != std::errc{} || end != text.data() + text.size() || subject == 0)
            return failure(ErrorCode::invalid,
                           fmt::format("--subject: \"{}\" is not a party's number, narrative or all / "
                                       "应为当事人编号、narrative（案情叙述）或 all",
                                       text));
    }
    if (!known.contains(subject))
        return failure(ErrorCode::not_found,
                       fmt::format("the case holds no personal text of --subject {} / 本案没有该主体的个人信息", text));
    subjects.push_back(subject);
    return subjects;
}

/// Those whom the order would change anything for.
void keep_changeable(std::vector<std::uint16_t>& subjects, Kind kind,
                     const std::map<std::uint16_t, Readability>& known) {
    std::erase_if(subjects, [&](std::uint16_t subject) {
        const auto now = known.at(subject);
        if (kind == Kind::erase) return now == Readability::erased;
        return now != (kind == Kind::restrict ? Readability::readable : Readability::restricted);
    });
}

dispute::Command order_about(Kind kind, std::uint16_t subject, const std::string& basis) {
    if (kind == Kind::erase) return dispute::RecordErasure{subject, basis};
    return dispute::RestrictProcessing{subject, kind == Kind::lift, basis};
}

/// Erasing cannot be undone: whoever sits at a terminal is asked, a script has to say --yes.
bool confirmed(const Console& console, const PrivacyOptions& options) {
    if (options.yes || options.kind != Kind::erase) return true;
    if (::isatty(STDIN_FILENO) == 0) return false;
    console.note(console.pick("删除后任何人都无法恢复。输入 yes 确认：",
                              "Nobody can bring it back afterwards. Type yes to go on:"));
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "yes";
}

std::string_view title_of(const Console& console, Kind kind) {
    switch (kind) {
        case Kind::erase:
            return console.pick("将删除", "Will erase");
        case Kind::restrict:
            return console.pick("将限制处理", "Will restrict");
        case Kind::lift:
            return console.pick("将解除限制", "Will lift the restriction of");
    }
    return {};
}

access::CaseScope scope_of(const DirectoryEntry& entry) {
    return {entry.organisation, static_cast<Confidentiality>(entry.confidentiality)};
}

/// Gives the order to the log, then changes the keys.
Exit carry_out(const Session& session, Workspace& workspace, const PrivacyOptions& options, const DirectoryEntry& entry,
               const std::vector<std::uint16_t>& subjects, const std::string& actor) {
    const auto& console = session.console;
    if (const auto begun = workspace.begin_key_change(
            {.kind = options.kind, .case_id = entry.case_id, .subjects = subjects, .head = workspace.events().head()});
        !begun)
        return console.fail(begun.error());
    auto ended = Exit::ok;
    for (const auto subject : subjects) {
        ended = submit(session, workspace,
                       {.case_id = entry.case_id,
                        .label = entry.number,
                        .id = std::nullopt,
                        .expected_version = std::nullopt,
                        .occurred_at = {workspace.clock().now(), false},
                        .actor = actor,
                        .body = order_about(options.kind, subject, options.basis),
                        .sealed = {}});
        if (ended != Exit::ok) break;
    }
    ProgressLine progress(std::string(console.pick("更换密钥、重建目录", "changing keys, building the directory anew")),
                          !console.quiet);
    if (const auto finished = workspace.finish_key_change(progress.reporter()); !finished)
        return console.fail(finished.error());
    return ended;
}

/// As whom an erasure is ordered, where two persons may be needed for it.
Exit erase(const Session& session, Workspace& workspace, const PrivacyOptions& options, const DirectoryEntry& entry,
           const std::vector<std::uint16_t>& subjects) {
    auto& access = workspace.access();
    const auto go =
        two_persons(session, access, options.two_persons,
                    anjie::access::erasure_order(entry.case_id, subjects, scope_of(entry), options.basis));
    if (!go.now) return go.exit;
    const auto ended = carry_out(session, workspace, options, entry, subjects, go.by.id);
    if (ended != Exit::ok && go.taken)
        if (const auto noted = access.carried_out_in_vain(go.by, options.two_persons.request, here()); !noted)
            return session.console.fail(noted.error());
    return ended;
}

Exit change(const Session& session, Workspace& workspace, const PrivacyOptions& options) {
    const auto& console = session.console;
    const auto entry = find_case(workspace, options.reference);
    if (!entry) return console.fail(entry.error());
    const auto known = workspace.readability(entry->case_id);
    if (!known) return console.fail(known.error());
    auto subjects = subjects_of(options.subject, *known);
    if (!subjects) return console.fail(subjects.error());
    keep_changeable(*subjects, options.kind, *known);
    if (subjects->empty()) {
        console.note(console.pick("没有可做的：早已如此。", "Nothing to do: it is so already."));
        return Exit::ok;
    }
    for (const auto subject : *subjects)
        console.note(fmt::format("{} {} · {}", title_of(console, options.kind), entry->number,
                                 name_of_subject(console, subject)));
    if (options.dry_run) return Exit::ok;
    if (!confirmed(console, options))
        return console.fail({ErrorCode::invalid, std::string(console.pick("未确认；脚本中请加 --yes",
                                                                          "Not confirmed; in a script say --yes"))});
    if (options.kind == Kind::erase) return erase(session, workspace, options, *entry, *subjects);
    const auto go = one_person(session, workspace.access(), options.two_persons.login,
                               access::Action::restrict_processing, scope_of(*entry), entry->case_id);
    return go.now ? carry_out(session, workspace, options, *entry, *subjects, go.by.id) : go.exit;
}

void add_privacy_command(CLI::App& app, Session& session, Kind kind, std::string name, std::string_view zh,
                         std::string_view en) {
    const auto help = [&](std::string_view in_zh, std::string_view in_en) {
        return std::string(session.console.pick(in_zh, in_en));
    };
    auto options = std::make_shared<PrivacyOptions>();
    options->kind = kind;
    auto* command = add_command(app, session, std::move(name), zh, en, [&session, options] {
        return session.with_current_workspace(
            [&](Workspace& workspace) { return change(session, workspace, *options); });
    });
    command->add_option("--case", options->reference, help("案号或 id 前几位", "Number, or first digits of the id"))
        ->required();
    command
        ->add_option("--subject", options->subject,
                     help("当事人编号；narrative 为案情叙述；all 为全部",
                          "A party's number; narrative for the story; all for everybody"))
        ->required();
    command
        ->add_option("--basis", options->basis,
                     help("法律依据，公开记入日志：不得写入个人信息",
                          "The legal basis; kept in the log in clear, so no personal data in it"))
        ->required();
    command->add_flag("--dry-run", options->dry_run, help("只看会怎样", "Only say what would happen"));
    if (kind != Kind::erase) return add_login_options(*command, session, options->two_persons.login);
    command->add_flag("--yes", options->yes, help("不再询问", "Do not ask"));
    add_two_person_options(*command, session, options->two_persons);
}

}  // namespace

void add_privacy_commands(CLI::App& app, Session& session) {
    add_privacy_command(app, session, Kind::erase, "erase", "依法删除一人的个人信息：销毁密钥，不可恢复",
                        "Erase a person's data lawfully: the keys are destroyed, for ever");
    add_privacy_command(app, session, Kind::restrict, "restrict", "限制处理：个人信息只存储，不再显示和使用",
                        "Restrict processing: a person's data are stored and nothing else");
    add_privacy_command(app, session, Kind::lift, "unrestrict", "解除限制处理", "Lift a restriction");
}

}  // namespace anjie::cli
