#include <array>

#include "adapters/process_mining/ocel_model.hpp"

namespace anjie::process_mining {

const std::vector<ObjectKind>& object_kinds() {
    using enum AttributeType;
    static const std::vector<ObjectKind> kinds{
        {ObjectType::dispute_case,
         "Case",
         "案件",
         "Case",
         {{"number", text},
          {"jurisdiction", text},
          {"source", text},
          {"channel", text},
          {"type", text},
          {"difficulty", text},
          {"people_count", integer},
          {"amount", decimal},
          {"procedure", text},
          {"revisit", text},
          {"confirmation", text},
          {"file", text},
          {"result", text}}},
        {ObjectType::party,
         "Party",
         "当事人",
         "Party",
         {{"number", integer}, {"role", text}, {"kind", text}, {"consent", text}}},
        {ObjectType::mediator, "Mediator", "调解员", "Mediator", {}},
        {ObjectType::committee, "Committee", "调解委员会", "Committee", {{"kind", text}}},
        {ObjectType::agreement,
         "Agreement",
         "调解协议",
         "Agreement",
         {{"form", text}, {"partial", boolean}, {"copies", integer}, {"amount", decimal}, {"effective_on", time}}},
        {ObjectType::obligation,
         "Obligation",
         "履行义务",
         "Obligation",
         {{"kind", text}, {"amount", decimal}, {"due", time}, {"phase", text}, {"performed", decimal}}},
        {ObjectType::revisit,
         "Revisit",
         "回访",
         "Revisit",
         {{"method", text},
          {"satisfaction", text},
          {"fulfilment", text},
          {"residual_risk", text},
          {"problem", text},
          {"follow_up", text}}},
        {ObjectType::document, "Document", "卷内文书", "Document", {{"kind", text}, {"pages", integer}}},
    };
    return kinds;
}

std::span<const AttributeName> envelope_attributes() {
    using enum AttributeType;
    static constexpr std::array<AttributeName, 6> names{{{"code", text},
                                                         {"actor", text},
                                                         {"recorded_at", time},
                                                         {"day_only", boolean},
                                                         {"position", integer},
                                                         {"version", integer}}};
    return names;
}

}  // namespace anjie::process_mining
