#include <curl/curl.h>
#include <fmt/format.h>
#include <openssl/x509_vfy.h>
#include <sys/socket.h>
#include <unistd.h>

#include <mutex>

#include "adapters/sinks/webhook/detail/http_post.hpp"
#include "engine/assert.hpp"

namespace anjie::sinks::detail {
namespace {

constexpr std::size_t answer_bytes_max = 64 * 1024;
constexpr std::size_t answer_header_bytes_max = 64 * 1024;

void start_curl_once() {
    static std::once_flag once;
    std::call_once(once, [] { ANJIE_ASSERT(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
}

/// What the callbacks of one post know.
struct Call {
    const AddressGuard* guard{};
    bool in_clear{};
    const std::stop_token* stop{};
    bool refused{};
    std::size_t answer_bytes{};
    std::size_t header_bytes{};
};

curl_socket_t open_socket(void* client, curlsocktype purpose, curl_sockaddr* address) {
    auto& call = *static_cast<Call*>(client);
    const auto to = purpose == CURLSOCKTYPE_IPCXN ? address_of(address->addr) : std::nullopt;
    if (!to || !call.guard->lets(*to, call.in_clear)) {
        call.refused = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t take_answer(char*, std::size_t size, std::size_t count, void* client) {
    auto& call = *static_cast<Call*>(client);
    call.answer_bytes += size * count;
    return call.answer_bytes > answer_bytes_max ? 0 : size * count;
}

std::size_t take_header(char*, std::size_t size, std::size_t count, void* client) {
    auto& call = *static_cast<Call*>(client);
    call.header_bytes += size * count;
    return call.header_bytes > answer_header_bytes_max ? 0 : size * count;
}

int progress(void* client, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Call*>(client)->stop->stop_requested() ? 1 : 0;
}

/// Why it failed, without a word of the other side.
std::string reason_of(CURL* curl, CURLcode code) {
    if (code != CURLE_PEER_FAILED_VERIFICATION) return curl_easy_strerror(code);
    long judged = X509_V_OK;
    curl_easy_getinfo(curl, CURLINFO_SSL_VERIFYRESULT, &judged);
    // curl compares names before it takes over what OpenSSL found.
    if (judged == X509_V_OK || judged == X509_V_ERR_UNSPECIFIED)
        return "the certificate is for another name than the URL's / 证书上的名称与网址不符";
    return fmt::format("the certificate is not believed (ca_file): {} / 证书不可信",
                       X509_verify_cert_error_string(judged));
}

}  // namespace

struct HttpPost::Impl {
    std::string url;
    bool in_clear{};
    AddressGuard guard;
    CURL* curl{};
    Call call{};
};

HttpPost::HttpPost(std::string url, bool in_clear, AddressGuard guard, std::chrono::seconds timeout,
                   std::string ca_file)
    : impl_(std::make_unique<Impl>()) {
    start_curl_once();
    impl_->url = std::move(url);
    impl_->in_clear = in_clear;
    impl_->guard = std::move(guard);
    impl_->curl = curl_easy_init();
    ANJIE_ASSERT(impl_->curl != nullptr);
    auto* curl = impl_->curl;
    const auto seconds = static_cast<long>(timeout.count());
    curl_easy_setopt(curl, CURLOPT_URL, impl_->url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, in_clear ? "http" : "https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    // A proxy of the environment would be the one whose address is judged.
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, seconds);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, std::min(seconds, 10L));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
    if (!ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "anjie");
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &impl_->call);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &impl_->call);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &impl_->call);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &impl_->call);
}

HttpPost::~HttpPost() { curl_easy_cleanup(impl_->curl); }

PostAnswer HttpPost::post(const std::string& body, const std::vector<std::string>& headers,
                          const std::stop_token& stop) {
    auto* curl = impl_->curl;
    impl_->call = {.guard = &impl_->guard, .in_clear = impl_->in_clear, .stop = &stop};
    curl_slist* list = nullptr;
    for (const auto& header : headers) list = curl_slist_append(list, header.c_str());
    // No "Expect: 100-continue": a body is small, and a receiver that ignores it costs a second.
    list = curl_slist_append(list, "Expect:");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    const auto code = curl_easy_perform(curl);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, nullptr);
    curl_slist_free_all(list);

    PostAnswer answer;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    curl_off_t wait = 0;
    if (curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK && wait > 0)
        answer.retry_after = std::chrono::seconds{wait};
    if (code == CURLE_OK) return answer;
    // The status line of a success counts, however its body goes on.
    const bool decided = code == CURLE_WRITE_ERROR && answer.status >= 200 && impl_->call.answer_bytes > 0;
    if (decided) return answer;
    answer.status = 0;
    answer.trouble = impl_->call.refused
                         ? "the name leads to an address that is not allowed (allow_private) / 地址不在允许之列"
                         : reason_of(curl, code);
    return answer;
}

std::optional<Url> parse_url(const std::string& text) {
    start_curl_once();
    CURLU* url = curl_url();
    Url parsed;
    bool fine = curl_url_set(url, CURLUPART_URL, text.c_str(), 0) == CURLUE_OK;
    const auto part = [&](CURLUPart which) -> std::optional<std::string> {
        char* value = nullptr;
        if (curl_url_get(url, which, &value, 0) != CURLUE_OK) return std::nullopt;
        std::string copy(value);
        curl_free(value);
        return copy;
    };
    // A password in a URL ends up in logs; a fragment is never sent.
    fine = fine && !part(CURLUPART_USER) && !part(CURLUPART_PASSWORD) && !part(CURLUPART_FRAGMENT);
    if (fine) {
        parsed.scheme = part(CURLUPART_SCHEME).value_or("");
        curl_url_set(url, CURLUPART_QUERY, nullptr, 0);
        parsed.shown = part(CURLUPART_URL).value_or("");
    }
    curl_url_cleanup(url);
    if (!fine || (parsed.scheme != "https" && parsed.scheme != "http")) return std::nullopt;
    return parsed;
}

}  // namespace anjie::sinks::detail
