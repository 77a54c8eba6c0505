#include "tests/adapters/access/fixture.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>

namespace anjie::access {
namespace {

std::filesystem::path new_directory() {
    static std::atomic<int> made{0};
    const auto path = std::filesystem::temp_directory_path() / fmt::format("anjie_access_{}_{}", ::getpid(), made++);
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
    return path;
}

}  // namespace

Office::Office() : directory_(new_directory()), clock_(start_of_day(make_date(2025, 3, 3))) { reopen(); }

Office::~Office() {
    access_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

void Office::reopen() {
    access_.reset();
    auto opened = Access::open(directory_, clock_);
    if (!opened) FAIL(opened.error().detail);
    access_ = std::move(*opened);
}

void Office::write_rules(std::string_view json) const { std::ofstream(directory_ / "access.json") << json; }

sqlite::Database Office::raw() const {
    auto opened = sqlite::Database::open(directory_ / "access.sqlite", sqlite::Database::Mode::existing, "raw");
    REQUIRE(opened);
    return std::move(*opened);
}

Client Office::client() { return {fmt::format("10.0.{}.{}", clients_ / 250, clients_++ % 250), "test"}; }

Principal Office::administrator() {
    const auto users = access_->users();
    REQUIRE(users);
    if (users->empty())
        REQUIRE(word(access_->add_user(
                    access_->local("root"),
                    {.name = "admin", .display_name = "admin", .roles = {Role::administrator}, .organisations = {"CN"}},
                    good_password, client())) == "ok");
    return {.kind = Principal::Kind::user,
            .id = "admin",
            .display_name = "admin",
            .roles = {Role::administrator},
            .organisations = {"CN"},
            .clearance = Confidentiality::ordinary,
            .only = std::nullopt,
            .credential = "test"};
}

Principal Office::add(const std::string& name, std::vector<Role> roles, std::vector<std::string> organisations,
                      Confidentiality clearance) {
    const NewUser user{.name = name,
                       .display_name = name,
                       .roles = std::move(roles),
                       .organisations = std::move(organisations),
                       .clearance = clearance};
    const auto added = access_->add_user(administrator(), user, good_password, client());
    REQUIRE(word(added) == "ok");
    return {.kind = Principal::Kind::user,
            .id = user.name,
            .display_name = user.display_name,
            .roles = user.roles,
            .organisations = user.organisations,
            .clearance = user.clearance,
            .only = std::nullopt,
            .credential = "test"};
}

}  // namespace anjie::access
