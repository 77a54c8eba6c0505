#include "workflows/screening/statistics.hpp"

#include <algorithm>
#include <concepts>
#include <type_traits>

#include "engine/organisation.hpp"
#include "workflows/screening/screening.hpp"

namespace anjie::screening {
namespace {

constexpr std::uint8_t row_layout = 1;

/// Writes fixed-width numbers, lowest byte first.
class RowWriter {
public:
    template <class T>
    void operator()(const T& value) {
        if constexpr (std::is_enum_v<T>) {
            number(std::to_underlying(value));
        } else if constexpr (std::is_same_v<T, Date>) {
            number(static_cast<std::int32_t>(value.time_since_epoch().count()));
        } else if constexpr (std::is_same_v<T, std::optional<Date>>) {
            (*this)(value.has_value());
            (*this)(value.value_or(Date{}));
        } else if constexpr (std::is_same_v<T, std::string>) {
            number(static_cast<std::uint32_t>(value.size()));
            bytes += value;
        } else {
            number(value);
        }
    }
    template <class T>
    void list_size(const std::vector<T>& list) {
        number(static_cast<std::uint32_t>(list.size()));
    }

    std::string bytes{};

private:
    template <std::integral T>
    void number(T value) {
        const auto bits = static_cast<std::uint64_t>(value);
        for (std::size_t i = 0; i < sizeof(T); ++i) bytes.push_back(static_cast<char>(bits >> (8 * i) & 0xFFU));
    }
};

/// Reads what `RowWriter` wrote; remembers when there was too little.
class RowReader {
public:
    explicit RowReader(std::string_view bytes) : rest_(bytes) {}

    template <class T>
    void operator()(T& value) {
        if constexpr (std::is_enum_v<T>) {
            value = static_cast<T>(number<std::underlying_type_t<T>>());
        } else if constexpr (std::is_same_v<T, Date>) {
            value = Date{std::chrono::days{number<std::int32_t>()}};
        } else if constexpr (std::is_same_v<T, std::optional<Date>>) {
            const bool given = number<bool>();
            const Date day{std::chrono::days{number<std::int32_t>()}};
            value = given ? std::optional(day) : std::nullopt;
        } else if constexpr (std::is_same_v<T, std::string>) {
            value = take(number<std::uint32_t>());
        } else {
            value = number<T>();
        }
    }
    template <class T>
    void list_size(std::vector<T>& list) {
        const auto size = number<std::uint32_t>();
        // An element takes more than one byte: a size beyond what is left is damage, not memory to be taken.
        if (size > rest_.size()) failed_ = true;
        if (!failed_) list.resize(size);
    }
    [[nodiscard]] bool complete() const { return !failed_ && rest_.empty(); }

private:
    std::string_view take(std::size_t size) {
        if (size > rest_.size()) {
            failed_ = true;
            rest_ = {};
            return {};
        }
        const auto taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }
    template <std::integral T>
    T number() {
        std::uint64_t bits = 0;
        std::size_t shift = 0;
        for (const char c : take(sizeof(T))) {
            bits |= std::uint64_t{static_cast<unsigned char>(c)} << shift;
            shift += 8;
        }
        return static_cast<T>(bits);
    }

    std::string_view rest_;
    bool failed_{};
};

/// The row's layout, said once for writing and reading.
template <class Row, class Archive>
void walk(Row& row, Archive& archive) {
    archive(row.organisation);
    archive(row.kind);
    archive(row.opened);
    archive.list_size(row.rounds);
    for (auto& round : row.rounds) {
        archive(round.reported);
        archive(round.on);
        archive(round.nil);
        archive(round.people);
    }
    archive.list_size(row.leads);
    for (auto& lead : row.leads) {
        archive(lead.number);
        archive(lead.risk);
        archive(lead.found);
        archive(lead.prevented);
        archive(lead.opened_as_dispute);
        archive(lead.referred);
        archive(lead.struck_off);
    }
    archive.list_size(row.harms);
    for (auto& harm : row.harms) {
        archive(harm.recorded);
        archive(harm.kind);
        archive(harm.on);
        archive(harm.cases);
        archive(harm.people);
    }
}

class RowFold {
public:
    RowFold(StatisticsRow& row, const EventHeaderView& header)
        : row_(row), header_(header), on_(local_date(header.occurred_at.at)) {}

