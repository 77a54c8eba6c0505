#include "adapters/sinks/postgresql/postgresql_sink.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>

namespace anjie::sinks {
namespace {

struct Close {
    void operator()(PGconn* connection) const { PQfinish(connection); }
    void operator()(PGresult* result) const { PQclear(result); }
};
using Connection = std::unique_ptr<PGconn, Close>;
using Rows = std::unique_ptr<PGresult, Close>;

/// Why a statement failed. The server's message may quote an event, so only its code is kept.
struct Refused {
    std::string state{};  ///< SQLSTATE; empty when the connection is gone.
    bool overtaken{};     ///< Another runner has moved the cursor.

    [[nodiscard]] bool about_the_data() const { return state.starts_with("22") || state.starts_with("23"); }
    [[nodiscard]] std::string reason() const {
        if (overtaken) return "another runner of this sink has moved its cursor / 另一进程在使用同一出口";
        return state.empty() ? "the database is away / 数据库无法连接" : "PostgreSQL refused: SQLSTATE " + state;
    }
};

template <class T>
using Asked = std::expected<T, Refused>;

struct PostgresqlSettings {
    std::string connection;
    std::string password;
    std::string schema{"anjie"};
    bool create_tables{true};
    std::string sink;
    std::string shown;
};

class PostgresqlSink final : public Sink {
public:
    explicit PostgresqlSink(PostgresqlSettings settings) : settings_(std::move(settings)) {}

    [[nodiscard]] std::string destination() const override { return settings_.shown; }

    [[nodiscard]] bool keeps_tokens() const override { return true; }
    [[nodiscard]] Result<std::optional<std::string>> kept_token() override {
        if (auto connected = connect(); !connected) return away(connected.error());
        auto rows =
            run(fmt::format("SELECT token FROM {}.sink_cursor WHERE sink = $1", settings_.schema), {settings_.sink});
        if (!rows) return away(rows.error());
        known_token_ = PQntuples(rows->get()) == 0 ? "" : PQgetvalue(rows->get(), 0, 0);
        if (known_token_.empty()) return std::nullopt;
        return known_token_;
    }

    [[nodiscard]] Answer deliver(const Batch& batch, const std::stop_token&) override {
        auto done = write(batch);
        if (done) {
            known_token_ = batch.token;
            return {.outcomes = std::vector<Outcome>(batch.deliveries.size(), {Outcome::Verdict::delivered, {}}),
                    .trouble = std::nullopt};
        }
        // Whatever the connection holds is taken back by closing it.
        connection_.reset();
        return {.outcomes = {},
                .trouble = Trouble{
                    .kind = done.error().about_the_data() ? Trouble::Kind::one_by_one : Trouble::Kind::unavailable,
                    .reason = done.error().reason()}};
    }

private:
    [[nodiscard]] std::unexpected<Error> away(const Refused& refused) {
        connection_.reset();
        return failure(ErrorCode::unavailable, refused.reason());
    }

    [[nodiscard]] Asked<Rows> run(const std::string& statement, const std::vector<std::string>& parameters) {
        std::vector<const char*> values;
        for (const auto& parameter : parameters) values.push_back(parameter.c_str());
        Rows rows(PQexecParams(connection_.get(), statement.c_str(), static_cast<int>(values.size()), nullptr,
                               values.data(), nullptr, nullptr, 0));
        const auto status = PQresultStatus(rows.get());
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return rows;
        const char* state = PQresultErrorField(rows.get(), PG_DIAG_SQLSTATE);
        return std::unexpected(Refused{state == nullptr ? "" : state});
    }

    [[nodiscard]] Asked<void> run_all(std::initializer_list<std::string> statements) {
        for (const auto& statement : statements)
            if (auto done = run(statement, {}); !done) return std::unexpected(done.error());
        return {};
    }

    [[nodiscard]] Asked<void> connect() {
        if (connection_ && PQstatus(connection_.get()) == CONNECTION_OK) return {};
        std::vector<const char*> keys{"connect_timeout", "tcp_user_timeout", "client_encoding", "application_name"};
        std::vector<const char*> values{"10", "20000", "UTF8", "anjie"};
        if (!settings_.password.empty()) {
            keys.push_back("password");
            values.push_back(settings_.password.c_str());
        }
        // Last, so that it may say otherwise.
        keys.push_back("dbname");
        values.push_back(settings_.connection.c_str());
        keys.push_back(nullptr);
        values.push_back(nullptr);
        connection_.reset(PQconnectdbParams(keys.data(), values.data(), 1));
        if (PQstatus(connection_.get()) != CONNECTION_OK) return std::unexpected(Refused{});
        PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
        if (auto set = run_all({"SET statement_timeout = '30s'", "SET lock_timeout = '10s'",
                                "SET idle_in_transaction_session_timeout = '60s'"});
            !set)
            return set;
        if (!settings_.create_tables || tables_made_) return {};
        Rows made(PQexec(connection_.get(), postgresql_tables(settings_.schema).c_str()));
        if (PQresultStatus(made.get()) != PGRES_COMMAND_OK) {
            const char* state = PQresultErrorField(made.get(), PG_DIAG_SQLSTATE);
            return std::unexpected(Refused{state == nullptr ? "" : state});
        }
        tables_made_ = true;
        return {};
    }

