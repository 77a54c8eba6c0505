#pragma once

#include "workflows/screening/events.hpp"

/// Orders to a screening campaign. The day is the command's occurred_at unless the order has its own.
namespace anjie::screening {

struct OpenCampaign {
    static constexpr std::string_view name = "open_campaign";
    static constexpr Title title{"开展排查", "Open a campaign"};

    std::string number{};  ///< For example 尼阿排〔2024〕3号, unique per organisation.
    std::string theme{};   ///< What is looked for, in general words; never a person.
    std::string area{};    ///< Division code.
    Date from{};
    Date to{};                ///< Last day, included: a round or a nil report is due by then.
    std::string organiser{};  ///< Code of the organisation that answers for it.
    CampaignKind kind{};

    bool operator==(const OpenCampaign&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("number", &OpenCampaign::number);
        v("theme", &OpenCampaign::theme);
        v("area", &OpenCampaign::area);
        v("from", &OpenCampaign::from);
        v("to", &OpenCampaign::to);
        v("organiser", &OpenCampaign::organiser);
        v("kind", &OpenCampaign::kind);
    }
};

struct ReportRound {
    static constexpr std::string_view name = "report_round";
    static constexpr Title title{"报告排查", "Report a round"};

    RoundNumber round{};
    std::string unit{};  ///< Code of who went.
    Date on{};
    bool nil_report{};             ///< Nothing was found; no lead may name this round.
    std::uint32_t people_count{};  ///< People visited.

    bool operator==(const ReportRound&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("round", &ReportRound::round);
        v("unit", &ReportRound::unit);
        v("on", &ReportRound::on);
        v("nil_report", &ReportRound::nil_report);
        v("people_count", &ReportRound::people_count);
    }
};

struct ReportLead {
    static constexpr std::string_view name = "report_lead";
    static constexpr Title title{"登记线索", "Report a lead"};

    LeadNumber lead{};
    RoundNumber round{};
    RiskLevel risk{};
    std::string dispute_type{};  ///< Code of the kind of dispute, as the dispute workflow has it.
    std::uint32_t people_count{};
    std::string place{};  ///< Division code.

    bool operator==(const ReportLead&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("lead", &ReportLead::lead);
        v("round", &ReportLead::round);
        v("risk", &ReportLead::risk);
        v("dispute_type", &ReportLead::dispute_type);
        v("people_count", &ReportLead::people_count);
        v("place", &ReportLead::place);
    }
};

struct ResolveLead {
    static constexpr std::string_view name = "resolve_lead";
    static constexpr Title title{"就地化解", "Resolve a lead on the spot"};

    LeadNumber lead{};

    bool operator==(const ResolveLead&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("lead", &ResolveLead::lead);
    }
};

struct OpenLeadAsDispute {
    static constexpr std::string_view name = "open_lead_as_dispute";
    static constexpr Title title{"转为纠纷案件", "Open a lead as a dispute"};

    LeadNumber lead{};
    std::string dispute{};  ///< Case id of the dispute.

    bool operator==(const OpenLeadAsDispute&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("lead", &OpenLeadAsDispute::lead);
        v("dispute", &OpenLeadAsDispute::dispute);
    }
};

struct ReferLead {
    static constexpr std::string_view name = "refer_lead";
    static constexpr Title title{"移送线索", "Refer a lead"};

    LeadNumber lead{};
    std::string to{};  ///< Code of the organisation that takes it over.

    bool operator==(const ReferLead&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("lead", &ReferLead::lead);
        v("to", &ReferLead::to);
    }
};

struct WatchLead {
    static constexpr std::string_view name = "watch_lead";
    static constexpr Title title{"持续关注", "Watch a lead"};

    LeadNumber lead{};

    bool operator==(const WatchLead&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("lead", &WatchLead::lead);
    }
};

struct StrikeOffLead {
    static constexpr std::string_view name = "strike_off_lead";
    static constexpr Title title{"线索销号", "Strike off a lead"};

    LeadNumber lead{};
    Evidence evidence{};

    bool operator==(const StrikeOffLead&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("lead", &StrikeOffLead::lead);
        v("evidence", &StrikeOffLead::evidence);
    }
};

struct RecordHarmPrevented {
    static constexpr std::string_view name = "record_harm_prevented";
    static constexpr Title title{"登记防止激化", "Record harm prevented"};

    HarmKind kind{};
    std::uint32_t case_count{};
    std::uint32_t people_count{};

    bool operator==(const RecordHarmPrevented&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("kind", &RecordHarmPrevented::kind);
        v("case_count", &RecordHarmPrevented::case_count);
        v("people_count", &RecordHarmPrevented::people_count);
    }
};

struct CloseCampaign {
    static constexpr std::string_view name = "close_campaign";
    static constexpr Title title{"结束排查", "Close the campaign"};

    bool operator==(const CloseCampaign&) const = default;
    template <class V>
    static void describe(V&&) {}
};

struct CorrectFact {
    static constexpr std::string_view name = "correct_fact";
    static constexpr Title title{"更正", "Correct a fact"};

    Version corrects{};          ///< The event that is corrected.
    CorrectionReason reason{};   ///< In words: a sealed field.
    std::uint32_t case_count{};  ///< Of prevented harm; otherwise 0.
    std::uint32_t people_count{};

    bool operator==(const CorrectFact&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("corrects", &CorrectFact::corrects);
        v("reason", &CorrectFact::reason);
        v("case_count", &CorrectFact::case_count);
        v("people_count", &CorrectFact::people_count);
    }
};

/// The engine's own order, made from `AlarmDue`.
struct RaiseAlarm {
    static constexpr std::string_view name = "raise_alarm";
    static constexpr Title title{"期限提醒", "Raise an alarm"};

    DeadlineKind kind{};
    std::uint16_t item{};  ///< Number of the lead, or 0.
    AlarmLevel level{};
    Instant due{};  ///< When the alarm was due.

    bool operator==(const RaiseAlarm&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("kind", &RaiseAlarm::kind);
        v("item", &RaiseAlarm::item);
        v("level", &RaiseAlarm::level);
        v("due", &RaiseAlarm::due);
    }
};

using Command = std::variant<OpenCampaign, ReportRound, ReportLead, ResolveLead, OpenLeadAsDispute, ReferLead,
                             WatchLead, StrikeOffLead, RecordHarmPrevented, CloseCampaign, CorrectFact, RaiseAlarm>;

}  // namespace anjie::screening
