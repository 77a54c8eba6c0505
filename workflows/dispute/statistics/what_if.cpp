#include "workflows/dispute/statistics/what_if.hpp"

#include <algorithm>

#include "workflows/dispute/statistics/organisation.hpp"

namespace anjie::dispute::statistics {
namespace {

std::vector<Cause> causes_of(const JudgedCase& one) {
    const auto& recorded = one.recorded.facts;
    const auto& judged = one.judged.facts;
    std::vector<Cause> all;
    if (recorded.mediation_due != judged.mediation_due)
        all.push_back({DeadlineKind::mediation, recorded.ended.on, recorded.mediation_due, judged.mediation_due});
    if (recorded.revisit_due != judged.revisit_due)
        all.push_back({DeadlineKind::revisit, recorded.first_revisit.on, recorded.revisit_due, judged.revisit_due});
    return all;
}

void put(CaseFacts& facts, const Cause& cause) {
    (cause.kind == DeadlineKind::revisit ? facts.revisit_due : facts.mediation_due) = cause.judged;
}

bool differ(const Contribution& left, const Contribution& right) {
    return left.counts != right.counts || (left.counts && left.value != right.value);
}

std::int64_t value_of(const Contribution& part) { return part.counts ? part.value : 0; }

/// Those causes that would change the figure by themselves.
std::vector<Cause> telling(const std::vector<Cause>& causes, const CaseRow& recorded, const Figure& figure,
                           const ReportQuery& query) {
    const auto before = contribution(recorded, figure, query);
    std::vector<Cause> found;
    for (const auto& cause : causes) {
        auto row = recorded;
        put(row.facts, cause);
        if (differ(before, contribution(row, figure, query))) found.push_back(cause);
    }
    return found.empty() ? causes : found;
}

/// As the report prints it, where it does; screenings are added there.
Cell cell_of(const Report& report, const Tally& tally, const Figure& figure) {
    if (const auto* printed = report.total(figure.id)) return *printed;
    return {.value = tally.value({Dimension::all, {}}, figure.id), .unit = figure.unit, .figure = figure.id};
}

Cell cell_of(const Tally& tally, const Rate& rate) {
    const auto value = [&](std::string_view figure) { return tally.value({Dimension::all, {}}, figure); };
    auto cell = percentage(value(rate.numerator), value(rate.denominator), tally.query().decimals);
    cell.figure = rate.id;
    return cell;
}

/// A share in units of 10^-decimals.
std::int64_t scaled(const Cell& cell, std::uint8_t decimals) {
    auto value = *cell.value;
    if (cell.unit == Unit::percent)
        for (auto digits = cell.decimals; digits < decimals; ++digits) value *= 10;
    return value;
}

}  // namespace

std::optional<std::int64_t> FigurePair::difference(std::uint8_t decimals) const {
    if (!recorded.value || !judged.value) return std::nullopt;
    return scaled(judged, decimals) - scaled(recorded, decimals);
}

Result<WhatIf> WhatIf::start(const ReportQuery& query) {
    ANJIE_TRY(auto same, Tally::start(query));
    ANJIE_TRY(auto recorded, Tally::start(query));
    ANJIE_TRY(auto judged, Tally::start(query));
    return WhatIf(std::move(same), std::move(recorded), std::move(judged));
}

void WhatIf::add(const JudgedCase& one, const Rejudgement& how) {
    // A case of somebody else is in no figure, so neither is it counted, nor are its rules told.
    if (!is_within(one.recorded.organisation, same_.query().organisation)) return;
    ++cases_;
    for (const auto& pair : how.rules()) ++rules_[pair];
    if (how.unknown_rules()) ++unknown_rules_[*how.unknown_rules()];
    if (one.recorded == one.judged) {
        same_.add(one.recorded);
        return;
    }
    recorded_.add(one.recorded);
    judged_.add(one.judged);
    const auto& query = same_.query();
    const auto causes = causes_of(one);
    for (const auto& figure : figures()) {
        const auto before = contribution(one.recorded, figure, query);
        const auto after = contribution(one.judged, figure, query);
        if (!differ(before, after)) continue;
        changed_[figure.id].push_back({.id = one.recorded.id,
                                       .recorded = value_of(before),
                                       .judged = value_of(after),
                                       .causes = telling(causes, one.recorded, figure, query)});
    }
}

void WhatIf::merge(const WhatIf& part) {
    same_.merge(part.same_);
    recorded_.merge(part.recorded_);
    judged_.merge(part.judged_);
    for (const auto& [figure, cases] : part.changed_) {
        auto& all = changed_[figure];
        all.insert(all.end(), cases.begin(), cases.end());
    }
    for (const auto& [pair, count] : part.rules_) rules_[pair] += count;
    for (const auto& [version, count] : part.unknown_rules_) unknown_rules_[version] += count;
    cases_ += part.cases_;
}

Result<WhatIfReport> WhatIf::finish() const {
    ANJIE_TRY(auto recorded, Tally::start(same_.query()));
    ANJIE_TRY(auto judged, Tally::start(same_.query()));
    for (auto* side : {&recorded, &judged}) side->merge(same_);
    recorded.merge(recorded_);
    judged.merge(judged_);
    WhatIfReport report{.recorded = {},
                        .judged = {},
                        .figures = {},
                        .changed = changed_,
                        .rules = rules_,
                        .unknown_rules = unknown_rules_,
                        .cases = cases_};
    ANJIE_TRY(report.recorded, make_report(recorded));
    ANJIE_TRY(report.judged, make_report(judged));
    for (const auto& figure : figures())
        report.figures.push_back({figure.id, figure.zh, figure.en, cell_of(report.recorded, recorded, figure),
                                  cell_of(report.judged, judged, figure)});
    for (const auto& rate : rates())
        report.figures.push_back({std::string(rate.id), std::string(rate.zh), std::string(rate.en),
                                  cell_of(recorded, rate), cell_of(judged, rate)});
    // Ranges are read side by side and end in any order.
    for (auto& [figure, cases] : report.changed) std::ranges::sort(cases, {}, &ChangedCase::id);
    return report;
}

WhatIfReader::WhatIfReader(const Dispute& workflow, const OtherRules& other, WhatIf sums)
    : workflow_(workflow), other_(other), sums_(std::move(sums)) {}

void WhatIfReader::begin(CaseId id) {
    const CaseRow empty{.id = id, .facts = {}, .organisation = {}, .jurisdiction = {}};
    rows_ = {empty, empty};
    history_.emplace(workflow_, other_);
}

Result<void> WhatIfReader::add(const EventView& event) {
    ANJIE_TRY(const auto decoded, Dispute::decode(event.header.type, event.header.schema, event.payload));
    if (!history_) begin(event.header.case_id);
    apply(rows_.recorded, decoded, event.header);
    apply(rows_.judged, history_->next(decoded, event.header), event.header);
    return {};
}

Result<void> WhatIfReader::end() {
    if (history_) sums_.add(rows_, *history_);
    history_.reset();
    return {};
}

Result<WhatIfReport> make_what_if(const EventStore& events, const Dispute& workflow, const OtherRules& other,
                                  const ReportQuery& query, std::size_t threads) {
    ANJIE_TRY(auto sums, WhatIf::start(query));
    ANJIE_CHECK(read_cases(
        events, workflow_id, query.as_of.at, threads,
        [&]() -> std::unique_ptr<CaseReader> {
            // The query has been accepted above.
            return std::make_unique<WhatIfReader>(workflow, other, WhatIf::start(query).value());
        },
        [&](CaseReader& reader) -> Result<void> {
            sums.merge(static_cast<WhatIfReader&>(reader).sums());
            return {};
        }));
    return sums.finish();
}

}  // namespace anjie::dispute::statistics
