#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string_view>

#include "adapters/http/detail/tls_context.hpp"

namespace anjie::http::detail {

/// A connection's bytes, in the clear or through TLS. One read and one write may be under way at once.
/// Threads: the server's I/O thread alone.
class Transport {
public:
    using Done = std::function<void(boost::system::error_code, std::size_t)>;

    virtual ~Transport() = default;
    virtual void handshake(Done done) = 0;
    virtual void read_some(boost::asio::mutable_buffer into, Done done) = 0;
    /// All of it.
    virtual void write(std::string_view bytes, Done done) = 0;
    /// Says that nothing more is sent (TLS: close_notify, then FIN); reading may go on.
    virtual void finish(Done done) = 0;
    /// Cuts the connection; what is under way ends with an error.
    virtual void close() = 0;
};

[[nodiscard]] std::unique_ptr<Transport> plain_transport(boost::asio::ip::tcp::socket socket);
[[nodiscard]] std::unique_ptr<Transport> tls_transport(boost::asio::ip::tcp::socket socket,
                                                       std::shared_ptr<TlsContext> context);

}  // namespace anjie::http::detail
