#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <set>

#include "adapters/api/detail/routes.hpp"
#include "adapters/http/json_body.hpp"
#include "engine/assert.hpp"
#include "engine/trust/hash.hpp"

namespace anjie::api {

namespace detail {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr std::uint64_t wait_ms_default = 5'000;
constexpr std::uint64_t wait_ms_max = 10'000;
constexpr std::size_t key_bytes_max = 255;

/// Waits for `wait_for`, when the query has it. A problem when lists have not followed in time.
std::optional<Response> waited(const Request& request, const Api::Impl& api) {
    Query query(request);
    const auto position = query.number("wait_for", 0, std::numeric_limits<std::int64_t>::max());
    const auto timeout = query.number("wait_ms", 0, wait_ms_max);
    if (!position) return std::nullopt;
    if (api.service.wait_for(*position, std::chrono::milliseconds(timeout.value_or(wait_ms_default))))
        return std::nullopt;
    return problem_of(request, "not-yet");
}

/// FNV-1a: tells two views of a version apart, hides nothing.
std::uint64_t quick_hash(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

Result<std::string> mac_of(const access::Access& access, std::string_view place, std::string_view filter) {
    ANJIE_TRY(auto digest, access.query_digest(fmt::format("cursor {} {}", place, filter)));
    digest.resize(std::min<std::size_t>(digest.size(), 32));
    return digest;
}

/// A route that the document does not have, or one of the document that nobody answers, is our own mistake.
void hold_against_document(const http::Router& router, const std::string& text) {
    const auto document = boost::json::parse(text);
    std::set<std::string> described;
    for (const auto& [path, item] : document.at("paths").as_object())
        for (const auto& [method, operation] : item.as_object())
            described.insert(fmt::format("{} {}", std::string_view(method), std::string_view(path)));
    for (const auto& route : router.routes()) {
        auto pattern = route->pattern;
        if (!pattern.starts_with("/v1/") && !pattern.starts_with("/problems/") && !pattern.starts_with("/calendar/"))
            continue;
        if (const auto dots = pattern.find("..."); dots != std::string::npos) pattern.erase(dots, 3);
        std::string method(to_string(route->method));
        std::ranges::transform(method, method.begin(), [](unsigned char c) { return std::tolower(c); });
        if (described.erase(fmt::format("{} {}", method, pattern)) == 0) {
            fmt::print(stderr, "{} {}: not in the OpenAPI document\n", method, pattern);
            ANJIE_ASSERT(!"a route is not in the OpenAPI document");
        }
    }
    for (const auto& left : described) fmt::print(stderr, "{}: in the OpenAPI document, but no route\n", left);
    ANJIE_ASSERT(described.empty());
}

}  // namespace

void add(http::Router& router, const Shared& api, Method method, std::string_view pattern, Ask ask) {
    router.add(method, pattern, [api, ask = std::move(ask)](Request& request) -> Response {
        if (request.method == Method::get || request.method == Method::head)
            if (auto not_yet = waited(request, *api)) return std::move(*not_yet);
        const auto* asker = request.attached<Asker>();
        if (asker == nullptr) return problem_of(request, "unauthenticated");
        const auto caller = asker->caller;
        auto answer = ask(request, caller);
        if (!answer) return problem_of(request, answer.error());
        return std::move(*answer);
    });
}

Response json_answer(const boost::json::value& value, unsigned status) {
    return Response::json(status, boost::json::serialize(value));
}

service::Answer<Response> xlsx_answer(const Api::Impl& api, const tables::Workbook& workbook,
                                      std::string_view file_name) {
    if (!api.options.xlsx) return service::trouble(ErrorCode::unavailable, "no tables are made here / 此处不制作表格");
    ANJIE_ASK(auto bytes, api.options.xlsx(workbook));
    auto response =
        Response::of_type(200, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", std::move(bytes));
    response.headers.set("Content-Disposition", fmt::format("attachment; filename=\"{}\"", file_name));
    return response;
}

views::Language language_of(const Request& request) {
    return request.language == http::Language::zh ? views::Language::zh : views::Language::en;
}

bool is_json(const Request& request) {
    const auto type = request.headers.find("Content-Type").value_or(std::string_view{});
    constexpr std::string_view json = "application/json";
    return type.substr(0, json.size()) == json && (type.size() == json.size() || type[json.size()] == ';');
}

Result<boost::json::value> json_body(const Request& request) { return http::parse_json(request.body); }

std::optional<Version> version_in_tag(std::string_view tag) {
    if (tag.size() < 3 || !tag.starts_with('"') || !tag.ends_with('"')) return std::nullopt;
    tag = tag.substr(1, tag.size() - 2);
    const auto digits = tag.substr(0, tag.find('.'));
    Version version = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return version;
}

std::string tag_of(Version version, std::string_view body) {
    return fmt::format("\"{}.{:016x}\"", version, quick_hash(body));
}

std::optional<std::string> key_of(const Request& request) {
    const auto header = request.headers.find("Idempotency-Key");
    if (!header) return std::nullopt;
    auto text = *header;
    std::string key;
    if (text.starts_with('"')) {
        if (text.size() < 2 || !text.ends_with('"')) return std::nullopt;
        text = text.substr(1, text.size() - 2);
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '\\' && ++i == text.size()) return std::nullopt;
            key += text[i];
        }
    } else {
        key = text;
    }
    if (key.empty() || key.size() > key_bytes_max) return std::nullopt;
    for (const char c : key)
        if (c < 0x20 || c > 0x7e) return std::nullopt;
    return key;
}

Result<std::string> make_cursor(const access::Access& access, std::string_view place, std::string_view filter) {
    ANJIE_TRY(const auto mac, mac_of(access, place, filter));
    const auto text = fmt::format("{}.{}", place, mac);
    return to_hex(bytes_of(text));
}

Result<std::string> read_cursor(const access::Access& access, std::string_view cursor, std::string_view filter) {
    const auto wrong = [] {
        return failure(ErrorCode::invalid,
                       "query: cursor: it is not from this list; begin again without it / 游标无效，请从头列出");
    };
    const auto bytes = from_hex(cursor);
    if (!bytes) return wrong();
    std::string text;
    for (const auto byte : *bytes) text += static_cast<char>(std::to_integer<unsigned char>(byte));
    const auto dot = text.rfind('.');
    if (dot == std::string::npos) return wrong();
    const auto place = text.substr(0, dot);
    ANJIE_TRY(const auto mac, mac_of(access, place, filter));
    // Who guesses a place learns nothing that the list without a cursor would not show.
    if (text.substr(dot + 1) != mac) return wrong();
    return place;
}

}  // namespace detail

