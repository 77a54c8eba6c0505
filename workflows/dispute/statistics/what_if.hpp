#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/case_reader.hpp"
#include "workflows/dispute/rejudge.hpp"
#include "workflows/dispute/statistics/report.hpp"

/// The figures of a period under the rules the cases were accepted under and under other rules, and the cases that
/// make the difference. Both come from one reading of the same events (workflows/dispute/rejudge.hpp).
namespace anjie::dispute::statistics {

/// One case's facts under its own rules and under the other ones.
struct JudgedCase {
    CaseRow recorded;
    CaseRow judged;

    bool operator==(const JudgedCase&) const = default;
};

/// A deadline that the other rules set otherwise, and the fact that is measured by it.
struct Cause {
    DeadlineKind kind{};
    Day fact;  ///< The first revisit, the end of mediation; none when there is none yet.
    TrackedDeadline recorded;
    TrackedDeadline judged;

    bool operator==(const Cause&) const = default;
};

/// A case that changes a figure, and why.
struct ChangedCase {
    CaseId id;
    std::int64_t recorded{};  ///< What the case adds to the figure; 0 where it does not count.
    std::int64_t judged{};
    /// The deadlines that alone would change it; where only all together do, all.
    std::vector<Cause> causes;

    bool operator==(const ChangedCase&) const = default;
};

/// A figure or rate on both sides.
struct FigurePair {
    std::string id;
    std::string zh;
    std::string en;
    Cell recorded;
    Cell judged;

    /// Judged minus recorded; of shares in units of 10^-decimals percentage points. None where a side has no value.
    [[nodiscard]] std::optional<std::int64_t> difference(std::uint8_t decimals) const;
};

struct WhatIfReport {
    Report recorded;
    Report judged;
    std::vector<FigurePair> figures;                          ///< All figures, then all rates.
    std::map<std::string, std::vector<ChangedCase>> changed;  ///< By figure; cases by id. Rates have none of their own.
    std::map<RulePair, std::uint64_t> rules;                  ///< Which rules gave way to which, in how many cases.
    std::map<std::string, std::uint64_t> unknown_rules;  ///< Cases that stand as recorded: nobody knows their rules.
    std::uint64_t cases{};                               ///< All that were read.
};

/// The report in the making.
class WhatIf {
public:
    /// Errors: `invalid` (the query).
    [[nodiscard]] static Result<WhatIf> start(const ReportQuery& query);

    /// Requires: every case is added once.
    void add(const JudgedCase& one, const Rejudgement& how);
    /// Requires: both began with the same query.
    void merge(const WhatIf& part);
    /// Errors: `corrupt` when the sums of one side do not agree.
    [[nodiscard]] Result<WhatIfReport> finish() const;

private:
    WhatIf(Tally same, Tally recorded, Tally judged)
        : same_(std::move(same)), recorded_(std::move(recorded)), judged_(std::move(judged)) {}

    Tally same_;  ///< Cases that are the same either way.
    Tally recorded_;
    Tally judged_;
    std::map<std::string, std::vector<ChangedCase>> changed_;
    std::map<RulePair, std::uint64_t> rules_;
    std::map<std::string, std::uint64_t> unknown_rules_;
    std::uint64_t cases_{};
};

/// Folds cases under both rules. Lifetime: of the workflow and the rules.
class WhatIfReader final : public CaseReader {
public:
    WhatIfReader(const Dispute& workflow, const OtherRules& other, WhatIf sums);

    [[nodiscard]] Result<void> add(const EventView& event) override;
    [[nodiscard]] Result<void> end() override;
    [[nodiscard]] const WhatIf& sums() const { return sums_; }

private:
    void begin(CaseId id);

    const Dispute& workflow_;
    const OtherRules& other_;
    WhatIf sums_;
    JudgedCase rows_;
    std::optional<Rejudgement> history_;
};

/// What the same history gives under other rules, as known at the query's as-of moment.
/// Errors: `invalid` (the query), `corrupt` (an event that cannot be read, sums that do not agree).
[[nodiscard]] Result<WhatIfReport> make_what_if(const EventStore& events, const Dispute& workflow,
                                                const OtherRules& other, const ReportQuery& query, std::size_t threads);

}  // namespace anjie::dispute::statistics
