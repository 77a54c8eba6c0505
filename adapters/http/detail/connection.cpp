#include "adapters/http/detail/connection.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>

#include "adapters/http/detail/answer.hpp"
#include "adapters/http/detail/core.hpp"

namespace anjie::http::detail {
namespace {

/// What a client may still send after its last answer, so that the answer is not lost to a reset.
constexpr std::size_t discarded_bytes_max = 1u << 20;
/// Each so many bytes of a body get a second more.
constexpr std::uint64_t body_bytes_per_second = 65'536;

Connection::Time now() { return std::chrono::steady_clock::now(); }

}  // namespace

Connection::Connection(Core& core, std::unique_ptr<Transport> transport, std::string peer, bool tls)
    : core_(core), transport_(std::move(transport)), peer_(std::move(peer)), tls_(tls) {}
Connection::~Connection() = default;

void Connection::set_deadline(std::chrono::milliseconds from_now) { deadline_ = now() + from_now; }

void Connection::start() {
    set_deadline(core_.options.limits.handshake_time);
    transport_->handshake([self = shared_from_this()](boost::system::error_code failed, std::size_t) {
        if (self->at_ != At::handshake) return;
        if (failed) return self->close(StreamEnd::client_left);
        self->await_request();
    });
}

void Connection::await_request() {
    request_.reset();
    buffer_.clear();
    if (core_.stopping) return finish();
    at_ = At::idle;
    set_deadline(core_.options.limits.idle_time);
    read();
}

void Connection::read() {
    if (reading_) return;
    reading_ = true;
    transport_->read_some(boost::asio::buffer(piece_),
                          [self = shared_from_this()](boost::system::error_code failed, std::size_t size) {
                              self->reading_ = false;
                              self->after_read(failed, size);
                          });
}

void Connection::after_read(boost::system::error_code failed, std::size_t size) {
    switch (at_) {
        case At::idle:
        case At::head:
        case At::body:
            if (failed) return close(StreamEnd::client_left);
            if (at_ == At::idle) {
                at_ = At::head;
                set_deadline(core_.options.limits.head_time);
            }
            buffer_.append(piece_.data(), size);
            return at_ == At::head ? take_head() : take_body();
        case At::streaming:
            if (failed) return close(StreamEnd::client_left);
            break;
        case At::finishing:
            if (failed) return close(StreamEnd::client_left);
            break;
        case At::handling:
        case At::answering:
            keep_alive_ = false;  // It spoke out of turn; nothing of that is looked at.
            return;
        case At::handshake:
        case At::closed:
            return;
    }
    discarded_ += size;
    if (discarded_ > discarded_bytes_max) return close(StreamEnd::client_left);
    read();
}

void Connection::take_head() {
    const auto& limits = core_.options.limits;
    Request fallback;
    fallback.trace_id = new_trace_id();
    if (auto begun = check_beginning(buffer_, limits); !begun) return refuse(fallback, begun.error());
    const auto end = buffer_.find("\r\n\r\n");
    if (end == std::string::npos) return read();
    auto head = read_head(std::string_view(buffer_).substr(0, end + 4), limits, fallback);
    buffer_.erase(0, end + 4);
    if (!head) return refuse(fallback, head.error());
    begin_request(std::move(*head));
}

void Connection::begin_request(Head head) {
    ++requests_;
    keep_alive_ = head.keep_alive && requests_ < core_.options.limits.requests_per_connection_max;
    one_dot_zero_ = head.one_dot_zero;
    request_ = std::make_shared<Request>(std::move(head.request));
    request_->peer = peer_;
    request_->tls = tls_;
    began_ = now();
    if (!route(head)) return;
    body_left_ = head.length;
    chunked_.reset();
    if (head.chunked) chunked_.emplace(route_->options.body_bytes_max);
    if (body_left_ == 0 && !chunked_) return dispatch();
    at_ = At::body;
    set_deadline(core_.options.limits.body_time + std::chrono::seconds(head.length / body_bytes_per_second));
    if (!head.expects_continue) return take_body();
    write("HTTP/1.1 100 Continue\r\n\r\n", &Connection::begin_body);
}

void Connection::begin_body() {
    if (at_ == At::body) take_body();
}

/// Whether there is a route that takes such a body; otherwise the answer is under way.
bool Connection::route(const Head& head) {
    auto match = core_.router.match(request_->method, request_->segments);
    route_ = match.route;
    const bool body = head.length != 0 || head.chunked;
    if (route_ == nullptr) {
        request_->route = "-";
        keep_alive_ = keep_alive_ && !body;
        if (request_->method == Method::options && !match.allow.empty()) {
            auto allowed = Response::empty();
            allowed.headers.set("Allow", match.allow);
            respond(*request_, std::move(allowed));
            return false;
        }
        const Refusal nothing{404, "no-such-path", "没有这个路径", "there is no such path", {}};
        const Refusal not_so{405, "method-not-allowed", "此路径不支持该方法", "this path has other methods",
                             match.allow};
        respond(*request_, detail::answer(*request_, match.allow.empty() ? nothing : not_so));
        return false;
    }
    request_->route = route_->pattern;
    request_->parameters = std::move(match.parameters);
    if (head.chunked && !route_->options.chunked) {
        refuse(*request_, {411,
                           "length-required",
                           "请用 Content-Length 说明请求体长度",
                           "say the body's length by Content-Length",
                           {}});
        return false;
    }
    if (head.length > route_->options.body_bytes_max) {
        refuse(*request_, {413, "body-too-long", "请求体过长", "the body is too long", {}});
        return false;
    }
    return true;
}

void Connection::take_body() {
    if (chunked_) {
        const auto taken = chunked_->take(buffer_, request_->body);
        if (!taken) return refuse(*request_, taken.error());
        buffer_.erase(0, *taken);
        if (!chunked_->done()) return read();
    } else {
        const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(body_left_, buffer_.size()));
        request_->body.append(buffer_, 0, part);
        buffer_.erase(0, part);
        body_left_ -= part;
        if (body_left_ != 0) return read();
    }
    dispatch();
}

