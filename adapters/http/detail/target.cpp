#include "adapters/http/detail/target.hpp"

#include <algorithm>
#include <optional>

namespace anjie::http::detail {
namespace {

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Nullopt: a percent sign without two digits, a control character, or no UTF-8.
std::optional<std::string> decode(std::string_view text, bool form) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = digit(text[i + 1]);
            const int low = digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && form) {
            c = ' ';
        }
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) return std::nullopt;
        out += c;
    }
    if (!is_utf8(out)) return std::nullopt;
    return out;
}

Accepted<void> read_path(std::string_view path, Request& request) {
    const auto malformed = [] {
        return refuse(400, "malformed-path", "路径的百分号编码不正确", "the path is not well percent-encoded UTF-8");
    };
    path.remove_prefix(1);
    while (true) {
        const auto slash = path.find('/');
        auto segment = decode(path.substr(0, slash), false);
        if (!segment) return malformed();
        // A path is a name of something here, never a way through folders.
        if (*segment == "." || *segment == ".." || segment->find_first_of("/\\") != std::string::npos)
            return refuse(404, "no-such-path", "没有这个路径", "there is no such path");
        request.path += "/" + *segment;
        request.segments.push_back(std::move(*segment));
        if (slash == std::string_view::npos) return {};
        path.remove_prefix(slash + 1);
    }
}

Accepted<void> read_query(std::string_view query, Request& request) {
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        auto name = decode(pair.substr(0, equals), true);
        auto value = decode(pair.substr(std::min(equals + 1, pair.size())), true);
        if (!name || !value || request.query.entries().size() >= query_parameters_max)
            return refuse(400, "malformed-query", "查询参数不正确或过多",
                          "the query is not well percent-encoded UTF-8, or too long");
        request.query.add(std::move(*name), std::move(*value));
    }
    return {};
}

}  // namespace

bool is_utf8(std::string_view text) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xbf) {
        return byte(i) >= low && byte(i) <= high;
    };
    for (std::size_t i = 0; i < text.size();) {
        const auto first = byte(i);
        if (first < 0x80)
            i += 1;
        else if (first >= 0xc2 && first <= 0xdf && follows(i + 1))
            i += 2;
        else if (first >= 0xe0 && first <= 0xef &&
                 follows(i + 1, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf) && follows(i + 2))
            i += 3;
        else if (first >= 0xf0 && first <= 0xf4 &&
                 follows(i + 1, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf) && follows(i + 2) &&
                 follows(i + 3))
            i += 4;
        else
            return false;
    }
    return true;
}

Accepted<void> read_target(std::string_view target, Request& request) {
    if (!target.starts_with('/') || target.find('#') != std::string_view::npos)
        return refuse(400, "malformed-target", "请求目标必须是以 / 开头的路径",
                      "the target must be a path that begins with /");
    const auto question = std::min(target.find('?'), target.size());
    if (auto path = read_path(target.substr(0, question), request); !path) return path;
    return read_query(target.substr(std::min(question + 1, target.size())), request);
}

}  // namespace anjie::http::detail
