#pragma once

#include <catch2/catch.hpp>

#include <map>
#include <string>
#include <vector>

#include "tests/support/dispute_steps.hpp"
#include "workflows/dispute/audit/auditor.hpp"

namespace anjie::test {

/// How an entry came into the log, where it is not the usual: recorded at nine on the day it happened, by a clerk.
struct Entry {
    int lag_days{};
    int minute{};  ///< After nine.
    std::string actor{"clerk"};
    std::vector<SealedField> sealed{};
};

/// Cases told entry by entry, each recorded when the teller says, and what an audit finds in them.
class ToldCases {
public:
    static constexpr std::string_view organisation = "540629-102";

    /// Registers a case numbered `serial`; later entries are about it until another begins.
    ToldCases& registered(Date day, std::uint32_t serial = 12, dispute::RegisterCase order = steps::registration(),
                          Entry entry = {});
    /// Orders that must be accepted.
    ToldCases& given(Date day, const std::vector<dispute::Command>& orders, const Entry& entry = {});
    /// An event as another program, or a damaged one, might have written it: nobody decided it.
    ToldCases& event(Date day, const dispute::Event& event, const Entry& entry = {});
    ToldCases& event_at(OccurredAt occurred_at, const dispute::Event& event, const Entry& entry = {});

    /// A life from registration to closing without anything to ask about: effective on `day` + 10, revisited by
    /// somebody else on `day` + 20, closed on `day` + 21.
    ToldCases& blameless(Date day, std::uint32_t serial, const std::vector<std::string>& names = {});
    /// As above up to the agreement in force, with an obligation due on `day` + 15 unless `owed` is false.
    ToldCases& agreed(Date day, std::uint32_t serial = 12, bool owed = true);

    [[nodiscard]] dispute::audit::Findings audit(const dispute::audit::Scope& scope = {}) const;
    /// Seen by several auditors, each some of the cases, then joined: the cases are cut before each index of `cuts`.
    [[nodiscard]] dispute::audit::Findings audit_in_parts(const std::vector<std::size_t>& cuts,
                                                          const dispute::audit::Scope& scope = {}) const;
    /// The findings of one kind.
    [[nodiscard]] std::vector<dispute::audit::Finding> found(std::string_view kind) const { return audit().of(kind); }
    [[nodiscard]] const dispute::State& state() const { return told_.at(current_).state; }
    [[nodiscard]] std::size_t cases() const { return told_.size(); }

    dispute::audit::Thresholds thresholds{usual_thresholds()};
    Date today{make_date(2024, 12, 31)};
    bool sealed_text_lost{};
    std::optional<ErrorCode> unseal_fails{};

    [[nodiscard]] static dispute::audit::Thresholds usual_thresholds();

private:
    struct Stored {
        EventHeader header;
        NewEvent body;
    };
    struct Told {
        dispute::State state;
        std::vector<Stored> events;
    };
    void append(const dispute::Event& event, OccurredAt occurred_at, Instant recorded_at, const Entry& entry,
                CommandId command, bool first);

    dispute::Dispute workflow_{small_rules(), small_calendars()};
    std::map<CaseId, Told> told_;
    CaseId current_;
    Position position_{};
    std::uint64_t commands_{};
};

/// Names of parties 1, 2 ... as sealed fields.
[[nodiscard]] std::vector<SealedField> named(const std::vector<std::string>& names);
[[nodiscard]] SealedField described(std::string text);

}  // namespace anjie::test
