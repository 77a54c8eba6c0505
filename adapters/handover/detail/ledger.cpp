#include "adapters/handover/detail/ledger.hpp"

#include <fmt/format.h>

#include <charconv>

#include "workflows/dispute/dispute.hpp"

namespace anjie::handover::detail {
namespace {

using namespace dispute;

const DerivedName rows{"handover", 1};
constexpr std::uint32_t code_version = 1;
constexpr std::size_t chunk = 4'096;
constexpr std::string_view waiting_prefix = "w/";
constexpr std::string_view waiting_end = "w0";  // The first key after all that begin with "w/".
constexpr std::string_view case_prefix = "c/";

std::string waiting_key(Position position) { return fmt::format("{}{:016x}", waiting_prefix, position); }
std::string case_key(std::string_view handover) { return std::string(case_prefix) + std::string(handover); }

/// Whether the other side has to hear of such an event.
bool tells_other_side(EventType type) {
    return type == HandoverOffered::event_type || type == HandoverAccepted::event_type ||
           type == HandoverWithdrawn::event_type || type == HandoverLapsed::event_type ||
           type == HandoverTaken::event_type || type == HandoverDeclined::event_type ||
           type == HandoverResultFedBack::event_type || type == CaseHandedBack::event_type;
}

/// The hand-over that begins with such an event.
Result<std::optional<std::string>> begun_by(const EventView& event) {
    const auto type = event.header.type;
    if (type != HandoverOffered::event_type && type != HandoverReceived::event_type) return std::nullopt;
    ANJIE_TRY(const auto decoded, Dispute::decode(type, event.header.schema, event.payload));
    if (const auto* offered = std::get_if<HandoverOffered>(&decoded)) return std::optional(offered->handover);
    return std::optional(std::get<HandoverReceived>(decoded).handover);
}

Result<void> note(const EventView& event, std::vector<DerivedWrite>& writes) {
    const auto& header = event.header;
    if (header.workflow != workflow_id) return {};
    ANJIE_TRY(const auto begun, begun_by(event));
    if (begun) writes.push_back({case_key(*begun), to_string(header.case_id)});
    if (tells_other_side(header.type))
        writes.push_back(
            {waiting_key(header.position), fmt::format("{} {}", to_string(header.case_id), header.version)});
    return {};
}

std::optional<Waiting> read_waiting(std::string_view key, std::string_view value) {
    Waiting one;
    const auto digits = key.substr(waiting_prefix.size());
    const auto space = value.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    const auto id = parse_uuid(value.substr(0, space));
    const auto version = value.substr(space + 1);
    if (!id || std::from_chars(digits.data(), digits.data() + digits.size(), one.position, 16).ec != std::errc{} ||
        std::from_chars(version.data(), version.data() + version.size(), one.version).ec != std::errc{})
        return std::nullopt;
    one.case_id = CaseId{*id};
    return one;
}

}  // namespace

Result<DerivedHead> Ledger::begin() {
    ANJIE_TRY(const auto head, derived_.head(rows.name));
    if (head && head->code_version == code_version && head->cursor <= events_.head()) return *head;
    if (head) ANJIE_CHECK(derived_.drop(rows));
    return DerivedHead{.generation = rows.generation, .cursor = 0, .code_version = code_version};
}

Result<std::size_t> Ledger::read_on(DerivedHead& head) {
    std::vector<DerivedWrite> writes;
    std::size_t seen = 0;
    Result<void> noted;
    ANJIE_CHECK(events_.read_feed(head.cursor, chunk, [&](const EventView& event) {
        noted = note(event, writes);
        if (!noted) return false;
        ++seen;
        head.cursor = event.header.position;
        return true;
    }));
    ANJIE_CHECK(std::move(noted));
    if (seen > 0) ANJIE_CHECK(derived_.write(rows, writes, head));
    return seen;
}

Result<void> Ledger::catch_up() {
    ANJIE_TRY(auto head, begin());
    while (true) {
        ANJIE_TRY(const auto seen, read_on(head));
        if (seen < chunk) return {};
    }
}

Result<std::vector<Waiting>> Ledger::waiting() const {
    std::vector<Waiting> all;
    bool sound = true;
    ANJIE_CHECK(derived_.scan(rows, waiting_prefix, waiting_end, [&](std::string_view key, std::string_view value) {
        const auto one = read_waiting(key, value);
        sound = one.has_value();
        if (one) all.push_back(*one);
        return sound;
    }));
    if (!sound) return failure(ErrorCode::corrupt, "hand-over desk: a row cannot be read");
    return all;
}

Result<void> Ledger::acknowledged(Position position) {
    return derived_.write(rows, {{waiting_key(position), std::nullopt}}, std::nullopt);
}

Result<std::optional<CaseId>> Ledger::case_of(std::string_view handover) const {
    ANJIE_TRY(const auto found, derived_.get(rows, case_key(handover)));
    if (!found) return std::nullopt;
    const auto id = parse_uuid(*found);
    if (!id) return failure(ErrorCode::corrupt, "hand-over desk: a row cannot be read");
    return std::optional(CaseId{*id});
}

}  // namespace anjie::handover::detail
