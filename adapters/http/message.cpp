#include "adapters/http/message.hpp"

#include <algorithm>

namespace anjie::http {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool same(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

bool controls(std::string_view text) {
    return std::ranges::any_of(text,
                               [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

}  // namespace

std::string_view to_string(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::remove:
            return "DELETE";
        case Method::options:
            return "OPTIONS";
    }
    return "?";
}

void Headers::add(std::string_view name, std::string_view value) {
    if (name.empty() || controls(name) || controls(value)) return;
    entries_.emplace_back(name, value);
}

void Headers::set(std::string_view name, std::string_view value) {
    remove(name);
    add(name, value);
}

void Headers::remove(std::string_view name) {
    std::erase_if(entries_, [&](const Entry& entry) { return same(entry.first, name); });
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    for (const auto& [key, value] : entries_)
        if (same(key, name)) return value;
    return std::nullopt;
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [key, value] : entries_)
        if (same(key, name)) values.emplace_back(value);
    return values;
}

std::optional<std::string_view> Parameters::find(std::string_view name) const {
    for (const auto& [key, value] : entries_)
        if (key == name) return value;
    return std::nullopt;
}

std::vector<std::string_view> Parameters::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [key, value] : entries_)
        if (key == name) values.emplace_back(value);
    return values;
}

Response Response::of_type(unsigned status, std::string_view type, std::string body) {
    Response response;
    response.status = status;
    response.headers.set("Content-Type", type);
    response.body = std::move(body);
    return response;
}

Response Response::json(unsigned status, std::string body) {
    return of_type(status, "application/json", std::move(body));
}

Response Response::text(unsigned status, std::string body) {
    return of_type(status, "text/plain; charset=utf-8", std::move(body));
}

Response Response::empty(unsigned status) {
    Response response;
    response.status = status;
    return response;
}

std::string_view reason_of(unsigned status) {
    struct Words {
        unsigned status;
        std::string_view words;
    };
    static constexpr Words known[] = {
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {206, "Partial Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {412, "Precondition Failed"},
        {413, "Payload Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {416, "Range Not Satisfiable"},
        {417, "Expectation Failed"},
        {421, "Misdirected Request"},
        {422, "Unprocessable Entity"},
        {423, "Locked"},
        {425, "Too Early"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
        {507, "Insufficient Storage"},
    };
    const auto* found = std::ranges::find(known, status, &Words::status);
    return found == std::end(known) ? "Unknown" : found->words;
}

}  // namespace anjie::http
