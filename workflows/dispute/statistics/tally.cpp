#include "workflows/dispute/statistics/tally.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "workflows/dispute/statistics/organisation.hpp"

namespace anjie::dispute::statistics {
namespace {

constexpr std::size_t cases_named_max = 5;
constexpr Dimension keyed_dimensions[]{Dimension::type, Dimension::source, Dimension::committee, Dimension::form,
                                       Dimension::amount};

Contribution contribute(const CaseFacts& facts, const Figure& figure, const Period& period, const Frame& frame) {
    Contribution out;
    if (figure.cohort != Cohort::as_of) {
        out.day = cohort_day(figure.cohort, facts);
        if (!out.day || out.day < Day{period.from} || out.day > Day{period.to}) return out;
    }
    if (!figure.counts(facts, figure, frame)) return out;
    out.counts = true;
    out.value = figure.measure == nullptr ? 1 : figure.measure(facts, figure);
    return out;
}

Frame frame_of(const ReportQuery& query) { return {.as_of = local_date(query.as_of.at)}; }

void add_to(Values& to, const Values& from) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

/// An identity with its figures' places.
struct PlacedIdentity {
    const Identity* identity{};
    std::size_t whole{};
    std::vector<std::size_t> parts;

    [[nodiscard]] std::int64_t sum(const Values& values) const {
        std::int64_t out = 0;
        for (const auto part : parts) out += values[part];
        return out;
    }
};

const std::vector<PlacedIdentity>& placed_identities() {
    static const auto placed = [] {
        std::vector<PlacedIdentity> out;
        for (const auto& identity : identities()) {
            auto& added = out.emplace_back(PlacedIdentity{&identity, *find_figure(identity.whole), {}});
            for (const auto& part : identity.parts) added.parts.push_back(*find_figure(part));
        }
        return out;
    }();
    return placed;
}

std::string name_of(const GroupKey& group) {
    return group.first == Dimension::all ? std::string{"whole report"} : "group " + group.second;
}

}  // namespace

std::string month_key(Date day) { return fmt::format("{:04}-{:02}", year_of(day), month_of(day)); }

Contribution contribution(const CaseRow& row, const Figure& figure, const ReportQuery& query) {
    if (!is_within(row.organisation, query.organisation)) return {};
    return contribute(row.facts, figure, query.period, frame_of(query));
}

std::optional<std::string_view> key_in(Dimension dimension, const CaseFacts& facts) {
    const bool agreed = facts.outcome == CaseResult::succeeded && facts.effective.on;
    switch (dimension) {
        case Dimension::type:
            return code_of(facts.type);
        case Dimension::source:
            return code_of(facts.source);
        case Dimension::committee:
            return code_of(facts.committee);
        case Dimension::form:
            return agreed ? std::optional{code_of(facts.agreement.form)} : std::nullopt;
        case Dimension::amount:
            if (!agreed) return std::nullopt;
            for (const auto& figure : figures())
                if (figure.id.starts_with("amount.") && figure.counts(facts, figure, {}))
                    return std::string_view{figure.id}.substr(std::string_view{"amount."}.size());
            return std::nullopt;
        case Dimension::all:
        case Dimension::month:
        case Dimension::organisation:
        case Dimension::own:
            return std::nullopt;
    }
    return std::nullopt;
}

Tally::Tally(ReportQuery query) : query_(std::move(query)), frame_(frame_of(query_)) { group(Dimension::all, ""); }

Result<Tally> Tally::start(ReportQuery query) {
    if (query.period.from > query.period.to)
        return failure(ErrorCode::invalid, fmt::format("the period {} ends before it begins", query.period.label));
    if (query.definitions != definition_version)
        return failure(ErrorCode::invalid, fmt::format("definitions {} are not known; this program knows {}",
                                                       query.definitions, definition_version));
    if (query.decimals > 4) return failure(ErrorCode::invalid, "rates are printed with at most 4 decimals");
    return Tally{std::move(query)};
}

Values& Tally::group(Dimension dimension, std::string_view key) {
    GroupKey name{dimension, key};
    if (const auto found = groups_.find(name); found != groups_.end()) return found->second;
    return groups_.emplace(std::move(name), Values(figures().size(), 0)).first->second;
}

const Tally::Organisation& Tally::organisation_of(const std::string& code) {
    if (const auto found = organisations_.find(code); found != organisations_.end()) return found->second;
    Organisation made;
    made.within = is_within(code, query_.organisation);
    if (made.within && query_.by_organisation) {
        for (const auto& above : path_of(code))
            if (is_within(above, query_.organisation)) made.groups.push_back(&group(Dimension::organisation, above));
        made.groups.push_back(&group(Dimension::own, normal_code(code)));
    }
    return organisations_.emplace(code, std::move(made)).first->second;
}

void Tally::add(const CaseRow& row) {
    const auto& organisation = organisation_of(row.organisation);
    if (!organisation.within) return;

    const auto all = figures();
    Values values(all.size(), 0);
    bool any = false;
    // Most figures of a case go by the same few days: the month is looked up when the day changes.
    Day day;
    Values* month = nullptr;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto part = contribute(row.facts, all[i], query_.period, frame_);
        if (!part.counts || part.value == 0) continue;
        values[i] = part.value;
        any = true;
        if (!part.day) continue;
        if (month == nullptr || part.day != day) month = &group(Dimension::month, month_key(part.day.date()));
        day = part.day;
        (*month)[i] += part.value;
    }
    if (!any) return;

