#include "adapters/views/full_export.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/json/dispute_event.hpp"
#include "adapters/json/screening_event.hpp"
#include "engine/trust/hash.hpp"
#include "workflows/dispute/dispute.hpp"
#include "workflows/screening/screening.hpp"

namespace anjie::views {
namespace {

namespace json = boost::json;

std::string line_of(const json::object& object) { return json::serialize(object) + "\n"; }

/// What an event says, by the workflow that knows. One that this program cannot say is given as its bytes.
template <class Definition>
void say(json::object& line, const EventView& event) {
    const auto decoded = Definition::decode(event.header.type, event.header.schema, event.payload);
    if (!decoded) {
        line["event"] = nullptr;
        line["data"] = nullptr;
        line["payload"] = to_hex(event.payload);
        return;
    }
    auto data = anjie::json::event_to_json(*decoded);
    line["event"] = data.at("event");
    data.erase("event");
    line["data"] = std::move(data);
}

/// The field's own word; its number where the workflow has none for it.
template <class Code>
json::value field_name(std::uint16_t field) {
    for (const auto& entry : code_table(Code{}))
        if (std::to_underlying(entry.value) == field) return json::value(entry.code);
    return std::uint64_t{field};
}

json::array sealed_json(const std::vector<SealedField>& sealed, WorkflowId workflow) {
    json::array list;
    for (const auto& field : sealed) {
        json::object one{{"subject", std::uint64_t{field.subject}},
                         {"field", workflow == screening::workflow_id ? field_name<screening::SealedCode>(field.field)
                                                                      : field_name<dispute::SealedCode>(field.field)}};
        if (field.readability == Readability::readable)
            one["text"] = field.text;
        else
            one["withheld"] = field.readability == Readability::erased ? "erased" : "restricted";
        list.push_back(std::move(one));
    }
    return list;
}

Result<std::string> event_line(const EventStore& events, const EventView& event, const Workflow& workflow,
                               const DirectoryEntry& entry) {
    ANJIE_TRY(const auto sealed, events.unseal(event));
    const auto& header = event.header;
    json::object line{{"case", entry.number},
                      {"case_id", to_string(header.case_id)},
                      {"workflow", workflow.name()},
                      {"version", header.version},
                      {"position", header.position},
                      {"occurred_at", to_string(header.occurred_at)},
                      {"recorded_at", to_string(header.recorded_at)},
                      {"actor", header.actor},
                      {"organisation", header.organisation},
                      {"rule_version", header.rule_version},
                      {"command_id", to_string(header.command_id)}};
    if (header.workflow == screening::workflow_id)
        say<screening::Screening>(line, event);
    else
        say<dispute::Dispute>(line, event);
    line["sealed"] = sealed_json(sealed, header.workflow);
    return line_of(line);
}

/// A case as it stands: whose it is and how closely it is kept decide whether it leaves.
struct Standing {
    const Workflow* workflow{};
    DirectoryEntry entry;
};
Result<Standing> standing_of(const EventStore& events, const WorkflowSet& workflows, CaseId id) {
    Standing standing;
    std::unique_ptr<CaseState> state;
    Result<void> read;
    Version version = 0;
    ANJIE_CHECK(events.read_case(id, 0, [&](const EventView& event) {
        if (standing.workflow == nullptr) {
            standing.workflow = workflows.find(event.header.workflow);
            if (standing.workflow == nullptr) {
                read = failure(ErrorCode::corrupt, "case " + to_string(id) + " is of an unknown workflow");
                return false;
            }
            state = standing.workflow->new_state();
        }
        read = standing.workflow->evolve(*state, event);
        version = event.header.version;
        return read.has_value();
    }));
    ANJIE_CHECK(read);
    if (standing.workflow == nullptr) return failure(ErrorCode::corrupt, "case " + to_string(id) + " has no events");
    standing.entry = standing.workflow->describe(*state, {});
    standing.entry.case_id = id;
    standing.entry.workflow = standing.workflow->id();
    standing.entry.version = version;
    return standing;
}

Result<std::vector<CaseId>> ids_of(const EventStore& events) {
    std::vector<CaseId> ids;
    ANJIE_CHECK(events.scan({.from = {}, .to = std::nullopt}, [&](const EventView& event) {
        if (ids.empty() || ids.back() != event.header.case_id) ids.push_back(event.header.case_id);
        return true;
    }));
    return ids;
}

Result<std::uint64_t> write_case(const EventStore& events, const Standing& standing, Position up_to,
                                 const LineSink& put) {
    std::uint64_t written = 0;
    Result<void> done;
    ANJIE_CHECK(events.read_case(standing.entry.case_id, 0, [&](const EventView& event) {
        if (event.header.position > up_to) return false;
        auto line = event_line(events, event, *standing.workflow, standing.entry);
        done = line ? put(*line) : std::unexpected(std::move(line).error());
        if (done) ++written;
        return done.has_value();
    }));
    ANJIE_CHECK(done);
    return written;
}

}  // namespace

Result<FullExportCounts> write_full_export(const EventStore& events, const WorkflowSet& workflows,
                                           const FullExportTitle& title,
                                           const std::function<bool(const DirectoryEntry&)>& wanted,
                                           const LineSink& put) {
    ANJIE_CHECK(put(line_of({{"full_export", 1},
                             {"origin", title.origin},
                             {"organisation", title.organisation},
                             {"confidentiality", title.confidentiality},
                             {"up_to", title.up_to},
                             {"made_at", to_string(title.made_at)},
                             {"request", title.request},
                             {"requested_by", title.requested_by},
                             {"approved_by", title.approved_by}})));
    ANJIE_TRY(const auto ids, ids_of(events));
    FullExportCounts counts;
    for (const auto& id : ids) {
        ANJIE_TRY(const auto standing, standing_of(events, workflows, id));
        if (!wanted(standing.entry)) continue;
        ANJIE_TRY(const auto written, write_case(events, standing, title.up_to, put));
        counts.events += written;
        if (written > 0) ++counts.cases;
    }
    ANJIE_CHECK(put(line_of({{"whole", true}, {"cases", counts.cases}, {"events", counts.events}})));
    return counts;
}

}  // namespace anjie::views
