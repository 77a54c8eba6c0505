#include "tests/adapters/sinks/recording_sink.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <unordered_set>

namespace anjie::test {

using sinks::Answer;
using sinks::Outcome;
using sinks::Trouble;

std::vector<std::string> OtherSide::faults(Position head) const {
    std::vector<std::string> found;
    std::set<Position> seen;
    std::map<CaseId, Version> newest;
    for (const auto& delivery : got) {
        if (!seen.insert(delivery.position).second) continue;
        auto& version = newest[delivery.case_id];
        if (delivery.version != version + 1)
            found.push_back(
                fmt::format("position {}: version {} after {}", delivery.position, delivery.version, version));
        version = std::max(version, delivery.version);
    }
    for (Position position = 1; position <= head; ++position)
        if (!seen.contains(position)) found.push_back(fmt::format("position {} never came", position));
    return found;
}

std::vector<Position> OtherSide::positions() const {
    std::vector<Position> all;
    for (const auto& delivery : got) all.push_back(delivery.position);
    return all;
}

Answer RecordingSink::deliver(const sinks::Batch& batch, const std::stop_token& stop) {
    if (!overtakes)
        return sinks::one_after_another(batch.deliveries, stop, [&](const sinks::Delivery& delivery) {
            auto result = decide ? decide(delivery) : std::variant<Outcome, Trouble>(delivered());
            const auto* outcome = std::get_if<Outcome>(&result);
            if (outcome != nullptr && outcome->verdict == Outcome::Verdict::delivered && !loses)
                other_.got.push_back(delivery);
            return result;
        });
    Answer answer;
    for (const auto& delivery : batch.deliveries) {
        const auto result = decide ? decide(delivery) : std::variant<Outcome, Trouble>(delivered());
        answer.outcomes.push_back(std::get<Outcome>(result));
        if (answer.outcomes.back().verdict == Outcome::Verdict::delivered) other_.got.push_back(delivery);
    }
    return answer;
}

Answer TransactionalSink::deliver(const sinks::Batch& batch, const std::stop_token&) {
    for (const auto& delivery : batch.deliveries)
        if (refuses && refuses(delivery))
            return {.outcomes = {}, .trouble = Trouble{.kind = Trouble::Kind::one_by_one, .reason = "bad data"}};
    if (before_commit) before_commit();
    other_.got.insert(other_.got.end(), batch.deliveries.begin(), batch.deliveries.end());
    other_.token = batch.token;
    if (after_commit) after_commit();
    return {.outcomes = std::vector<Outcome>(batch.deliveries.size(), delivered()), .trouble = std::nullopt};
}

Result<std::optional<std::string>> TransactionalSink::kept_token() {
    if (other_.token.empty()) return std::nullopt;
    return other_.token;
}

}  // namespace anjie::test
