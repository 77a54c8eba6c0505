// What a connection does while its answer is a stream.
#include <boost/asio/post.hpp>

#include "adapters/http/detail/answer.hpp"
#include "adapters/http/detail/connection.hpp"
#include "adapters/http/detail/core.hpp"

namespace anjie::http::detail {

void Connection::begin_stream(Response response) {
    stream_form_ = std::move(response.stream);
    response.stream.reset();
    const auto request = request_;
    const auto busy = [&] {
        respond(*request,
                detail::answer(*request,
                               {503, "too-many-streams", "订阅过多，请稍后再试", "too many streams; try again", {}}));
    };
    if (request->method == Method::head) return respond(*request, std::move(response));
    if (core_.streams >= core_.options.limits.streams_max) return busy();
    stream_ = std::make_shared<BufferedStream>(stream_form_->buffer_bytes_max,
                                               [core = core_.weak_from_this(), connection = weak_from_this()] {
                                                   if (const auto alive = core.lock())
                                                       boost::asio::post(alive->io, [connection] {
                                                           if (const auto sending = connection.lock()) sending->pump();
                                                       });
                                               });
    if (!core_.run_on_worker([stream = stream_, start = stream_form_->start] {
            try {
                start(stream);
            } catch (...) {
                stream->finish();
            }
        })) {
        stream_.reset();
        return busy();
    }
    ++core_.streams;
    stream_ended_ = false;
    keep_alive_ = keep_alive_ && !one_dot_zero_;
    at_ = At::streaming;
    set_deadline(core_.options.limits.write_time);
    discarded_ = 0;
    last_sent_ = std::chrono::steady_clock::now();
    core_.note_answer(*request, response.status, 0, std::chrono::duration<double>(last_sent_ - began_).count());
    write(head_text(response, *request,
                    {.keep_alive = false, .chunked = !one_dot_zero_, .unbounded = one_dot_zero_, .tls = tls_}),
          &Connection::after_stream_write);
    if (core_.stopping) stream_->finish_with(StreamEnd::shutdown);
    read();  // Only to notice when the client leaves.
}

void Connection::after_stream_write() {
    if (at_ != At::streaming) return;
    deadline_ = Time::max();
    last_sent_ = std::chrono::steady_clock::now();
    stream_->sent();
    pump();
}

void Connection::pump() {
    if (at_ != At::streaming || stream_ended_) return;
    const auto ended = stream_->ended();
    if (writing_) {
        // A client that does not read is not waited for long.
        if (ended == StreamEnd::slow)
            deadline_ = std::min(deadline_, std::chrono::steady_clock::now() + core_.options.limits.linger_time);
        return;
    }
    const auto bytes = stream_->take();
    if (bytes.empty()) {
        if (ended) end_stream(*ended);
        return;
    }
    set_deadline(ended ? core_.options.limits.linger_time : core_.options.limits.write_time);
    write(one_dot_zero_ ? bytes : chunk(bytes), &Connection::after_stream_write);
}

void Connection::end_stream(StreamEnd why) {
    stream_ended_ = true;
    core_.note_stream_end(stream_->end(why));
    std::string last;
    if (stream_form_->last_words && (why == StreamEnd::slow || why == StreamEnd::shutdown))
        last = stream_form_->last_words(why);
    set_deadline(core_.options.limits.linger_time);
    at_ = At::answering;
    keep_alive_ = false;
    write(one_dot_zero_ ? last : chunk(last) + std::string(last_chunk), &Connection::after_answer);
}

}  // namespace anjie::http::detail
