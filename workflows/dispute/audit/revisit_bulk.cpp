#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "workflows/dispute/audit/check.hpp"
#include "workflows/dispute/audit/detail/keyed_hash.hpp"

namespace anjie::dispute::audit {
namespace {

using anjie::to_string;

const Kind in_bulk{
    .id = "revisit_bulk",
    .title = {"批量录入回访", "Revisits in bulk"},
    .method = {"同一机构同一录入人在短时间内录入许多回访（导入者不算）；或同一回访人自称一天内回访许多户",
               "many revisits recorded by one person of an organisation within a short time (imports not counted); or "
               "many that one revisitor is said to have made on one day"}};

/// A revisit as far as it is compared; who did it by hash, so that millions fit.
struct Revisit {
    std::uint64_t recorder{};
    std::uint64_t revisitor{};
    Instant recorded_at;
    std::int32_t day{};
    Version version{};
    CaseId case_id;
    Position position{};
    bool home_visit{};
    bool by_import{};
    bool in_scope{};
};

std::int32_t number_of(Date day) { return static_cast<std::int32_t>(day.time_since_epoch().count()); }

class RevisitBulk final : public Check {
public:
    explicit RevisitBulk(const Setting& setting) : setting_(setting) {}

    [[nodiscard]] const Kind& kind() const override { return in_bulk; }
    [[nodiscard]] bool wants_elsewhere(EventType type) const override { return type == RevisitMade::event_type; }

    void after(const Step& step, Findings&) override {
        const auto* made = std::get_if<RevisitMade>(&step.event);
        if (made == nullptr) return;
        revisits_.push_back({.recorder = known(step.header.organisation, step.header.actor),
                             .revisitor = known(step.header.organisation, made->revisitor),
                             .recorded_at = step.header.recorded_at,
                             .day = number_of(step.occurred_on()),
                             .version = step.header.version,
                             .case_id = step.header.case_id,
                             .position = step.header.position,
                             .home_visit = made->method == RevisitMethod::home_visit,
                             .by_import = step.by_import,
                             .in_scope = step.in_scope});
    }

    void absorb(Check&& later) override {
        auto& theirs = static_cast<RevisitBulk&>(later);
        revisits_.insert(revisits_.end(), theirs.revisits_.begin(), theirs.revisits_.end());
        people_.merge(theirs.people_);
    }

    void finish(Findings& out) override {
        find_recorded(out);
        const auto& limits = setting_.thresholds;
        find_stated(false, limits.bulk_stated_per_day, out);
        find_stated(true, limits.bulk_home_visits_per_day, out);
    }

private:
    struct Person {
        std::string organisation;
        std::string pseudonym;
    };
    using Span = std::span<const Revisit>;

    /// The hash by which somebody of an organisation is known here.
    std::uint64_t known(std::string_view organisation, std::string_view pseudonym) {
        scratch_.assign(organisation).append(1, '\0').append(pseudonym);
        const auto hash = detail::keyed_hash(setting_.hash_key, scratch_);
        people_.try_emplace(hash, Person{std::string(organisation), std::string(pseudonym)});
        return hash;
    }

    static bool any_in_scope(Span span) { return std::ranges::any_of(span, &Revisit::in_scope); }

    /// Runs in which every moment lies in some window with enough revisits: overlapping windows are one finding.
    void find_recorded(Findings& out) {
        std::ranges::sort(revisits_, {}, [](const Revisit& one) {
            return std::tuple(one.by_import, one.recorder, one.recorded_at, one.position);
        });
        const auto wanted = static_cast<std::size_t>(setting_.thresholds.bulk_recorded_count);
        const std::int64_t window = std::int64_t{setting_.thresholds.bulk_recorded_minutes} * 60'000'000;
        const Span all(revisits_);
        std::size_t begin = 0;  // Of the run that is growing; `end` is one past it.
        std::size_t end = 0;
        const auto report = [&] {
            if (end > begin && any_in_scope(all.subspan(begin, end - begin)))
                out.add(recorded(all.subspan(begin, end - begin)));
            begin = end = 0;
        };
        for (std::size_t last = wanted - 1; last < all.size() && !all[last].by_import; ++last) {
            const std::size_t first = last + 1 - wanted;
            const bool dense = all[first].recorder == all[last].recorder &&
                               all[last].recorded_at.microseconds - all[first].recorded_at.microseconds <= window;
            if (!dense) continue;
            if (first >= end || all[begin].recorder != all[last].recorder) {
                report();
                begin = first;
            }
            end = last + 1;
        }
        report();
    }

