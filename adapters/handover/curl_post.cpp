#include "adapters/handover/curl_post.hpp"

#include <curl/curl.h>

#include <memory>
#include <mutex>

#include "adapters/handover/token.hpp"

namespace anjie::handover {
namespace {

constexpr long connect_seconds_max = 10;
constexpr long whole_seconds_max = 30;
constexpr std::size_t reply_bytes_max = 64u << 10;

struct CurlCleanup {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, CurlCleanup>;
using Headers = std::unique_ptr<curl_slist, CurlCleanup>;

std::size_t take(char* data, std::size_t size, std::size_t count, void* into) {
    auto& body = *static_cast<std::string*>(into);
    const auto bytes = size * count;
    if (body.size() + bytes > reply_bytes_max) return 0;  // Ends the transfer with an error.
    body.append(data, bytes);
    return bytes;
}

Headers headers_of(const std::string& token) {
    curl_slist* list = nullptr;
    const std::string authorization = "Authorization: Bearer " + token;
    for (const char* line :
         {"Content-Type: application/json", "Accept: application/json", "Expect:", authorization.c_str()}) {
        curl_slist* longer = curl_slist_append(list, line);
        if (longer == nullptr) {
            curl_slist_free_all(list);
            return nullptr;
        }
        list = longer;
    }
    return Headers(list);
}

Result<Reply> post(const Peer& peer, const std::string& message) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    if (!is_private_way(peer.url))
        return failure(ErrorCode::invalid, peer.url + ": neither https nor this machine / 须为 https 或本机地址");
    ANJIE_TRY(const auto token, read_token(peer.token_file));
    const Handle handle(curl_easy_init());
    const Headers headers = headers_of(token);
    if (handle == nullptr || headers == nullptr) return failure(ErrorCode::unavailable, "no memory for a connection");
    Reply reply;
    char reason[CURL_ERROR_SIZE] = "";
    CURL* curl = handle.get();
    curl_easy_setopt(curl, CURLOPT_URL, peer.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");  // A proxy of the environment would see what is for the peer.
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, connect_seconds_max);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, whole_seconds_max);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, message.data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(message.size()));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply.body);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
    if (!peer.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, peer.ca_file.c_str());
    const auto code = curl_easy_perform(curl);
    if (code != CURLE_OK)
        return failure(ErrorCode::unavailable, reason[0] != '\0' ? std::string(reason) : curl_easy_strerror(code));
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    reply.status = static_cast<unsigned>(status);
    return reply;
}

}  // namespace

Post curl_post() { return &post; }

}  // namespace anjie::handover
