#include "adapters/http/log.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <chrono>

namespace anjie::http {
namespace {

std::string quoted(std::string_view text) { return boost::json::serialize(boost::json::value(text)); }

std::string_view name_of(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return "debug";
        case LogLevel::info:
            return "info";
        case LogLevel::warning:
            return "warning";
        case LogLevel::error:
            return "error";
    }
    return "?";
}

std::string text_of(const LogField& field) {
    return std::visit(
        [](const auto& value) -> std::string {
            if constexpr (std::is_same_v<std::decay_t<decltype(value)>, LogText>)
                return quoted(value.view());
            else
                return fmt::format("{}", value);
        },
        field.value);
}

}  // namespace

void Log::write(LogLevel level, const LogText& event, std::initializer_list<LogField> fields) const {
    if (level < least_) return;
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    auto line = fmt::format(R"({{"time":"{:%Y-%m-%dT%H:%M:%S}.{:03}Z","level":"{}","event":{})",
                            fmt::gmtime(std::chrono::system_clock::to_time_t(second)), (now - second).count(),
                            name_of(level), quoted(event.view()));
    for (const auto& field : fields) line += fmt::format(",{}:{}", quoted(field.name.view()), text_of(field));
    line += "}\n";
    std::fwrite(line.data(), 1, line.size(), out_);  // One call: stdio's own lock keeps lines whole.
    std::fflush(out_);
}

}  // namespace anjie::http
