#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/adapters/access/fixture.hpp"

namespace anjie::access {
namespace {

using std::chrono::minutes;

/// Every byte of the data directory.
std::string all_bytes(const std::filesystem::path& directory) {
    std::string bytes;
    for (const auto& file : std::filesystem::recursive_directory_iterator(directory)) {
        std::ifstream in(file.path(), std::ios::binary);
        bytes.append(std::istreambuf_iterator<char>(in), {});
    }
    return bytes;
}

TEST_CASE("Before there is a user nobody logs in, and the first user is an administrator") {
    Office office;
    CHECK(office.access().has_users() == Result<bool>{false});
    CHECK(word(office.access().log_in("admin", good_password, office.client())) == "wrong_credentials");
    const NewUser clerk{
        .name = "pema", .display_name = "P", .roles = {Role::registrar}, .organisations = {"540629-102"}};
    CHECK(word(office.access().add_user(office.access().local("root"), clerk, good_password, office.client())) ==
          "error: invalid");
    static_cast<void>(office.administrator());
    CHECK(office.access().has_users() == Result<bool>{true});
    // From here on the operator's word alone does not do.
    CHECK(word(office.access().add_user(office.access().local("root"), clerk, good_password, office.client())) ==
          "login_required");
    CHECK(word(office.access().add_user(office.administrator(), clerk, good_password, office.client())) == "ok");
    CHECK(word(office.access().add_user(office.administrator(), clerk, good_password, office.client())) ==
          "error: conflict");
}

TEST_CASE("The setup secret makes the first administrator, once") {
    Office office;
    const NewUser admin{.name = "admin", .display_name = "", .roles = {Role::administrator}, .organisations = {"CN"}};
    CHECK(word(office.access().set_up("", admin, good_password, office.client())) == "wrong_setup_secret");
    const auto first = office.access().new_setup_secret();
    const auto second = office.access().new_setup_secret();
    REQUIRE(second);
    CHECK(word(office.access().set_up(*first, admin, good_password, office.client())) == "wrong_setup_secret");
    CHECK(all_bytes(office.directory()).find(*second) == std::string::npos);
    CHECK(word(office.access().set_up(*second, admin, good_password, office.client())) == "ok");
    auto another = admin;
    another.name = "admin2";
    CHECK(word(office.access().set_up(*second, another, good_password, office.client())) == "wrong_setup_secret");
    CHECK(office.access().new_setup_secret().error().code == ErrorCode::conflict);
}

TEST_CASE("A login gives a session whose rights are those of now; neither cookie nor password is on the disk") {
    Office office;
    office.add("pema", {Role::registrar});
    const auto session = office.access().log_in("pema", good_password, office.client());
    REQUIRE(word(session) == "ok");
    CHECK(session->cookie.size() >= 52);  // 256 bits as base32.
    const auto bytes = all_bytes(office.directory());
    CHECK(bytes.find(session->cookie) == std::string::npos);
    CHECK(bytes.find(std::string(good_password)) == std::string::npos);
    auto who = office.access().session_of(session->cookie);
    REQUIRE(word(who) == "ok");
    CHECK(who->id == "pema");
    CHECK(who->roles == std::vector{Role::registrar});
    CHECK(word(office.access().change_user(office.administrator(), "pema", {.roles = {{Role::statistician}}},
                                           office.client())) == "ok");
    office.reopen();  // Another program, or the next start.
    who = office.access().session_of(session->cookie);
    REQUIRE(word(who) == "ok");
    CHECK(who->roles == std::vector{Role::statistician});
    CHECK(word(office.access().session_of(session->cookie + "a")) == "session_ended");
    CHECK(word(office.access().session_of("")) == "session_ended");
    REQUIRE(office.access().log_out(session->cookie, office.client()));
    CHECK(word(office.access().session_of(session->cookie)) == "session_ended");
}

TEST_CASE("A session ends by idling, by age however busy, by a new password and by disabling") {
    Office office;
    office.add("pema", {Role::registrar});
    const auto start = [&] {
        const auto session = office.access().log_in("pema", good_password, office.client());
        REQUIRE(word(session) == "ok");
        return session->cookie;
    };
    auto cookie = start();
    office.clock().advance(minutes{29});
    CHECK(word(office.access().session_of(cookie)) == "ok");
    office.clock().advance(minutes{29});
    CHECK(word(office.access().session_of(cookie)) == "ok");
    office.clock().advance(minutes{30});
    CHECK(word(office.access().session_of(cookie)) == "session_ended");

    cookie = start();
    for (int i = 0; i < 35; ++i) {
        office.clock().advance(minutes{20});
        CHECK(word(office.access().session_of(cookie)) == "ok");
    }
    office.clock().advance(minutes{20});  // 720 minutes since the login.
    CHECK(word(office.access().session_of(cookie)) == "session_ended");

    cookie = start();
    CHECK(word(office.access().set_password(office.administrator(), "pema", "another-good-one-7", office.client())) ==
          "ok");
    CHECK(word(office.access().session_of(cookie)) == "session_ended");
    CHECK(word(office.access().log_in("pema", good_password, office.client())) == "wrong_credentials");
    const auto anew = office.access().log_in("pema", "another-good-one-7", office.client());
    REQUIRE(word(anew) == "ok");
    CHECK(word(office.access().change_user(office.administrator(), "pema", {.disabled = true}, office.client())) ==
          "ok");
    CHECK(word(office.access().session_of(anew->cookie)) == "session_ended");
    CHECK(word(office.access().log_in("pema", "another-good-one-7", office.client())) == "wrong_credentials");
}

TEST_CASE("Logins are recorded, failures without the name nobody has, and too many are not even tried") {
    Office office;
    office.add("pema", {Role::registrar});
    const Client client{"10.7.7.7", ""};
    CHECK(word(office.access().log_in("pema", "wrong-password-1", client)) == "wrong_credentials");
    CHECK(word(office.access().log_in("grassland-12-fence", "pema", client)) == "wrong_credentials");
    CHECK(word(office.access().log_in("pema", good_password, client)) == "ok");
    const auto failures = office.access().journal({.kinds = {JournalKind::login_failure}});
    REQUIRE(failures);
    REQUIRE(failures->size() == 2);
    CHECK(failures->at(0).entry.who == "pema");
    CHECK(failures->at(0).entry.client == "10.7.7.7");
    CHECK(failures->at(1).entry.who == "?");
    CHECK(office.access().journal({.kinds = {JournalKind::login}, .who = "pema"})->size() == 1);
    // Ten at once from one address, three of them used; then one in ten seconds. The right password does not help.
    for (int i = 0; i < 7; ++i)
        CHECK(word(office.access().log_in("x" + std::to_string(i), "y", client)) == "wrong_credentials");
    const auto late = office.access().log_in("pema", good_password, client);
    REQUIRE(word(late) == "too_many_attempts");
    CHECK(late.error().refusal()->retry_after == std::chrono::seconds{10});
    CHECK(word(office.access().log_in("pema", good_password, office.client())) == "ok");  // From elsewhere.
    office.clock().advance(std::chrono::seconds{10});
    CHECK(word(office.access().log_in("pema", good_password, client)) == "ok");
}

TEST_CASE("One name tried from many addresses is slowed down all the same") {
    Office office;
    office.add("pema", {Role::registrar});
    for (int i = 0; i < 10; ++i)
        CHECK(word(office.access().log_in("pema", "no", office.client())) == "wrong_credentials");
    CHECK(word(office.access().log_in("pema", good_password, office.client())) == "too_many_attempts");
}

TEST_CASE("What people may be is checked: names, incompatible roles, organisations, the last administrator") {
    Office office;
    const auto admin = office.administrator();
    const auto tried = [&](NewUser user) {
        return word(office.access().add_user(admin, user, good_password, office.client()));
    };
    const NewUser fine{
        .name = "dolma", .display_name = "", .roles = {Role::registrar, Role::statistician}, .organisations = {"54"}};
    const auto with = [&](auto change) {
        auto user = fine;
        change(user);
        return tried(user);
    };
    CHECK(with([](NewUser& user) { user.name = "Dolma"; }) == "error: invalid");
    CHECK(with([](NewUser& user) { user.name = ""; }) == "error: invalid");
    CHECK(with([](NewUser& user) { user.name = "a b"; }) == "error: invalid");
    CHECK(with([](NewUser& user) { user.roles = {}; }) == "error: invalid");
    CHECK(with([](NewUser& user) { user.roles = {Role::machine}; }) == "error: invalid");
    CHECK(with([](NewUser& user) { user.roles = {Role::administrator, Role::mediator}; }) == "error: invalid");
    CHECK(with([](NewUser& user) { user.roles = {Role::auditor, Role::head}; }) == "error: invalid");
    CHECK(with([](NewUser& user) { user.organisations = {}; }) == "error: invalid");
    CHECK(with([](NewUser& user) { user.organisations = {"54\n55"}; }) == "error: invalid");
    CHECK(with([](NewUser& user) { user.display_name = "a\nb"; }) == "error: invalid");
    CHECK(word(office.access().add_user(admin, fine, "short", office.client())) == "error: invalid");
    CHECK(tried(fine) == "ok");
    CHECK(word(office.access().change_user(admin, "nobody", {.disabled = true}, office.client())) ==
          "error: not_found");
    // Nobody changes his own rights; the last administrator stays.
    CHECK(word(office.access().change_user(admin, "admin", {.organisations = {{"CN", "54"}}}, office.client())) ==
          "own_request");
    const auto second = office.add("admin2", {Role::administrator}, {"CN"});
    CHECK(word(office.access().change_user(second, "admin", {.disabled = true}, office.client())) == "ok");
    CHECK(word(office.access().change_user(office.access().local("root"), "admin2", {.disabled = true},
                                           office.client())) == "login_required");
}

TEST_CASE("An administrator manages people of his own area only, and others manage nobody") {
    Office office;
    static_cast<void>(office.administrator());
    const auto local = office.add("county", {Role::administrator}, {"540629"});
    office.add("far", {Role::registrar}, {"540630-1"});
    office.add("near", {Role::registrar}, {"540629-102"});
    const auto mediator = office.add("pema", {Role::mediator});
    const NewUser near{.name = "n2", .display_name = "", .roles = {Role::registrar}, .organisations = {"540629-7"}};
    auto far = near;
    far.organisations = {"540629-7", "540630-1"};
    CHECK(word(office.access().add_user(local, far, good_password, office.client())) == "outside_organisation");
    CHECK(word(office.access().add_user(local, near, good_password, office.client())) == "ok");
    CHECK(word(office.access().change_user(local, "far", {.disabled = true}, office.client())) ==
          "outside_organisation");
    CHECK(word(office.access().set_password(local, "far", good_password, office.client())) == "outside_organisation");
    CHECK(word(office.access().change_user(local, "near", {.organisations = {{"54"}}}, office.client())) ==
          "outside_organisation");
    CHECK(word(office.access().change_user(mediator, "near", {.disabled = true}, office.client())) ==
          "role_lacks_action");
    CHECK(word(office.access().set_password(mediator, "near", good_password, office.client())) == "role_lacks_action");
    CHECK(word(office.access().set_password(mediator, "pema", "my-own-new-words", office.client())) == "ok");
    CHECK(word(office.access().end_sessions(mediator, "near", office.client())) == "role_lacks_action");
    CHECK(word(office.access().end_sessions(mediator, "pema", office.client())) == "ok");
    // Each refusal is on the record.
    CHECK(office.access().journal({.kinds = {JournalKind::refusal}})->size() == 7);
}

TEST_CASE("The operator helps whoever is locked out, and that is on the record") {
    Office office;
    static_cast<void>(office.administrator());
    CHECK(word(office.access().set_password(office.access().local("root"), "admin", "recovered-words-9",
                                            office.client())) == "ok");
    CHECK(word(office.access().log_in("admin", "recovered-words-9", office.client())) == "ok");
    const auto rows = office.access().journal({.kinds = {JournalKind::rights_change}, .who = "root"});
    REQUIRE(rows);
    CHECK(rows->back().entry.action == "password_recovered");
    CHECK(rows->back().entry.roles == "local");
}

TEST_CASE("A token opens what it names until it expires or is revoked, and is kept as a hash") {
    Office office;
    const auto admin = office.administrator();
    const NewToken wanted{.name = "governance centre",
                          .scopes = {Action::read_feed, Action::list_cases},
                          .organisations = {"540629"},
                          .clearance = Confidentiality::ordinary,
                          .valid = std::chrono::days{10}};
    const auto issued = office.access().add_token(admin, wanted, office.client());
    REQUIRE(word(issued) == "ok");
    CHECK(issued->secret.starts_with("anjie_"));
    CHECK(all_bytes(office.directory()).find(issued->secret.substr(6)) == std::string::npos);
    const auto who = office.access().token_of(issued->secret);
    REQUIRE(word(who) == "ok");
    CHECK(who->kind == Principal::Kind::token);
    CHECK(who->id == issued->id);
    CHECK(word(office.access().judge(*who, Action::read_feed, {"540629-3"})) == "ok");
    CHECK(word(office.access().judge(*who, Action::read_sealed, {"540629-3"})) == "token_lacks_scope");
    CHECK(word(office.access().judge(*who, Action::read_feed, {"540630"})) == "outside_organisation");
    CHECK(word(office.access().token_of("anjie_nonsense")) == "token_invalid");
    CHECK(word(office.access().address_of(issued->secret)) == "token_invalid");
    CHECK(word(office.access().session_of(issued->secret)) == "session_ended");
    office.clock().advance(std::chrono::days{10});
    CHECK(word(office.access().token_of(issued->secret)) == "token_invalid");
    const auto another = office.access().add_token(admin, wanted, office.client());
    REQUIRE(word(another) == "ok");
    CHECK(word(office.access().revoke_token(admin, another->id, office.client())) == "ok");
    CHECK(word(office.access().token_of(another->secret)) == "token_invalid");
    CHECK(word(office.access().revoke_token(admin, "tok-none", office.client())) == "error: not_found");
}

TEST_CASE("A rotated token overlaps with the new one for as long as said, and not beyond its own end") {
    Office office;
    const auto admin = office.administrator();
    const auto old = office.access().add_token(
        admin, {.name = "t", .scopes = {Action::read_feed}, .organisations = {"54"}, .valid = std::chrono::days{30}},
        office.client());
    REQUIRE(word(old) == "ok");
    office.clock().advance(std::chrono::days{20});
    const auto anew = office.access().rotate_token(admin, old->id, std::chrono::hours{24}, office.client());
    REQUIRE(word(anew) == "ok");
    CHECK(word(office.access().token_of(old->secret)) == "ok");
    CHECK(word(office.access().token_of(anew->secret)) == "ok");
    CHECK(office.access().token_of(anew->secret)->only == std::vector{Action::read_feed});
    office.clock().advance(std::chrono::hours{24});
    CHECK(word(office.access().token_of(old->secret)) == "token_invalid");
    CHECK(word(office.access().token_of(anew->secret)) == "ok");
    CHECK(word(office.access().rotate_token(admin, old->id, std::chrono::hours{1}, office.client())) ==
          "error: conflict");
}

TEST_CASE("Tokens name allowed scopes, organisations within the giver's area, and an end") {
    Office office;
    static_cast<void>(office.administrator());
    const auto county = office.add("county", {Role::administrator}, {"540629"});
    const auto mediator = office.add("pema", {Role::mediator});
    const NewToken fine{.name = "t", .scopes = {Action::read_feed}, .organisations = {"540629-1"}};
    const auto with = [&](auto change) {
        auto token = fine;
        change(token);
        return word(office.access().add_token(county, token, office.client()));
    };
    CHECK(with([](NewToken&) {}) == "ok");
    CHECK(with([](NewToken& token) { token.name = ""; }) == "error: invalid");
    CHECK(with([](NewToken& token) { token.scopes = {}; }) == "error: invalid");
    CHECK(with([](NewToken& token) { token.scopes = {Action::manage_users}; }) == "error: invalid");
    CHECK(with([](NewToken& token) { token.scopes = {Action::approve_erasure}; }) == "error: invalid");
    CHECK(with([](NewToken& token) { token.organisations = {}; }) == "error: invalid");
    CHECK(with([](NewToken& token) { token.organisations = {"54"}; }) == "outside_organisation");
    CHECK(with([](NewToken& token) { token.valid = std::chrono::days{0}; }) == "error: invalid");
    CHECK(with([](NewToken& token) { token.valid = std::chrono::days{4000}; }) == "error: invalid");
    CHECK(word(office.access().add_token(mediator, fine, office.client())) == "role_lacks_action");
}

TEST_CASE("A secret address shows its owner's calendar alone, with the rights of now, until either is withdrawn") {
    Office office;
    const auto admin = office.administrator();
    const auto pema = office.add("pema", {Role::mediator});
    const auto dolma = office.add("dolma", {Role::mediator});
    CHECK(word(office.access().add_address(admin, office.client())) == "role_lacks_action");
    const auto address = office.access().add_address(pema, office.client());
    REQUIRE(word(address) == "ok");
    CHECK(all_bytes(office.directory()).find(address->secret) == std::string::npos);
    const auto who = office.access().address_of(address->secret);
    REQUIRE(word(who) == "ok");
    CHECK(who->kind == Principal::Kind::address);
    CHECK(who->id == "pema");
    for (const auto action : all_actions()) {
        CAPTURE(code_of(action));
        CHECK(word(office.access().judge(*who, action, {"540629-102"})) ==
              (action == Action::read_calendar ? "ok" : "token_lacks_scope"));
    }
    CHECK(word(office.access().token_of(address->secret)) == "token_invalid");
    CHECK(word(office.access().revoke_token(dolma, address->id, office.client())) == "role_lacks_action");
    CHECK(word(office.access().change_user(admin, "pema", {.organisations = {{"540629-103"}}}, office.client())) ==
          "ok");
    CHECK(office.access().address_of(address->secret)->organisations == std::vector<std::string>{"540629-103"});
    CHECK(word(office.access().change_user(admin, "pema", {.disabled = true}, office.client())) == "ok");
    CHECK(word(office.access().address_of(address->secret)) == "token_invalid");
    CHECK(word(office.access().change_user(admin, "pema", {.disabled = false}, office.client())) == "ok");
    CHECK(word(office.access().address_of(address->secret)) == "ok");
    CHECK(word(office.access().revoke_token(pema, address->id, office.client())) == "ok");
    CHECK(word(office.access().address_of(address->secret)) == "token_invalid");
}

TEST_CASE("The file is its owner's alone, and one of a later version is not touched") {
    Office office;
    const auto file = office.directory() / "access.sqlite";
    CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms{0077}) == std::filesystem::perms::none);
    REQUIRE(office.raw().execute("PRAGMA user_version=99"));
    const auto opened = Access::open(office.directory(), office.clock());
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::corrupt);
}

