#include "adapters/process_mining/xes.hpp"

#include <fmt/format.h>

#include "adapters/process_mining/attributes.hpp"
#include "adapters/process_mining/text.hpp"
#include "workflows/dispute/dispute.hpp"

namespace anjie::process_mining {
namespace {

std::string_view element_of(AttributeType type) {
    switch (type) {
        case AttributeType::text:
            return "string";
        case AttributeType::integer:
            return "int";
        case AttributeType::decimal:
            return "float";
        case AttributeType::boolean:
            return "boolean";
        case AttributeType::time:
            return "date";
    }
    return "string";
}

class XesWriter {
public:
    XesWriter(const ExportOptions& options, ByteSink& sink)
        : language_(options.language), pseudonyms_(options.number_people), out_(sink) {}

    void begin() {
        out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<log xes.version=\"1849.2016\" xes.features=\"\" xmlns=\"http://www.xes-standard.org/\">\n";
        for (const auto& [name, prefix] : {std::pair{"Concept", "concept"},
                                           {"Time", "time"},
                                           {"Lifecycle", "lifecycle"},
                                           {"Organizational", "org"},
                                           {"Identity", "identity"}})
            out_ << fmt::format(
                "  <extension name=\"{}\" prefix=\"{}\" uri=\"http://www.xes-standard.org/{}.xesext\"/>\n", name,
                prefix, prefix);
        out_ << "  <global scope=\"trace\">\n";
        string(4, "concept:name", "");
        out_ << "  </global>\n  <global scope=\"event\">\n";
        string(4, "concept:name", "");
        string(4, "lifecycle:transition", "complete");
        date(4, "time:timestamp", Instant{});
        string(4, "code", "");
        out_ << "  </global>\n"
                "  <classifier name=\"Activity\" scope=\"event\" keys=\"concept:name\"/>\n"
                "  <classifier name=\"Code\" scope=\"event\" keys=\"code\"/>\n"
                "  <classifier name=\"Resource\" scope=\"event\" keys=\"org:resource\"/>\n";
        string(2, "concept:name", language_ == Language::zh ? "矛盾纠纷" : "Disputes");
        string(2, "lifecycle:model", "standard");
    }

    Result<void> add(const CaseHistory& history) {
        dispute::State state;
        for (const auto& event : history.events) dispute::Dispute::evolve(state, event.event, view_of(event.header));
        out_ << "  <trace>\n";
        trace_attributes(history, state);
        for (const auto& event : history.events) add(event);
        out_ << "  </trace>\n";
        return out_.failed() ? out_.flush() : Result<void>{};
    }

    Result<void> end() {
        out_ << "</log>\n";
        return out_.flush();
    }

private:
    static EventHeaderView view_of(const EventHeader& header) {
        return {.position = header.position,
                .case_id = header.case_id,
                .version = header.version,
                .workflow = header.workflow,
                .type = header.type,
                .schema = header.schema,
                .occurred_at = header.occurred_at,
                .recorded_at = header.recorded_at,
                .command_id = header.command_id,
                .actor = header.actor,
                .organisation = header.organisation,
                .rule_version = header.rule_version};
    }

    void attribute(std::size_t indent, std::string_view element, std::string_view key, std::string_view value) {
        static constexpr std::string_view spaces = "        ";
        out_ << spaces.substr(0, indent) << "<" << element << " key=\"" << key << "\" value=\"" << value << "\"/>\n";
    }
    void string(std::size_t indent, std::string_view key, std::string_view value) {
        attribute(indent, "string", key, xml_text(value));
    }
    void date(std::size_t indent, std::string_view key, Instant value) {
        attribute(indent, "date", key, zoned_time(value));
    }
    void attribute(std::size_t indent, const Attribute& one) {
        if (one.type == AttributeType::time)
            date(indent, one.name, one.time);
        else
            attribute(indent, element_of(one.type), one.name, xml_text(one.text));
    }

    void trace_attributes(const CaseHistory& history, const dispute::State& state) {
        const auto id = pseudonyms_.dispute(history);
        string(4, "concept:name", pseudonyms_.numbers_all() ? id : dispute::to_string(state.number));
        if (!pseudonyms_.numbers_all()) attribute(4, "id", "identity:id", id);
        string(4, "org:group", pseudonyms_.organisation(state.organisation));
        if (is_code(state.jurisdiction)) string(4, "jurisdiction", state.jurisdiction);
        string(4, "committee", code_of(state.committee));
        string(4, "source", code_of(state.source));
        string(4, "channel", code_of(state.channel));
        string(4, "type", code_of(state.type));
        string(4, "difficulty", code_of(state.difficulty));
        attribute(4, integer_attribute("parties", static_cast<std::int64_t>(state.parties.size())));
        attribute(4, integer_attribute("people_count", state.people_count));
        if (state.amount.fen != 0) attribute(4, money_attribute("amount", state.amount));
        string(4, "phase", dispute::main_phase(state));
        if (state.result) string(4, "result", code_of(*state.result));
    }

    void add(const HistoryEvent& event) {
        const auto& kind = kind_of(event.event);
        const auto& header = event.header;
        out_ << "    <event>\n";
        string(6, "concept:name", title_of(kind, language_));
        string(6, "lifecycle:transition", "complete");
        date(6, "time:timestamp", header.occurred_at.at);
        string(6, "org:resource", pseudonyms_.person(header.actor));
        string(6, "org:group", pseudonyms_.organisation(header.organisation));
        string(6, "code", kind.code);
        attribute(6, integer_attribute("position", static_cast<std::int64_t>(header.position)));
        attribute(6, integer_attribute("version", header.version));
        attribute(6, "boolean", "day_only", header.occurred_at.day_only ? "true" : "false");
        date(6, "recorded_at", header.recorded_at);
        for (const auto& one : attributes_of(event.event, pseudonyms_)) attribute(6, one);
        out_ << "    </event>\n";
    }

    Language language_;
    Pseudonyms pseudonyms_;
    Output out_;
};

}  // namespace

Result<Exported> write_xes(const EventStore& events, const ExportOptions& options, ByteSink& sink,
                           const Progress& progress) {
    XesWriter writer(options, sink);
    writer.begin();
    ANJIE_TRY(const auto exported, read_cases(
                                       events, options.selection,
                                       [&](const CaseHistory& history) { return writer.add(history); }, progress));
    ANJIE_CHECK(writer.end());
    return exported;
}

}  // namespace anjie::process_mining
