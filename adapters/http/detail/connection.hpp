#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "adapters/http/detail/chunked.hpp"
#include "adapters/http/detail/head.hpp"
#include "adapters/http/detail/stream_writer.hpp"
#include "adapters/http/detail/transport.hpp"
#include "adapters/http/message.hpp"

namespace anjie::http::detail {

struct Core;

/// One client's connection: a request, its answer, and again. What comes while an answer is not yet given is never
/// taken for a request. Deadlines are looked at by `tick`, which the server calls many times a second.
/// Threads: the I/O thread alone.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    using Time = std::chrono::steady_clock::time_point;

    Connection(Core& core, std::unique_ptr<Transport> transport, std::string peer, bool tls);
    ~Connection();

    void start();
    void tick(Time now);
    /// Ends what is idle now, what is under way after its answer, and a stream with its last words.
    void stop();
    /// Ends at once.
    void cut() { close(StreamEnd::shutdown); }
    /// Takes the answer to `request` if it still waits for that.
    void answer(const std::shared_ptr<Request>& request, Response response);
    [[nodiscard]] const std::string& peer() const { return peer_; }

private:
    enum class At { handshake, idle, head, body, handling, answering, streaming, finishing, closed };

    void await_request();
    void read();
    void after_read(boost::system::error_code failed, std::size_t size);
    void take_head();
    void begin_request(Head head);
    [[nodiscard]] bool route(const Head& head);
    void begin_body();
    void take_body();
    void dispatch();
    void refuse(const Request& request, const Refusal& refusal);
    void respond(const Request& request, Response response);
    void write(std::string bytes, void (Connection::*then)());
    void after_answer();
    void begin_stream(Response response);
    void after_stream_write();
    void pump();
    void end_stream(StreamEnd why);
    void finish();
    void close(StreamEnd why);
    void set_deadline(std::chrono::milliseconds from_now);

    Core& core_;
    std::unique_ptr<Transport> transport_;
    const std::string peer_;
    const bool tls_;

    At at_{At::handshake};
    Time deadline_{Time::max()};
    bool reading_{};
    bool writing_{};
    std::array<char, 8'192> piece_;
    std::string buffer_;
    std::string outgoing_;
    std::size_t requests_{};
    std::size_t discarded_{};

    std::shared_ptr<Request> request_;
    const Router::Route* route_{};
    bool keep_alive_{};
    bool one_dot_zero_{};
    std::uint64_t body_left_{};
    std::optional<ChunkedBody> chunked_;
    Time began_{};

    std::optional<Stream> stream_form_;
    std::shared_ptr<BufferedStream> stream_;
    bool stream_ended_{};
    Time last_sent_{};
};

}  // namespace anjie::http::detail