Api::Api(service::Service& service, Options options) : impl_(std::make_shared<Impl>(service, std::move(options))) {
    impl_->document = detail::whole_document(impl_->options, false);
}
Api::~Api() {
    impl_->pump.stop();
    impl_->exports.stop();
}

const std::string& Api::document() const { return impl_->document; }

void Api::add_routes(http::Router& router) {
    router.use(detail::who_asks(impl_->access));
    router.finish_with([](const http::Request& request, http::Response& response) {
        if (!request.path.starts_with("/v1/")) return;
        if (!response.headers.find("Cache-Control")) response.headers.set("Cache-Control", "no-store");
        response.headers.set("X-Content-Type-Options", "nosniff");
    });
    detail::add(router, impl_, http::Method::get, "/v1/openapi.json",
                [api = impl_](http::Request&, const service::Caller&) -> service::Answer<http::Response> {
                    return http::Response::json(200, api->document);
                });
    detail::add(router, impl_, http::Method::get, "/problems/{code}",
                [](http::Request& request, const service::Caller&) -> service::Answer<http::Response> {
                    return detail::problem_page(request, request.parameters.get("code"));
                });
    detail::add_session_routes(router, impl_);
    detail::add_case_routes(router, impl_);
    detail::add_command_routes(router, impl_);
    detail::add_figure_routes(router, impl_);
    detail::add_log_routes(router, impl_);
    detail::add_feed_routes(router, impl_);
    detail::add_operation_routes(router, impl_);
    detail::add_approval_routes(router, impl_);
    detail::add_calendar_routes(router, impl_);
    // Another part of the server answers hand-overs, where there is anybody to hand over to.
    const bool handover = std::ranges::any_of(
        router.routes(), [](const auto& route) { return route->pattern == "/v1/handover/messages"; });
    impl_->document = detail::whole_document(impl_->options, handover);
    detail::hold_against_document(router, impl_->document);
}

}  // namespace anjie::api