    void operator()(const CampaignOpened& event) {
        row_.organisation = header_.organisation;
        row_.kind = event.kind;
        row_.opened = on_;
    }
    void operator()(const RoundReported& event) {
        row_.rounds.push_back({header_.version, event.on, event.nil_report, event.people_count});
    }
    void operator()(const LeadFound& event) {
        row_.leads.push_back({.number = event.lead, .risk = event.risk, .found = on_});
    }
    void operator()(const LeadResolvedOnSpot& event) { set_first(event.lead, &StatisticsRow::Lead::prevented); }
    void operator()(const LeadWatched& event) { set_first(event.lead, &StatisticsRow::Lead::prevented); }
    void operator()(const LeadOpenedAsDispute& event) {
        set_first(event.lead, &StatisticsRow::Lead::opened_as_dispute);
        not_prevented(event.lead);
    }
    void operator()(const LeadReferred& event) {
        set_first(event.lead, &StatisticsRow::Lead::referred);
        not_prevented(event.lead);
    }
    void operator()(const LeadStruckOff& event) { set_first(event.lead, &StatisticsRow::Lead::struck_off); }
    void operator()(const HarmPrevented& event) {
        row_.harms.push_back({header_.version, event.kind, on_, event.case_count, event.people_count});
    }
    void operator()(const FactCorrected& event) {
        for (auto& round : row_.rounds)
            if (round.reported == event.corrects) round.people = event.people_count;
        for (auto& harm : row_.harms) {
            if (harm.recorded != event.corrects) continue;
            harm.cases = event.case_count;
            harm.people = event.people_count;
        }
    }
    void operator()(const CampaignClosed&) {}
    void operator()(const AlarmRaised&) {}

private:
    void set_first(LeadNumber number, std::optional<Date> StatisticsRow::Lead::* day) {
        for (auto& lead : row_.leads)
            if (lead.number == number && !(lead.*day)) lead.*day = on_;
    }
    void not_prevented(LeadNumber number) {
        for (auto& lead : row_.leads)
            if (lead.number == number) lead.prevented.reset();
    }

    StatisticsRow& row_;
    const EventHeaderView& header_;
    Date on_;
};

}  // namespace

std::string encode_row(const StatisticsRow& row) {
    RowWriter writer;
    writer(row_layout);
    walk(row, writer);
    return std::move(writer.bytes);
}

Result<StatisticsRow> decode_row(std::string_view bytes) {
    RowReader reader(bytes);
    std::uint8_t layout{};
    reader(layout);
    StatisticsRow row;
    walk(row, reader);
    const bool known = is_known(row.kind) &&
                       std::ranges::all_of(row.leads, [](const auto& lead) { return is_known(lead.risk); }) &&
                       std::ranges::all_of(row.harms, [](const auto& harm) { return is_known(harm.kind); });
    if (layout != row_layout || !reader.complete() || !known)
        return failure(ErrorCode::corrupt, "a row of screening.statistics is not what was written; rebuild it");
    return row;
}

Result<void> ScreeningStatistics::fold(std::string& row, const EventView& event) const {
    ANJIE_TRY(const Event decoded, Screening::decode(event.header.type, event.header.schema, event.payload));
    StatisticsRow facts;
    if (!row.empty()) {
        ANJIE_TRY(facts, decode_row(row));
    } else if (!std::holds_alternative<CampaignOpened>(decoded)) {
        return failure(ErrorCode::corrupt, "a campaign's first event does not open it");
    }
    std::visit(RowFold(facts, event.header), decoded);
    row = encode_row(facts);
    return {};
}

ScreeningFigures& ScreeningFigures::operator+=(const ScreeningFigures& other) {
    campaigns += other.campaigns;
    rounds += other.rounds;
    nil_reports += other.nil_reports;
    leads_found += other.leads_found;
    prevented += other.prevented;
    opened_as_dispute += other.opened_as_dispute;
    referred += other.referred;
    struck_off += other.struck_off;
    for (std::size_t i = 0; i < harms.size(); ++i) {
        harms[i].cases += other.harms[i].cases;
        harms[i].people += other.harms[i].people;
    }
    return *this;
}

ScreeningFigures figures_of(const StatisticsRow& row, const StatisticsPeriod& period) {
    const auto within = [&](Date day) { return day >= period.from && day <= period.to; };
    ScreeningFigures figures;
    figures.campaigns = within(row.opened) ? 1 : 0;
    for (const auto& round : row.rounds) {
        if (!within(round.on)) continue;
        ++figures.rounds;
        if (round.nil) ++figures.nil_reports;
    }
    const auto once_within = [&](const std::optional<Date>& day) { return day && within(*day) ? 1U : 0U; };
    for (const auto& lead : row.leads) {
        figures.leads_found += once_within(lead.found);
        figures.prevented += once_within(lead.prevented);
        figures.opened_as_dispute += once_within(lead.opened_as_dispute);
        figures.referred += once_within(lead.referred);
        figures.struck_off += once_within(lead.struck_off);
    }
    for (const auto& harm : row.harms) {
        if (!within(harm.on)) continue;
        auto& figure = figures.harms[std::to_underlying(harm.kind) - 1U];
        figure.cases += harm.cases;
        figure.people += harm.people;
    }
    return figures;
}

Result<void> ScreeningReport::add(std::string_view row) {
    ANJIE_TRY(const StatisticsRow facts, decode_row(row));
    figures_[facts.organisation] += figures_of(facts, period_);
    return {};
}

ScreeningFigures ScreeningReport::total(std::string_view organisation) const {
    ScreeningFigures sum;
    for (const auto& [code, figures] : figures_)
        if (organisation.empty() || is_within(code, organisation)) sum += figures;
    return sum;
}

}  // namespace anjie::screening
