#pragma once

#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace anjie::http {

/// Text that may stand in a log: written in the source, or named as harmless where it is made. A text that a client
/// sent is neither, so personal data, tokens and paths with ids do not get here by mistake: it does not compile.
class LogText {
public:
    /// A literal of the program.
    template <std::size_t n>
    consteval LogText(const char (&literal)[n]) : literal_(literal, n - 1) {}  // NOLINT: meant to convert

    /// A route's pattern, never the path that met it.
    [[nodiscard]] static LogText route(std::string_view pattern) { return LogText(std::string(pattern)); }
    /// A stable code or an id that this program made (trace id, position, method).
    [[nodiscard]] static LogText code(std::string_view code) { return LogText(std::string(code)); }
    /// What the operator configured or the system said: an address to listen on, a file's name, an errno's words.
    [[nodiscard]] static LogText of_operator(std::string text) { return LogText(std::move(text)); }

    [[nodiscard]] std::string_view view() const { return owned_.empty() ? literal_ : std::string_view(owned_); }

private:
    explicit LogText(std::string owned) : owned_(std::move(owned)) {}

    std::string_view literal_;
    std::string owned_;
};

/// A named value of a log line.
struct LogField {
    LogText name;
    std::variant<LogText, std::int64_t, double, bool> value;

    LogField(LogText field, LogText text) : name(std::move(field)), value(std::move(text)) {}
    template <class T>
        requires std::is_integral_v<T> || std::is_floating_point_v<T>
    LogField(LogText field, T number) : name(std::move(field)), value(converted(number)) {}

private:
    template <class T>
    static std::variant<LogText, std::int64_t, double, bool> converted(T number) {
        if constexpr (std::is_same_v<T, bool>)
            return number;
        else if constexpr (std::is_integral_v<T>)
            return static_cast<std::int64_t>(number);
        else
            return static_cast<double>(number);
    }
};

enum class LogLevel { debug, info, warning, error };

/// One JSON object a line: {"time":"…Z","level":"info","event":"http.request",…}.
/// Threads: any; lines are never mixed.
class Log {
public:
    explicit Log(std::FILE* out = stderr, LogLevel least = LogLevel::info) : out_(out), least_(least) {}
    void write(LogLevel level, const LogText& event, std::initializer_list<LogField> fields = {}) const;

private:
    std::FILE* out_;
    LogLevel least_;
};

}  // namespace anjie::http
