#include "tests/adapters/rpc/office.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <thread>

#include "adapters/anjie/data_directory.hpp"
#include "storage/crypto/openssl_suite.hpp"

namespace anjie::rpc::test {
namespace {

std::filesystem::path new_directory() {
    static std::atomic<int> made{0};
    const auto path = std::filesystem::temp_directory_path() / fmt::format("anjie_rpc_{}_{}", ::getpid(), made++);
    std::filesystem::remove_all(path);
    return path;
}

template <class T>
void must(const T& result) {
    if (result) return;
    if constexpr (requires { result.error().refusal(); })
        FAIL((result.error().refusal() != nullptr ? std::string(access::code_of(result.error().refusal()->code))
                                                  : result.error().error()->detail));
    else
        FAIL(result.error().detail);
}

const access::Client here{"127.0.0.1", "test"};

}  // namespace

Office::Office(Limits limits, std::string_view rules) : directory_(new_directory()), limits_(limits) {
    DataDirectories directories;
    must(directories.create(directory_, {.organisation = std::string(organisation),
                                         .organisation_name = "test",
                                         .jurisdiction = "540629",
                                         .committee = "township",
                                         .number_prefix = "尼阿调",
                                         .origin = {}}));
    std::ofstream(directory_ / "access.json") << rules;
    auto workspace = directories.open(directory_);
    must(workspace);
    workspace_ = std::move(*workspace);
    auto opened = access::Access::open(directory_, clock_);
    must(opened);
    access_ = std::move(*opened);
    must(access_->add_user(
        access_->local("root"),
        {.name = "admin", .display_name = "admin", .roles = {access::Role::administrator}, .organisations = {"CN"}},
        password, here));
    service_ = std::make_unique<service::Service>(service::Parts{
        .workspace = *workspace_, .access = *access_, .crypto = openssl_suite(), .directory = directory_});
    must(workspace_->follow());
    following_ = std::jthread([this](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            if (workspace_->engine().wait_past(workspace_->followed(), std::chrono::milliseconds(20)) <=
                workspace_->followed())
                continue;
            const auto begun = std::chrono::steady_clock::now();
            (void)workspace_->follow();
            // At the pace of `anjie serve`.
            std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - begun,
                                                                           std::chrono::milliseconds(200)));
        }
    });
    start_server();
}

Office::~Office() {
    server_.reset();
    workspace_->engine().drain();
    following_ = {};
    service_.reset();
    access_.reset();
    workspace_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

void Office::stop_server() { server_.reset(); }

void Office::start_server() {
    auto server = RpcServer::start(*service_, {.address = address_, .tls = {}, .limits = limits_});
    must(server);
    server_ = std::move(*server);
    address_ = server_->address();
}

access::Principal Office::administrator() const {
    return {.kind = access::Principal::Kind::user,
            .id = "admin",
            .display_name = "admin",
            .roles = {access::Role::administrator},
            .organisations = {"CN"},
            .only = {},
            .credential = "test"};
}

void Office::add(const std::string& name, std::vector<access::Role> roles, std::vector<std::string> organisations) {
    must(access_->add_user(
        administrator(),
        {.name = name, .display_name = name, .roles = std::move(roles), .organisations = std::move(organisations)},
        password, here));
}

access::IssuedToken Office::token(std::vector<access::Action> scopes) {
    auto issued = access_->add_token(
        administrator(), {.name = "test", .scopes = std::move(scopes), .organisations = {std::string(organisation)}},
        here);
    must(issued);
    return *issued;
}

client::Credentials Office::person(const std::string& name) const {
    return {.name = name, .password = std::string(password)};
}

std::unique_ptr<client::Client> Office::client(const client::Credentials& credentials) const {
    auto client = client::Client::connect({.address = address_}, credentials);
    if (!client) FAIL(client.error().code + ": " + client.error().message.en);
    return std::move(*client);
}

void Office::register_cases(std::size_t count) {
    const service::Caller caller{access_->local("root"), here, {}};
    const auto command = boost::json::parse(std::string(registration)).as_object();
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t done = 0;
    std::string why;
    for (std::size_t i = 0; i < count; ++i) {
        service::SubmitOrder order;
        order.command = command;
        service_->submit(caller, std::move(order), [&](const service::Answer<service::Submitted>& answer) {
            const std::scoped_lock lock(mutex);
            if (!answer) why = "a registration was refused";
            ++done;
            changed.notify_all();
        });
    }
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return done == count; });
    if (!why.empty()) FAIL(why);
}

CaseId accepted_case(client::Client& client) {
    auto registration_with_name = registration_order();
    registration_with_name.sealed = {{.subject = 1, .field = 1, .text = "甲"}};
    const auto registered = client.submit(registration_with_name);
    REQUIRE(registered);
    const auto id = to_string(registered->case_id);
    const auto consented = client.submit({.reference = id, .command = R"({"command": "give_consent", "party": 2})"});
    if (!consented) FAIL(consented.error().code + ": " + consented.error().message.en);
    const auto accepted = client.submit(order(id, "accept_case"));
    if (!accepted) FAIL(accepted.error().code + ": " + accepted.error().message.en);
    return registered->case_id;
}

bool comes_true(const std::function<bool()>& condition) {
    const auto latest = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > latest) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

}  // namespace anjie::rpc::test
