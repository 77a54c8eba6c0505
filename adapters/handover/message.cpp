#include "adapters/handover/message.hpp"

#include <boost/json/serialize.hpp>

#include "adapters/json/dispute_event.hpp"
#include "adapters/json/values.hpp"

namespace anjie::handover {
namespace {

constexpr std::string_view format = "anjie-handover/1";

/// The body of that name, read from the members of `node`. Errors: `invalid`.
Result<Body> read_body(std::string_view name, const json::Node& name_node, const json::Node& node) {
    Result<Body> body = Body{};
    const bool known = json::Alternatives<Body>::any([&]<class B>() {
        if (name != B::name) return false;
        auto read = json::from_json<B>(node);
        if (read)
            body = std::move(*read);
        else
            body = std::unexpected(std::move(read).error());
        return true;
    });
    if (!known) return name_node.complaint("write offer, accepted, returned, confirmed, ended or result");
    return body;
}

/// Texts go with an offer only, and are about the narrative or a party of the case.
Result<void> check_texts(const Message& message, const json::Node& node) {
    const auto* offer = std::get_if<Offer>(&message.body);
    for (const auto& text : message.texts) {
        if (offer == nullptr) return node.complaint("texts travel with an offer only");
        if (text.subject > offer->parties.size()) return node.complaint("a text is about nobody in the case");
    }
    return {};
}

}  // namespace

std::string_view name_of(const Body& body) {
    return std::visit([]<class B>(const B&) { return B::name; }, body);
}

CommandId message_id(const Message& message) {
    return CommandId{
        uuid_v7_of_name(Instant{}, message.handover + "|" + message.from + "|" + std::string(name_of(message.body)))};
}

std::string to_json(const Message& message) {
    boost::json::object object{
        {"format", format},
        {"id", to_string(message_id(message))},
        {"handover", message.handover},
        {"from", message.from},
        {"to", message.to},
        {"occurred_at", to_string(message.occurred_at)},
        {"message", name_of(message.body)},
        {"body", std::visit([](const auto& body) { return json::to_json(body); }, message.body)}};
    if (!message.texts.empty()) object.emplace("texts", json::sealed_to_json(message.texts));
    return boost::json::serialize(object);
}

Result<Message> parse_message(std::string_view text) {
    if (text.size() > message_bytes_max)
        return failure(ErrorCode::invalid, fmt::format("a message has at most {} bytes", message_bytes_max));
    ANJIE_TRY(const auto document, json::parse(text, "message"));
    const json::Node root(document, "message");
    ANJIE_CHECK(root.has_only({"format", "id", "handover", "from", "to", "occurred_at", "message", "body", "texts"}));
    ANJIE_TRY(const auto format_node, root.at("format"));
    ANJIE_CHECK(format_node.one_of({format}));
    const auto text_at = [&](std::string_view key) -> Result<std::string> {
        ANJIE_TRY(const auto node, root.at(key));
        return node.text();
    };
    Message message;
    ANJIE_TRY(message.handover, text_at("handover"));
    ANJIE_TRY(message.from, text_at("from"));
    ANJIE_TRY(message.to, text_at("to"));
    ANJIE_TRY(const auto when, text_at("occurred_at"));
    const auto occurred_at = parse_occurred_at(when);
    if (!occurred_at) return failure(ErrorCode::invalid, "message: occurred_at: write a day or a moment with its zone");
    message.occurred_at = *occurred_at;
    ANJIE_TRY(const auto name_node, root.at("message"));
    ANJIE_TRY(const auto name, name_node.text());
    ANJIE_TRY(const auto body_node, root.at("body"));
    ANJIE_TRY(message.body, read_body(name, name_node, body_node));
    ANJIE_TRY(const auto texts, root.find("texts"));
    if (texts) {
        ANJIE_TRY(message.texts, json::sealed_from_json(*texts));
        ANJIE_CHECK(check_texts(message, *texts));
    }
    ANJIE_TRY(const auto id, text_at("id"));
    if (id != to_string(message_id(message)))
        return failure(ErrorCode::invalid, "message: id: it does not follow from handover, from and message");
    return message;
}

}  // namespace anjie::handover