    note_violations(row, values);
    add_to(group(Dimension::all, ""), values);
    for (auto* above : organisation.groups) add_to(*above, values);
    for (const auto dimension : keyed_dimensions)
        if (const auto key = key_in(dimension, row.facts)) add_to(group(dimension, *key), values);
}

void Tally::note_violations(const CaseRow& row, const Values& values) {
    for (const auto& placed : placed_identities()) {
        if (values[placed.whole] == placed.sum(values)) continue;
        auto& cases = violations_[placed.identity->id];
        if (cases.size() < cases_named_max) cases.push_back(row.id);
    }
}

void Tally::merge(const Tally& other) {
    for (const auto& [key, values] : other.groups_) add_to(group(key.first, key.second), values);
    for (const auto& [identity, cases] : other.violations_) {
        auto& mine = violations_[identity];
        mine.insert(mine.end(), cases.begin(), cases.end());
        std::ranges::sort(mine);
        if (mine.size() > cases_named_max) mine.resize(cases_named_max);
    }
}

std::int64_t Tally::value(const GroupKey& key, std::string_view figure) const {
    const auto found = groups_.find(key);
    const auto place = find_figure(figure);
    return found == groups_.end() || !place ? 0 : found->second[*place];
}

Result<void> Tally::reconcile() const {
    for (const auto& placed : placed_identities())
        for (const auto& [key, values] : groups_) {
            const auto& identity = *placed.identity;
            const auto whole = values[placed.whole];
            const auto parts = placed.sum(values);
            const auto violated = violations_.find(identity.id);
            if (whole == parts && violated == violations_.end()) continue;
            auto detail = fmt::format("the report does not reconcile: {} ({}); {}: {} is {}, its parts add up to {}",
                                      identity.en, identity.zh, name_of(key), identity.whole, whole, parts);
            if (violated != violations_.end())
                for (const auto& id : violated->second) detail += fmt::format("; case {}", to_string(id));
            return failure(ErrorCode::corrupt, std::move(detail));
        }
    ANJIE_CHECK(reconcile_parts(Dimension::month, "months"));
    ANJIE_CHECK(reconcile_parts(Dimension::type, "types"));
    ANJIE_CHECK(reconcile_parts(Dimension::source, "sources"));
    ANJIE_CHECK(reconcile_parts(Dimension::committee, "committees"));
    if (query_.by_organisation) ANJIE_CHECK(reconcile_parts(Dimension::own, "organisations"));
    return {};
}

Result<void> Tally::reconcile_parts(Dimension dimension, std::string_view what) const {
    const auto all = figures();
    const auto& whole = groups_.at({Dimension::all, ""});
    Values sum(all.size(), 0);
    for (const auto& [key, values] : groups_)
        if (key.first == dimension) add_to(sum, values);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (dimension == Dimension::month && all[i].cohort == Cohort::as_of) continue;
        if (sum[i] != whole[i])
            return failure(ErrorCode::corrupt, fmt::format("the report does not reconcile: {} of all {} add up to {}, "
                                                           "the whole is {}",
                                                           all[i].id, what, sum[i], whole[i]));
    }
    return {};
}

Period year_period(int year) { return {make_date(year, 1, 1), make_date(year, 12, 31), fmt::format("{}", year)}; }

namespace {
/// `count` months from the first of `month`.
Period months_of(int year, unsigned month, unsigned count, std::string label) {
    const auto next = month + count > 12 ? make_date(year + 1, 1, 1) : make_date(year, month + count, 1);
    return {make_date(year, month, 1), next - std::chrono::days{1}, std::move(label)};
}
}  // namespace

Period half_year_period(int year, unsigned half) {
    return months_of(year, half * 6 - 5, 6, fmt::format("{}-H{}", year, half));
}
Period quarter_period(int year, unsigned quarter) {
    return months_of(year, quarter * 3 - 2, 3, fmt::format("{}-Q{}", year, quarter));
}
Period month_period(int year, unsigned month) {
    return months_of(year, month, 1, fmt::format("{}-{:02}", year, month));
}
Period period_between(Date from, Date to) {
    return {from, to, fmt::format("{}..{}", anjie::to_string(from), anjie::to_string(to))};
}

}  // namespace anjie::dispute::statistics
