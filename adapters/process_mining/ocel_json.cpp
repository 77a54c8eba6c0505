#include <fmt/format.h>

#include "adapters/process_mining/ocel.hpp"
#include "adapters/process_mining/ocel_model.hpp"
#include "adapters/process_mining/spool_file.hpp"
#include "adapters/process_mining/text.hpp"

namespace anjie::process_mining {
namespace {

/// When a value holds from the beginning on.
constexpr std::string_view beginning = "1970-01-01T00:00:00Z";

std::string_view name_of(AttributeType type) {
    switch (type) {
        case AttributeType::text:
            return "string";
        case AttributeType::integer:
            return "integer";
        case AttributeType::decimal:
            return "float";
        case AttributeType::boolean:
            return "boolean";
        case AttributeType::time:
            return "time";
    }
    return "string";
}

/// Every value is written as a text, as the format's schema demands.
std::string value_of(const Attribute& one) {
    return one.type == AttributeType::time ? fmt::format("\"{}\"", zoned_time(one.time)) : json_text(one.text);
}

class JsonWriter {
public:
    JsonWriter(const ExportOptions& options, ByteSink& sink, SpoolFile& spool)
        : language_(options.language), model_(options.number_people), out_(sink), spool_(spool), events_(spool) {}

    void begin() {
        out_ << "{\"objectTypes\":[";
        for (const auto& kind : object_kinds()) declare(title_of(kind, language_), {}, kind.attributes);
        out_ << "\n],\n\"eventTypes\":[";
        first_ = true;
        for (const auto& kind : event_kinds())
            declare(title_of(kind, language_), envelope_attributes(), kind.attributes);
        out_ << "\n],\n\"objects\":[";
        first_ = true;
    }

    Result<void> add(const CaseHistory& history) {
        const auto made = model_.take(history);
        for (const auto& object : made.objects) add(object);
        for (const auto& event : made.events) add(event);
        if (out_.failed()) return out_.flush();
        return events_.failed() ? events_.flush() : Result<void>{};
    }

    Result<void> end() {
        for (const auto& object : model_.shared()) add(object);
        out_ << "\n],\n\"events\":[";
        ANJIE_CHECK(events_.flush());
        ANJIE_CHECK(spool_.copy_to(out_));
        out_ << "\n]}\n";
        return out_.flush();
    }

private:
    void declare(std::string_view title, std::span<const AttributeName> common, const std::vector<AttributeName>& own) {
        out_ << (std::exchange(first_, false) ? "\n" : ",\n") << "{\"name\":" << json_text(title)
             << ",\"attributes\":[";
        bool first = true;
        for (const auto& list : {common, std::span<const AttributeName>(own)})
            for (const auto& one : list)
                out_ << (std::exchange(first, false) ? "" : ",")
                     << fmt::format("{{\"name\":\"{}\",\"type\":\"{}\"}}", one.name, name_of(one.type));
        out_ << "]}";
    }

    static void relations_of(Output& out, const std::vector<Relation>& relations) {
        out << "],\"relationships\":[";
        bool first = true;
        for (const auto& one : relations)
            out << (std::exchange(first, false) ? "" : ",") << "{\"objectId\":" << json_text(one.object)
                << ",\"qualifier\":\"" << one.qualifier << "\"}";
        out << "]}";
    }

    void add(const OcelObject& object) {
        out_ << (std::exchange(first_, false) ? "\n" : ",\n") << "{\"id\":" << json_text(object.id)
             << ",\"type\":" << json_text(title_of(kind_of(object.type), language_)) << ",\"attributes\":[";
        bool first = true;
        const auto value = [&](const Attribute& one, std::string_view time) {
            out_ << (std::exchange(first, false) ? "" : ",") << "{\"name\":\"" << one.name << "\",\"time\":\"" << time
                 << "\",\"value\":" << value_of(one) << "}";
        };
        for (const auto& one : object.initial) value(one, beginning);
        for (const auto& one : object.changes) value(one.attribute, zoned_time(one.at));
        relations_of(out_, object.relations);
    }

    void add(const OcelEvent& event) {
        events_ << (std::exchange(first_event_, false) ? "\n" : ",\n") << "{\"id\":" << json_text(event.id)
                << ",\"type\":" << json_text(title_of(*event.kind, language_)) << ",\"time\":\"" << zoned_time(event.at)
                << "\",\"attributes\":[";
        bool first = true;
        for (const auto& one : event.attributes)
            events_ << (std::exchange(first, false) ? "" : ",") << "{\"name\":\"" << one.name
                    << "\",\"value\":" << value_of(one) << "}";
        relations_of(events_, event.relations);
    }

    Language language_;
    OcelModel model_;
    Output out_;
    SpoolFile& spool_;
    Output events_;
    bool first_{true};
    bool first_event_{true};
};

}  // namespace

Result<Exported> write_ocel_json(const EventStore& events, const ExportOptions& options, ByteSink& sink,
                                 const std::filesystem::path& scratch, const Progress& progress) {
    ANJIE_TRY(auto spool, SpoolFile::create(scratch));
    JsonWriter writer(options, sink, spool);
    writer.begin();
    ANJIE_TRY(const auto exported, read_cases(
                                       events, options.selection,
                                       [&](const CaseHistory& history) { return writer.add(history); }, progress));
    ANJIE_CHECK(writer.end());
    return exported;
}

}  // namespace anjie::process_mining
