#include "adapters/http/detail/head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <charconv>
#include <random>

#include "adapters/http/detail/target.hpp"

namespace anjie::http::detail {
namespace {

namespace beast = boost::beast;

constexpr std::string_view end_of_line = "\r\n";

std::unexpected<Refusal> not_http() {
    return refuse(400, "not-http", "这不是合法的 HTTP 请求", "this is not a well-formed HTTP request");
}
std::unexpected<Refusal> bad_length() {
    return refuse(400, "ambiguous-length", "请求体长度的写法不唯一",
                  "the body's length must be said once, by Content-Length or by Transfer-Encoding: chunked");
}

/// Beast 1.81 takes folded lines, bytes beyond ASCII and other things that two readers may understand in two ways.
Accepted<void> check_bytes(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte == '\r') {
            if (i + 1 >= text.size() || text[i + 1] != '\n') return not_http();
        } else if (byte == '\n') {
            if (i == 0 || text[i - 1] != '\r') return not_http();
            // A line that begins with a blank goes on from the one before.
            if (i + 1 < text.size() && (text[i + 1] == ' ' || text[i + 1] == '\t')) return not_http();
        } else if (byte >= 0x7f || (byte < 0x20 && byte != '\t')) {
            return not_http();
        }
    }
    return {};
}

struct RequestLine {
    std::string_view method, target, version;
};

std::optional<RequestLine> split_line(std::string_view line) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return std::nullopt;
    const RequestLine split{line.substr(0, first), line.substr(first + 1, last - first - 1), line.substr(last + 1)};
    if (split.method.empty() || split.target.empty() || split.target.find_first_of(" \t") != std::string_view::npos)
        return std::nullopt;
    return split;
}

Accepted<Method> read_method(std::string_view word) {
    for (const auto method :
         {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::remove, Method::options})
        if (word == to_string(method)) return method;
    if (word == "TRACE" || word == "CONNECT")
        return std::unexpected(Refusal{405, "method-not-allowed", "不支持此方法", "this method is not served",
                                       "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"});
    return refuse(501, "unknown-method", "未知的方法", "nobody here knows this method");
}

/// Beast's reading of the fields, as a second judge after the bytes were found plain.
Accepted<void> read_fields(std::string_view text, const Limits& limits, Headers& headers) {
    beast::http::parser<true, beast::http::empty_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(limits.head_bytes_max + 1'024));
    parser.skip(true);
    beast::error_code failed;
    parser.put(boost::asio::buffer(text.data(), text.size()), failed);
    if (failed || !parser.is_header_done()) return not_http();
    std::size_t count = 0;
    for (const auto& field : parser.get()) {
        if (++count > limits.headers_max)
            return refuse(431, "too-many-headers", "请求头过多", "there are too many header fields");
        headers.add(std::string_view(field.name_string().data(), field.name_string().size()),
                    std::string_view(field.value().data(), field.value().size()));
    }
    return {};
}

bool is_host(std::string_view host) {
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == '_';
    };
    auto name = host;
    if (host.starts_with('[')) {
        const auto close = host.find(']');
        if (close == std::string_view::npos || close < 3) return false;
        const auto inner = host.substr(1, close - 1);
        if (inner.find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos) return false;
        name = "v6";
        host.remove_prefix(close + 1);
    } else {
        name = host.substr(0, host.find(':'));
        host.remove_prefix(name.size());
    }
    if (name.empty() || name.size() > 255 || !std::ranges::all_of(name, letter)) return false;
    if (host.empty()) return true;
    return host.starts_with(':') && host.size() <= 6 &&
           host.substr(1).find_first_not_of("0123456789") == std::string_view::npos;
}

Accepted<void> read_framing(Head& head) {
    const auto lengths = head.request.headers.all("Content-Length");
    const auto codings = head.request.headers.all("Transfer-Encoding");
    if (lengths.size() > 1 || codings.size() > 1 || (!lengths.empty() && !codings.empty())) return bad_length();
    if (!codings.empty()) {
        if (!beast::iequals(beast::string_view(codings[0].data(), codings[0].size()), "chunked") || head.one_dot_zero)
            return bad_length();
        head.chunked = true;
    }
    if (!lengths.empty()) {
        const auto digits = lengths[0];
        const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), head.length);
        if (digits.empty() || failed != std::errc{} || end != digits.data() + digits.size() || digits[0] == '-')
            return bad_length();
    }
    const bool bodiless = head.request.method == Method::get || head.request.method == Method::head;
    if (bodiless && (head.chunked || head.length != 0))
        return refuse(400, "unexpected-body", "此方法不带请求体", "a request of this method has no body");
    return {};
}

bool has_token(const std::vector<std::string_view>& values, std::string_view token) {
    for (auto value : values)
        while (!value.empty()) {
            const auto comma = std::min(value.find(','), value.size());
            auto word = value.substr(0, comma);
            while (!word.empty() && (word.front() == ' ' || word.front() == '\t')) word.remove_prefix(1);
            while (!word.empty() && (word.back() == ' ' || word.back() == '\t')) word.remove_suffix(1);
            if (beast::iequals(beast::string_view(word.data(), word.size()),
                               beast::string_view(token.data(), token.size())))
                return true;
            value.remove_prefix(std::min(comma + 1, value.size()));
        }
    return false;
}

