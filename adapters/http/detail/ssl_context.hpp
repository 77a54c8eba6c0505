#pragma once

#include <boost/asio/ssl/context.hpp>

namespace anjie::http::detail {

/// What a certificate and its key make; connections keep the one they began with.
struct TlsContext {
    boost::asio::ssl::context context{boost::asio::ssl::context::tls_server};
};

}  // namespace anjie::http::detail
