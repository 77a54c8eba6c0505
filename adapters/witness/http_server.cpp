#include "adapters/witness/http_server.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <csignal>
#include <memory>
#include <optional>

namespace anjie::witness {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;

Response response(const Request& request, http::status status, std::string body, std::string_view type) {
    Response answer{status, request.version()};
    answer.set(http::field::content_type, type);
    answer.set(http::field::cache_control, "no-store");
    answer.keep_alive(request.keep_alive());
    answer.body() = std::move(body);
    answer.prepare_payload();
    return answer;
}

constexpr std::string_view plain = "text/plain; charset=utf-8";

Response answer_to(Witness& witness, const Request& request) {
    constexpr std::string_view suffix = "/checkpoint";
    const std::string_view target = request.target();
    if (target == "/add-checkpoint") {
        if (request.method() != http::verb::post) {
            auto refusal = response(request, http::status::method_not_allowed, "POST it\n", plain);
            refusal.set(http::field::allow, "POST");
            return refusal;
        }
        auto answer = witness.add_checkpoint(request.body());
        const auto type = answer.status == WitnessAnswer::Status::another_size ? "text/x.tlog.size" : plain;
        return response(request, http::int_to_status(static_cast<unsigned>(answer.status)), std::move(answer.body),
                        type);
    }
    if (target.starts_with('/') && target.ends_with(suffix) && target.size() > suffix.size()) {
        if (request.method() != http::verb::get)
            return response(request, http::status::method_not_allowed, "GET it\n", plain);
        auto note = witness.latest(target.substr(1, target.size() - suffix.size() - 1));
        if (note) return response(request, http::status::ok, std::move(*note), plain);
        const auto status =
            note.error().code == ErrorCode::not_found ? http::status::not_found : http::status::service_unavailable;
        return response(request, status, note.error().detail + "\n", plain);
    }
    return response(request, http::status::not_found, "a witness has /add-checkpoint and /<log>/checkpoint\n", plain);
}

/// One connection: request, answer, and again. All run on the server's one thread.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(tcp::socket socket, Witness& witness, const HttpLimits& limits, std::shared_ptr<void> place)
        : stream_(std::move(socket)), witness_(witness), limits_(limits), place_(std::move(place)) {}

    void read() {
        parser_.emplace();
        parser_->body_limit(limits_.body_bytes_max);
        parser_->header_limit(limits_.header_bytes_max);
        stream_.expires_after(limits_.request_time);
        http::async_read(
            stream_, buffer_, *parser_,
            [self = shared_from_this()](beast::error_code failed, std::size_t) { self->after_read(failed); });
    }

private:
    void after_read(beast::error_code failed) {
        if (failed == http::error::body_limit || failed == http::error::header_limit) {
            auto refusal = response(parser_->get(), http::status::payload_too_large, "too long\n", plain);
            refusal.keep_alive(false);
            return write(std::move(refusal));
        }
        if (failed) {
            // Only what came in and is not HTTP gets an answer; a connection that ended or was too slow gets none.
            const bool not_http = failed.category() == http::make_error_code(http::error::bad_version).category();
            if (!not_http || failed == http::error::end_of_stream || failed == http::error::partial_message)
                return close();
            auto refusal = response(parser_->get(), http::status::bad_request, "this is not HTTP\n", plain);
            refusal.keep_alive(false);
            return write(std::move(refusal));
        }
        auto answer = answer_to(witness_, parser_->get());
        if (++requests_ >= limits_.requests_max) answer.keep_alive(false);
        write(std::move(answer));
    }

    void write(Response answer) {
        answer_ = std::move(answer);
        stream_.expires_after(limits_.request_time);
        http::async_write(stream_, answer_, [self = shared_from_this()](beast::error_code failed, std::size_t) {
            if (failed || !self->answer_.keep_alive()) return self->close();
            self->read();
        });
    }

    void close() {
        beast::error_code ignored;
        stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    }

    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    Response answer_;
    Witness& witness_;
    const HttpLimits& limits_;
    std::shared_ptr<void> place_;
    std::size_t requests_{};
};

class Server {
public:
    Server(asio::io_context& io, Witness& witness, const HttpLimits& limits)
        : acceptor_(io), witness_(witness), limits_(limits) {}

    Result<HttpAddress> listen(const HttpAddress& address) {
        beast::error_code failed;
        const tcp::endpoint wanted(asio::ip::make_address(address.host, failed), address.port);
        if (!failed) acceptor_.open(wanted.protocol(), failed);
        if (!failed) acceptor_.set_option(asio::socket_base::reuse_address(true), failed);
        if (!failed) acceptor_.bind(wanted, failed);
        if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
        if (failed)
            return failure(ErrorCode::unavailable,
                           fmt::format("cannot listen on {}: {}", to_string(address), failed.message()));
        return HttpAddress{address.host, acceptor_.local_endpoint().port()};
    }

    void accept() {
        acceptor_.async_accept([this](beast::error_code failed, tcp::socket socket) {
            if (failed == asio::error::operation_aborted) return;
            if (!failed && places_.use_count() <= static_cast<long>(limits_.connections_max))
                std::make_shared<Connection>(std::move(socket), witness_, limits_, places_)->read();
            accept();
        });
    }

    void stop() { acceptor_.close(); }

private:
    tcp::acceptor acceptor_;
    Witness& witness_;
    const HttpLimits& limits_;
    std::shared_ptr<void> places_{std::make_shared<int>()};  ///< Its owners, less one, are the open connections.
};

}  // namespace

Result<HttpAddress> parse_http_address(std::string_view text) {
    const auto not_valid = [&] {
        return failure(ErrorCode::invalid,
                       fmt::format("\"{}\" is not an address and a port, such as 127.0.0.1:8080", text));
    };
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return not_valid();
    auto host = text.substr(0, colon);
    const auto digits = text.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    HttpAddress address{std::string(host), 0};
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
    if (digits.empty() || failed != std::errc{} || end != digits.data() + digits.size()) return not_valid();
    beast::error_code bad;
    (void)asio::ip::make_address(address.host, bad);
    if (bad) return not_valid();
    return address;
}

std::string to_string(const HttpAddress& address) {
    const bool v6 = address.host.find(':') != std::string::npos;
    return fmt::format("{}{}{}:{}", v6 ? "[" : "", address.host, v6 ? "]" : "", address.port);
}

Result<void> serve_witness(Witness& witness, const HttpAddress& address, const HttpLimits& limits,
                           const std::function<void(const HttpAddress&)>& listening) {
    try {
        asio::io_context io(1);
        asio::signal_set stop(io, SIGINT, SIGTERM);
        Server server(io, witness, limits);
        ANJIE_TRY(const auto got, server.listen(address));
        server.accept();
        stop.async_wait([&](beast::error_code, int) {
            server.stop();
            io.stop();
        });
        listening(got);
        io.run();
        return {};
    } catch (const std::exception& thrown) {
        return failure(ErrorCode::unavailable, fmt::format("the witness's server stopped: {}", thrown.what()));
    }
}

}  // namespace anjie::witness
