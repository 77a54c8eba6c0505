#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <charconv>

#include "adapters/api/detail/routes.hpp"
#include "engine/trust/note.hpp"

namespace anjie::api::detail {
namespace {

using http::Method;
using http::Request;
using http::Response;
using service::Answer;
using service::Caller;

constexpr std::uint64_t events_default = 100;
constexpr std::uint64_t events_max = 1'000;
constexpr Position position_max = std::numeric_limits<std::int64_t>::max();

Answer<Response> events(const Shared& api, const Request& request, const Caller& caller) {
    Query query(request);
    (void)query.text("wait_for");
    (void)query.text("wait_ms");
    const auto after = query.number("after", 0, position_max).value_or(0);
    const auto limit = query.number("limit", 1, events_max).value_or(events_default);
    const service::FeedFilter filter{.organisation = query.text("organisation"), .types = query.texts("type")};
    ANJIE_DEMAND(query.check());
    ANJIE_ASK(const auto batch, api->service.read_feed(caller, filter, after, limit));
    // The events are made already; only the frame is added.
    std::string body = "{\"events\":[";
    for (const auto& event : batch.events) {
        if (body.back() != '[') body += ',';
        body += event->json;
    }
    body += fmt::format("],\"next\":{},\"head\":{}}}", batch.next, api->service.head());
    return Response::json(200, std::move(body));
}

Answer<Response> checkpoint(const Shared& api, Request&, const Caller& caller) {
    ANJIE_ASK(const auto head, api->service.checkpoint(caller));
    return Response::text(200, head.note);
}

Answer<Response> keys(const Shared& api, Request&, const Caller& caller) {
    ANJIE_ASK(const auto known, api->service.log_keys(caller));
    std::string text;
    for (const auto& key : known) text += to_string(key) + "\n";
    return Response::text(200, std::move(text));
}

Answer<Response> proof(const Shared& api, const Request& request, const Caller& caller) {
    const auto text = request.parameters.get("position");
    Position position = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), position);
    if (error != std::errc{} || end != text.data() + text.size())
        return service::trouble(ErrorCode::not_found, fmt::format("there is no event {} / 没有此事件", text));
    ANJIE_ASK(auto file, api->service.event_proof(caller, position));
    return Response::of_type(200, "text/plain; charset=utf-8", std::move(file));
}

/// tile/<level>/<index>[.p/<width>] and tile/entries/<index>[.p/<width>] below /v1/log/ (c2sp.org/tlog-tiles).
Answer<Response> tile(const Shared& api, const Request& request, const Caller& caller) {
    constexpr std::size_t before = 2;  // "v1", "log"
    const auto path = fmt::format(
        "{}", fmt::join(request.segments.begin() + static_cast<std::ptrdiff_t>(before), request.segments.end(), "/"));
    auto bytes =
        path.starts_with("tile/entries/") ? api->service.entry_bundle(caller, path) : api->service.tile(caller, path);
    if (!bytes) return std::unexpected(bytes.error());
    std::string body(bytes->size(), '\0');
    std::memcpy(body.data(), bytes->data(), bytes->size());
    auto response = Response::of_type(200, "application/octet-stream", std::move(body));
    // What a tile holds never changes, also of a partial one.
    response.headers.set("Cache-Control", "private, max-age=31536000, immutable");
    return response;
}

}  // namespace

void add_log_routes(http::Router& router, const Shared& api) {
    const auto route = [&](std::string_view pattern, auto work) {
        add(router, api, Method::get, pattern,
            [api, work](Request& request, const Caller& caller) { return work(api, request, caller); });
    };
    route("/v1/events", events);
    route("/v1/events/{position}/proof", proof);
    route("/v1/log/checkpoint", checkpoint);
    route("/v1/log/keys", keys);
    route("/v1/log/tile/{path...}", tile);
}

void add_feed_routes(http::Router& router, const Shared& api) {
    add(router, api, Method::get, "/v1/feed", [api](Request& request, const Caller& caller) -> Answer<Response> {
        Query query(request);
        auto after = query.number("after", 0, position_max);
        service::FeedFilter filter{.organisation = query.text("organisation"), .types = query.texts("type")};
        (void)query.text("wait_for");
        (void)query.text("wait_ms");
        ANJIE_DEMAND(query.check());
        if (const auto last = request.headers.find("Last-Event-ID"); last && !last->empty()) {
            Position position = 0;
            const auto [end, error] = std::from_chars(last->data(), last->data() + last->size(), position);
            if (error != std::errc{} || end != last->data() + last->size())
                return service::trouble(ErrorCode::invalid, "Last-Event-ID: it is a position / 应为日志位置");
            after = position;
        }
        const auto head = api->service.head();
        if (after.value_or(0) > head) return problem_of(request, "position-ahead", {}, {{"head", head}});
        // Refused now rather than within the stream.
        ANJIE_ASK(const auto first, api->service.read_feed(caller, filter, head, 1));
        const auto* asker = request.attached<Asker>();
        FeedOrder order{caller, asker->credential, std::move(filter), after.value_or(head)};
        return http::event_stream([api, order = std::move(order)](std::shared_ptr<http::StreamWriter> writer) {
            api->pump.subscribe(std::move(writer), order);
        });
    });
}

}  // namespace anjie::api::detail
