#include "adapters/sinks/sink.hpp"

#include <unordered_set>

namespace anjie::sinks {

Answer one_after_another(std::span<const Delivery> deliveries, const std::stop_token& stop,
                         const std::function<std::variant<Outcome, Trouble>(const Delivery&)>& one) {
    Answer answer;
    std::unordered_set<CaseId> behind;
    for (const auto& delivery : deliveries) {
        if (behind.contains(delivery.case_id)) {
            answer.outcomes.push_back({Outcome::Verdict::untried, {}});
            continue;
        }
        if (stop.stop_requested()) {
            answer.trouble = Trouble{.reason = "stopping"};
            break;
        }
        auto result = one(delivery);
        if (auto* trouble = std::get_if<Trouble>(&result)) {
            answer.trouble = std::move(*trouble);
            break;
        }
        auto& outcome = std::get<Outcome>(result);
        if (outcome.verdict != Outcome::Verdict::delivered) behind.insert(delivery.case_id);
        answer.outcomes.push_back(std::move(outcome));
    }
    return answer;
}

}  // namespace anjie::sinks
