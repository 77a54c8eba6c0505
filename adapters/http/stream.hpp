#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace anjie::http {

/// Why a stream ended.
enum class StreamEnd {
    finished,     ///< The writer said so.
    client_left,  ///< The other side closed, or the connection failed.
    slow,         ///< The client did not read: its buffer was full, or nothing went out for too long.
    shutdown,     ///< The server is stopping.
};
/// The stable name of a reason, for example "slow".
[[nodiscard]] std::string_view to_string(StreamEnd end);

/// The sending end of a long answer, for example Server-Sent Events.
/// Threads: every method may be called from any thread. Lifetime: may outlive the connection and the server; then it
/// is closed.
class StreamWriter {
public:
    virtual ~StreamWriter() = default;

    /// Appends to the client's buffer; never blocks. Answers false when the stream has ended, or ends now because the
    /// bytes do not fit in the buffer (then the client gets what was buffered and its last words with `slow`, if it
    /// reads them soon).
    virtual bool write(std::string_view bytes) = 0;
    /// How many bytes `write` would take now; 0 when the stream has ended.
    [[nodiscard]] virtual std::size_t room() const = 0;
    /// Blocks until there is room for `bytes`, the stream ends or `timeout` passes; answers whether there is room. For
    /// a writer that reads from a store as fast as the client does.
    [[nodiscard]] virtual bool wait_room(std::size_t bytes, std::chrono::milliseconds timeout) const = 0;
    /// Whether writing still makes sense.
    [[nodiscard]] virtual bool open() const = 0;
    /// Sends what is buffered, then the end.
    virtual void finish() = 0;
    /// Calls `left` once when the stream ends for whatever reason; at once when it has. It is called on the server's
    /// I/O thread and must neither block nor throw.
    virtual void on_end(std::function<void(StreamEnd)> left) = 0;
    /// Calls `drained` each time the buffer, having been more than half full, is less than half full again. As above.
    virtual void on_drained(std::function<void()> drained) = 0;
};

/// A long answer: what is done once its head is under way, and how it is kept alive and ended.
struct Stream {
    /// Called once, on a worker thread; hands the writer to whoever will write and returns soon.
    std::function<void(std::shared_ptr<StreamWriter>)> start;
    std::size_t buffer_bytes_max{262'144};        ///< Of one client.
    std::chrono::milliseconds heartbeat{15'000};  ///< Of silence, after which `heartbeat_bytes` are sent; 0: never.
    std::string heartbeat_bytes;
    /// What is sent before the end when the server ends the stream (`slow`, `shutdown`); may be left out.
    std::function<std::string(StreamEnd)> last_words;
};

/// One event of `text/event-stream`. Texts may hold line breaks only in `data`.
struct ServerSentEvent {
    std::string_view id{};     ///< Left out when empty.
    std::string_view event{};  ///< Left out when empty.
    std::string_view data{};
};
[[nodiscard]] std::string to_string(const ServerSentEvent& event);

struct Response;
/// An answer of `text/event-stream`: heartbeat comments, and a last event `end` with `{"reason":"slow"}` or
/// `{"reason":"shutdown"}`, after which a client resumes by Last-Event-ID. `retry` is what clients wait before that.
[[nodiscard]] Response event_stream(std::function<void(std::shared_ptr<StreamWriter>)> start,
                                    std::chrono::milliseconds retry = std::chrono::milliseconds{2'000});

}  // namespace anjie::http
