#include "adapters/cli/login.hpp"

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <fstream>
#include <iostream>

#include "engine/clock.hpp"

namespace anjie::cli {
namespace {

/// What is typed is not shown while this lives.
class Unseen {
public:
    Unseen() : changed_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
        if (!changed_) return;
        auto unseen = before_;
        unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen) == 0;
    }
    ~Unseen() {
        if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;

private:
    termios before_{};
    bool changed_;
};

Result<std::string> line_of(std::istream& in) {
    std::string line;
    if (!std::getline(in, line)) return failure(ErrorCode::invalid, "no password was given / 没有给出密码");
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

}  // namespace

void add_login_options(CLI::App& command, const Session& session, Login& login) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    command.add_option("--user", login.user,
                       help("以哪个用户办理（密码另行询问）", "As which user; the password is asked for"));
    command.add_option("--password-file", login.password_file,
                       help("密码所在文件的第一行（默认从终端或标准输入读取）",
                            "A file whose first line is the password (default: from the terminal or stdin)"));
}

Result<std::string> read_password(const Console& console, std::string_view prompt, const std::filesystem::path& file) {
    if (!file.empty()) {
        std::ifstream in(file);
        if (!in) return failure(ErrorCode::not_found, fmt::format("{}: cannot be read / 读不了", file.string()));
        return line_of(in);
    }
    if (::isatty(STDIN_FILENO) == 0) return line_of(std::cin);
    // Unseen before it is asked for: whoever types at once is not shown, and loses nothing.
    const Unseen unseen;
    console.note(prompt);
    return line_of(std::cin);
}

Result<std::string> read_new_password(const Console& console, const std::filesystem::path& file) {
    ANJIE_TRY(auto first, read_password(console, console.pick("新密码：", "New password:"), file));
    if (!file.empty() || ::isatty(STDIN_FILENO) == 0) return first;
    ANJIE_TRY(const auto again, read_password(console, console.pick("再输一次：", "Again:"), file));
    if (again != first) return failure(ErrorCode::invalid, "the two differ / 两次不一致");
    return first;
}

access::Client here() { return {"local", "anjie"}; }

access::Admitted<access::Principal> authenticate(const Session& session, access::Access& access, const Login& login) {
    if (login.user.empty()) return access.local(session.actor);
    const auto prompt = fmt::format(fmt::runtime(session.console.pick("{} 的密码：", "Password of {}:")), login.user);
    ANJIE_TRY(const auto password, read_password(session.console, prompt, login.password_file));
    return access.check_password(login.user, password, here());
}

Exit with_access(const Session& session, const std::function<Exit(access::Access&)>& work) {
    std::error_code failed;
    if (!std::filesystem::exists(session.data / "anjie.json", failed))
        return session.console.fail(
            {ErrorCode::not_found,
             fmt::format("{} is not a data directory: run anjie init / 不是数据目录，请先 anjie init",
                         session.data.string())});
    const SystemClock clock;
    const auto access = access::Access::open(session.data, clock);
    if (!access) return session.console.fail(access.error());
    return work(**access);
}

Exit with_login(const Session& session, const Login& login,
                const std::function<Exit(access::Access&, const access::Principal&)>& work) {
    return with_access(session, [&](access::Access& access) {
        const auto who = authenticate(session, access, login);
        if (!who) return explain(session.console, who.error());
        return work(access, *who);
    });
}

Exit explain(const Console& console, const access::NotAdmitted& why) {
    if (const auto* error = why.error()) return console.fail(*error);
    const auto& refusal = *why.refusal();
    console.error(fmt::format("{} [{}]", console.pick(refusal.message), access::code_of(refusal.code)));
    if (refusal.retry_after)
        console.note(fmt::format(fmt::runtime(console.pick("{} 秒后再试", "try again in {} seconds")),
                                 refusal.retry_after->count()));
    return Exit::conflict;
}

}  // namespace anjie::cli
