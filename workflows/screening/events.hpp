#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "engine/deadline.hpp"
#include "engine/event.hpp"
#include "workflows/screening/codes.hpp"

/// What has happened in a screening campaign: past facts, never edited. Days are the envelope's occurred_at unless the
/// event has its own; who did it is the envelope's actor. Personal data and narrative are sealed fields, never in here.
namespace anjie::screening {

inline constexpr WorkflowId workflow_id{2};

/// 1, 2, 3 ... as the reporting unit numbers them. 0: none.
using RoundNumber = std::uint16_t;
using LeadNumber = std::uint16_t;

struct Title {
    std::string_view zh;
    std::string_view en;
};

/// Opened on the envelope's day; the period is when rounds are to be made.
struct CampaignOpened {
    static constexpr EventType event_type{1};
    static constexpr std::string_view name = "campaign_opened";
    static constexpr Title title{"开展排查", "Campaign opened"};

    std::string number{};  ///< For example 尼阿排〔2024〕3号, unique per organisation.
    std::string theme{};   ///< What is looked for, in general words; never a person.
    std::string area{};    ///< Division code.
    Date from{};
    Date to{};                ///< Last day, included: a round or a nil report is due by then.
    std::string organiser{};  ///< Code of the organisation that answers for it.
    CampaignKind kind{};

    bool operator==(const CampaignOpened&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("number", &CampaignOpened::number);
        v("theme", &CampaignOpened::theme);
        v("area", &CampaignOpened::area);
        v("from", &CampaignOpened::from);
        v("to", &CampaignOpened::to);
        v("organiser", &CampaignOpened::organiser);
        v("kind", &CampaignOpened::kind);
    }
};

/// One round of visits. A nil report (零报告) is a report.
struct RoundReported {
    static constexpr EventType event_type{2};
    static constexpr std::string_view name = "round_reported";
    static constexpr Title title{"报告排查", "Round reported"};

    RoundNumber round{};
    std::string unit{};  ///< Code of who went.
    Date on{};
    bool nil_report{};             ///< Nothing was found; no lead may name this round.
    std::uint32_t people_count{};  ///< People visited.

    bool operator==(const RoundReported&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("round", &RoundReported::round);
        v("unit", &RoundReported::unit);
        v("on", &RoundReported::on);
        v("nil_report", &RoundReported::nil_report);
        v("people_count", &RoundReported::people_count);
    }
};

/// Who, where exactly and what it is about are sealed fields.
struct LeadFound {
    static constexpr EventType event_type{3};
    static constexpr std::string_view name = "lead_found";
    static constexpr Title title{"发现线索", "Lead found"};

    LeadNumber lead{};
    RoundNumber round{};
    RiskLevel risk{};
    std::string dispute_type{};  ///< Code of the kind of dispute, as the dispute workflow has it.
    std::uint32_t people_count{};
    std::string place{};  ///< Division code.

    bool operator==(const LeadFound&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("lead", &LeadFound::lead);
        v("round", &LeadFound::round);
        v("risk", &LeadFound::risk);
        v("dispute_type", &LeadFound::dispute_type);
        v("people_count", &LeadFound::people_count);
        v("place", &LeadFound::place);
    }
};

struct LeadResolvedOnSpot {
    static constexpr EventType event_type{4};
    static constexpr std::string_view name = "lead_resolved_on_spot";
    static constexpr Title title{"就地化解", "Resolved on the spot"};

    LeadNumber lead{};

    bool operator==(const LeadResolvedOnSpot&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("lead", &LeadResolvedOnSpot::lead);
    }
};

/// The dispute's own history has an event that names this lead (`lead_reference`).
struct LeadOpenedAsDispute {
    static constexpr EventType event_type{5};
    static constexpr std::string_view name = "lead_opened_as_dispute";
    static constexpr Title title{"转为纠纷案件", "Opened as a dispute"};

    LeadNumber lead{};
    std::string dispute{};  ///< Case id of the dispute.

    bool operator==(const LeadOpenedAsDispute&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("lead", &LeadOpenedAsDispute::lead);
        v("dispute", &LeadOpenedAsDispute::dispute);
    }
};

struct LeadReferred {
    static constexpr EventType event_type{6};
    static constexpr std::string_view name = "lead_referred";
    static constexpr Title title{"移送线索", "Lead referred"};

