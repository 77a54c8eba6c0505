#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "adapters/process_mining/ocel.hpp"
#include "adapters/process_mining/ocel_database.hpp"
#include "adapters/process_mining/ocel_model.hpp"
#include "adapters/process_mining/text.hpp"

namespace anjie::process_mining {
namespace {

constexpr std::string_view beginning = "1970-01-01 00:00:00.000";

std::string_view column_type(AttributeType type) {
    switch (type) {
        case AttributeType::text:
            return "TEXT";
        case AttributeType::integer:
            return "INTEGER";
        case AttributeType::decimal:
            return "REAL";
        case AttributeType::boolean:
            return "BOOLEAN";
        case AttributeType::time:
            return "TIMESTAMP";
    }
    return "TEXT";
}

template <class Number>
Number number_in(std::string_view text) {
    Number number{};
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// A table of one type: its columns after the first ones that all such tables have, and its INSERT.
struct TypeTable {
    std::string title;
    std::vector<AttributeName> columns;
    Insert insert;
};

class SqliteWriter {
public:
    static Result<SqliteWriter> create(const ExportOptions& options, const std::filesystem::path& file) {
        ANJIE_TRY(auto database, OcelDatabase::create(file));
        SqliteWriter writer(std::move(database), options.number_people);
        ANJIE_CHECK(writer.declare(options.language));
        return writer;
    }

    Result<void> add(const CaseHistory& history) {
        const auto made = model_.take(history);
        for (const auto& object : made.objects) ANJIE_CHECK(add(object));
        for (const auto& event : made.events) ANJIE_CHECK(add(event));
        return {};
    }

    Result<void> end() {
        for (const auto& object : model_.shared()) ANJIE_CHECK(add(object));
        return database_.finish();
    }

private:
    SqliteWriter(OcelDatabase database, bool number_people) : database_(std::move(database)), model_(number_people) {}

    Result<void> declare(Language language) {
        ANJIE_CHECK(database_.execute(
            "CREATE TABLE event_map_type(ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);"
            "CREATE TABLE object_map_type(ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);"
            "CREATE TABLE event(ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES event_map_type(ocel_type));"
            "CREATE TABLE object(ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES object_map_type(ocel_type));"
            "CREATE TABLE event_object(ocel_event_id TEXT REFERENCES event(ocel_id), "
            "ocel_object_id TEXT REFERENCES object(ocel_id), ocel_qualifier TEXT, "
            "PRIMARY KEY(ocel_event_id, ocel_object_id, ocel_qualifier)) WITHOUT ROWID;"
            "CREATE TABLE object_object(ocel_source_id TEXT REFERENCES object(ocel_id), "
            "ocel_target_id TEXT REFERENCES object(ocel_id), ocel_qualifier TEXT, "
            "PRIMARY KEY(ocel_source_id, ocel_target_id, ocel_qualifier)) WITHOUT ROWID"));
        for (const auto& kind : event_kinds()) {
            const auto common = envelope_attributes();
            std::vector<AttributeName> columns(common.begin(), common.end());
            columns.insert(columns.end(), kind.attributes.begin(), kind.attributes.end());
            ANJIE_CHECK(declare("event", kind.table, title_of(kind, language), std::move(columns), event_tables_));
        }
        for (const auto& kind : object_kinds())
            ANJIE_CHECK(declare("object", kind.table, title_of(kind, language), kind.attributes, object_tables_));
        return prepare();
    }

    Result<void> declare(std::string_view family, std::string_view table, std::string_view title,
                         std::vector<AttributeName> columns, std::vector<TypeTable>& tables) {
        const bool of_events = family == "event";
        auto create = fmt::format("CREATE TABLE {0}_{1}(ocel_id TEXT {2}REFERENCES {0}(ocel_id), ocel_time TIMESTAMP",
                                  family, table, of_events ? "PRIMARY KEY " : "");
        auto marks = std::string("?1, ?2");
        if (!of_events) create += ", ocel_changed_field TEXT", marks += ", ?3";
        const int first = of_events ? 3 : 4;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            create += fmt::format(", \"{}\" {}", columns[i].name, column_type(columns[i].type));
            marks += fmt::format(", ?{}", first + static_cast<int>(i));
        }
        ANJIE_CHECK(database_.execute(create + ")"));
        ANJIE_TRY(auto map, database_.prepare(fmt::format("INSERT INTO {}_map_type VALUES(?1, ?2)", family)));
        ANJIE_CHECK(map.text(1, title).text(2, table).run());
        ANJIE_TRY(auto insert, database_.prepare(fmt::format("INSERT INTO {}_{} VALUES({})", family, table, marks)));
        tables.push_back({std::string(title), std::move(columns), std::move(insert)});
        return {};
    }

    Result<void> prepare() {
        const auto insert = [&](std::optional<Insert>& into, const char* sql) -> Result<void> {
            ANJIE_TRY(into, database_.prepare(sql));
            return {};
        };
        ANJIE_CHECK(insert(event_, "INSERT INTO event VALUES(?1, ?2)"));
        ANJIE_CHECK(insert(object_, "INSERT INTO object VALUES(?1, ?2)"));
        ANJIE_CHECK(insert(event_object_, "INSERT INTO event_object VALUES(?1, ?2, ?3)"));
        return insert(object_object_, "INSERT INTO object_object VALUES(?1, ?2, ?3)");
    }

    /// Binds an attribute to its column, `first` being the parameter of the first one.
    /// Lifetime: texts of times are kept in `times` until the row is written.
    static void bind(TypeTable& table, int first, const Attribute& one, std::vector<std::string>& times) {
        const auto column = std::ranges::find(table.columns, one.name, &AttributeName::name);
        if (column == table.columns.end()) return;
        const int parameter = first + static_cast<int>(column - table.columns.begin());
        switch (one.type) {
            case AttributeType::text:
                table.insert.text(parameter, one.text);
                break;
            case AttributeType::integer:
                table.insert.integer(parameter, number_in<std::int64_t>(one.text));
                break;
            case AttributeType::decimal:
                table.insert.real(parameter, number_in<double>(one.text));
                break;
            case AttributeType::boolean:
                table.insert.integer(parameter, one.text == "true" ? 1 : 0);
                break;
            case AttributeType::time:
                times.push_back(sqlite_time(one.time));
                table.insert.text(parameter, times.back());
                break;
        }
    }

    Result<void> add(const OcelObject& object) {
        auto& table = object_tables_[static_cast<std::size_t>(object.type)];
        ANJIE_CHECK(object_->text(1, object.id).text(2, table.title).run());
        std::vector<std::string> times;
        times.reserve(table.columns.size());
        table.insert.text(1, object.id).text(2, beginning);
        for (const auto& one : object.initial) bind(table, 4, one, times);
        ANJIE_CHECK(table.insert.run());
        for (const auto& change : object.changes) {
            times.clear();
            const auto at = sqlite_time(change.at);
            table.insert.text(1, object.id).text(2, at).text(3, change.attribute.name);
            bind(table, 4, change.attribute, times);
            ANJIE_CHECK(table.insert.run());
        }
        for (const auto& one : object.relations)
            ANJIE_CHECK(object_object_->text(1, object.id).text(2, one.object).text(3, one.qualifier).run());
        return {};
    }

    Result<void> add(const OcelEvent& event) {
        auto& table = event_tables_[static_cast<std::size_t>(event.kind - event_kinds().data())];
        ANJIE_CHECK(event_->text(1, event.id).text(2, table.title).run());
        std::vector<std::string> times;
        times.reserve(table.columns.size());
        const auto at = sqlite_time(event.at);
        table.insert.text(1, event.id).text(2, at);
        for (const auto& one : event.attributes) bind(table, 3, one, times);
        ANJIE_CHECK(table.insert.run());
        for (const auto& one : event.relations)
            ANJIE_CHECK(event_object_->text(1, event.id).text(2, one.object).text(3, one.qualifier).run());
        return {};
    }

    OcelDatabase database_;
    OcelModel model_;
    std::vector<TypeTable> event_tables_;
    std::vector<TypeTable> object_tables_;
    std::optional<Insert> event_, object_, event_object_, object_object_;
};

}  // namespace

Result<Exported> write_ocel_sqlite(const EventStore& events, const ExportOptions& options,
                                   const std::filesystem::path& file, const Progress& progress) {
    ANJIE_TRY(auto writer, SqliteWriter::create(options, file));
    ANJIE_TRY(const auto exported, read_cases(
                                       events, options.selection,
                                       [&](const CaseHistory& history) { return writer.add(history); }, progress));
    ANJIE_CHECK(writer.end());
    return exported;
}

}  // namespace anjie::process_mining
