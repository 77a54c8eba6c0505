#include <fmt/format.h>

#include <algorithm>

#include "adapters/cli/access_text.hpp"
#include "adapters/cli/login.hpp"

/// People and tokens: anjie user, anjie token.
namespace anjie::cli {

void add_access_journal_commands(CLI::App& app, Session& session);

namespace {

using access::Access;
using access::Principal;

/// What is given as words; read when the command runs, so that a wrong one is explained.
struct Rights {
    std::vector<std::string> roles, scopes, organisations;
    std::string clearance;
};

template <class E>
Result<std::vector<E>> codes_in(const std::vector<std::string>& words, std::string_view option,
                                std::optional<E> (*parse)(std::string_view)) {
    std::vector<E> codes;
    for (const auto& word : words) {
        const auto code = parse(word);
        if (!code)
            return failure(ErrorCode::invalid,
                           fmt::format("{}: there is no \"{}\"; see anjie access roles / 没有这一项", option, word));
        if (std::ranges::find(codes, *code) == codes.end()) codes.push_back(*code);
    }
    return codes;
}

Result<Confidentiality> clearance_in(const std::string& word) {
    for (const auto level : {Confidentiality::ordinary, Confidentiality::confidential, Confidentiality::restricted})
        if (word == access::code_of(level)) return level;
    return failure(ErrorCode::invalid,
                   fmt::format("--clearance: \"{}\" is none of ordinary confidential restricted / 没有这个密级", word));
}

template <class T>
Exit say(const Console& console, const access::Admitted<T>& done, std::string_view zh, std::string_view en) {
    if (!done) return explain(console, done.error());
    console.note(console.pick(zh, en));
    return Exit::ok;
}

/// A secret that is told once: alone on stdout, so that a script can take it.
Exit tell(const Console& console, const access::Admitted<access::IssuedToken>& issued) {
    if (!issued) return explain(console, issued.error());
    if (console.json) {
        console.line(boost::json::serialize(access_json(*issued)));
        return Exit::ok;
    }
    console.line(issued->secret);
    console.note(
        fmt::format(fmt::runtime(console.pick("{}，有效至 {}。只显示这一次。", "{}, until {}. Shown this once.")),
                    issued->id, to_string(issued->expires)));
    return Exit::ok;
}

struct UserOptions {
    Login login;
    Rights rights;
    access::NewUser user;
    std::filesystem::path new_password_file;
    std::string display_name;
};

Exit add_user(const Session& session, UserOptions options) {
    const auto& console = session.console;
    return with_login(session, options.login, [&](Access& access, const Principal& by) {
        const auto roles = codes_in<access::Role>(options.rights.roles, "--role", access::parse_role);
        if (!roles) return console.fail(roles.error());
        const auto clearance = clearance_in(options.rights.clearance);
        if (!clearance) return console.fail(clearance.error());
        options.user.roles = *roles;
        options.user.organisations = options.rights.organisations;
        options.user.clearance = *clearance;
        const auto password = read_new_password(console, options.new_password_file);
        if (!password) return console.fail(password.error());
        return say(console, access.add_user(by, options.user, *password, here()), "已建立用户", "The user is there");
    });
}

Exit change_user(const Session& session, const UserOptions& options) {
    const auto& console = session.console;
    return with_login(session, options.login, [&](Access& access, const Principal& by) {
        access::UserChange change;
        if (!options.rights.roles.empty()) {
            auto roles = codes_in<access::Role>(options.rights.roles, "--role", access::parse_role);
            if (!roles) return console.fail(roles.error());
            change.roles = std::move(*roles);
        }
        if (!options.rights.organisations.empty()) change.organisations = options.rights.organisations;
        if (!options.rights.clearance.empty()) {
            const auto clearance = clearance_in(options.rights.clearance);
            if (!clearance) return console.fail(clearance.error());
            change.clearance = *clearance;
        }
        if (!options.display_name.empty()) change.display_name = options.display_name;
        return say(console, access.change_user(by, options.user.name, change, here()), "已更改，立即生效",
                   "Changed; it holds from now on");
    });
}

Exit disable(const Session& session, const UserOptions& options, bool disabled) {
    return with_login(session, options.login, [&](Access& access, const Principal& by) {
        access::UserChange change;
        change.disabled = disabled;
        return say(session.console, access.change_user(by, options.user.name, change, here()), "已更改，立即生效",
                   "Changed; it holds from now on");
    });
}

Exit set_password(const Session& session, const UserOptions& options) {
    const auto& console = session.console;
    return with_login(session, options.login, [&](Access& access, const Principal& by) {
        const auto password = read_new_password(console, options.new_password_file);
        if (!password) return console.fail(password.error());
        return say(console, access.set_password(by, options.user.name, *password, here()), "密码已更改，其登录全部结束",
                   "The password is changed; all sessions of the user have ended");
    });
}

struct TokenOptions {
    Login login;
    Rights rights;
    access::NewToken token;
    std::string id;
    int days{90};
    int overlap_hours{24};
};

Exit add_token(const Session& session, TokenOptions options) {
    const auto& console = session.console;
    return with_login(session, options.login, [&](Access& access, const Principal& by) {
        const auto scopes = codes_in<access::Action>(options.rights.scopes, "--scope", access::parse_action);
        if (!scopes) return console.fail(scopes.error());
        const auto clearance = clearance_in(options.rights.clearance);
        if (!clearance) return console.fail(clearance.error());
        options.token.scopes = *scopes;
        options.token.organisations = options.rights.organisations;
        options.token.clearance = *clearance;
        options.token.valid = std::chrono::days{options.days};
        return tell(console, access.add_token(by, options.token, here()));
    });
}

using Help = std::function<std::string(std::string_view, std::string_view)>;

void add_user_commands(CLI::App& app, Session& session, const Help& help) {
    auto* group = app.add_subcommand(
        "user", help("用户：建立、列出、角色、停用、密码", "Users: add, list, role, disable, password"));
    group->require_subcommand(1);
    add_command(*group, session, "list", "列出用户", "List them", [&session] {
        return with_access(session, [&](Access& access) { return show_rows(session.console, access.users()); });
    });
    const auto named = [&](std::string name, std::string_view zh, std::string_view en, auto run) {
        auto options = std::make_shared<UserOptions>();
        auto* command = add_command(*group, session, std::move(name), zh, en,
                                    [&session, options, run] { return run(session, *options); });
        command->add_option("name", options->user.name, help("用户名", "Login name"))->required();
        add_login_options(*command, session, options->login);
        return std::pair(command, options);
    };
    const auto with_rights = [&](CLI::App& command, Rights& rights, bool needed) {
        auto* role = command.add_option(
            "--role", rights.roles,
            help("角色（可多个），见 anjie access roles", "Role; may be repeated; see anjie access roles"));
        auto* organisation = command.add_option(
            "--org", rights.organisations,
            help("管辖的机构代码（含下级，可多个）", "Organisation in charge of, with all below it; may be repeated"));
        command.add_option("--clearance", rights.clearance,
                           help("可看的最高密级：ordinary confidential restricted",
                                "Up to which level: ordinary confidential restricted"));
        if (needed) role->required(), organisation->required();
    };
    const auto new_password = [&](CLI::App& command, std::filesystem::path& file) {
        command.add_option("--new-password-file", file,
                           help("新密码所在文件（默认从终端或标准输入读取）",
                                "A file whose first line is the new password (default: from the terminal or stdin)"));
    };
    auto [add, added] =
        named("add", "建立用户；第一个是系统管理员", "Add a user; the first one is the administrator", add_user);
    added->rights.clearance = "ordinary";
    with_rights(*add, added->rights, true);
    add->add_option("--name", added->user.display_name, help("姓名", "Name for people"));
    new_password(*add, added->new_password_file);
    auto [role, changed] = named("role", "更改角色、机构、密级", "Change roles, organisations, clearance", change_user);
    with_rights(*role, changed->rights, false);
    role->add_option("--name", changed->display_name, help("姓名", "Name for people"));
    named("disable", "停用，其登录立即结束", "Disable; all sessions end at once",
          [](const Session& s, const UserOptions& o) { return disable(s, o, true); });
    named("enable", "恢复停用的用户", "Let a disabled user in again",
          [](const Session& s, const UserOptions& o) { return disable(s, o, false); });
    auto [password, set] = named(
        "password", "更改密码；不登录时为操作员代为恢复，记入日志",
        "Change a password; without --user the operator helps whoever is locked out, on the record", set_password);
    new_password(*password, set->new_password_file);
}

void add_token_commands(CLI::App& app, Session& session, const Help& help) {
    auto* group = app.add_subcommand(
        "token", help("接口令牌：建立、列出、轮换、撤销", "Tokens of machines: add, list, rotate, revoke"));
    group->require_subcommand(1);
    add_command(*group, session, "list", "列出令牌（不含密文）", "List them (not their secrets)", [&session] {
        return with_access(session, [&](Access& access) { return show_rows(session.console, access.tokens()); });
    });
    auto added = std::make_shared<TokenOptions>();
    added->rights.clearance = "ordinary";
    auto* add = add_command(*group, session, "add", "建立令牌，只显示一次", "Make a token; it is shown once",
                            [&session, added] { return add_token(session, *added); });
    add->add_option("name", added->token.name, help("名称：谁用、做什么", "Name: whose and what for"))->required();
    add->add_option("--scope", added->rights.scopes,
                    help("用途（可多个），见 anjie access roles",
                         "What it is good for; may be repeated; see anjie access roles"))
        ->required();
    add->add_option("--org", added->rights.organisations,
                    help("机构代码（含下级，可多个）", "Organisation with all below it; may be repeated"))
        ->required();
    add->add_option("--clearance", added->rights.clearance, help("可看的最高密级", "Up to which level"))
        ->capture_default_str();
    add->add_option("--days", added->days, help("有效天数", "Days it holds"))
        ->capture_default_str()
        ->check(CLI::Range(1, 3660));
    add_login_options(*add, session, added->login);

    auto rotated = std::make_shared<TokenOptions>();
    auto* rotate = add_command(
        *group, session, "rotate", "换新；旧的再用一段时间", "A new secret; the old one holds a while longer",
        [&session, rotated] {
            return with_login(session, rotated->login, [&](Access& access, const Principal& by) {
                return tell(session.console,
                            access.rotate_token(by, rotated->id, std::chrono::hours{rotated->overlap_hours}, here()));
            });
        });
    rotate->add_option("id", rotated->id, help("令牌编号", "Id of the token"))->required();
    rotate
        ->add_option("--overlap-hours", rotated->overlap_hours,
                     help("旧令牌还能用几小时", "Hours the old one still holds"))
        ->capture_default_str()
        ->check(CLI::Range(0, 720));
    add_login_options(*rotate, session, rotated->login);

    auto revoked = std::make_shared<TokenOptions>();
    auto* revoke = add_command(
        *group, session, "revoke", "撤销令牌或秘密地址", "Revoke a token or a secret address", [&session, revoked] {
            return with_login(session, revoked->login, [&](Access& access, const Principal& by) {
                return say(session.console, access.revoke_token(by, revoked->id, here()), "已撤销", "Revoked");
            });
        });
    revoke->add_option("id", revoked->id, help("令牌编号", "Id of the token"))->required();
    add_login_options(*revoke, session, revoked->login);

    auto addressed = std::make_shared<TokenOptions>();
    auto* address =
        add_command(*group, session, "address", "本人日程的秘密地址", "A secret address of one's own calendar",
                    [&session, addressed] {
                        return with_login(session, addressed->login, [&](Access& access, const Principal& by) {
                            return tell(session.console, access.add_address(by, here()));
                        });
                    });
    add_login_options(*address, session, addressed->login);
}

}  // namespace

void add_access_commands(CLI::App& app, Session& session) {
    const Help help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    add_user_commands(app, session, help);
    add_token_commands(app, session, help);
    add_access_journal_commands(app, session);
}

}  // namespace anjie::cli
