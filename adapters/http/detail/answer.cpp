#include "adapters/http/detail/answer.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <atomic>
#include <boost/asio/post.hpp>

#include "adapters/http/detail/connection.hpp"
#include "adapters/http/detail/core.hpp"
#include "adapters/http/detail/refusal.hpp"
#include "adapters/http/problem.hpp"

namespace anjie::http::detail {
namespace {

constexpr std::pair<std::string_view, std::string_view> defaults[] = {
    {"Cache-Control", "no-store"},
    {"X-Content-Type-Options", "nosniff"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
};

std::string date_now() {
    thread_local std::time_t second = 0;
    thread_local std::string text;
    const auto now = std::time(nullptr);
    if (now != second) {
        second = now;
        text = fmt::format("{:%a, %d %b %Y %H:%M:%S GMT}", fmt::gmtime(now));
    }
    return text;
}

Response unexpected_failure(const Request& request) {
    return problem(request, Problem{.status = 500,
                                    .code = "internal",
                                    .title_zh = "服务器内部错误",
                                    .title_en = "Something went wrong here",
                                    .detail = {}});
}

/// The way of one answer back to its connection.
class Answering {
public:
    Answering(std::shared_ptr<Core> core, std::weak_ptr<Connection> connection, std::shared_ptr<Request> request)
        : core_(std::move(core)), connection_(std::move(connection)), request_(std::move(request)) {}
    ~Answering() {
        if (!given_.load()) give(unexpected_failure(*request_));
    }
    Answering(const Answering&) = delete;
    Answering& operator=(const Answering&) = delete;

    void give(Response response) {
        if (given_.exchange(true)) return;
        try {
            for (const auto& finish : core_->router.finishers()) finish(*request_, response);
        } catch (...) {
            response = unexpected_failure(*request_);
        }
        boost::asio::post(core_->io, [connection = connection_, request = request_,
                                      answer = std::make_shared<Response>(std::move(response))] {
            if (const auto waiting = connection.lock()) waiting->answer(request, std::move(*answer));
        });
    }

private:
    std::shared_ptr<Core> core_;
    std::weak_ptr<Connection> connection_;
    std::shared_ptr<Request> request_;
    std::atomic<bool> given_{};
};

}  // namespace

Response answer(const Request& request, const Refusal& refusal) {
    auto response = problem(request, Problem{.status = refusal.status,
                                             .code = std::string(refusal.code),
                                             .title_zh = std::string(refusal.zh),
                                             .title_en = std::string(refusal.en),
                                             .detail = {}});
    if (!refusal.allow.empty()) response.headers.set("Allow", refusal.allow);
    return response;
}

std::string head_text(const Response& response, const Request& request, const HeadForm& form) {
    auto text = fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status, reason_of(response.status), date_now());
    for (const auto& [name, value] : response.headers.entries()) text += fmt::format("{}: {}\r\n", name, value);
    for (const auto& [name, value] : defaults)
        if (!response.headers.find(name)) text += fmt::format("{}: {}\r\n", name, value);
    if (form.tls && !response.headers.find("Strict-Transport-Security"))
        text += "Strict-Transport-Security: max-age=31536000\r\n";
    text += fmt::format("X-Request-Id: {}\r\n", request.trace_id);
    const bool bodiless = response.status == 204 || response.status == 304 || response.status < 200;
    if (form.chunked)
        text += "Transfer-Encoding: chunked\r\n";
    else if (!form.unbounded && !bodiless)
        text += fmt::format("Content-Length: {}\r\n", response.body.size());
    if (!form.keep_alive) text += "Connection: close\r\n";
    return text + "\r\n";
}

std::string chunk(std::string_view bytes) {
    return bytes.empty() ? std::string{} : fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
}

std::function<void()> job(std::shared_ptr<Core> core, std::weak_ptr<Connection> connection,
                          std::shared_ptr<Request> request, const Router::Route& route) {
    const auto answering = std::make_shared<Answering>(core, std::move(connection), request);
    return [core, request, answering, &route] {
        try {
            if (!route.options.open)
                for (const auto& middleware : core->router.middleware())
                    if (auto refused = middleware(*request)) return answering->give(std::move(*refused));
            if (const auto* handler = std::get_if<Handler>(&route.handler))
                return answering->give((*handler)(*request));
            std::get<AsyncHandler>(route.handler)(
                request, [answering](Response response) { answering->give(std::move(response)); });
        } catch (...) {
            // What was thrown may quote the request, so it is not told.
            core->log(LogLevel::error, "http.handler_threw",
                      {{"route", LogText::route(route.pattern)}, {"trace_id", LogText::code(request->trace_id)}});
            answering->give(unexpected_failure(*request));
        }
    };
}

}  // namespace anjie::http::detail