void Connection::dispatch() {
    // More than the request: whatever it is, nobody will read it as a request of its own.
    if (!buffer_.empty()) keep_alive_ = false;
    buffer_.clear();
    at_ = At::handling;
    began_ = now();
    set_deadline(core_.options.limits.answer_time);
    if (core_.run_on_worker(job(core_.shared_from_this(), weak_from_this(), request_, *route_))) return;
    const auto request = request_;
    respond(*request,
            detail::answer(*request, {503, "busy", "服务繁忙，请稍后再试", "too busy now; try again soon", {}}));
}

void Connection::answer(const std::shared_ptr<Request>& request, Response response) {
    if (at_ != At::handling || request_ != request) return;
    if (response.stream) return begin_stream(std::move(response));
    respond(*request, std::move(response));
}

void Connection::refuse(const Request& request, const Refusal& refusal) {
    keep_alive_ = false;
    core_.note_refusal(refusal.code, refusal.status);
    at_ = At::answering;
    set_deadline(core_.options.limits.write_time);
    const auto response = detail::answer(request, refusal);
    write(head_text(response, request, {.tls = tls_}) + response.body, &Connection::after_answer);
}

void Connection::respond(const Request& request, Response response) {
    at_ = At::answering;
    if (core_.stopping) keep_alive_ = false;
    set_deadline(core_.options.limits.write_time);
    auto text = head_text(response, request, {.keep_alive = keep_alive_, .tls = tls_});
    if (request.method != Method::head && response.status != 204 && response.status != 304) text += response.body;
    core_.note_answer(request, response.status, response.body.size(),
                      std::chrono::duration<double>(now() - began_).count());
    write(std::move(text), &Connection::after_answer);
}

void Connection::write(std::string bytes, void (Connection::*then)()) {
    writing_ = true;
    outgoing_ = std::move(bytes);
    transport_->write(outgoing_, [self = shared_from_this(), then](boost::system::error_code failed, std::size_t) {
        self->writing_ = false;
        if (self->at_ == At::closed) return;
        if (failed) return self->close(StreamEnd::client_left);
        (self.get()->*then)();
    });
}

void Connection::after_answer() {
    if (keep_alive_ && !core_.stopping) return await_request();
    finish();
}

void Connection::finish() {
    at_ = At::finishing;
    discarded_ = 0;
    set_deadline(core_.options.limits.linger_time);
    transport_->finish([self = shared_from_this()](boost::system::error_code failed, std::size_t) {
        if (self->at_ == At::closed) return;
        // TLS has waited for the other side itself. Otherwise its end is waited for, lest a reset overtake the answer.
        if (failed || self->tls_) return self->close(StreamEnd::client_left);
        self->read();
    });
}

void Connection::close(StreamEnd why) {
    if (at_ == At::closed) return;
    at_ = At::closed;
    transport_->close();
    if (stream_ && !stream_ended_) {
        stream_ended_ = true;
        core_.note_stream_end(stream_->end(why));
    }
    if (const auto found = core_.by_address.find(peer_); found != core_.by_address.end() && --found->second == 0)
        core_.by_address.erase(found);
    core_.connections.erase(shared_from_this());
}

void Connection::stop() {
    if (at_ == At::idle) return finish();
    if (at_ == At::handshake) return close(StreamEnd::shutdown);
    if (at_ == At::streaming) stream_->finish_with(StreamEnd::shutdown);
}

void Connection::tick(Time now) {
    if (at_ == At::streaming && !writing_ && !stream_ended_ && stream_form_->heartbeat.count() > 0 &&
        now - last_sent_ >= stream_form_->heartbeat)
        stream_->write(stream_form_->heartbeat_bytes);
    if (now < deadline_) return;
    switch (at_) {
        case At::idle:
            return finish();
        case At::head:
        case At::body: {
            Request unknown;
            unknown.trace_id = new_trace_id();
            return refuse(at_ == At::body ? *request_ : unknown,
                          {408, "too-slow", "请求传输过慢", "the request came too slowly", {}});
        }
        case At::handling: {
            keep_alive_ = false;
            const auto request = request_;
            return respond(
                *request, detail::answer(
                              *request, {503, "no-answer-in-time", "未能及时答复", "no answer was found in time", {}}));
        }
        case At::streaming:
            return close(StreamEnd::slow);
        case At::handshake:
        case At::answering:
        case At::finishing:
            return close(StreamEnd::client_left);
        case At::closed:
            return;
    }
}

}  // namespace anjie::http::detail
