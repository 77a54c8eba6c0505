#pragma once

#include <any>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/http/stream.hpp"

namespace anjie::http {

/// The methods that a route can have. All others, TRACE and CONNECT among them, are refused before any route is asked.
enum class Method { get, head, post, put, patch, remove, options };
[[nodiscard]] std::string_view to_string(Method method);

/// Names and values in the order in which they came; names are compared without regard to case.
class Headers {
public:
    using Entry = std::pair<std::string, std::string>;

    /// Requires: no control characters in either; a value that has some is dropped, so that no answer can be split.
    void add(std::string_view name, std::string_view value);
    /// In the place of all others of that name.
    void set(std::string_view name, std::string_view value);
    void remove(std::string_view name);
    /// The first of that name.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

private:
    std::vector<Entry> entries_;
};

/// Names and values, decoded once, valid UTF-8, in the order in which they came.
class Parameters {
public:
    void add(std::string name, std::string value) { entries_.emplace_back(std::move(name), std::move(value)); }
    /// The first of that name.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    /// The first of that name; empty when there is none.
    [[nodiscard]] std::string_view get(std::string_view name) const { return find(name).value_or(std::string_view{}); }
    [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& entries() const { return entries_; }

private:
    std::vector<std::pair<std::string, std::string>> entries_;
};

/// In which language texts for people are answered.
enum class Language { zh, en };

/// A whole request that passed every check of the server: one Host, one way to tell the body's length, a path without
/// "." and "..", decoded once.
struct Request {
    Method method{Method::get};
    std::string path;                   ///< Decoded, valid UTF-8, begins with '/'.
    std::vector<std::string> segments;  ///< Of the path, decoded; none holds '/'.
    Parameters query;
    Headers headers;
    std::string body;
    std::string peer;  ///< Numeric address of the other end. Personal data: never logged.
    bool tls{};
    Language language{Language::zh};  ///< By Accept-Language; Chinese when it does not say.
    std::string trace_id;             ///< 32 hexadecimal digits; from `traceparent` when that is valid, else random.
    std::string_view route;           ///< The pattern that was met, for logs and metrics.
    Parameters parameters;            ///< What stands in the path for the pattern's `{names}`.
    std::any context;                 ///< Who asks: put there by a middleware.

    /// What a middleware attached, if it is of this type.
    template <class T>
    [[nodiscard]] const T* attached() const {
        return std::any_cast<T>(&context);
    }
};

/// What is answered: a head, and a body or a stream.
struct Response {
    unsigned status{200};
    Headers headers;
    std::string body;
    std::optional<Stream> stream;  ///< In the place of a body.

    /// The standard kinds.
    [[nodiscard]] static Response json(unsigned status, std::string body);
    [[nodiscard]] static Response text(unsigned status, std::string body);
    [[nodiscard]] static Response of_type(unsigned status, std::string_view type, std::string body);
    /// 204, or another status that has no body.
    [[nodiscard]] static Response empty(unsigned status = 204);
};

/// The standard's words for a status, for example "Not Found".
[[nodiscard]] std::string_view reason_of(unsigned status);

}  // namespace anjie::http
