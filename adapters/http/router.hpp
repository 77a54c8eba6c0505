#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/http/message.hpp"

namespace anjie::http {

/// Answers a request on a worker thread; may block. What it throws becomes a 500 without a text of it.
using Handler = std::function<Response(Request&)>;

/// Sends the answer, from any thread, once; later calls are ignored. When the last copy goes away without an answer,
/// the client gets a 500.
using Reply = std::function<void(Response)>;
/// Begins an answer on a worker thread and gives it by `Reply` later: a command that waits for the disk then holds no
/// thread. The request lives as long as somebody holds it.
using AsyncHandler = std::function<void(std::shared_ptr<Request>, Reply)>;

/// Looks at a request before its handler, on the same worker thread: attaches who asks (`Request::context`), or
/// refuses with an answer. The request's headers are those of its head alone; trailers are never looked at.
using Middleware = std::function<std::optional<Response>(Request&)>;
/// Looks at an answer before it is sent, for example to add a header or count it. Streams: their head.
using Finisher = std::function<void(const Request&, Response&)>;

/// What a route takes beyond the server's defaults.
struct RouteOptions {
    std::size_t body_bytes_max{1u << 20};
    bool chunked{};  ///< Takes bodies with Transfer-Encoding: chunked (uploads); others answer 411.
    bool open{};     ///< No middleware is asked: health, sign-in.
};

/// Which handler answers which method and path.
/// Threads: filled by one thread before a server gets it, then only read.
class Router {
public:
    /// `pattern` is a path whose segments are texts or `{names}`, for example "/v1/cases/{case}/history"; a last
    /// segment `{name...}` stands for one segment or more. A text is preferred to a name. GET routes answer HEAD too.
    /// Requires: no other route of that method and shape.
    void add(Method method, std::string_view pattern, Handler handler, RouteOptions options = {});
    void add_async(Method method, std::string_view pattern, AsyncHandler handler, RouteOptions options = {});
    /// Asked for every route that is not `open`, in the order in which they were added, until one refuses.
    void use(Middleware middleware) { middleware_.push_back(std::move(middleware)); }
    void finish_with(Finisher finisher) { finishers_.push_back(std::move(finisher)); }

    struct Route {
        Method method{};
        std::string pattern;
        std::vector<std::string> segments;
        std::variant<Handler, AsyncHandler> handler;
        RouteOptions options;
    };
    /// What a path leads to.
    struct Match {
        const Route* route{};  ///< Null: nothing there, or not by this method.
        Parameters parameters;
        std::string allow;  ///< The methods that the path has ("GET, HEAD, POST"); empty: there is no such path.
    };
    [[nodiscard]] Match match(Method method, const std::vector<std::string>& segments) const;
    [[nodiscard]] const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }
    [[nodiscard]] const std::vector<Middleware>& middleware() const { return middleware_; }
    [[nodiscard]] const std::vector<Finisher>& finishers() const { return finishers_; }

private:
    std::vector<std::unique_ptr<Route>> routes_;
    std::vector<Middleware> middleware_;
    std::vector<Finisher> finishers_;
};

}  // namespace anjie::http
