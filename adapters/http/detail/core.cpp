#include "adapters/http/detail/core.hpp"

#include <fmt/format.h>

#include "adapters/http/detail/connection.hpp"

namespace anjie::http::detail {

Core::Core(Router routes, ServerOptions chosen) : router(std::move(routes)), options(std::move(chosen)) {}
Core::~Core() = default;

void Core::note_answer(const Request& request, unsigned status, std::size_t bytes, double seconds) {
    if (options.metrics != nullptr) {
        auto& numbers = numbers_[{std::string(request.route), request.method}];
        const Metrics::Labels route{{"method", std::string(to_string(request.method))},
                                    {"route", std::string(request.route)}};
        if (numbers.seconds == nullptr)
            numbers.seconds = &options.metrics->histogram(
                "anjie_http_request_seconds", "From the whole request to the answer.", request_seconds_bounds(), route);
        numbers.seconds->observe(seconds);
        auto& counter = numbers.by_status[status];
        if (counter == nullptr) {
            auto labels = route;
            labels.emplace_back("status", fmt::format("{}", status));
            counter = &options.metrics->counter("anjie_http_requests_total", "Requests that were answered.", labels);
        }
        counter->add();
    }
    if (options.log_requests || status >= 500)
        log(status >= 500 ? LogLevel::warning : LogLevel::info, "http.request",
            {{"method", LogText::code(to_string(request.method))},
             {"route", LogText::route(request.route)},
             {"status", status},
             {"bytes", bytes},
             {"milliseconds", seconds * 1000},
             {"trace_id", LogText::code(request.trace_id)}});
}

void Core::note_refusal(std::string_view code, unsigned status) {
    if (options.metrics != nullptr) {
        auto& counter = refusals_[std::string(code)];
        if (counter == nullptr)
            counter = &options.metrics->counter("anjie_http_refused_total", "Requests that no handler saw, by reason.",
                                                {{"reason", std::string(code)}});
        counter->add();
    }
    if (options.log_requests)
        log(LogLevel::info, "http.refused", {{"reason", LogText::code(code)}, {"status", status}});
}

void Core::note_stream_end(StreamEnd end) {
    --streams;
    if (options.metrics != nullptr)
        options.metrics
            ->counter("anjie_http_streams_ended_total", "Long answers that ended, by reason.",
                      {{"reason", std::string(to_string(end))}})
            .add();
}

void Core::log(LogLevel level, const LogText& event, std::initializer_list<LogField> fields) const {
    if (options.log != nullptr) options.log->write(level, event, fields);
}

}  // namespace anjie::http::detail
