#include "adapters/sinks/sink_state.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

namespace anjie::sinks {
namespace {

constexpr std::uint32_t code_version = 1;
constexpr std::string_view general_key = "state";
constexpr std::string_view hold_prefix = "hold/";
constexpr std::string_view ledger_prefix = "ledger/";
/// The first text after all that begin with a prefix that ends in '/'.
std::string after(std::string_view prefix) { return std::string(prefix.substr(0, prefix.size() - 1)) + '0'; }

std::string hold_key(CaseId id) { return std::string(hold_prefix) + to_string(id); }

boost::json::object to_json(const Hold& hold) {
    return {{"from_version", hold.from_version},
            {"from_position", hold.from_position},
            {"parked", hold.parked},
            {"attempts", hold.attempts},
            {"retry_at", hold.retry_at.microseconds},
            {"since", hold.since.microseconds},
            {"reason", hold.reason}};
}

/// Parsing what this file has written; anything else is `corrupt`.
template <class Read>
auto read_row(std::string_view what, std::string_view text, Read&& read)
    -> Result<decltype(read(boost::json::object{}))> {
    try {
        return read(boost::json::parse(text).as_object());
    } catch (const std::exception& exception) {
        return failure(ErrorCode::corrupt,
                       fmt::format("the state of a sink is broken ({}): {}", what, exception.what()));
    }
}

template <class T>
T number(const boost::json::object& row, std::string_view key) {
    return row.at(key).to_number<T>();
}
std::string text(const boost::json::object& row, std::string_view key) {
    return std::string(std::string_view(row.at(key).as_string()));
}

Hold hold_of(const boost::json::object& row) {
    return {.from_version = number<Version>(row, "from_version"),
            .from_position = number<Position>(row, "from_position"),
            .parked = row.at("parked").as_bool(),
            .attempts = number<std::uint32_t>(row, "attempts"),
            .retry_at = {number<std::int64_t>(row, "retry_at")},
            .since = {number<std::int64_t>(row, "since")},
            .reason = text(row, "reason")};
}

Disclosure disclosure_of(const boost::json::object& row) {
    Disclosure disclosure{.number = number<std::uint64_t>(row, "number"),
                          .sink = text(row, "sink"),
                          .destination = text(row, "destination"),
                          .from = number<Position>(row, "from"),
                          .to = number<Position>(row, "to"),
                          .events = number<std::uint64_t>(row, "events"),
                          .classes = {},
                          .first = {number<std::int64_t>(row, "first_us")},
                          .last = {number<std::int64_t>(row, "last_us")}};
    for (const auto& name : row.at("classes").as_array())
        disclosure.classes.emplace(std::string_view(name.as_string()));
    return disclosure;
}

boost::json::array array_of(const std::set<std::string, std::less<>>& names) {
    boost::json::array array;
    for (const auto& name : names) array.emplace_back(name);
    return array;
}

}  // namespace

boost::json::object to_json(const Disclosure& disclosure) {
    return {{"number", disclosure.number},
            {"sink", disclosure.sink},
            {"destination", disclosure.destination},
            {"from", disclosure.from},
            {"to", disclosure.to},
            {"events", disclosure.events},
            {"classes", array_of(disclosure.classes)},
            {"first", anjie::to_string(disclosure.first)},
            {"last", anjie::to_string(disclosure.last)},
            {"first_us", disclosure.first.microseconds},
            {"last_us", disclosure.last.microseconds}};
}

SinkStateStore::SinkStateStore(DerivedStore& derived, std::string_view sink)
    : derived_(derived), name_{fmt::format("sink.{}", sink), 0} {}

Result<SinkState> SinkStateStore::load() const {
    SinkState state;
    ANJIE_TRY(const auto head, derived_.head(name_.name));
    if (head) state.cursor = head->cursor;
    ANJIE_TRY(const auto general, derived_.get(name_, general_key));
    if (general) {
        const auto taken = read_row("state", *general, [&](const boost::json::object& row) {
            state.serial = number<std::uint64_t>(row, "serial");
            state.paused = row.at("paused").as_bool();
            state.gone = row.at("gone").as_bool();
            state.gone_reason = text(row, "gone_reason");
            state.dropped = number<std::uint64_t>(row, "dropped");
            return true;
        });
        if (!taken) return std::unexpected(taken.error());
    }
    Result<void> read;
    ANJIE_CHECK(
        derived_.scan(name_, hold_prefix, after(hold_prefix), [&](std::string_view key, std::string_view value) {
            const auto id = parse_uuid(key.substr(hold_prefix.size()));
            auto hold = read_row("hold", value, hold_of);
            if (!id || !hold)
                read = hold ? Result<void>(failure(ErrorCode::corrupt, "the state of a sink is broken (case)"))
                            : std::unexpected(hold.error());
            else
                state.holds.emplace(CaseId{*id}, std::move(*hold));
            return read.has_value();
        }));
    ANJIE_CHECK(read);
    ANJIE_TRY(auto ledger, disclosures());
    if (!ledger.empty()) state.disclosure = std::move(ledger.back());
    return state;
}

Result<void> SinkStateStore::save(const SinkState& state, const std::vector<CaseId>& changed_holds, bool durable) {
    std::vector<DerivedWrite> rows;
    rows.push_back(
        {std::string(general_key), boost::json::serialize(boost::json::object{{"serial", state.serial},
                                                                              {"paused", state.paused},
                                                                              {"gone", state.gone},
                                                                              {"gone_reason", state.gone_reason},
                                                                              {"dropped", state.dropped}})});
    for (const auto& id : changed_holds) {
        const auto hold = state.holds.find(id);
        rows.push_back({hold_key(id), hold == state.holds.end()
                                          ? std::nullopt
                                          : std::optional(boost::json::serialize(to_json(hold->second)))});
    }
    ANJIE_CHECK(derived_.write(name_, rows, DerivedHead{0, state.cursor, code_version}));
    return durable ? derived_.make_durable() : Result<void>{};
}

Result<void> SinkStateStore::save_disclosure(const Disclosure& disclosure) {
    return derived_.write(
        name_,
        {{fmt::format("{}{:020}", ledger_prefix, disclosure.number), boost::json::serialize(to_json(disclosure))}},
        std::nullopt);
}

Result<void> SinkStateStore::save_told(CaseId id, const std::set<std::string, std::less<>>& classes, Instant at) {
    const auto key = fmt::format("told/{}", to_string(id));
    auto all = classes;
    Instant first = at;
    ANJIE_TRY(const auto before, derived_.get(name_, key));
    if (before) {
        const auto read = read_row("told", *before, [&](const boost::json::object& row) {
            for (const auto& name : row.at("classes").as_array()) all.emplace(std::string_view(name.as_string()));
            first = {number<std::int64_t>(row, "first_us")};
            return true;
        });
        if (!read) return std::unexpected(read.error());
    }
    return derived_.write(
        name_,
        {{key, boost::json::serialize(boost::json::object{
                   {"classes", array_of(all)}, {"first_us", first.microseconds}, {"last_us", at.microseconds}})}},
        std::nullopt);
}

Result<void> SinkStateStore::save_dropped(Position position, const boost::json::object& why) {
    return derived_.write(name_, {{fmt::format("dropped/{:020}", position), boost::json::serialize(why)}},
                          std::nullopt);
}

Result<std::vector<Disclosure>> SinkStateStore::disclosures() const {
    std::vector<Disclosure> ledger;
    Result<void> read;
    ANJIE_CHECK(
        derived_.scan(name_, ledger_prefix, after(ledger_prefix), [&](std::string_view, std::string_view value) {
            auto line = read_row("ledger", value, disclosure_of);
            if (line)
                ledger.push_back(std::move(*line));
            else
                read = std::unexpected(line.error());
            return read.has_value();
        }));
    ANJIE_CHECK(read);
    return ledger;
}

}  // namespace anjie::sinks