    [[nodiscard]] Asked<void> write(const Batch& batch) {
        if (auto connected = connect(); !connected) return connected;
        if (auto begun = run_all({"BEGIN", fmt::format("INSERT INTO {}.sink_cursor (sink, token) VALUES ('{}', '') "
                                                       "ON CONFLICT (sink) DO NOTHING",
                                                       settings_.schema, settings_.sink)});
            !begun)
            return begun;
        // The row's lock keeps out a second runner of the same sink; its token tells whether there was one.
        auto row = run(fmt::format("SELECT token FROM {}.sink_cursor WHERE sink = $1 FOR UPDATE", settings_.schema),
                       {settings_.sink});
        if (!row) return std::unexpected(row.error());
        if (PQntuples(row->get()) != 1 || PQgetvalue(row->get(), 0, 0) != known_token_)
            return std::unexpected(Refused{.overtaken = true});
        if (auto written = run(insert_statement(), {array_of(batch.deliveries)}); !written)
            return std::unexpected(written.error());
        if (auto moved = run(
                fmt::format("UPDATE {}.sink_cursor SET token = $2, moved_at = now() WHERE sink = $1", settings_.schema),
                {settings_.sink, std::string(batch.token)});
            !moved)
            return std::unexpected(moved.error());
        return run_all({"COMMIT"});
    }

    [[nodiscard]] static std::string array_of(std::span<const Delivery> deliveries) {
        std::string array = "[";
        for (const auto& delivery : deliveries) {
            if (array.size() > 1) array += ',';
            array += structured_json(delivery.event);
        }
        return array + ']';
    }

    [[nodiscard]] std::string insert_statement() const {
        return fmt::format(
            "INSERT INTO {}.event (source, id, position, type, case_id, case_version, occurred_at, recorded_at, "
            "organisation, data) "
            "SELECT source, id, id::bigint, type, subject::uuid, caseversion::bigint, \"time\"::timestamptz, "
            "recordedtime::timestamptz, organisation, data "
            "FROM jsonb_to_recordset($1::jsonb) AS given(source text, id text, type text, subject text, "
            "caseversion text, \"time\" text, recordedtime text, organisation text, data jsonb) "
            "ON CONFLICT (source, id) DO NOTHING",
            settings_.schema);
    }

    PostgresqlSettings settings_;
    Connection connection_;
    bool tables_made_{};
    std::string known_token_;
};

/// Host and database of a connection text, for people; nothing else of it.
std::optional<std::string> shown_of(const std::string& connection) {
    char* complaint = nullptr;
    PQconninfoOption* options = PQconninfoParse(connection.c_str(), &complaint);
    PQfreemem(complaint);
    if (options == nullptr) return std::nullopt;
    std::string host = "localhost";
    std::string database;
    bool password = false;
    for (const auto* option = options; option->keyword != nullptr; ++option) {
        const std::string_view key(option->keyword);
        if (option->val == nullptr) continue;
        if (key == "host") host = option->val;
        if (key == "dbname") database = option->val;
        password = password || key == "password";
    }
    PQconninfoFree(options);
    if (password) return std::nullopt;
    return fmt::format("postgresql://{}/{}", host, database);
}

}  // namespace

std::string postgresql_tables(std::string_view schema) {
    return fmt::format(
        "CREATE SCHEMA IF NOT EXISTS {0};\n"
        "CREATE TABLE IF NOT EXISTS {0}.event (\n"
        "  source text NOT NULL,\n"
        "  id text NOT NULL,\n"
        "  position bigint NOT NULL,\n"
        "  type text NOT NULL,\n"
        "  case_id uuid NOT NULL,\n"
        "  case_version bigint NOT NULL,\n"
        "  occurred_at timestamptz NOT NULL,\n"
        "  recorded_at timestamptz NOT NULL,\n"
        "  organisation text,\n"
        "  data jsonb NOT NULL,\n"
        "  PRIMARY KEY (source, id));\n"
        "CREATE INDEX IF NOT EXISTS event_of_case ON {0}.event (case_id, case_version);\n"
        "CREATE TABLE IF NOT EXISTS {0}.sink_cursor (\n"
        "  sink text PRIMARY KEY,\n"
        "  token text NOT NULL,\n"
        "  moved_at timestamptz);\n",
        schema);
}

Result<std::unique_ptr<Sink>> make_postgresql_sink(const json::Node& to, const SinkPlace& place) {
    ANJIE_CHECK(to.has_only({"connection", "password_file", "schema", "create_tables"}));
    PostgresqlSettings settings;
    settings.sink = place.name;
    ANJIE_TRY(const auto connection, to.at("connection"));
    ANJIE_TRY(settings.connection, connection.text());
    auto shown = shown_of(settings.connection);
    if (!shown)
        return connection.complaint(
            "write \"host=... dbname=... user=...\", the password in password_file / 写连接参数，密码另存文件");
    settings.shown = std::move(*shown);
    ANJIE_TRY(const auto password, to.find("password_file"));
    if (password) {
        ANJIE_TRY(settings.password, read_secret(*password, place));
    }
    ANJIE_TRY(const auto schema, to.find("schema"));
    if (schema) {
        ANJIE_TRY(settings.schema, schema->text());
        const auto fine = [](char letter) {
            return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
        };
        if (!std::ranges::all_of(settings.schema, fine) || settings.schema.front() <= '9' ||
            settings.schema.size() > 60)
            return schema->complaint("write a-z, 0-9 and _, beginning with a letter / 只用小写字母、数字和下划线");
    }
    ANJIE_TRY(const auto create, to.find("create_tables"));
    if (create) {
        ANJIE_TRY(settings.create_tables, create->flag());
    }
    return std::make_unique<PostgresqlSink>(std::move(settings));
}

}  // namespace anjie::sinks
