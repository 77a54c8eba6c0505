#pragma once

#include <cstdint>
#include <cstdio>
#include <initializer_list>
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
    consteval LogText(const char (&literal)[n]) : text_(literal, n - 1) {}  // NOLINT: meant to convert

    /// A route's pattern, never the path that met it. Lifetime, here and below: the text outlives this.
    [[nodiscard]] static LogText route(std::string_view pattern) { return LogText(pattern, 0); }
    /// A stable code or an id that this program made (trace id, position, method).
    [[nodiscard]] static LogText code(std::string_view code) { return LogText(code, 0); }
    /// What the operator configured or the system said: an address to listen on, a file's name, an errno's words.
    [[nodiscard]] static LogText of_operator(std::string_view text) { return LogText(text, 0); }

    [[nodiscard]] std::string_view view() const { return text_; }

private:
    LogText(std::string_view text, int) : text_(text) {}

    std::string_view text_;
};

/// A named value of a log line.
struct LogField {
    LogText name;
    std::variant<LogText, std::int64_t, double, bool> value;

    LogField(LogText field, LogText text) : name(field), value(text) {}
    template <class T>
        requires std::is_integral_v<T> || std::is_floating_point_v<T>
    LogField(LogText field, T number) : name(field), value(converted(number)) {}

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
