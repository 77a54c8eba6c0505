#include "adapters/cli/two_persons.hpp"

#include <fmt/format.h>

#include "adapters/cli/access_text.hpp"

namespace anjie::cli {
namespace {

Exit ask(const Session& session, access::Access& access, const access::Principal& by,
         const access::TwoPersonOrder& order) {
    const auto& console = session.console;
    const auto asked = access.request(by, order, here());
    if (!asked) return explain(console, asked.error());
    if (console.json)
        console.line(boost::json::serialize(access_json(*asked)));
    else
        console.note(fmt::format(
            fmt::runtime(console.pick("还没有执行：须由另一人批准（anjie access approve {0} --user 用户），"
                                      "然后再执行一次并加 --request {0}",
                                      "Nothing is done yet: another person has to approve it (anjie access approve {0} "
                                      "--user NAME); then give this command again with --request {0}")),
            asked->id));
    return Exit::ok;
}

}  // namespace

void add_two_person_options(CLI::App& command, const Session& session, TwoPersonOptions& options) {
    add_login_options(command, session, options.login);
    command.add_option("--request", options.request,
                       std::string(session.console.pick("已由另一人批准的申请编号（有用户时必需）",
                                                        "Id of the request that another person approved; needed where "
                                                        "there are users")));
}

GoAhead one_person(const Session& session, access::Access& access, const Login& login, access::Action action,
                   const access::CaseScope& scope, std::optional<CaseId> about) {
    const auto& console = session.console;
    const auto users = access.has_users();
    if (!users) return {.exit = console.fail(users.error())};
    if (!*users) return {.now = true, .by = access.local(session.actor)};
    if (login.user.empty()) return {.exit = explain(console, access::refusal(access::RefusalCode::login_required))};
    const auto who = authenticate(session, access, login);
    if (!who) return {.exit = explain(console, who.error())};
    if (const auto may = access.authorise(*who, action, scope, here(), about); !may)
        return {.exit = explain(console, may.error())};
    return {.now = true, .by = *who};
}

GoAhead two_persons(const Session& session, access::Access& access, const TwoPersonOptions& options,
                    const access::TwoPersonOrder& order) {
    const auto& console = session.console;
    const auto users = access.has_users();
    if (!users) return {.exit = console.fail(users.error())};
    if (!*users) return {.now = true, .by = access.local(session.actor)};
    if (options.login.user.empty())
        return {.exit = explain(console, access::refusal(access::RefusalCode::login_required))};
    const auto who = authenticate(session, access, options.login);
    if (!who) return {.exit = explain(console, who.error())};
    return two_persons_as(session, access, *who, options.request, order);
}

GoAhead two_persons_as(const Session& session, access::Access& access, const access::Principal& by,
                       const std::string& request, const access::TwoPersonOrder& order) {
    if (request.empty()) return {.exit = ask(session, access, by, order)};
    const auto taken = access.carry_out(by, request, order, here());
    if (!taken) return {.exit = explain(session.console, taken.error())};
    return {.now = true, .by = by, .taken = true};
}

}  // namespace anjie::cli
