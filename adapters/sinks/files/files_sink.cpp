#include "adapters/sinks/files/files_sink.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/sinks/files/detail/day_file.hpp"
#include "engine/csv.hpp"

namespace anjie::sinks {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
/// Attributes in the table's columns, after the data.
constexpr std::array<std::string_view, 10> columns{"id",     "sequence",     "type",        "subject",
                                                   "time",   "recordedtime", "caseversion", "organisation",
                                                   "source", "correlationid"};

std::string csv_header() {
    std::string line(byte_order_mark);
    for (const auto column : columns) line += csv_cell(column) + ',';
    return line + csv_cell("data") + "\r\n";
}

std::string csv_line(const CloudEvent& event) {
    std::string line;
    for (const auto column : columns) line += csv_cell(event.attribute(column)) + ',';
    return line + csv_cell(event.data) + "\r\n";
}

/// What the folder holds for certain: written anew after every batch, in one rename.
struct Kept {
    std::string token;
    std::string day;
    std::uint64_t ndjson_bytes{};
    std::uint64_t csv_bytes{};
};

class FilesSink final : public Sink {
public:
    FilesSink(fs::path folder, bool ndjson, bool csv, const Clock& clock)
        : folder_(std::move(folder)), ndjson_(ndjson), csv_(csv), clock_(clock) {}

    [[nodiscard]] std::string destination() const override { return folder_.string(); }

    [[nodiscard]] Answer deliver(const Batch& batch, const std::stop_token&) override {
        if (auto written = write(batch); !written)
            return {.outcomes = {}, .trouble = Trouble{.reason = written.error().detail}};
        return {.outcomes = std::vector<Outcome>(batch.deliveries.size(), {Outcome::Verdict::delivered, {}}),
                .trouble = std::nullopt};
    }

    [[nodiscard]] bool keeps_tokens() const override { return true; }
    [[nodiscard]] Result<std::optional<std::string>> kept_token() override {
        ANJIE_TRY(const auto kept, read_kept());
        if (kept.token.empty()) return std::nullopt;
        return kept.token;
    }

private:
    [[nodiscard]] fs::path kept_file() const { return folder_ / "anjie-sink.json"; }

    [[nodiscard]] Result<Kept> read_kept() const {
        ANJIE_TRY(const auto text, detail::read_small_file(kept_file()));
        if (!text) return Kept{};
        try {
            const auto row = boost::json::parse(*text).as_object();
            const auto word = [&](std::string_view key) {
                return std::string(std::string_view(row.at(key).as_string()));
            };
            return Kept{word("token"), word("day"), row.at("ndjson_bytes").to_number<std::uint64_t>(),
                        row.at("csv_bytes").to_number<std::uint64_t>()};
        } catch (const std::exception& exception) {
            return failure(ErrorCode::corrupt, fmt::format("{} is broken: {}", kept_file().string(), exception.what()));
        }
    }

    [[nodiscard]] Result<void> write(const Batch& batch) const {
        ANJIE_TRY(auto kept, read_kept());
        // A clock that went back must not touch a finished day.
        const auto day = std::max(kept.day, to_string(local_date(clock_.now())));
        if (day != kept.day) kept = {.token = {}, .day = day};
        std::string lines;
        std::string table;
        if (kept.csv_bytes == 0) table = csv_header();
        for (const auto& delivery : batch.deliveries) {
            if (ndjson_) lines += structured_json(delivery.event) + '\n';
            if (csv_) table += csv_line(delivery.event);
        }
        if (ndjson_) {
            ANJIE_TRY(kept.ndjson_bytes, detail::append_after(folder_ / (day + ".ndjson"), kept.ndjson_bytes, lines));
        }
        if (csv_) {
            ANJIE_TRY(kept.csv_bytes, detail::append_after(folder_ / (day + ".csv"), kept.csv_bytes, table));
        }
        ANJIE_CHECK(detail::flush_folder(folder_));
        return detail::replace_file(kept_file(),
                                    boost::json::serialize(boost::json::object{{"token", std::string(batch.token)},
                                                                               {"day", day},
                                                                               {"ndjson_bytes", kept.ndjson_bytes},
                                                                               {"csv_bytes", kept.csv_bytes}}));
    }

    fs::path folder_;
    bool ndjson_;
    bool csv_;
    const Clock& clock_;
};

}  // namespace

Result<std::unique_ptr<Sink>> make_files_sink(const json::Node& to, const SinkPlace& place) {
    ANJIE_CHECK(to.has_only({"folder", "ndjson", "csv"}));
    ANJIE_TRY(const auto folder_node, to.at("folder"));
    ANJIE_TRY(auto folder, read_path(folder_node, place));
    std::error_code failed;
    if (!fs::is_directory(folder, failed))
        return folder_node.complaint("there is no such folder; make it / 没有这个目录");
    bool ndjson = true;
    bool csv = true;
    ANJIE_TRY(const auto ndjson_node, to.find("ndjson"));
    if (ndjson_node) {
        ANJIE_TRY(ndjson, ndjson_node->flag());
    }
    ANJIE_TRY(const auto csv_node, to.find("csv"));
    if (csv_node) {
        ANJIE_TRY(csv, csv_node->flag());
    }
    if (!ndjson && !csv) return to.complaint("one of ndjson and csv has to be true / ndjson 与 csv 至少选一");
    return std::make_unique<FilesSink>(std::move(folder), ndjson, csv, place.clock);
}

}  // namespace anjie::sinks
