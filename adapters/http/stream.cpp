#include "adapters/http/stream.hpp"

#include <fmt/format.h>

#include "adapters/http/message.hpp"

namespace anjie::http {

std::string_view to_string(StreamEnd end) {
    switch (end) {
        case StreamEnd::finished:
            return "finished";
        case StreamEnd::client_left:
            return "client-left";
        case StreamEnd::slow:
            return "slow";
        case StreamEnd::shutdown:
            return "shutdown";
    }
    return "?";
}

std::string to_string(const ServerSentEvent& event) {
    std::string text;
    // A line break in an id or a name would begin another field.
    const auto line = [&](std::string_view field, std::string_view value) {
        text += field;
        for (const char c : value)
            if (c != '\n' && c != '\r' && c != '\0') text += c;
        text += '\n';
    };
    if (!event.id.empty()) line("id: ", event.id);
    if (!event.event.empty()) line("event: ", event.event);
    auto rest = event.data;
    while (true) {
        const auto end = rest.find_first_of("\r\n");
        line("data: ", rest.substr(0, end));
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + (rest.substr(end).starts_with("\r\n") ? 2 : 1));
    }
    text += '\n';
    return text;
}

Response event_stream(std::function<void(std::shared_ptr<StreamWriter>)> start, std::chrono::milliseconds retry) {
    Response response;
    response.headers.set("Content-Type", "text/event-stream");
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("X-Accel-Buffering", "no");  // nginx would keep events back.
    Stream stream;
    stream.start = [start = std::move(start), retry](std::shared_ptr<StreamWriter> writer) {
        writer->write(fmt::format("retry: {}\n\n", retry.count()));
        start(std::move(writer));
    };
    stream.heartbeat_bytes = ":\n\n";
    stream.last_words = [](StreamEnd end) {
        return to_string(ServerSentEvent{.event = "end", .data = fmt::format(R"({{"reason":"{}"}})", to_string(end))});
    };
    response.stream = std::move(stream);
    return response;
}

}  // namespace anjie::http
