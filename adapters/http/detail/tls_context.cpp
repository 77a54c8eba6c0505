#include "adapters/http/detail/tls_context.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <fstream>
#include <iterator>

#include "adapters/http/detail/ssl_context.hpp"

namespace anjie::http::detail {
namespace {

namespace asio = boost::asio;

std::unexpected<Error> complaint(const std::filesystem::path& file, std::string_view what, const std::string& why) {
    return failure(ErrorCode::invalid, fmt::format("{}: {}: {}", file.string(), what, why));
}

Result<std::string> content(const std::filesystem::path& file, std::string_view what) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in.good() && !in.eof()) return complaint(file, what, "cannot be read / 无法读取");
    if (text.empty()) return complaint(file, what, "is empty or cannot be read / 是空的或无法读取");
    return text;
}

/// Of the protocols that a client offers, HTTP/1.1 or none.
int choose_protocol(::SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned int offered_length, void*) {
    static constexpr unsigned char ours[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char* found = nullptr;
    if (::SSL_select_next_proto(&found, length, ours, sizeof ours, offered, offered_length) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *chosen = found;
    return SSL_TLSEXT_ERR_OK;
}

}  // namespace

Result<std::shared_ptr<TlsContext>> load_tls(const TlsFiles& files) {
    ANJIE_TRY(const auto certificate, content(files.certificate, "certificate / 证书"));
    ANJIE_TRY(const auto key, content(files.key, "private key / 私钥"));
    auto made = std::make_shared<TlsContext>();
    auto& context = made->context;
    context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_compression |
                        asio::ssl::context::single_dh_use);
    auto* native = context.native_handle();
    ::SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    ::SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    ::SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
    boost::system::error_code failed;
    context.use_certificate_chain(asio::buffer(certificate), failed);
    if (failed) return complaint(files.certificate, "is no PEM certificate / 不是 PEM 证书", failed.message());
    context.use_private_key(asio::buffer(key), asio::ssl::context::pem, failed);
    if (failed)
        return complaint(files.key,
                         fmt::format("is no PEM private key, needs a passphrase, or is not the key of {} / "
                                     "不是 PEM 私钥、有口令，或与证书不匹配",
                                     files.certificate.string()),
                         failed.message());
    if (::SSL_CTX_check_private_key(native) != 1)
        return complaint(files.key, "is not the key of the certificate / 与证书不匹配", files.certificate.string());
    return made;
}

}  // namespace anjie::http::detail
