#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/projection.hpp"
#include "workflows/screening/events.hpp"

/// The figures of the statistics' group 排查预防纠纷 (domain.md 3.1), from one row of facts per campaign.
namespace anjie::screening {

/// What one campaign adds to any figure of any period.
struct StatisticsRow {
    struct Round {
        Version reported{};
        Date on{};
        bool nil{};
        std::uint32_t people{};
        bool operator==(const Round&) const = default;
    };
    struct Lead {
        LeadNumber number{};
        RiskLevel risk{};
        Date found{};
        /// 预防纠纷: first resolved on the spot or watched; none once it was opened as a dispute or referred, so that
        /// nothing is counted twice.
        std::optional<Date> prevented{};
        std::optional<Date> opened_as_dispute{};
        std::optional<Date> referred{};  ///< First.
        std::optional<Date> struck_off{};
        bool operator==(const Lead&) const = default;
    };
    struct Harm {
        Version recorded{};
        HarmKind kind{};
        Date on{};
        std::uint32_t cases{};
        std::uint32_t people{};
        bool operator==(const Harm&) const = default;
    };

    std::string organisation{};
    CampaignKind kind{};
    Date opened{};
    std::vector<Round> rounds{};
    std::vector<Lead> leads{};
    std::vector<Harm> harms{};

    bool operator==(const StatisticsRow&) const = default;
};

[[nodiscard]] std::string encode_row(const StatisticsRow& row);
/// Errors: `corrupt`.
[[nodiscard]] Result<StatisticsRow> decode_row(std::string_view bytes);

class ScreeningStatistics final : public CaseProjection {
public:
    [[nodiscard]] std::string_view name() const override { return "screening.statistics"; }
    [[nodiscard]] std::uint32_t code_version() const override { return 1; }
    [[nodiscard]] WorkflowId workflow() const override { return workflow_id; }
    [[nodiscard]] Result<void> fold(std::string& row, const EventView& event) const override;
};

struct ScreeningFigures {
    struct Harm {
        std::uint64_t cases{};   ///< 件
        std::uint64_t people{};  ///< 人
        bool operator==(const Harm&) const = default;
    };

    std::uint64_t campaigns{};    ///< Opened in the period.
    std::uint64_t rounds{};       ///< 排查纠纷(次): rounds made in the period, nil reports included.
    std::uint64_t nil_reports{};  ///< Of these.
    std::uint64_t leads_found{};
    std::uint64_t prevented{};  ///< 预防纠纷(件), by the day of the outcome.
    std::uint64_t opened_as_dispute{};
    std::uint64_t referred{};
    std::uint64_t struck_off{};
    std::array<Harm, 4> harms{};  ///< 防止…(件/人), in the order of `HarmKind`.

    ScreeningFigures& operator+=(const ScreeningFigures& other);
    bool operator==(const ScreeningFigures&) const = default;
    [[nodiscard]] const Harm& harm(HarmKind kind) const { return harms[std::to_underlying(kind) - 1U]; }
};

/// Both days included.
struct StatisticsPeriod {
    Date from{};
    Date to{};
};

/// One campaign's part of the period's figures.
[[nodiscard]] ScreeningFigures figures_of(const StatisticsRow& row, const StatisticsPeriod& period);

/// Sums campaigns by the organisation that opened them.
class ScreeningReport {
public:
    explicit ScreeningReport(StatisticsPeriod period) : period_(period) {}
    /// Errors: `corrupt`.
    [[nodiscard]] Result<void> add(std::string_view row);
    [[nodiscard]] const std::map<std::string, ScreeningFigures>& by_organisation() const { return figures_; }
    /// Of the organisation and those below it; empty: of all.
    [[nodiscard]] ScreeningFigures total(std::string_view organisation = {}) const;

private:
    StatisticsPeriod period_;
    std::map<std::string, ScreeningFigures> figures_;
};

}  // namespace anjie::screening
