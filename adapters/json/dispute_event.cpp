#include "adapters/json/dispute_event.hpp"

#include "adapters/json/values.hpp"

namespace anjie::json {
namespace {

using Events = Alternatives<dispute::Event>;

}  // namespace

boost::json::object event_to_json(const dispute::Event& event) {
    return std::visit([]<class E>(const E& value) { return object_of(value, {{"event", E::name}}); }, event);
}

Result<dispute::Event> event_from_json(const Node& node) {
    ANJIE_TRY(const auto name_node, node.at("event"));
    ANJIE_TRY(const auto name, name_node.text());
    Result<dispute::Event> event = dispute::SealAffixed{};
    const bool known = Events::any([&]<class E>() {
        if (name != E::name) return false;
        auto read = detail::from_object<E>(node, {"event"});
        if (read)
            event = std::move(*read);
        else
            event = std::unexpected(std::move(read).error());
        return true;
    });
    if (!known) return name_node.complaint("this is not the name of an event of a dispute");
    return event;
}

boost::json::array sealed_to_json(const std::vector<SealedField>& sealed) {
    boost::json::array list;
    for (const auto& field : sealed) {
        const dispute::SealedCode code{field.field};
        // A code that this release does not know is shown by its number.
        const boost::json::value name =
            is_known(code) ? boost::json::value(code_of(code)) : boost::json::value(std::uint64_t{field.field});
        list.push_back({{"subject", std::uint64_t{field.subject}}, {"field", name}, {"text", field.text}});
    }
    return list;
}

Result<std::vector<SealedField>> sealed_from_json(const Node& node) {
    ANJIE_TRY(const auto items, node.items());
    std::vector<SealedField> sealed;
    for (const auto& item : items) {
        ANJIE_CHECK(item.has_only({"subject", "field", "text"}));
        ANJIE_TRY(const auto subject_node, item.at("subject"));
        ANJIE_TRY(const auto field_node, item.at("field"));
        ANJIE_TRY(const auto text_node, item.at("text"));
        ANJIE_TRY(const auto subject, from_json<std::uint16_t>(subject_node));
        ANJIE_TRY(const auto code, from_json<dispute::SealedCode>(field_node));
        ANJIE_TRY(auto text, from_json<std::string>(text_node));
        sealed.push_back({.subject = subject, .field = std::to_underlying(code), .text = std::move(text)});
    }
    return sealed;
}

}  // namespace anjie::json
