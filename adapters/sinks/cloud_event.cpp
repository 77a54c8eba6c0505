#include "adapters/sinks/cloud_event.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>

namespace anjie::sinks {
namespace {

constexpr std::string_view hexadecimal = "0123456789ABCDEF";

void append_encoded(std::string& text, unsigned char byte) {
    text += '%';
    text += hexadecimal[byte >> 4];
    text += hexadecimal[byte & 15];
}

bool is_unreserved(unsigned char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

void append_member(std::string& json, std::string_view name, std::string_view value) {
    json += json.size() == 1 ? "" : ",";
    json += fmt::format("\"{}\":", name);
    json += boost::json::serialize(boost::json::string(value));
}

}  // namespace

std::string_view CloudEvent::attribute(std::string_view name) const {
    const auto found = std::ranges::find(attributes, name, &std::pair<std::string, std::string>::first);
    return found == attributes.end() ? std::string_view{} : std::string_view(found->second);
}

std::string source_of(std::string_view origin) {
    std::string source = "//";
    for (const char letter : origin) {
        const auto byte = static_cast<unsigned char>(letter);
        if (is_unreserved(byte) || byte == '/')
            source += letter;
        else
            append_encoded(source, byte);
    }
    return source;
}

CloudEvent make_cloud_event(const CloudNames& names, const EventHeaderView& header, std::string_view event_name,
                            const boost::json::object& data, bool with_actor) {
    const std::string case_id = to_string(header.case_id);
    CloudEvent event;
    auto& a = event.attributes;
    a.reserve(18);
    a.emplace_back("specversion", "1.0");
    a.emplace_back("id", position_text(header.position));
    a.emplace_back("source", names.source);
    a.emplace_back("type", fmt::format("{}.{}.v{}", names.type_prefix, event_name, header.schema));
    a.emplace_back("subject", case_id);
    a.emplace_back("time", to_string(header.occurred_at.at));
    a.emplace_back("datacontenttype", "application/json");
    a.emplace_back("dataschema", fmt::format("urn:anjie:event:{}:{}", event_name, header.schema));
    a.emplace_back("sequence", fmt::format("{:020}", header.position));
    a.emplace_back("partitionkey", case_id);
    a.emplace_back("recordedtime", to_string(header.recorded_at));
    if (header.occurred_at.day_only) a.emplace_back("occurredon", to_string(header.occurred_at));
    a.emplace_back("caseversion", fmt::format("{}", header.version));
    a.emplace_back("correlationid", to_string(header.command_id));
    // An attribute may not be empty.
    if (!header.organisation.empty()) a.emplace_back("organisation", header.organisation);
    if (!header.rule_version.empty()) a.emplace_back("ruleversion", header.rule_version);
    if (with_actor && !header.actor.empty()) a.emplace_back("actor", header.actor);
    event.data = boost::json::serialize(data);
    return event;
}

std::string structured_json(const CloudEvent& event) {
    std::string json = "{";
    for (const auto& [name, value] : event.attributes) append_member(json, name, value);
    json += ",\"data\":";
    json += event.data;
    json += '}';
    return json;
}

std::string header_value(std::string_view value) {
    std::string text;
    for (const char letter : value) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte <= 0x20 || byte >= 0x7f || letter == '"' || letter == '%')
            append_encoded(text, byte);
        else
            text += letter;
    }
    return text;
}

std::string position_text(Position position) { return fmt::format("{}", position); }

}  // namespace anjie::sinks
