#include "adapters/dossier/archive.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "adapters/dossier/detail/pretty.hpp"
#include "adapters/json/reader.hpp"
#include "engine/assert.hpp"

namespace anjie::dossier {
namespace {

namespace statistics = dispute::statistics;

constexpr std::size_t records_entry_bytes = std::size_t{4} << 20;
constexpr std::size_t length_bytes = 2;
constexpr std::size_t check_bytes = 8;
constexpr std::size_t hash_bytes = sizeof(Hash::bytes);
constexpr std::int64_t any_number = std::int64_t{1} << 62;

boost::json::object json_of(const statistics::ReportQuery& query) {
    return {
        {"period",
         {{"label", query.period.label}, {"from", to_string(query.period.from)}, {"to", to_string(query.period.to)}}},
        {"organisation", query.organisation},
        {"as_of", {{"position", query.as_of.position}, {"at", to_string(query.as_of.at)}}},
        {"definitions", query.definitions},
        {"decimals", query.decimals},
        {"by_organisation", query.by_organisation}};
}

Result<std::uint64_t> number_at(const json::Node& node, std::string_view key, std::int64_t high = any_number) {
    ANJIE_TRY(const auto found, node.at(key));
    ANJIE_TRY(const auto number, found.integer(0, high));
    return static_cast<std::uint64_t>(number);
}

Result<bool> flag_at(const json::Node& node, std::string_view key) {
    ANJIE_TRY(const auto found, node.at(key));
    return found.flag();
}

/// A text that may be empty.
Result<std::string> text_at(const json::Node& node, std::string_view key) {
    ANJIE_TRY(const auto found, node.at(key));
    const auto* text = found.value().if_string();
    if (text == nullptr) return found.complaint("write a text in quotes");
    return std::string(text->data(), text->size());
}

Result<statistics::ReportQuery> parse_query(const json::Node& node) {
    statistics::ReportQuery query;
    ANJIE_TRY(const auto period, node.at("period"));
    ANJIE_TRY(query.period.label, text_at(period, "label"));
    ANJIE_TRY(const auto from, period.at("from"));
    ANJIE_TRY(query.period.from, from.date());
    ANJIE_TRY(const auto to, period.at("to"));
    ANJIE_TRY(query.period.to, to.date());
    ANJIE_TRY(query.organisation, text_at(node, "organisation"));
    ANJIE_TRY(const auto as_of, node.at("as_of"));
    ANJIE_TRY(query.as_of.position, number_at(as_of, "position"));
    ANJIE_TRY(const auto at, text_at(as_of, "at"));
    const auto moment = parse_instant(at);
    if (!moment) return as_of.complaint("\"at\" is no moment");
    query.as_of.at = *moment;
    ANJIE_TRY(const auto definitions, number_at(node, "definitions", 1'000'000));
    query.definitions = static_cast<std::uint32_t>(definitions);
    ANJIE_TRY(const auto decimals, number_at(node, "decimals", 4));
    query.decimals = static_cast<std::uint8_t>(decimals);
    ANJIE_TRY(query.by_organisation, flag_at(node, "by_organisation"));
    return query;
}

Result<Manifest> parse_members(const json::Node& node) {
    Manifest manifest;
    ANJIE_TRY(const auto format, node.at("format"));
    ANJIE_CHECK(format.one_of({format_name}));
    ANJIE_TRY(const auto kind, node.at("kind"));
    ANJIE_TRY(const auto which, kind.one_of({name_of(Kind::dossier), name_of(Kind::report)}));
    manifest.kind = which == 0 ? Kind::dossier : Kind::report;
    ANJIE_TRY(manifest.events, number_at(node, "events"));
    if (manifest.kind == Kind::dossier) {
        ANJIE_TRY(const auto text, text_at(node, "case"));
        const auto id = parse_uuid(text);
        if (!id) return node.complaint("\"case\" is no id of a case");
        manifest.case_id = CaseId{*id};
        ANJIE_TRY(const auto versions, number_at(node, "versions", std::numeric_limits<Version>::max()));
        manifest.versions = static_cast<Version>(versions);
        return manifest;
    }
    ANJIE_TRY(manifest.cases, number_at(node, "cases"));
    ANJIE_TRY(manifest.complete, flag_at(node, "complete"));
    ANJIE_TRY(const auto query, node.at("query"));
    ANJIE_TRY(manifest.query, parse_query(query));
    return manifest;
}

}  // namespace

std::string records_entry(std::size_t number) { return fmt::format("records/{:08}", number); }

std::string_view name_of(Kind kind) { return kind == Kind::dossier ? "dossier" : "report"; }

std::string to_text(const Manifest& manifest) {
    boost::json::object out{{"format", format_name}, {"kind", name_of(manifest.kind)}, {"events", manifest.events}};
    if (manifest.kind == Kind::dossier) {
        out["case"] = to_string(manifest.case_id);
        out["versions"] = manifest.versions;
    } else {
        out["cases"] = manifest.cases;
        out["complete"] = manifest.complete;
        out["query"] = json_of(manifest.query);
    }
    return detail::pretty(out);
}

Result<Manifest> parse_manifest(std::string_view text) {
    ANJIE_TRY(const auto document, json::parse(text, manifest_entry));
    ANJIE_TRY(auto manifest, parse_members(json::Node(document, manifest_entry)));
    // One way to write it leaves no byte that could say something unchecked.
    if (to_text(manifest) != text)
        return failure(ErrorCode::invalid, fmt::format("{}: not written as this format has it", manifest_entry));
    return manifest;
}

void RecordEntries::add(BytesView record, const Hash& leaf) {
    ANJIE_ASSERT(record.size() <= 65'535);
    if (!pending_.empty() && pending_.size() + length_bytes + check_bytes + record.size() > records_entry_bytes)
        finish();
    pending_.push_back(static_cast<std::byte>(record.size() >> 8));
    pending_.push_back(static_cast<std::byte>(record.size() & 0xff));
    pending_.insert(pending_.end(), leaf.bytes.begin(), leaf.bytes.begin() + check_bytes);
    pending_.insert(pending_.end(), record.begin(), record.end());
    ++size_;
}

void RecordEntries::finish() {
    if (pending_.empty()) return;
    out_.add(records_entry(entries_++), std::exchange(pending_, {}));
}

Result<std::vector<StoredRecord>> split_records(BytesView entry) {
    std::vector<StoredRecord> records;
    while (!entry.empty()) {
        if (entry.size() < length_bytes + check_bytes) return failure(ErrorCode::corrupt, "cut short");
        const auto length = std::to_integer<std::size_t>(entry[0]) << 8 | std::to_integer<std::size_t>(entry[1]);
        const auto check = entry.subspan(length_bytes, check_bytes);
        entry = entry.subspan(length_bytes + check_bytes);
        if (entry.size() < length) return failure(ErrorCode::corrupt, "cut short");
        records.push_back({entry.first(length), check});
        entry = entry.subspan(length);
    }
    return records;
}

Bytes join_hashes(std::span<const Hash> hashes) {
    Bytes bytes;
    bytes.reserve(hashes.size() * hash_bytes);
    for (const auto& hash : hashes) bytes.insert(bytes.end(), hash.bytes.begin(), hash.bytes.end());
    return bytes;
}

Result<std::vector<Hash>> split_hashes(BytesView bytes) {
    if (bytes.size() % hash_bytes != 0)
        return failure(ErrorCode::corrupt, fmt::format("{} bytes are not hashes of {} each", bytes.size(), hash_bytes));
    std::vector<Hash> hashes(bytes.size() / hash_bytes);
    for (auto& hash : hashes) {
        std::ranges::copy(bytes.first(hash_bytes), hash.bytes.begin());
        bytes = bytes.subspan(hash_bytes);
    }
    return hashes;
}

Result<void> add_proofs(zip::Writer& out, const LogProofSource& log, std::span<const std::uint64_t> leaves) {
    const auto& head = log.head.checkpoint;
    ANJIE_TRY(const auto proof, prove_many(log.hasher, log.hashes, leaves, head.size));
    out.add(std::string(checkpoint_entry), log.head.note);
    out.add(std::string(proof_entry), join_hashes(proof));
    if (!log.since) return {};
    const auto& since = log.since->checkpoint;
    if (since.origin != head.origin)
        return failure(ErrorCode::invalid,
                       fmt::format("the earlier checkpoint is of another log: {}, not {}", since.origin, head.origin));
    if (since.size > head.size)
        return failure(ErrorCode::invalid,
                       fmt::format("the earlier checkpoint has {} events, this one {}", since.size, head.size));
    ANJIE_TRY(const auto link, prove_consistency(log.hasher, log.hashes, since.size, head.size));
    out.add(std::string(since_checkpoint_entry), log.since->note);
    out.add(std::string(since_proof_entry), join_hashes(link));
    return {};
}

}  // namespace anjie::dossier
