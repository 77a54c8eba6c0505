#include "tests/adapters/ledger/fixture.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "adapters/rulebook/calendars.hpp"
#include "adapters/rulebook/load_rules.hpp"

namespace anjie::ledger::testing {
using namespace dispute;

Township::Township() : clock(start_of_day(make_date(2025, 1, 10))) {
    const auto rules = rulebook::load_rules();
    const auto calendars = rulebook::Calendars::load();
    REQUIRE((rules && calendars));
    auto made = std::make_unique<DisputeWorkflow>(Dispute(*rules, CalendarBook{calendars->by_region()}));
    workflow = made.get();
    workflows.add(std::move(made));
    engine = std::make_unique<Engine>(store, clock, workflows);
    options.organisation = "540629-102";
    options.jurisdiction = "540629";
}

Result<ImportReport> Township::try_import(std::string_view bytes, const std::function<void(ImportOptions&)>& change) {
    MemorySource source(bytes);
    ImportOptions changed = options;
    if (change) change(changed);
    return import_ledger(*engine, store, workflow->definition(), clock, source, changed);
}

ImportReport Township::import(std::string_view bytes, bool dry_run) {
    auto report = try_import(bytes, [&](ImportOptions& changed) { changed.dry_run = dry_run; });
    REQUIRE(report);
    return std::move(*report);
}

std::vector<std::string> Township::log() const {
    std::vector<std::string> out;
    REQUIRE(store.read_feed(0, 1'000'000, [&](const EventView& event) {
        out.push_back(std::to_string(event.header.position) + "|" + to_string(event.header.command_id) + "|" +
                      std::string(reinterpret_cast<const char*>(event.record.data()), event.record.size()));
        return true;
    }));
    return out;
}

CaseId Township::case_id(std::string_view number) const {
    const auto parsed = parse_case_number(number);
    REQUIRE(parsed);
    return case_id_of(options.organisation, *parsed);
}

State Township::state_of(std::string_view number) const {
    State state;
    REQUIRE(store.read_case(case_id(number), 0, [&](const EventView& event) {
        const auto decoded = Dispute::decode(event.header.type, event.header.schema, event.payload);
        REQUIRE(decoded);
        Dispute::evolve(state, *decoded, event.header);
        return true;
    }));
    return state;
}

std::vector<Event> Township::events_of(std::string_view number) const {
    std::vector<Event> events;
    REQUIRE(store.read_case(case_id(number), 0, [&](const EventView& event) {
        auto decoded = Dispute::decode(event.header.type, event.header.schema, event.payload);
        REQUIRE(decoded);
        events.push_back(std::move(*decoded));
        return true;
    }));
    return events;
}

std::vector<SealedField> Township::sealed_of(std::string_view number) const {
    std::vector<SealedField> fields;
    REQUIRE(store.read_case(case_id(number), 0, [&](const EventView& event) {
        const auto sealed = store.unseal(event);
        REQUIRE(sealed);
        fields.insert(fields.end(), sealed->begin(), sealed->end());
        return true;
    }));
    return fields;
}

std::size_t Township::case_count() const {
    std::set<CaseId> ids;
    REQUIRE(store.read_feed(0, 1'000'000, [&](const EventView& event) {
        ids.insert(event.header.case_id);
        return true;
    }));
    return ids.size();
}

std::string example() {
    std::ifstream file(ANJIE_EXAMPLE_LEDGER, std::ios::binary);
    REQUIRE(file);
    std::stringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

std::vector<std::vector<std::string>> example_table() {
    const std::string bytes = example();
    MemorySource source(bytes);
    auto reader = CsvReader::open(source);
    REQUIRE(reader);
    std::vector<std::vector<std::string>> table;
    TableRow row;
    for (;;) {
        const auto more = reader->next(row);
        REQUIRE(more);
        if (!*more) return table;
        table.push_back(row.cells);
    }
}

std::string to_csv(const std::vector<std::vector<std::string>>& table) {
    std::string out;
    for (const auto& row : table) {
        bool first = true;
        for (const auto& text : row) {
            if (!first) out += ',';
            first = false;
            out += '"';
            for (const char c : text) {
                if (c == '"') out += '"';
                out += c;
            }
            out += '"';
        }
        out += "\r\n";
    }
    return out;
}

std::string& cell(std::vector<std::vector<std::string>>& table, std::size_t row, std::string_view column) {
    const auto found = std::ranges::find(table.front(), column);
    REQUIRE(found != table.front().end());
    return table.at(row).at(static_cast<std::size_t>(found - table.front().begin()));
}

}  // namespace anjie::ledger::testing
