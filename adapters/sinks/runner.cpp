#include "adapters/sinks/runner.hpp"

#include <algorithm>
#include <iterator>

#include "adapters/sinks/detail/token.hpp"

namespace anjie::sinks {
namespace {

using Verdict = Outcome::Verdict;

constexpr std::size_t reason_bytes_max = 300;

std::string shortened(std::string reason) {
    if (reason.size() > reason_bytes_max) reason.resize(reason_bytes_max);
    return reason;
}

}  // namespace

Runner::Runner(const EventStore& events, DerivedStore& derived, const Clock& clock, Sink& sink, RunnerSettings settings,
               DisclosureJournal journal)
    : events_(events),
      clock_(clock),
      sink_(sink),
      settings_(std::move(settings)),
      journal_(std::move(journal)),
      store_(derived, settings_.name),
      back_off_(settings_.retry, settings_.seed) {}

Result<void> Runner::open() {
    const std::lock_guard lock(mutex_);
    ANJIE_TRY(state_, store_.load());
    return {};
}

Result<Runner::Step> Runner::step(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    if (state_.paused || state_.gone) return Step{Step::Kind::stopped};
    const auto now = clock_.now();
    if (now < not_before_) return Step{Step::Kind::waiting, not_before_};
    if (!reconciled_) {
        ANJIE_CHECK(reconcile());
        if (!reconciled_) return Step{Step::Kind::waiting, not_before_};
    }
    Step step;
    ANJIE_TRY(const auto plan, make_plan(now, step));
    if (!plan) return step;
    Answer answer;
    if (!plan->deliveries.empty()) {
        ANJIE_CHECK(record(*plan, now));
        // A slow sink must not keep those waiting who ask how it does.
        lock.unlock();
        answer = sink_.deliver({plan->deliveries, plan->token}, stop);
        lock.lock();
        answer = judged(*plan, std::move(answer));
    }
    ANJIE_CHECK(settle(*plan, answer, clock_.now()));
    return Step{Step::Kind::worked};
}

/// A batch of one that is refused as a batch is refused for what it is.
Answer Runner::judged(const Plan& plan, Answer answer) {
    if (!answer.trouble || answer.trouble->kind != Trouble::Kind::one_by_one || plan.deliveries.size() > 1)
        return answer;
    return {.outcomes = {{Verdict::poison, std::move(answer.trouble->reason)}}, .trouble = std::nullopt};
}

/// After a start or an interrupted delivery, what a transactional sink has kept is the truth.
Result<void> Runner::reconcile() {
    const auto kept = sink_.kept_token();
    if (!kept) {
        note_trouble({.reason = kept.error().detail}, {}, clock_.now());
        return {};
    }
    reconciled_ = true;
    const auto token = *kept ? detail::parse_token(**kept) : std::nullopt;
    // Older than what an order has decided since, or nothing new.
    if (!token || token->serial <= state_.serial) return {};
    auto next = state_;
    next.serial = token->serial;
    next.cursor = std::max(next.cursor, token->cursor);
    std::vector<CaseId> changed;
    if (const auto id = parse_uuid(token->released)) {
        const CaseId released{*id};
        changed.push_back(released);
        if (token->next_version == 0)
            next.holds.erase(released);
        else if (const auto hold = next.holds.find(released); hold != next.holds.end())
            hold->second.from_version = static_cast<Version>(token->next_version);
    }
    ANJIE_CHECK(store_.save(next, changed, true));
    state_ = std::move(next);
    return {};
}

/// Before anything leaves it is written down that it does.
Result<void> Runner::record(const Plan& plan, Instant now) {
    auto line = state_.disclosure.value_or(Disclosure{});
    std::set<std::string, std::less<>> classes;
    for (const auto& some : plan.classes) classes.insert(some.begin(), some.end());
    const auto destination = sink_.destination();
    const bool opened = line.number == 0 || line.destination != destination ||
                        local_date(line.first) != local_date(now) || !std::ranges::includes(line.classes, classes);
    if (opened)
        line = Disclosure{.number = line.number + 1,
                          .sink = settings_.name,
                          .destination = destination,
                          .from = plan.deliveries.front().position,
                          .classes = classes,
                          .first = now};
    line.from = std::min(line.from, plan.deliveries.front().position);
    line.to = std::max(line.to, plan.deliveries.back().position);
    line.events += plan.deliveries.size();
    line.last = now;
    const auto is_sealed = [](const std::string& name) { return name.starts_with("sealed:"); };
    const bool sealed = std::ranges::any_of(classes, is_sealed);
    if (journal_ && (opened || sealed)) ANJIE_CHECK(journal_(line));
    for (std::size_t i = 0; sealed && i < plan.deliveries.size(); ++i) {
        std::set<std::string, std::less<>> told;
        std::ranges::copy_if(plan.classes[i], std::inserter(told, told.end()), is_sealed);
        if (!told.empty()) ANJIE_CHECK(store_.save_told(plan.deliveries[i].case_id, told, now));
    }
    ANJIE_CHECK(store_.save_disclosure(line));
    state_.disclosure = std::move(line);
    return {};
}

Result<void> Runner::settle(const Plan& plan, const Answer& answer, Instant now) {
    auto before = state_;
    const auto delivered = static_cast<std::uint64_t>(std::ranges::count(
        answer.outcomes, Verdict::delivered, [](const Outcome& outcome) { return outcome.verdict; }));
    successes_ += delivered;
    if (delivered > 0) {
        failures_ = 0;
        trouble_.clear();
    }
    if (answer.trouble) note_trouble(*answer.trouble, plan, now);
    if (plan.epoch != epoch_) return {};  // An order came between: what was delivered is delivered once more.
    auto settled = plan.released ? settle_release(plan, answer, now) : [&]() -> Result<void> {
        std::vector<CaseId> changed;
        const bool moved = settle_feed(plan, answer, now, changed);
        const bool gone = state_.gone != before.gone;
        if (!moved && changed.empty() && !gone) return {};
        ++state_.serial;
        return store_.save(state_, changed, (sink_.keeps_tokens() && !changed.empty()) || gone);
    }();
    if (!settled) state_ = std::move(before);
    return settled;
}

/// Whether the cursor moved.
bool Runner::settle_feed(const Plan& plan, const Answer& answer, Instant now, std::vector<CaseId>& changed) {
    auto cursor = plan.through;
    for (const auto& [delivery, why] : plan.unreadable) {
        hold_case(delivery, {Verdict::poison, "cannot be read: " + why}, now);
        changed.push_back(delivery.case_id);
    }
    for (std::size_t i = 0; i < plan.deliveries.size(); ++i) {
        const auto& delivery = plan.deliveries[i];
        const auto outcome = i < answer.outcomes.size() ? answer.outcomes[i] : Outcome{};
        if (outcome.verdict == Verdict::delivered || state_.holds.contains(delivery.case_id)) continue;
        if (outcome.verdict == Verdict::untried) {
            if (!answer.trouble) note_trouble({.reason = "the sink left events out without saying why"}, plan, now);
            cursor = std::min(cursor, delivery.position - 1);
            continue;
        }
        hold_case(delivery, outcome, now);
        changed.push_back(delivery.case_id);
    }
    const bool moved = cursor > state_.cursor;
    state_.cursor = std::max(state_.cursor, cursor);
    return moved;
}

Result<void> Runner::settle_release(const Plan& plan, const Answer& answer, Instant now) {
    const auto id = *plan.released;
    auto& hold = state_.holds.at(id);
    std::optional<std::pair<Delivery, Outcome>> failed;
    std::size_t delivered = 0;
    while (delivered < answer.outcomes.size() && answer.outcomes[delivered].verdict == Verdict::delivered) ++delivered;
    if (delivered > 0) {
        hold.from_version = plan.deliveries[delivered - 1].version + 1;
        hold.from_position = plan.deliveries[delivered - 1].position;
        hold.attempts = 0;
    }
    const bool all = delivered == plan.deliveries.size();
    if (all && !plan.unreadable.empty())
        failed = {plan.unreadable.front().first, {Verdict::poison, plan.unreadable.front().second}};
    else if (!all && delivered < answer.outcomes.size() && answer.outcomes[delivered].verdict != Verdict::untried)
        failed = {plan.deliveries[delivered], answer.outcomes[delivered]};
    if (failed) {
        hold_case(failed->first, failed->second, now);
    } else if (all && plan.released_to_end) {
        state_.holds.erase(id);
        successes_at_failure_.erase(id);
    } else if (!all && !answer.trouble) {
        note_trouble({.reason = "the sink left events out without saying why"}, plan, now);
    }
    ++state_.serial;
    return store_.save(state_, {id}, sink_.keeps_tokens());
}

void Runner::hold_case(const Delivery& delivery, const Outcome& outcome, Instant now) {
    auto& hold = state_.holds.try_emplace(delivery.case_id, Hold{.since = now}).first->second;
    if (hold.from_version != delivery.version) hold.attempts = 0;
    hold.from_version = delivery.version;
    hold.from_position = delivery.position;
    hold.reason = shortened(outcome.reason);
    // A sink that takes nothing at all is down; that is no case's fault, and parks none.
    auto& mark = successes_at_failure_[delivery.case_id];
    if (hold.attempts == 0 || successes_ > mark) ++hold.attempts;
    mark = successes_;
    hold.parked = outcome.verdict == Verdict::poison || hold.attempts >= settings_.retry.attempts_max;
    if (hold.parked) successes_at_failure_.erase(delivery.case_id);
    hold.retry_at = {now.microseconds + back_off_.after(hold.attempts).count()};
}

void Runner::note_trouble(const Trouble& trouble, const Plan& plan, Instant now) {
    reconciled_ = false;
    trouble_ = shortened(trouble.reason);
    switch (trouble.kind) {
        case Trouble::Kind::gone:
            state_.gone = true;
            state_.gone_reason = trouble_;
            return;
        case Trouble::Kind::one_by_one:
            if (plan.deliveries.size() > 1) {
                single_until_ = std::max(single_until_, plan.through);
                return;
            }
            break;
        case Trouble::Kind::unavailable:
            break;
    }
    ++failures_;
    not_before_ = {now.microseconds + back_off_.after(failures_, trouble.retry_after).count()};
}

}  // namespace anjie::sinks
