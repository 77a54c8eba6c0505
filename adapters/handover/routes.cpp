#include "adapters/handover/routes.hpp"

#include <algorithm>

#include "adapters/handover/endpoint.hpp"
#include "adapters/handover/token.hpp"

namespace anjie::handover {
namespace {

/// As long as the longer of the two, wherever they differ.
bool equal_secrets(std::string_view left, std::string_view right) {
    unsigned differs = left.size() == right.size() ? 0 : 1;
    for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
        const auto a = i < left.size() ? static_cast<unsigned char>(left[i]) : 0U;
        const auto b = i < right.size() ? static_cast<unsigned char>(right[i]) : 0U;
        differs |= a ^ b;
    }
    return differs == 0;
}

}  // namespace

void add_routes(http::Router& router, Desk& desk, PeerOf peer_of, bool open) {
    router.add(http::Method::post, "/v1/handover/messages",
               [&desk, peer_of = std::move(peer_of)](http::Request& request) {
                   const auto peer = peer_of(request);
                   if (!peer) {
                       auto unknown =
                           http::Response::json(401, R"({"verdict":"refused","detail":"who are you? / 未认证"})");
                       unknown.headers.add("WWW-Authenticate", "Bearer");
                       return unknown;
                   }
                   auto reply = answer_post(desk, request.body, *peer);
                   return http::Response::json(reply.status, std::move(reply.body));
               },
               {.body_bytes_max = message_bytes_max, .chunked = false, .open = open});
}

PeerOf peer_by_token(const Peers& peers) {
    return [all = peers.all()](const http::Request& request) -> std::optional<std::string> {
        constexpr std::string_view scheme = "Bearer ";
        const auto shown = request.headers.find("Authorization");
        if (!shown || !shown->starts_with(scheme)) return std::nullopt;
        std::optional<std::string> found;
        for (const auto& peer : all) {
            if (peer.their_token_file.empty()) continue;
            const auto token = read_token(peer.their_token_file);
            if (token && equal_secrets(*token, shown->substr(scheme.size()))) found = peer.organisation;
        }
        return found;
    };
}

}  // namespace anjie::handover
