#include "adapters/http/detail/transport.hpp"

#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include "adapters/http/detail/ssl_context.hpp"

namespace anjie::http::detail {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

void cut(tcp::socket& socket) {
    boost::system::error_code ignored;
    socket.close(ignored);
}

class Plain final : public Transport {
public:
    explicit Plain(tcp::socket socket) : socket_(std::move(socket)) {}
    void handshake(Done done) override {
        asio::post(socket_.get_executor(), [done = std::move(done)] { done({}, 0); });
    }
    void read_some(asio::mutable_buffer into, Done done) override { socket_.async_read_some(into, std::move(done)); }
    void write(std::string_view bytes, Done done) override {
        asio::async_write(socket_, asio::buffer(bytes.data(), bytes.size()), std::move(done));
    }
    void finish(Done done) override {
        boost::system::error_code failed;
        socket_.shutdown(tcp::socket::shutdown_send, failed);
        asio::post(socket_.get_executor(), [done = std::move(done), failed] { done(failed, 0); });
    }
    void close() override { cut(socket_); }

private:
    tcp::socket socket_;
};

class Tls final : public Transport {
public:
    Tls(tcp::socket socket, std::shared_ptr<TlsContext> context)
        : context_(std::move(context)), stream_(std::move(socket), context_->context) {}
    void handshake(Done done) override {
        stream_.async_handshake(asio::ssl::stream_base::server,
                                [done = std::move(done)](boost::system::error_code failed) { done(failed, 0); });
    }
    void read_some(asio::mutable_buffer into, Done done) override { stream_.async_read_some(into, std::move(done)); }
    void write(std::string_view bytes, Done done) override {
        asio::async_write(stream_, asio::buffer(bytes.data(), bytes.size()), std::move(done));
    }
    void finish(Done done) override {
        // Waits for the other side's close_notify as well; the connection's deadline bounds that.
        stream_.async_shutdown([done = std::move(done)](boost::system::error_code failed) { done(failed, 0); });
    }
    void close() override { cut(stream_.next_layer()); }

private:
    std::shared_ptr<TlsContext> context_;
    asio::ssl::stream<tcp::socket> stream_;
};

}  // namespace

std::unique_ptr<Transport> plain_transport(tcp::socket socket) { return std::make_unique<Plain>(std::move(socket)); }
std::unique_ptr<Transport> tls_transport(tcp::socket socket, std::shared_ptr<TlsContext> context) {
    return std::make_unique<Tls>(std::move(socket), std::move(context));
}

}  // namespace anjie::http::detail
