#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "adapters/http/server.hpp"

namespace anjie::http::detail {

class Connection;

/// What the server's connections share. Lives as long as anybody may still answer or write to a stream.
/// Threads: the I/O thread alone, but for `io` and what is atomic.
struct Core : std::enable_shared_from_this<Core> {
    Core(Router routes, ServerOptions chosen);
    ~Core();

    Router router;
    ServerOptions options;
    std::function<bool(std::function<void()>)> run_on_worker;  ///< False: the queue is full.
    std::atomic<std::size_t> queued{};
    std::atomic<bool> stopping{};
    std::unordered_set<std::shared_ptr<Connection>> connections;
    std::unordered_map<std::string, std::size_t> by_address;
    std::size_t streams{};

    /// Counts and tells of an answer.
    void note_answer(const Request& request, unsigned status, std::size_t bytes, double seconds);
    void note_refusal(std::string_view code, unsigned status);
    void note_stream_end(StreamEnd end);
    void log(LogLevel level, const LogText& event, std::initializer_list<LogField> fields) const;

    /// Last: what waits in it refers to all of the above.
    boost::asio::io_context io{1};

private:
    struct RouteNumbers {
        std::map<unsigned, Counter*> by_status;
        Histogram* seconds{};
    };
    std::map<std::pair<std::string, Method>, RouteNumbers, std::less<>> numbers_;
    std::map<std::string, Counter*, std::less<>> refusals_;
};

}  // namespace anjie::http::detail