    Finding recorded(Span run) {
        const auto& who = people_.at(run.front().recorder);
        const auto from = to_string(run.front().recorded_at);
        const auto to = to_string(run.back().recorded_at);
        return finding(
            run, Severity::warning,
            {fmt::format("{}（{}）在 {} 至 {} 之间录入 {} 件回访；{} 分钟内 {} 件即列出", who.pseudonym,
                         who.organisation, from, to, run.size(), setting_.thresholds.bulk_recorded_minutes,
                         setting_.thresholds.bulk_recorded_count),
             fmt::format("{} ({}) recorded {} revisits between {} and {}; {} within {} minutes are listed",
                         who.pseudonym, who.organisation, run.size(), from, to, setting_.thresholds.bulk_recorded_count,
                         setting_.thresholds.bulk_recorded_minutes)});
    }

    /// By what was stated, which an import does not change.
    void find_stated(bool home_visits, std::int32_t most, Findings& out) {
        const auto key = [](const Revisit& one) { return std::tuple(!one.home_visit, one.revisitor, one.day); };
        if (home_visits)
            std::ranges::sort(revisits_, {}, [&](const Revisit& one) { return std::pair(key(one), one.position); });
        else
            std::ranges::sort(revisits_, {},
                              [](const Revisit& one) { return std::tuple(one.revisitor, one.day, one.position); });
        const auto same = [&](const Revisit& a, const Revisit& b) {
            return a.revisitor == b.revisitor && a.day == b.day && (!home_visits || a.home_visit == b.home_visit);
        };
        const Span all(revisits_);
        for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
            while (end < all.size() && same(all[begin], all[end])) ++end;
            const auto day = all.subspan(begin, end - begin);
            if (home_visits && !all[begin].home_visit) return;  // They come first.
            if (std::cmp_greater(day.size(), most) && any_in_scope(day)) out.add(stated(day, home_visits, most));
        }
    }

    Finding stated(Span day, bool home_visits, std::int32_t most) {
        const auto& who = people_.at(day.front().revisitor);
        const auto date = to_string(Date{std::chrono::days{day.front().day}});
        return finding(
            day, Severity::warning,
            {fmt::format("{}（{}）在 {} 一天{} {} 件，超过 {} 件", who.pseudonym, who.organisation, date,
                         home_visits ? "入户回访" : "回访", day.size(), most),
             fmt::format("{} ({}) is said to have made {} {} on {}, more than {}", who.pseudonym, who.organisation,
                         day.size(), home_visits ? "home visits" : "revisits", date, most)});
    }

    static Finding finding(Span revisits, Severity severity, Text sentence) {
        Finding found{.kind = in_bulk.id,
                      .severity = severity,
                      .sentence = std::move(sentence),
                      .rule = local_rule("AUDIT-BULK", "多少件回访算批量", "how many revisits are a bulk"),
                      .events = {},
                      .events_in_all = revisits.size()};
        std::vector<CaseId> cases;
        for (const auto& one : revisits) {
            cases.push_back(one.case_id);
            if (found.events.size() < citations_max) found.events.push_back({one.case_id, one.version, one.position});
        }
        std::ranges::sort(cases);
        found.cases = cases.size() - std::ranges::unique(cases).size();
        return found;
    }

    const Setting& setting_;
    std::vector<Revisit> revisits_;
    std::map<std::uint64_t, Person> people_;
    std::string scratch_;
};

}  // namespace

std::unique_ptr<Check> revisit_bulk(const Setting& setting) { return std::make_unique<RevisitBulk>(setting); }

}  // namespace anjie::dispute::audit
