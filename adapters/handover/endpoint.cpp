#include "adapters/handover/endpoint.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace anjie::handover {
namespace {

Reply reply(unsigned status, std::string_view verdict, const std::string& number, const std::string& detail) {
    boost::json::object body{{"verdict", verdict}};
    if (!number.empty()) body.emplace("case", number);
    if (!detail.empty()) body.emplace("detail", detail);
    return {status, boost::json::serialize(body)};
}

unsigned status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid:
            return 400;
        case ErrorCode::not_found:
        case ErrorCode::conflict:
            return 409;
        case ErrorCode::unavailable:
            return 503;
        case ErrorCode::corrupt:
            return 500;
    }
    return 500;
}

/// The member of that name; empty when the reply is no such object.
std::string member_of(const Reply& reply, std::string_view name) {
    boost::system::error_code failed;
    const auto value = boost::json::parse(reply.body, failed);
    const auto* object = failed ? nullptr : value.if_object();
    const auto* member = object == nullptr ? nullptr : object->if_contains(name);
    const auto* text = member == nullptr ? nullptr : member->if_string();
    return text == nullptr ? std::string{} : std::string(text->data(), text->size());
}

}  // namespace

Reply answer_post(Desk& desk, std::string_view body, std::string_view peer) {
    const auto message = parse_message(body);
    if (!message) return reply(status_of(message.error().code), "refused", {}, message.error().detail);
    const auto answer = desk.receive(*message, peer);
    if (!answer) return reply(status_of(answer.error().code), "refused", {}, answer.error().detail);
    return reply(answer->verdict == Verdict::refused ? 409 : 200, to_string(answer->verdict), answer->number,
                 answer->detail);
}

bool is_acknowledged(const Reply& reply) {
    // A 200 without a verdict is somebody else's: a proxy's page, another service at that address.
    const auto verdict = reply.status == 200 ? member_of(reply, "verdict") : std::string{};
    return verdict == "recorded" || verdict == "repeated" || verdict == "ignored";
}

std::string detail_of(const Reply& reply) { return member_of(reply, "detail"); }

}  // namespace anjie::handover
