#pragma once

#include <string>
#include <string_view>
#include <thread>

#include "adapters/http/server.hpp"

namespace anjie::http::test {

/// A server on a free port of this machine, on a thread of its own; stopped at the end of the test.
class RunningServer {
public:
    explicit RunningServer(Router router, ServerOptions options = {});
    ~RunningServer();
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return server_->address().port; }
    Server& server() { return *server_; }
    /// Stops it and waits until it has ended.
    void stop();

private:
    std::unique_ptr<Server> server_;
    std::thread thread_;
};

/// A socket of a client that may do what no client should.
class RawClient {
public:
    explicit RawClient(std::uint16_t port, int receive_buffer = 0);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    /// False when the other side has cut the connection.
    bool send(std::string_view bytes);
    void shut();
    /// What comes until the other side closes; empty optional: it did not within the time.
    [[nodiscard]] std::optional<std::string> read_to_end(std::chrono::milliseconds within = std::chrono::seconds{20});
    /// What comes until `text` is among it, the other side closes or the time is over.
    [[nodiscard]] std::string read_until(std::string_view text,
                                         std::chrono::milliseconds within = std::chrono::seconds{20});
    /// One whole answer with a Content-Length.
    [[nodiscard]] std::string read_answer();

private:
    /// Answers false at the end, or when nothing came until `until`.
    [[nodiscard]] bool receive(std::chrono::steady_clock::time_point until);

    int socket_{-1};
    bool ended_{};
    std::string received_;
};

/// The status of an answer; 0 when it is none.
[[nodiscard]] unsigned status_of(std::string_view answer);
/// A header's value; empty when it is not there.
[[nodiscard]] std::string header_of(std::string_view answer, std::string_view name);
[[nodiscard]] std::string body_of(std::string_view answer);

}  // namespace anjie::http::test
