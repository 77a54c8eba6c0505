#include "adapters/anjie/serve_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "adapters/json/reader.hpp"
#include "adapters/witness/files.hpp"

namespace anjie {
namespace {

using Kind = ServeSetting::Kind;

constexpr std::size_t file_bytes_max = 65'536;

constexpr ServeSetting table[] = {
    {"http", "127.0.0.1:8420", Kind::address, 0, 0, "HTTP 监听地址", "where HTTP is served"},
    {"operation", "127.0.0.1:8421", Kind::address_or_off, 0, 0, "/metrics 的监听地址（仅限本机），off 为不提供",
     "where /metrics is served, on this machine only; off: nowhere"},
    {"rpc", "off", Kind::address_or_off, 0, 0, "Cap'n Proto RPC 监听地址，off 为不提供",
     "where Cap'n Proto RPC is served; off: nowhere"},
    {"tls_cert", "", Kind::file, 0, 0, "证书（PEM，含中间证书）", "certificate with its chain (PEM)"},
    {"tls_key", "", Kind::file, 0, 0, "私钥（PEM）", "private key (PEM)"},
    {"insecure_plaintext", "false", Kind::flag, 0, 0, "允许在非本机地址上不加密",
     "serve other machines without TLS all the same"},
    {"workers", "16", Kind::number, 1, 256, "处理请求的线程数", "threads that answer requests"},
    {"queued_requests_max", "1024", Kind::number, 1, 100'000, "排队请求上限，超出答 503",
     "requests that wait for a thread; one more is 503"},
    {"connections_max", "1024", Kind::number, 1, 100'000, "连接数上限", "connections at once"},
    {"connections_per_address_max", "256", Kind::number, 1, 100'000, "单个地址的连接数上限",
     "connections at once of one address"},
    {"streams_max", "512", Kind::number, 1, 100'000, "实时订阅数上限", "live feeds at once"},
    {"answer_seconds", "60", Kind::number, 1, 3'600, "处理一个请求的时限", "for answering one request"},
    {"stop_seconds", "10", Kind::number, 1, 600, "停止时等待在途请求的时限", "for requests in flight when stopping"},
    {"checkpoint_seconds", "10", Kind::number, 1, 86'400, "有新事件时签署检查点的间隔",
     "between signed checkpoints while events come"},
    {"public_log", "false", Kind::flag, 0, 0, "检查点、公钥和哈希块对所有登录者开放（条目除外）",
     "checkpoint, public keys and tiles of hashes for everybody who logs in; entries never"},
    {"log_requests", "true", Kind::flag, 0, 0, "为每个请求写一行日志", "a log line for each request"},
};

const ServeSetting* find(std::string_view name) {
    const auto* found = std::ranges::find(table, name, &ServeSetting::name);
    return found == std::end(table) ? nullptr : found;
}

std::string names() {
    std::string all;
    for (const auto& setting : table) all += fmt::format("{}{}", all.empty() ? "" : ", ", setting.name);
    return all;
}

std::string allowed(const ServeSetting& setting) {
    switch (setting.kind) {
        case Kind::address:
            return "an address and a port such as 127.0.0.1:8420 / 地址和端口";
        case Kind::address_or_off:
            return "an address and a port such as 127.0.0.1:8421, or off / 地址和端口，或 off";
        case Kind::file:
            return "the path of a file / 文件路径";
        case Kind::flag:
            return "true or false";
        case Kind::number:
            return fmt::format("a whole number from {} to {} / {} 至 {} 的整数", setting.least, setting.most,
                               setting.least, setting.most);
    }
    return {};
}

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failed == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

bool fits(const ServeSetting& setting, std::string_view text) {
    switch (setting.kind) {
        case Kind::address:
            return http::parse_address(text).has_value();
        case Kind::address_or_off:
            return text == "off" || http::parse_address(text);
        case Kind::file:
            return text.find('\0') == std::string_view::npos;
        case Kind::flag:
            return text == "true" || text == "false";
        case Kind::number: {
            const auto number = number_in(text);
            return number && *number >= setting.least && *number <= setting.most;
        }
    }
    return false;
}

/// The line of a member's name in a document of one flat object.
std::size_t line_of(std::string_view text, std::string_view key) {
    const auto quoted = fmt::format("\"{}\"", key);
    for (auto at = text.find(quoted); at != std::string_view::npos; at = text.find(quoted, at + 1)) {
        const auto after = text.find_first_not_of(" \t\r\n", at + quoted.size());
        if (after != std::string_view::npos && text[after] == ':')
            return 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, at), '\n'));
    }
    return 1;
}

/// A member's value as the same text that a flag or a variable would have.
std::optional<std::string> text_of(const boost::json::value& value, Kind kind) {
    if (value.is_string() && kind != Kind::flag && kind != Kind::number) return std::string(value.as_string());
    if (value.is_bool() && kind == Kind::flag) return value.as_bool() ? "true" : "false";
    if (value.is_int64() && kind == Kind::number) return fmt::format("{}", value.as_int64());
    return std::nullopt;
}

std::unexpected<Error> complaint(std::string_view where, std::string_view name, const std::string& found,
                                 const std::string& expected) {
    return failure(ErrorCode::invalid,
                   fmt::format("{}: {}: {} stands there; allowed is {}", where, name, found, expected));
}

using Said = std::vector<std::optional<ServeValue>>;  // In the table's order.

Result<void> say(Said& said, std::string_view name, std::string text, std::string from) {
    const auto* setting = find(name);
    if (setting == nullptr)
        return failure(ErrorCode::invalid,
                       fmt::format("{}: there is no setting {}; there are {}", from, name, names()));
    if (!fits(*setting, text)) return complaint(from, name, fmt::format("\"{}\"", text), allowed(*setting));
    said[static_cast<std::size_t>(setting - std::begin(table))] = ServeValue{setting, std::move(text), std::move(from)};
    return {};
}

Result<void> read_file(const ServeSources& sources, Said& said) {
    ANJIE_TRY(const auto content, witness::read_file(sources.file, file_bytes_max));
    if (!content) {
        if (!sources.file_is_asked_for) return {};
        return failure(ErrorCode::not_found, fmt::format("there is no file {} / 没有这个文件", sources.file.string()));
    }
    const auto name = sources.file.filename().string();
    ANJIE_TRY(const auto document, json::parse(*content, name));
    if (!document.is_object())
        return failure(ErrorCode::invalid, fmt::format("{}:1: must be one JSON object / 必须是一个 JSON 对象", name));
    for (const auto& [key, value] : document.as_object()) {
        const std::string_view member(key.data(), key.size());
        auto where = fmt::format("{}:{}", name, line_of(*content, member));
        const auto* setting = find(member);
        if (setting == nullptr)
            return failure(ErrorCode::invalid,
                           fmt::format("{}: there is no setting {}; there are {}", where, member, names()));
        auto text = text_of(value, setting->kind);
        if (!text) return complaint(where, member, boost::json::serialize(value), allowed(*setting));
        ANJIE_CHECK(say(said, member, std::move(*text), std::move(where)));
    }
    return {};
}

std::string variable_of(std::string_view name) {
    auto variable = fmt::format("ANJIE_SERVE_{}", name);
    std::ranges::transform(variable, variable.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return variable;
}

std::string flag_of(std::string_view name) {
    auto flag = fmt::format("--{}", name);
    std::ranges::replace(flag, '_', '-');
    return flag;
}

}  // namespace

std::span<const ServeSetting> serve_settings_table() { return table; }

Result<std::vector<ServeValue>> resolve_serve_settings(const ServeSources& sources) {
    Said said(std::size(table));
    ANJIE_CHECK(read_file(sources, said));
    for (const auto& setting : table) {
        auto variable = variable_of(setting.name);
        if (auto text = sources.environment(variable)) ANJIE_CHECK(say(said, setting.name, std::move(*text), variable));
    }
    for (const auto& [name, text] : sources.command_line) ANJIE_CHECK(say(said, name, text, flag_of(name)));
    std::vector<ServeValue> values;
    for (std::size_t i = 0; i < said.size(); ++i)
        values.push_back(said[i].value_or(ServeValue{&table[i], std::string(table[i].otherwise), "default"}));
    return values;
}

Result<ServeSettings> serve_settings(const std::vector<ServeValue>& values) {
    const auto value = [&](std::string_view name) -> const ServeValue& {
        return *std::ranges::find(values, name, [](const ServeValue& one) { return one.setting->name; });
    };
    const auto number = [&](std::string_view name) { return number_in(value(name).text).value_or(0); };
    const auto count = [&](std::string_view name) { return static_cast<std::size_t>(number(name)); };
    ServeSettings settings;
    ANJIE_TRY(settings.http, http::parse_address(value("http").text));
    if (const auto& operation = value("operation"); operation.text != "off") {
        ANJIE_TRY(settings.operation, http::parse_address(operation.text));
        if (!http::is_loopback(*settings.operation))
            return complaint(operation.from, "operation", operation.text,
                             "an address of this machine alone, such as 127.0.0.1:8421, or off / 仅限本机地址");
    }
    if (const auto& rpc = value("rpc"); rpc.text != "off") {
        ANJIE_TRY(settings.rpc, http::parse_address(rpc.text));
    }
    const auto& certificate = value("tls_cert");
    const auto& key = value("tls_key");
    if (certificate.text.empty() != key.text.empty())
        return failure(ErrorCode::invalid,
                       fmt::format("{}: tls_cert and tls_key go together; give both / 证书和私钥必须同时给出",
                                   certificate.text.empty() ? key.from : certificate.from));
    if (!certificate.text.empty()) settings.tls = http::TlsFiles{certificate.text, key.text};
    settings.insecure_plaintext = value("insecure_plaintext").text == "true";
    if (!http::is_loopback(settings.http) && !settings.tls && !settings.insecure_plaintext)
        return complaint(value("http").from, "http", value("http").text,
                         "an address of this machine, or tls_cert and tls_key with it, or --insecure-plaintext where "
                         "a proxy on the way does TLS / 非本机地址须有证书，或明确 --insecure-plaintext");
    settings.limits.workers = count("workers");
    settings.limits.queued_requests_max = count("queued_requests_max");
    settings.limits.connections_max = count("connections_max");
    settings.limits.connections_per_address_max = count("connections_per_address_max");
    settings.limits.streams_max = count("streams_max");
    settings.limits.answer_time = std::chrono::seconds{number("answer_seconds")};
    settings.limits.stop_time = std::chrono::seconds{number("stop_seconds")};
    settings.checkpoint_every = std::chrono::seconds{number("checkpoint_seconds")};
    settings.public_log = value("public_log").text == "true";
    settings.log_requests = value("log_requests").text == "true";
    return settings;
}

std::string to_json(const std::vector<ServeValue>& values) {
    std::string text = "{\n";
    for (const auto& value : values) {
        const bool bare = value.setting->kind == Kind::flag || value.setting->kind == Kind::number;
        text += fmt::format("  \"{}\": {}{}\n", value.setting->name,
                            bare ? value.text : boost::json::serialize(boost::json::value(value.text)),
                            &value == &values.back() ? "" : ",");
    }
    return text + "}\n";
}

}  // namespace anjie
