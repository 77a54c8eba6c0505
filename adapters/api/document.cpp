#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/api/detail/routes.hpp"
#include "adapters/json/schema.hpp"
#include "embedded_openapi.hpp"
#include "workflows/dispute/commands.hpp"
#include "workflows/dispute/events.hpp"

namespace anjie::api::detail {
namespace {

using boost::json::array;
using boost::json::object;

/// One schema for each command that may be given from outside: its name, and its fields.
array command_schemas() {
    array all;
    json::Alternatives<dispute::Command>::any([&]<class C>() {
        if (!service::action_of(C::name) || std::is_same_v<C, dispute::RegisterCase>) return false;
        auto fields = json::object_schema<C>(false);
        const bool needed = fields.contains("required");
        array required{"command"};
        if (needed) required.emplace_back("fields");
        object schema{{"title", C::name},
                      {"description", fmt::format("{} / {}", C::title.en, C::title.zh)},
                      {"type", "object"},
                      {"properties",
                       {{"command", {{"const", C::name}}},
                        {"fields", std::move(fields)},
                        {"sealed", {{"$ref", "#/components/schemas/SealedList"}}},
                        {"occurred_at", {{"$ref", "#/components/schemas/OccurredAt"}}},
                        {"organisation", {{"type", "string"}}}}},
                      {"required", std::move(required)},
                      {"additionalProperties", false}};
        all.push_back(std::move(schema));
        return false;
    });
    return all;
}

/// The fields of a registration: number, division and committee may be left to the office's settings.
object registration_schema() {
    auto schema = json::object_schema<dispute::RegisterCase>(false);
    array required;
    for (const auto& name : schema["required"].as_array())
        if (name != "number" && name != "jurisdiction" && name != "committee") required.push_back(name);
    schema["required"] = std::move(required);
    schema["properties"].as_object()["number"] = {{"type", "string"}, {"examples", {"尼阿调〔2024〕12号"}}};
    return schema;
}

/// What an event says, by its name.
array event_schemas() {
    array all;
    json::Alternatives<dispute::Event>::any([&]<class E>() {
        all.push_back(
            object{{"title", E::name},
                   {"description", fmt::format("{} / {}", E::title.en, E::title.zh)},
                   {"properties", {{"event", {{"const", E::name}}}, {"data", json::object_schema<E>(true)}}}});
        return false;
    });
    return all;
}

}  // namespace

std::string whole_document(const Options& options, bool with_handover) {
    auto document = boost::json::parse(openapi::embedded_files().front().text).as_object();
    document["info"].as_object()["version"] = options.version;
    if (!options.calendar) {
        auto& paths = document["paths"].as_object();
        for (const auto* path : {"/calendar/{file}", "/v1/calendar-addresses", "/v1/calendar-addresses/{address}"})
            paths.erase(path);
        document["components"].as_object()["schemas"].as_object().erase("CalendarAddress");
    }
    if (!with_handover) {
        document["paths"].as_object().erase("/v1/handover/messages");
        document["components"].as_object()["schemas"].as_object().erase("HandoverReply");
    }
    auto& schemas = document["components"].as_object()["schemas"].as_object();
    schemas["Command"] = object{{"oneOf", command_schemas()}};
    schemas["RegistrationFields"] = registration_schema();
    schemas["EventData"] = object{{"oneOf", event_schemas()}};
    array names;
    json::Alternatives<dispute::Event>::any([&]<class E>() {
        names.emplace_back(E::name);
        return false;
    });
    schemas["EventName"] = object{{"type", "string"}, {"enum", std::move(names)}};
    array codes;
    for (const auto& kind : problem_kinds()) codes.emplace_back(kind.code);
    schemas["ProblemCode"] = object{{"type", "string"}, {"enum", std::move(codes)}};
    return boost::json::serialize(document);
}

}  // namespace anjie::api::detail
