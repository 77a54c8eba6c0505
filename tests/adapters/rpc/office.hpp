#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "adapters/access/access.hpp"
#include "adapters/rpc/client/client.hpp"
#include "adapters/rpc/server.hpp"
#include "adapters/service/service.hpp"
#include "engine/clock.hpp"

namespace anjie::rpc::test {

inline constexpr std::string_view password = "grassland-12-fence";
inline constexpr std::string_view organisation = "540629-102";

/// A whole office in a folder of its own, served on a free port of this machine.
class Office {
public:
    explicit Office(Limits limits = {}, std::string_view rules = fast_rules);
    ~Office();
    Office(const Office&) = delete;
    Office& operator=(const Office&) = delete;

    /// Nobody is asked to be slow.
    static constexpr std::string_view fast_rules =
        R"({"rates": {"person": {"per_minute": 10000000, "burst": 1000000}, "machine": {"per_minute": 10000000, "burst": 1000000}, "address": {"per_minute": 10000000, "burst": 1000000}, "login": {"per_minute": 60000, "burst": 1000}}})";

    [[nodiscard]] service::Service& service() { return *service_; }
    [[nodiscard]] access::Access& access() { return *access_; }
    [[nodiscard]] RpcServer& server() { return *server_; }
    [[nodiscard]] const std::string& address() const { return address_; }
    void stop_server();
    /// At the same address as before.
    void start_server();

    /// A person with these roles; the name is the log-in.
    void add(const std::string& name, std::vector<access::Role> roles,
             std::vector<std::string> organisations = {std::string(organisation)});
    [[nodiscard]] access::IssuedToken token(std::vector<access::Action> scopes);
    [[nodiscard]] access::Principal administrator() const;

    [[nodiscard]] client::Credentials person(const std::string& name) const;
    /// Logged in.
    [[nodiscard]] std::unique_ptr<client::Client> client(const client::Credentials& credentials) const;

    /// So many registrations, given past the wire.
    void register_cases(std::size_t count);

private:
    std::filesystem::path directory_;
    Limits limits_;
    SystemClock clock_;
    std::unique_ptr<Workspace> workspace_;
    std::jthread following_;
    std::unique_ptr<access::Access> access_;
    std::unique_ptr<service::Service> service_;
    std::unique_ptr<RpcServer> server_;
    std::string address_{"127.0.0.1:0"};
};

/// A registration that every registrar may give.
inline constexpr std::string_view registration =
    R"({"command": "register_case", "source": "application", "channel": "written", "type": "neighbour",
        "difficulty": "ordinary", "parties": [{"number": 1, "role": "applicant", "kind": "natural_person"},
        {"number": 2, "role": "respondent", "kind": "natural_person"}]})";
[[nodiscard]] inline client::Order registration_order() { return {.command = std::string(registration)}; }
[[nodiscard]] inline client::Order order(const std::string& reference, const std::string& command) {
    return {.reference = reference, .command = R"({"command": ")" + command + R"("})"};
}
/// Everything up to acceptance; then the case takes any number of investigations.
[[nodiscard]] CaseId accepted_case(client::Client& client);

/// Looks again until it is so or twenty seconds have passed.
[[nodiscard]] bool comes_true(const std::function<bool()>& condition);

}  // namespace anjie::rpc::test
