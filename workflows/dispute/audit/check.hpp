#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "workflows/dispute/audit/finding.hpp"
#include "workflows/dispute/audit/thresholds.hpp"
#include "workflows/dispute/dispute.hpp"

namespace anjie::dispute::audit {

/// What every check may ask. Lifetime: longer than the checks.
struct Setting {
    Thresholds thresholds{};
    const RuleBook* rules{};
    Date today{};  ///< The day as of which the log is judged.
    /// Key of the hashes by which sealed texts are compared; fresh for every run, kept nowhere.
    std::array<std::uint64_t, 2> hash_key{};
};

/// An event and the state beside it: before it, or with it.
struct Step {
    const EventHeaderView& header;
    const Event& event;
    const State& state;
    /// The personal part, where the check asked for it (`wants_sealed`) and it could be opened; else nullptr.
    const std::vector<SealedField>* sealed{};
    bool by_import{};
    /// Whether the case is one that was asked about; of others the state is not folded.
    bool in_scope{true};
    /// Of the case's events so far, by version from 1.
    std::span<const Position> positions{};

    [[nodiscard]] Citation cite(Version version) const {
        return {header.case_id, version, version == 0 || version > positions.size() ? 0 : positions[version - 1]};
    }
    [[nodiscard]] Citation cite() const { return {header.case_id, header.version, header.position}; }
    [[nodiscard]] Date occurred_on() const { return local_date(header.occurred_at.at); }
    [[nodiscard]] Date recorded_on() const { return local_date(header.recorded_at); }
};

/// A case as a whole, after its last event.
struct CaseSeen {
    CaseId id;
    const State& state;
    std::span<const Position> positions{};

    [[nodiscard]] Citation cite(Version version) const {
        return {id, version, version == 0 || version > positions.size() ? 0 : positions[version - 1]};
    }
};

/// Looks for one kind of trouble: case by case, event by event, and over all cases at the end. One object sees the
/// cases of one range of ids; ranges may be seen on several threads, then `absorb` joins them in order.
class Check {
public:
    Check() = default;
    Check(const Check&) = delete;
    Check& operator=(const Check&) = delete;
    virtual ~Check() = default;

    [[nodiscard]] virtual const Kind& kind() const = 0;
    virtual void before(const Step&, Findings&) {}
    virtual void after(const Step&, Findings&) {}
    /// Called once after a case's last event; what was kept about the case is forgotten here.
    virtual void end(const CaseSeen&, Findings&) {}
    /// Takes over what another object of the same kind has gathered over cases with greater ids.
    virtual void absorb(Check&&) {}
    /// What only all cases together show.
    virtual void finish(Findings&) {}
    /// Whether the check wants the personal part of such events opened.
    [[nodiscard]] virtual bool wants_sealed(EventType) const { return false; }
    /// Whether the check must see such events of cases nobody asked about, to compare with: `after` alone, and without
    /// their state.
    [[nodiscard]] virtual bool wants_elsewhere(EventType) const { return false; }
};

using MakeCheck = std::unique_ptr<Check> (*)(const Setting&);

/// To add a kind of finding: one file with its Check, its maker declared here and named in checks.cpp.
[[nodiscard]] std::unique_ptr<Check> imported(const Setting& setting);
[[nodiscard]] std::unique_ptr<Check> late_entry(const Setting& setting);
[[nodiscard]] std::unique_ptr<Check> back_dated(const Setting& setting);
[[nodiscard]] std::unique_ptr<Check> duplicate(const Setting& setting);
[[nodiscard]] std::unique_ptr<Check> revisit_by_mediator(const Setting& setting);
[[nodiscard]] std::unique_ptr<Check> revisit_bulk(const Setting& setting);
[[nodiscard]] std::unique_ptr<Check> success_unsupported(const Setting& setting);
[[nodiscard]] std::unique_ptr<Check> extension_consent(const Setting& setting);
[[nodiscard]] std::unique_ptr<Check> documents_missing(const Setting& setting);

/// All of them, in the order in which they are reported.
[[nodiscard]] std::span<const MakeCheck> all_checks();

/// A threshold is local configuration and never printed as law.
[[nodiscard]] RuleReference local_rule(std::string_view id, std::string_view zh, std::string_view en);
/// The rule that set a deadline, as the case's rule set has it; nullopt when that set is not known.
[[nodiscard]] std::optional<RuleReference> rule_of(const Setting& setting, const State& state,
                                                   const DeadlineStart& deadline);

}  // namespace anjie::dispute::audit