TEST_CASE("A copy has the people, the tokens and the journal, and no login") {
    Office office;
    office.add("pema", {Role::registrar});
    const auto session = office.access().log_in("pema", good_password, office.client());
    REQUIRE(word(session) == "ok");
    const auto place = office.directory() / "copy";
    REQUIRE(std::filesystem::create_directory(place));
    REQUIRE(copy_access(office.directory(), place));
    CHECK((std::filesystem::status(place / "access.sqlite").permissions() & std::filesystem::perms{0077}) ==
          std::filesystem::perms::none);
    CHECK(copy_access(office.directory(), place).error().code == ErrorCode::conflict);
    const auto copy = Access::open(place, office.clock());
    REQUIRE(copy);
    CHECK((*copy)->users()->size() == 2);
    CHECK((*copy)->journal_head() == office.access().journal_head());
    CHECK((*copy)->verify_journal()->empty());
    CHECK(word((*copy)->session_of(session->cookie)) == "session_ended");
    CHECK(word(office.access().session_of(session->cookie)) == "ok");
    CHECK(copy_access(place / "nowhere", office.directory() / "elsewhere"));
}

TEST_CASE("Opened twice in one process, the file stays locked against what another program would throw away") {
    Office office;
    static_cast<void>(office.administrator());
    const auto file = office.directory() / "access.sqlite";
    const auto is_locked = [&] {
        const auto child = ::fork();
        if (child == 0) {
            const int descriptor = ::open(file.c_str(), O_RDWR);
            struct flock asked{};
            asked.l_type = F_WRLCK;
            ::_exit(::fcntl(descriptor, F_GETLK, &asked) == 0 && asked.l_type != F_UNLCK ? 0 : 1);
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    };
    CHECK(is_locked());
    {
        const auto second = Access::open(office.directory(), office.clock());
        REQUIRE(second);
        CHECK(is_locked());
    }
    CHECK(is_locked());
}

}  // namespace
}  // namespace anjie::access
