#include "workflows/dispute/statistics/sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

#include "workflows/dispute/statistics/organisation.hpp"
#include "workflows/dispute/statistics/suppression.hpp"

namespace anjie::dispute::statistics {
namespace {

using Ids = std::vector<std::string>;

const GroupKey whole{Dimension::all, ""};

Ids ids_in(std::string_view group) {
    Ids out;
    for (const auto& figure : figures())
        if (figure.id.starts_with(group)) out.push_back(figure.id);
    return out;
}

Ids operator+(Ids left, const Ids& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

const Rate* find_rate(std::string_view id) {
    const auto all = rates();
    const auto found = std::ranges::find(all, id, &Rate::id);
    return found == all.end() ? nullptr : &*found;
}

Column column_of(std::string_view id) {
    if (const auto* rate = find_rate(id))
        return {std::string{rate->id}, std::string{rate->zh}, std::string{rate->en}, Unit::percent};
    const auto& figure = figures()[*find_figure(id)];
    return {figure.id, figure.zh, figure.en, figure.unit};
}

/// Makes cells of a tally, hiding what a public view hides.
class Cells {
public:
    explicit Cells(const Tally& tally) : tally_(tally) {
        if (tally.query().public_view) suppressed_.emplace(tally);
    }

    [[nodiscard]] const Tally& tally() const { return tally_; }

    [[nodiscard]] Cell figure(const GroupKey& group, std::string_view id) const {
        const auto place = *find_figure(id);
        const auto hidden = is_hidden(group, place);
        return {.value = hidden ? std::nullopt : std::optional{tally_.value(group, id)},
                .unit = figures()[place].unit,
                .decimals = 0,
                .suppressed = hidden,
                .figure = std::string{id}};
    }

    /// Hidden when one of its figures is, or when so few are not in the share that they could be recognised.
    [[nodiscard]] Cell rate(const GroupKey& group, const Rate& rate) const {
        const auto numerator = tally_.value(group, rate.numerator);
        const auto denominator = tally_.value(group, rate.denominator);
        auto cell = percentage(numerator, denominator, tally_.query().decimals);
        cell.figure = rate.id;
        const auto rest = denominator - numerator;
        cell.suppressed = tally_.query().public_view &&
                          (is_hidden(group, *find_figure(rate.numerator)) ||
                           is_hidden(group, *find_figure(rate.denominator)) || (rest > 0 && rest < small_cell));
        if (cell.suppressed) cell.value.reset();
        return cell;
    }

    [[nodiscard]] Cell any(const GroupKey& group, std::string_view id) const {
        const auto* known = find_rate(id);
        return known != nullptr ? rate(group, *known) : figure(group, id);
    }

private:
    [[nodiscard]] bool is_hidden(const GroupKey& group, std::size_t place) const {
        return suppressed_ && suppressed_->is_hidden(group, place);
    }

    const Tally& tally_;
    std::optional<Suppressed> suppressed_;
};

/// One row per figure, over the whole report; those whose id is in `below` stand under the row before.
Section list(const Cells& cells, std::string id, std::string zh, std::string en, const Ids& ids,
             const Ids& below = {}) {
    Section section{std::move(id), std::move(zh), std::move(en), {{"value", "数量", "Number", Unit::cases}}, {}};
    for (const auto& figure : ids) {
        const auto column = column_of(figure);
        section.rows.push_back({.id = column.id,
                                .zh = column.zh,
                                .en = column.en,
                                .depth = std::ranges::find(below, figure) == below.end() ? 0 : 1,
                                .group = whole,
                                .cells = {cells.any(whole, figure)}});
    }
    return section;
}

Row group_row(const Cells& cells, const GroupKey& group, std::string zh, std::string en, int depth, const Ids& ids) {
    Row row{.id = group.second, .zh = std::move(zh), .en = std::move(en), .depth = depth, .group = group, .cells = {}};
    if (group == whole) row.id = "total";
    for (const auto& id : ids) row.cells.push_back(cells.any(group, id));
    return row;
}

Section table(std::string id, std::string zh, std::string en, const Ids& ids) {
    Section section{std::move(id), std::move(zh), std::move(en), {}, {}};
    for (const auto& column : ids) section.columns.push_back(column_of(column));
    return section;
}

const Ids& narrow_columns() {
    static const Ids ids{"total",     "parties",          "succeeded",          "success_rate/1", "outcome.pending",
                         "difficult", "agreement_amount", "revisit.called_for", "revisit.made",   "revisit_coverage/1"};
    return ids;
}

/// A breakdown by the figures of one group: a row for each that has cases, then the total.
Section breakdown(const Cells& cells, std::string id, std::string zh, std::string en, Dimension dimension,
                  std::string_view prefix) {
    const auto& ids = narrow_columns();
    auto section = table(std::move(id), std::move(zh), std::move(en), ids);
    for (const auto& figure : figures()) {
        if (!figure.id.starts_with(prefix)) continue;
        const GroupKey group{dimension, figure.id.substr(prefix.size())};
        if (cells.tally().groups().contains(group))
            section.rows.push_back(group_row(cells, group, figure.zh, figure.en, 0, ids));
    }
    section.rows.push_back(group_row(cells, whole, "合计", "Total", 0, ids));
    return section;
}

Section months(const Cells& cells) {
    Ids ids{"registered",        "total", "parties",   "succeeded",          "success_rate/1",
            "agreement_amount",  "ended", "effective", "revisit.called_for", "revisit.made",
            "revisit_coverage/1"};
    auto section = table("by_month", "分月", "By month", ids);
    const auto& period = cells.tally().query().period;
    for (auto day = period.from; day <= period.to;) {
        const GroupKey group{Dimension::month, month_key(day)};
        section.rows.push_back(group_row(cells, group, group.second, group.second, 0, ids));
        const auto year = year_of(day);
        const auto month = month_of(day);
        day = month == 12 ? make_date(year + 1, 1, 1) : make_date(year, month + 1, 1);
    }
    section.rows.push_back(group_row(cells, whole, "合计", "Total", 0, ids));
    return section;
}

/// The codes whose totals are worth a row: from the lowest one that has all cases below it.
std::vector<std::string> organisation_codes(const Tally& tally) {
    std::vector<std::string> codes;
    std::vector<std::string> common;
    bool first = true;
    for (const auto& [key, values] : tally.groups()) {
        if (key.first == Dimension::organisation) codes.push_back(key.second);
        if (key.first != Dimension::own) continue;
        const auto path = path_of(key.second);
        if (first) common = path;
        first = false;
        const auto same = std::ranges::mismatch(common, path);
        common.erase(same.in1, common.end());
    }
    if (common.empty()) return codes;
    std::erase_if(codes, [&](const std::string& code) { return !is_within(code, common.back()); });
    return codes;
}

Section organisations(const Cells& cells, std::string id, std::string zh, std::string en, const Ids& ids) {
    auto section = table(std::move(id), std::move(zh), std::move(en), ids);
    const auto codes = organisation_codes(cells.tally());
    const auto base = codes.empty() ? 0 : path_of(codes.front()).size();
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const auto depth = path_of(codes[i]).size();
        const auto row_depth = static_cast<int>(depth > base ? depth - base : 0);
        section.rows.push_back(
            group_row(cells, {Dimension::organisation, codes[i]}, codes[i], codes[i], row_depth, ids));
        const bool has_below = i + 1 < codes.size() && is_within(codes[i + 1], codes[i]);
        const GroupKey own{Dimension::own, codes[i]};
        if (has_below && cells.tally().groups().contains(own)) {
            section.rows.push_back(group_row(cells, own, codes[i] + " 本级", codes[i] + " itself", row_depth + 1, ids));
            section.rows.back().id += ".own";
        }
    }
    section.rows.push_back(group_row(cells, whole, "合计", "Total", 0, ids));
    return section;
}

Section rate_section(const Cells& cells) {
    Section section{"rates",
                    "比率",
                    "Rates",
                    {{"value", "比率", "Rate", Unit::percent},
                     {"numerator", "分子", "Numerator", Unit::cases},
                     {"denominator", "分母", "Denominator", Unit::cases}},
                    {}};
    for (const auto& rate : rates())
        section.rows.push_back({.id = std::string{rate.id},
                                .zh = std::string{rate.zh},
                                .en = std::string{rate.en},
                                .depth = 0,
                                .group = whole,
                                .cells = {cells.rate(whole, rate), cells.figure(whole, rate.numerator),
                                          cells.figure(whole, rate.denominator)}});
    return section;
}

Cell plain(std::optional<std::int64_t> value, Unit unit) {
    return {.value = value, .unit = unit, .decimals = 0, .suppressed = false, .figure = {}};
}

/// Prevented harm comes from disputes and from screenings; what screenings found is given from outside.
Section screening_section(const Cells& cells) {
    const auto& screening = cells.tally().query().screening;
    Section section{"screening",
                    "排查预防纠纷",
                    "Screening and prevention",
                    {{"value", "数量", "Number", Unit::cases},
                     {"disputes", "其中纠纷调解", "Of which in disputes", Unit::cases},
                     {"screening", "其中排查", "Of which in screenings", Unit::cases}},
                    {}};
    const auto outside = [&](std::int64_t value, Unit unit) {
        auto cell = plain(screening ? std::optional{value} : std::nullopt, unit);
        cell.suppressed = cells.tally().query().public_view && unit != Unit::times && value > 0 && value < small_cell;
        if (cell.suppressed) cell.value.reset();
        return cell;
    };
    const auto add = [&](std::string id, std::string zh, std::string en, std::vector<Cell> row) {
        section.rows.push_back({std::move(id), std::move(zh), std::move(en), 0, whole, std::move(row)});
    };
    const auto found = screening.value_or(ScreeningFigures{});
    const auto rounds = outside(found.rounds, Unit::times);
    const auto prevented = outside(found.prevented, Unit::cases);
    add("screening.rounds", "排查纠纷(次)", "Screening rounds", {rounds, plain(std::nullopt, Unit::times), rounds});
    add("screening.prevented", "预防纠纷(件)", "Disputes prevented",
        {prevented, plain(std::nullopt, Unit::cases), prevented});
    for (const auto& id : ids_in("harm.")) {
        if (id.ends_with(".disputes")) continue;
        const auto& figure = figures()[*find_figure(id)];
        const auto& harm = found.harm.at(figure.code - 1U);
        const auto inside = cells.figure(whole, id);
        const auto added = outside(figure.unit == Unit::people ? harm.people : harm.cases, figure.unit);
        auto sum = inside;
        if (sum.value) *sum.value += added.value.value_or(0);
        if (added.suppressed) {
            sum.value.reset();
            sum.suppressed = true;
        }
        add(id, figure.zh, figure.en, {sum, inside, added});
    }
    return section;
}

}  // namespace

std::vector<Section> make_sections(const Tally& tally) {
    const Cells cells(tally);
    const Ids situation{"total", "parties", "succeeded", "difficult", "agreement_amount"};
    const Ids entrusting{"source.court", "source.procuratorate", "source.public_security", "source.petition_office",
                         "source.other_department"};
    const Ids forms{"form.oral", "form.written"};
    const auto committees = ids_in("committee.");
    const auto sources = ids_in("source.");
    const auto types = ids_in("type.");

    std::vector<Section> out;
    out.push_back(list(cells, "situation", "调解情况", "Situation", situation + Ids{"people", "dispute_amount"}));
    out.push_back(list(cells, "committees", "不同主体调解情况", "By kind of committee", committees));
    out.push_back(list(cells, "sources", "案件来源", "Sources", sources, entrusting));
    out.push_back(list(cells, "types", "案件分类情况", "Types", types));
    out.push_back(list(cells, "forms", "协议形式", "Form of agreement", forms + Ids{"form.partial"}, {"form.partial"}));
    out.push_back(screening_section(cells));
    out.push_back(rate_section(cells));
    out.push_back(list(cells, "outcomes", "办理结果", "Outcomes",
                       {"registered", "refused", "total", "succeeded", "outcome.not_reached", "outcome.terminated",
                        "outcome.withdrawn", "outcome.settled_privately", "outcome.pending", "transferred", "ended",
                        "ended.succeeded"},
                       {"succeeded", "outcome.not_reached", "outcome.terminated", "outcome.withdrawn",
                        "outcome.settled_privately", "outcome.pending", "ended.succeeded"}));
    out.push_back(list(cells, "performance", "履行和司法确认", "Performance and confirmation",
                       {"performed", "performed.on_the_spot", "unperformed", "performed_amount", "effective",
                        "effective.performed", "confirmation.applied", "confirmation.granted"},
                       {"performed.on_the_spot", "effective.performed"}));
    out.push_back(list(cells, "revisits", "回访", "Revisits",
                       ids_in("revisit.") + ids_in("satisfaction.") + ids_in("follow_up.")));
    out.push_back(list(cells, "limits", "调解期限", "Mediation limit", ids_in("mediation.")));
    out.push_back(list(cells, "open", "未结案件", "Open cases", ids_in("open.")));
    out.push_back(list(cells, "quality", "数据质量", "Quality of the record", ids_in("quality.")));
    out.push_back(breakdown(cells, "by_type", "分类型", "By type", Dimension::type, "type."));
    out.push_back(breakdown(cells, "by_source", "分来源", "By source", Dimension::source, "source."));
    out.push_back(breakdown(cells, "by_committee", "分主体", "By committee", Dimension::committee, "committee."));
    out.push_back(breakdown(cells, "by_form", "分协议形式", "By form", Dimension::form, "form."));
    out.push_back(breakdown(cells, "by_amount", "分协议金额", "By amount", Dimension::amount, "amount."));
    out.push_back(months(cells));
    if (!tally.query().by_organisation) return out;
    out.push_back(organisations(cells, "by_organisation", "分单位", "By organisation", narrow_columns()));
    Ids harm;
    for (const auto& id : ids_in("harm."))
        if (!id.ends_with(".disputes")) harm.push_back(id);
    out.push_back(organisations(cells, "official_table", "人民调解案件情况统计表", "Official case table",
                                situation + committees + sources + types + forms + harm));
    return out;
}

}  // namespace anjie::dispute::statistics