    LeadNumber lead{};
    std::string to{};  ///< Code of the organisation that takes it over.

    bool operator==(const LeadReferred&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("lead", &LeadReferred::lead);
        v("to", &LeadReferred::to);
    }
};

/// No step is needed now; it is kept in view, also beyond the campaign.
struct LeadWatched {
    static constexpr EventType event_type{7};
    static constexpr std::string_view name = "lead_watched";
    static constexpr Title title{"持续关注", "Lead watched"};

    LeadNumber lead{};

    bool operator==(const LeadWatched&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("lead", &LeadWatched::lead);
    }
};

/// By the envelope's actor.
struct LeadStruckOff {
    static constexpr EventType event_type{8};
    static constexpr std::string_view name = "lead_struck_off";
    static constexpr Title title{"线索销号", "Lead struck off"};

    LeadNumber lead{};
    Evidence evidence{};

    bool operator==(const LeadStruckOff&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("lead", &LeadStruckOff::lead);
        v("evidence", &LeadStruckOff::evidence);
    }
};

/// Counted in the yearly table (防止…件/人).
struct HarmPrevented {
    static constexpr EventType event_type{9};
    static constexpr std::string_view name = "harm_prevented";
    static constexpr Title title{"防止激化", "Harm prevented"};

    HarmKind kind{};
    std::uint32_t case_count{};
    std::uint32_t people_count{};

    bool operator==(const HarmPrevented&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("kind", &HarmPrevented::kind);
        v("case_count", &HarmPrevented::case_count);
        v("people_count", &HarmPrevented::people_count);
    }
};

/// Watched leads are carried on: they may still be settled or struck off afterwards.
struct CampaignClosed {
    static constexpr EventType event_type{10};
    static constexpr std::string_view name = "campaign_closed";
    static constexpr Title title{"结束排查", "Campaign closed"};

    bool operator==(const CampaignClosed&) const = default;
    template <class V>
    static void describe(V&&) {}
};

/// Restates the counts of an earlier round, lead or prevented harm; the earlier event stays as it is.
struct FactCorrected {
    static constexpr EventType event_type{11};
    static constexpr std::string_view name = "fact_corrected";
    static constexpr Title title{"更正", "Fact corrected"};

    Version corrects{};          ///< The event that is corrected.
    CorrectionReason reason{};   ///< In words: a sealed field.
    std::uint32_t case_count{};  ///< Of prevented harm; otherwise 0.
    std::uint32_t people_count{};

    bool operator==(const FactCorrected&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("corrects", &FactCorrected::corrects);
        v("reason", &FactCorrected::reason);
        v("case_count", &FactCorrected::case_count);
        v("people_count", &FactCorrected::people_count);
    }
};

/// A deadline comes near or has passed.
struct AlarmRaised {
    static constexpr EventType event_type{12};
    static constexpr std::string_view name = "alarm_raised";
    static constexpr Title title{"期限提醒", "Alarm raised"};

    DeadlineKind kind{};
    std::uint16_t item{};  ///< Number of the lead, or 0.
    AlarmLevel level{};
    Instant due{};  ///< When the alarm was due.

    bool operator==(const AlarmRaised&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("kind", &AlarmRaised::kind);
        v("item", &AlarmRaised::item);
        v("level", &AlarmRaised::level);
        v("due", &AlarmRaised::due);
    }
};

using Event =
    std::variant<CampaignOpened, RoundReported, LeadFound, LeadResolvedOnSpot, LeadOpenedAsDispute, LeadReferred,
                 LeadWatched, LeadStruckOff, HarmPrevented, CampaignClosed, FactCorrected, AlarmRaised>;

/// How the dispute that came from a lead names it.
[[nodiscard]] std::string lead_reference(CaseId campaign, LeadNumber lead);
/// The campaign's id follows from its number, so a number can be given only once per organisation and opening day.
[[nodiscard]] CaseId case_id_of(std::string_view organisation, std::string_view number, Date opened);

}  // namespace anjie::screening
