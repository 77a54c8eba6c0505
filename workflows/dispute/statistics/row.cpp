#include "workflows/dispute/statistics/row.hpp"

#include <bit>
#include <cstring>

namespace anjie::dispute::statistics {

static_assert(std::endian::native == std::endian::little, "rows are stored as they lie in memory");

std::string encode_row(const CaseRow& row) {
    auto facts = row.facts;
    facts.organisation_bytes = static_cast<std::uint16_t>(row.organisation.size());
    facts.jurisdiction_bytes = static_cast<std::uint16_t>(row.jurisdiction.size());
    std::string bytes(sizeof facts, '\0');
    std::memcpy(bytes.data(), &facts, sizeof facts);
    return bytes.append(row.organisation).append(row.jurisdiction);
}

Result<CaseRow> decode_row(CaseId id, std::string_view bytes) {
    CaseRow row{.id = id, .facts = {}, .organisation = {}, .jurisdiction = {}};
    auto& facts = row.facts;
    if (bytes.size() < sizeof facts)
        return failure(ErrorCode::corrupt, "statistics row of case " + to_string(id) + " is too short");
    std::memcpy(&facts, bytes.data(), sizeof facts);
    const auto tail = bytes.substr(sizeof facts);
    if (facts.layout != CaseFacts::layout_version)
        return failure(ErrorCode::corrupt, "statistics row of case " + to_string(id) + " has another layout");
    if (tail.size() != std::size_t{facts.organisation_bytes} + facts.jurisdiction_bytes)
        return failure(ErrorCode::corrupt, "statistics row of case " + to_string(id) + " has a wrong length");
    row.organisation = tail.substr(0, facts.organisation_bytes);
    row.jurisdiction = tail.substr(facts.organisation_bytes);
    return row;
}

bool is_fully_performed(const CaseFacts& facts) {
    if (!facts.effective.on) return false;
    if (facts.agreement.obligations == 0) return facts.last_revisit.fulfilment == Fulfilment::fulfilled;
    return std::uint32_t{facts.performed} + facts.waived >= facts.agreement.obligations;
}

}  // namespace anjie::dispute::statistics
