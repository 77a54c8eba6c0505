#include "adapters/witness/http_server.hpp"

namespace anjie::witness {
namespace {

http::Response add_checkpoint(Witness& witness, const http::Request& request) {
    auto answer = witness.add_checkpoint(request.body);
    auto response = http::Response::text(static_cast<unsigned>(answer.status), std::move(answer.body));
    if (answer.status == WitnessAnswer::Status::another_size) response.headers.set("Content-Type", "text/x.tlog.size");
    return response;
}

http::Response latest(Witness& witness, const http::Request& request) {
    auto note = witness.latest(request.parameters.get("log"));
    if (note) return http::Response::text(200, std::move(*note));
    return http::Response::text(note.error().code == ErrorCode::not_found ? 404 : 503, note.error().detail + "\n");
}

}  // namespace

http::Limits witness_limits() {
    http::Limits limits;
    limits.head_bytes_max = 8'192;
    limits.connections_max = limits.connections_per_address_max = 64;
    limits.requests_per_connection_max = 1'000;
    limits.workers = 1;  // A witness decides one request after the other.
    limits.queued_requests_max = limits.connections_max;
    limits.idle_time = limits.body_time = limits.write_time = std::chrono::seconds{15};
    return limits;
}

Result<void> serve_witness(Witness& witness, const http::Address& address, const http::Limits& limits,
                           const std::function<void(const http::Address&)>& listening) {
    http::Router router;
    router.add(http::Method::post, "/add-checkpoint",
               [&](http::Request& request) { return add_checkpoint(witness, request); },
               {.body_bytes_max = WitnessLimits::request_bytes_max});
    router.add(http::Method::get, "/{log}/checkpoint",
               [&](http::Request& request) { return latest(witness, request); });
    http::ServerOptions options;
    options.address = address;
    options.limits = limits;
    options.signals = true;
    ANJIE_TRY(const auto server, http::Server::listen(std::move(router), std::move(options)));
    listening(server->address());
    return server->run();
}

}  // namespace anjie::witness
