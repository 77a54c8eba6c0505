#include <fmt/format.h>

#include "adapters/cli/access_text.hpp"
#include "adapters/cli/login.hpp"

/// Who read and did what, and what takes two persons: anjie access.
namespace anjie::cli {
namespace {

using access::Access;
using access::JournalKind;
using access::Principal;

struct JournalOptions {
    std::string case_reference, who, since, until;
    std::vector<std::string> kinds;
    std::uint64_t after{};
    std::size_t limit{1000};
};

Result<std::optional<Instant>> moment(const std::string& text, std::string_view option) {
    if (text.empty()) return std::optional<Instant>{};
    const auto when = parse_occurred_at(text);
    if (!when)
        return failure(ErrorCode::invalid,
                       fmt::format("{}: \"{}\" is no time; write 2024-03-05 / 不是时间", option, text));
    return std::optional(when->at);
}

/// The id itself, or found by number in the directory.
Result<std::optional<CaseId>> case_of(const Session& session, const std::string& reference) {
    if (reference.empty()) return std::optional<CaseId>{};
    if (const auto id = parse_uuid(reference)) return std::optional(CaseId{*id});
    ANJIE_TRY(const auto workspace, session.ports.workspaces.open(session.data));
    ANJIE_TRY(const auto entry, find_case(*workspace, reference));
    return std::optional(entry.case_id);
}

Result<access::JournalFilter> filter_of(const Session& session, const JournalOptions& options) {
    access::JournalFilter filter;
    for (const auto& word : options.kinds) {
        const auto kind = access::parse_journal_kind(word);
        if (!kind) return failure(ErrorCode::invalid, fmt::format("--kind: there is no \"{}\" / 没有这一类", word));
        filter.kinds.push_back(*kind);
    }
    ANJIE_TRY(filter.case_id, case_of(session, options.case_reference));
    ANJIE_TRY(filter.from, moment(options.since, "--since"));
    ANJIE_TRY(filter.to, moment(options.until, "--until"));
    filter.who = options.who;
    filter.after = options.after;
    filter.limit = options.limit;
    return filter;
}

Exit list_journal(const Session& session, const JournalOptions& options) {
    const auto& console = session.console;
    const auto filter = filter_of(session, options);
    if (!filter) return console.fail(filter.error());
    return with_access(session, [&](Access& access) {
        const auto rows = access.journal(*filter);
        if (const auto shown = show_rows(console, rows); shown != Exit::ok) return shown;
        if (rows->size() == filter->limit)
            console.note(
                fmt::format(fmt::runtime(console.pick("还有更多：加 --after {}", "There may be more: add --after {}")),
                            rows->back().number));
        return Exit::ok;
    });
}

Exit verify_journal(const Session& session, const std::vector<std::string>& held) {
    const auto& console = session.console;
    std::vector<access::JournalHead> heads;
    for (const auto& text : held) {
        const auto head = parse_journal_head(text);
        if (!head) return console.fail(head.error());
        heads.push_back(*head);
    }
    return with_access(session, [&](Access& access) {
        const auto findings = access.verify_journal(heads);
        if (!findings) return console.fail(findings.error());
        const auto head = access.journal_head();
        if (!head) return console.fail(head.error());
        if (console.json) {
            console.line(boost::json::serialize(
                boost::json::object{{"sound", findings->empty()},
                                    {"entries", head->count},
                                    {"head", to_text(*head)},
                                    {"findings", boost::json::array(findings->begin(), findings->end())}}));
        } else {
            for (const auto& sentence : *findings) console.line("  " + sentence);
            console.line(
                fmt::format(fmt::runtime(console.pick("{} 条，{} 处问题；链头 {}", "{} entries, {} findings; head {}")),
                            head->count, findings->size(), to_text(*head)));
        }
        return findings->empty() ? Exit::ok : Exit::verification_failed;
    });
}

Exit trim(const Session& session) {
    return with_access(session, [&](Access& access) {
        const auto removed = access.trim_journal(here());
        if (!removed) return session.console.fail(removed.error());
        session.console.line(
            fmt::format(fmt::runtime(session.console.pick("删除了 {} 条", "{} entries removed")), *removed));
        return Exit::ok;
    });
}

Exit list_requests(const Session& session) {
    return with_access(session, [&](Access& access) { return show_rows(session.console, access.requests()); });
}

struct DecideOptions {
    Login login;
    std::string id;
};

Exit decide(const Session& session, const DecideOptions& options, bool approve) {
    const auto& console = session.console;
    return with_login(session, options.login, [&](Access& access, const Principal& by) {
        const auto decided = approve ? access.approve(by, options.id, here()) : access.refuse(by, options.id, here());
        if (!decided) return explain(console, decided.error());
        if (console.json)
            console.line(boost::json::serialize(access_json(*decided)));
        else
            console.note(
                fmt::format("{}: {} ({})", decided->id, access::code_of(decided->state), decided->order.target));
        return Exit::ok;
    });
}

Exit print_roles(const Session& session) {
    const auto& console = session.console;
    return with_access(session, [&](Access& access) {
        const auto& rules = access.rules();
        if (console.json) {
            boost::json::object out;
            for (const auto& [role, rule] : rules.roles) {
                boost::json::array actions;
                for (const auto action : rule.actions) actions.emplace_back(std::string(access::code_of(action)));
                out[access::code_of(role)] = {{"actions", std::move(actions)},
                                              {"mark", std::string(to_string(rule.reference.mark))},
                                              {"zh", rule.reference.title.zh},
                                              {"en", rule.reference.title.en}};
            }
            console.line(boost::json::serialize(out));
            return Exit::ok;
        }
        for (const auto& [role, rule] : rules.roles) {
            console.line(fmt::format(
                "{} ({})  [{}] {}", console.styled(Console::Style::bold, console.pick(access::title_of(role))),
                access::code_of(role), to_string(rule.reference.mark), console.pick(rule.reference.title)));
            for (const auto action : rule.actions)
                console.line(
                    fmt::format("  {:<22} {}", access::code_of(action), console.pick(access::title_of(action))));
        }
        return Exit::ok;
    });
}

}  // namespace

void add_access_journal_commands(CLI::App& app, Session& session) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto* group = app.add_subcommand(
        "access", help("访问：谁看了什么、双人审批、日志校验", "Access: who read what, approvals of two, the journal"));
    group->require_subcommand(1);
    const auto add_list = [&](std::string name, std::string_view zh, std::string_view en) {
        auto options = std::make_shared<JournalOptions>();
        auto* command = add_command(*group, session, std::move(name), zh, en,
                                    [&session, options] { return list_journal(session, *options); });
        command->add_option("--case", options->case_reference, help("案号或编号", "Number or id of a case"));
        command->add_option("--who", options->who, help("何人", "By whom"));
        command->add_option("--since", options->since, help("自何时", "From when"));
        command->add_option("--until", options->until, help("至何时", "Until when"));
        command->add_option("--after", options->after, help("从这一条之后", "After this entry"));
        command->add_option("--limit", options->limit, help("行数", "Rows"))
            ->capture_default_str()
            ->check(CLI::Range(1, 100000));
        return std::pair(command, options);
    };
    add_list("reads", "谁看过个人信息和案情", "Who read personal data and narrative").second->kinds = {"sealed_read",
                                                                                                       "sealed_search"};
    auto [journal, all] = add_list("journal", "访问日志全部", "The whole access journal");
    journal->add_option("--kind", all->kinds, help("种类（可多个）", "Kind; may be repeated"));
    add_command(*group, session, "requests", "双人审批的申请", "What was asked for under the rule of two",
                [&session] { return list_requests(session); });
    const auto add_decision = [&](std::string name, std::string_view zh, std::string_view en, bool approve) {
        auto options = std::make_shared<DecideOptions>();
        auto* command = add_command(*group, session, std::move(name), zh, en,
                                    [&session, options, approve] { return decide(session, *options, approve); });
        command->add_option("id", options->id, help("申请编号", "Id of the request"))->required();
        add_login_options(*command, session, options->login);
    };
    add_decision("approve", "批准别人的申请", "Approve what another asked for", true);
    add_decision("refuse", "拒绝申请，或收回自己的", "Refuse a request, or take one's own back", false);
    add_command(*group, session, "roles", "角色及其权限", "Roles and what they may",
                [&session] { return print_roles(session); });
    auto held = std::make_shared<std::vector<std::string>>();
    add_command(*group, session, "verify", "校验访问日志的链，并显示链头",
                "Check the journal's chain, and print its head",
                [&session, held] { return verify_journal(session, *held); })
        ->add_option("--head", *held,
                     help("外存的链头：日志须与之相符（可多个）",
                          "A head that was kept outside: the journal has to agree with it; may be repeated"));
    add_command(*group, session, "trim", "删除超过保存期的条目", "Remove entries older than they are kept",
                [&session] { return trim(session); });
}

}  // namespace anjie::cli