/// The first language of the list that is one of ours; the list's order counts, weights do not.
Language language_of(const Headers& headers) {
    const auto wanted = headers.find("Accept-Language").value_or("");
    const auto position = [&](std::string_view prefix) {
        std::size_t at = 0;
        while (at < wanted.size()) {
            auto word = wanted.substr(at);
            while (word.starts_with(' ')) word.remove_prefix(1);
            if (word.size() >= 2 && (word[0] | 0x20) == prefix[0] && (word[1] | 0x20) == prefix[1]) return at;
            at = std::min(wanted.find(',', at), wanted.size() - 1) + 1;
        }
        return std::string_view::npos;
    };
    return position("en") < position("zh") ? Language::en : Language::zh;
}

bool is_hex(std::string_view text) { return text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

/// W3C Trace Context: "00-<32>-<16>-<2>".
std::string trace_of(const Headers& headers) {
    const auto parent = headers.find("traceparent").value_or("");
    const bool valid = parent.size() == 55 && parent.starts_with("00-") && parent[35] == '-' && parent[52] == '-' &&
                       is_hex(parent.substr(3, 32)) && is_hex(parent.substr(36, 16)) && is_hex(parent.substr(53)) &&
                       parent.substr(3, 32).find_first_not_of('0') != std::string_view::npos;
    return valid ? std::string(parent.substr(3, 32)) : new_trace_id();
}

Accepted<void> check_fields(Head& head) {
    const auto& headers = head.request.headers;
    const auto hosts = headers.all("Host");
    if (hosts.size() != 1 || !is_host(hosts[0]))
        return refuse(400, "one-host", "必须恰好有一个有效的 Host", "there must be exactly one valid Host");
    if (auto framing = read_framing(head); !framing) return framing;
    if (const auto expected = headers.find("Expect")) {
        if (!beast::iequals(beast::string_view(expected->data(), expected->size()), "100-continue"))
            return refuse(417, "unknown-expectation", "不支持此 Expect", "this expectation is not met here");
        head.expects_continue = head.chunked || head.length != 0;
    }
    head.keep_alive = !head.one_dot_zero && !has_token(headers.all("Connection"), "close");
    return {};
}

}  // namespace

std::string new_trace_id() {
    static const std::uint64_t start = [] {
        std::random_device device;
        return (static_cast<std::uint64_t>(device()) << 32) | device();
    }();
    static std::atomic<std::uint64_t> count{};
    const auto mixed = [](std::uint64_t x) {  // splitmix64: distinct for distinct counts, and looks like noise.
        x += 0x9e3779b97f4a7c15u;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
        x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
        return x ^ (x >> 31);
    };
    const auto number = count.fetch_add(1, std::memory_order_relaxed);
    return fmt::format("{:016x}{:016x}", mixed(start ^ 0x5bd1e995), mixed(start + number));
}

Accepted<void> check_beginning(std::string_view so_far, const Limits& limits) {
    if (!so_far.empty() && (so_far[0] < 'A' || so_far[0] > 'Z')) return not_http();
    const auto line_end = so_far.find(end_of_line);
    const auto line = so_far.substr(0, line_end);
    if (line.size() > limits.target_bytes_max + 32)
        return refuse(414, "target-too-long", "请求目标过长", "the target is too long");
    const auto head_end = so_far.find("\r\n\r\n");
    if (std::min(head_end, so_far.size()) > limits.head_bytes_max)
        return refuse(431, "head-too-long", "请求头过长", "the header fields are too long");
    return {};
}

Accepted<Head> read_head(std::string_view text, const Limits& limits, Request& fallback) {
    fallback.trace_id = new_trace_id();
    if (auto plain = check_bytes(text); !plain) return std::unexpected(plain.error());
    const auto line = split_line(text.substr(0, text.find(end_of_line)));
    if (!line || (line->version != "HTTP/1.1" && line->version != "HTTP/1.0")) return not_http();
    if (line->target.size() > limits.target_bytes_max)
        return refuse(414, "target-too-long", "请求目标过长", "the target is too long");
    const auto method = read_method(line->method);
    if (!method) return std::unexpected(method.error());
    Head head;
    head.request.method = *method;
    head.one_dot_zero = line->version == "HTTP/1.0";
    if (auto read = read_fields(text, limits, head.request.headers); !read) return std::unexpected(read.error());
    fallback.language = head.request.language = language_of(head.request.headers);
    fallback.trace_id = head.request.trace_id = trace_of(head.request.headers);
    fallback.method = head.request.method;
    if (auto checked = check_fields(head); !checked) return std::unexpected(checked.error());
    if (auto target = read_target(line->target, head.request); !target) return std::unexpected(target.error());
    return head;
}

}  // namespace anjie::http::detail
