#include <fmt/format.h>

#include <cstdlib>
#include <iterator>

#include "adapters/access/access.hpp"

// People and tokens of a data directory, for the tests of the API, which are about what they may and not about how the
// operator makes them.

namespace {

using namespace anjie;

[[noreturn]] void give_up(const std::string& why) {
    fmt::print(stderr, "{}\n", why);
    std::exit(1);
}

template <class T>
T must(Result<T> result) {
    if (!result) give_up(result.error().detail);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

template <class T>
T admitted(access::Admitted<T> answer) {
    if (!answer) {
        const auto* refusal = answer.error().refusal();
        give_up(refusal != nullptr ? refusal->message.en : answer.error().error()->detail);
    }
    if constexpr (!std::is_void_v<T>) return std::move(*answer);
}

Confidentiality clearance_of(std::string_view word) {
    return word == "restricted"     ? Confidentiality::restricted
           : word == "confidential" ? Confidentiality::confidential
                                    : Confidentiality::ordinary;
}

access::Role role_of(std::string_view word) {
    const auto role = access::parse_role(word);
    if (!role) give_up(fmt::format("{} is no role", word));
    return *role;
}

void print_journal(const access::Access& access) {
    access::JournalFilter filter;
    filter.limit = 1'000'000;
    std::string between = "[";
    for (const auto& row : must(access.journal(filter))) {
        const auto& entry = row.entry;
        fmt::print(R"({}{{"kind":"{}","who":"{}","purpose":"{}","case_id":"{}","outcome":"{}","action":"{}",)"
                   R"("organisation":"{}","subject":"{}","count":{}}})",
                   between, access::code_of(entry.kind), entry.who, entry.purpose,
                   entry.case_id ? to_string(*entry.case_id) : "", entry.outcome, entry.action, entry.organisation,
                   entry.subject, entry.count);
        between = ",";
    }
    fmt::print("{}]\n", between == "[" ? "[" : "");
}

}  // namespace

/// people DIRECTORY ADMIN-PASSWORD VERB ...: user NAME ROLE ORGANISATION CLEARANCE PASSWORD; token NAME ORGANISATION
/// SCOPE...; revoke ID; role NAME ROLE; disable NAME; journal.
int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() < 3) give_up("people DIRECTORY ADMIN-PASSWORD VERB ...");
    const SystemClock clock;
    const auto access = must(access::Access::open(words[0], clock));
    const access::Client client{"local", "test"};
    const auto& verb = words[2];
    if (verb == "journal") {
        print_journal(*access);
        return 0;
    }
    auto by = access->local("operator");
    if (must(access->has_users())) by = admitted(access->check_password("admin", words[1], client));
    if (verb == "user") {
        const access::NewUser user{.name = words.at(3),
                                   .display_name = words.at(3),
                                   .roles = {role_of(words.at(4))},
                                   .organisations = {words.at(5)},
                                   .clearance = clearance_of(words.at(6))};
        admitted(access->add_user(by, user, words.at(7), client));
    } else if (verb == "token") {
        access::NewToken token{.name = words.at(3),
                               .scopes = {},
                               .organisations = {words.at(4)},
                               .clearance = Confidentiality::restricted,
                               .valid = std::chrono::days{30}};
        for (std::size_t i = 5; i < words.size(); ++i) token.scopes.push_back(*access::parse_action(words[i]));
        const auto issued = admitted(access->add_token(by, token, client));
        fmt::print(R"({{"id":"{}","secret":"{}"}})", issued.id, issued.secret);
    } else if (verb == "revoke") {
        admitted(access->revoke_token(by, words.at(3), client));
    } else if (verb == "role" || verb == "disable") {
        access::UserChange change;
        if (verb == "role")
            change.roles = std::vector{role_of(words.at(4))};
        else
            change.disabled = true;
        admitted(access->change_user(by, words.at(3), change, client));
    } else {
        give_up(verb + ": unknown");
    }
    return 0;
}
