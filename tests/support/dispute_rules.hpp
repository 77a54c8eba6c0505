#pragma once

#include <map>
#include <string>
#include <vector>

#include "workflows/dispute/rules.hpp"

/// Small rule sets and calendars, stated here so that tests do not change with the project's data.
namespace anjie::test {

inline constexpr std::string_view township = "540629";

inline dispute::DeadlineRule rule(std::string id, dispute::DeadlineKind kind, Period period, bool extendable = false) {
    return {.id = id,
            .kind = kind,
            .type = std::nullopt,
            .source = std::nullopt,
            .period = period,
            .extendable = extendable,
            .reference = {.id = id, .mark = SourceMark::secondary, .title = {.zh = id, .en = id}}};
}

/// The nation: everything; the township: one revisit per case, within a month, before closing.
inline dispute::RuleBook small_rules() {
    using enum dispute::DeadlineKind;
    using enum PeriodUnit;
    dispute::RuleSet nation{.version = "CN-1", .jurisdiction = "CN", .effective_from = make_date(2011, 1, 1)};
    nation.deadlines = {rule("CN.T-ACC", acceptance, {.count = 5, .unit = workdays}),
                        rule("CN.T-CONSENT", consent, {.count = 3, .unit = workdays}),
                        rule("CN.T-MED", mediation, {.count = 30, .unit = days}, true),
                        rule("CN.T-REV", revisit, {.count = 1, .unit = months}),
                        rule("CN.T-CONF", confirmation, {.count = 30, .unit = days}),
                        rule("CN.T-OBJ.party", party_objection, {.count = 15, .unit = days}),
                        rule("CN.T-OBJ.third", third_party_objection, {.count = 6, .unit = months}),
                        rule("CN.T-ENF", enforcement, {.count = 2, .unit = years}),
                        rule("CN.T-LIM", limitation, {.count = 3, .unit = years}),
                        rule("CN.T-FEEDBACK", feedback, {.count = 5, .unit = workdays}),
                        rule("CN.T-HANDOVER", handover_answer, {.count = 5, .unit = workdays}),
                        rule("CN.T-HANDOVER-RESULT", handover_result, {.count = 60, .unit = days}),
                        rule("CN.T-FILE", filing, {.count = 30, .unit = days}),
                        rule("CN.T-FOLLOW", follow_up, {.count = 10, .unit = days})};
    auto medical = rule("CN.T-MED.medical", mediation, {.count = 30, .unit = workdays}, true);
    medical.type = dispute::DisputeType::medical;
    auto labour = rule("CN.T-MED.labour", mediation, {.count = 15, .unit = days});
    labour.type = dispute::DisputeType::other_labour;
    auto traffic = rule("CN.T-TRAF", traffic_police, {.count = 3, .unit = days});
    traffic.type = dispute::DisputeType::traffic_accident;
    nation.deadlines.insert(nation.deadlines.end(), {medical, labour, traffic});
    nation.mandatory_documents = {dispute::DocumentKind::application, dispute::DocumentKind::mediation_record,
                                  dispute::DocumentKind::agreement};
    nation.no_electronic_signature = {dispute::DisputeType::marriage_family};

    dispute::RuleSet local{
        .version = "TOWN-1", .jurisdiction = std::string(township), .effective_from = make_date(2023, 1, 1)};
    local.revisit_required_before_closing = true;
    local.closing_reference = {.id = "TOWN.REVISIT",
                               .mark = SourceMark::configuration,
                               .title = {.zh = "本乡：一案一回访", .en = "Township: one case, one revisit"}};
    return dispute::RuleBook({nation, local});
}

/// National holidays of 2024 to 2025 as far as tests need them, and Losar in Tibet.
inline dispute::CalendarBook small_calendars(std::string version = "2025.1", std::map<Date, bool> amended = {}) {
    CalendarLayer nation{.region = "CN", .is_off = {}, .known = {{make_date(2024, 1, 1), make_date(2025, 12, 31)}}};
    const auto off = [](CalendarLayer& layer, Date from, int count) {
        for (int i = 0; i < count; ++i) layer.is_off[from + std::chrono::days{i}] = true;
    };
    off(nation, make_date(2024, 2, 10), 8);
    off(nation, make_date(2024, 5, 1), 5);
    off(nation, make_date(2024, 10, 1), 7);
    off(nation, make_date(2025, 1, 28), 8);
    for (const auto& [day, is_off] : amended) nation.is_off[day] = is_off;
    CalendarLayer tibet{.region = "54", .is_off = {}, .known = {{make_date(2024, 1, 1), make_date(2025, 12, 31)}}};
    off(tibet, make_date(2025, 2, 27), 6);
    std::map<std::string, Calendar, std::less<>> calendars;
    calendars.emplace("CN", Calendar(version, {nation}));
    calendars.emplace("54", Calendar(version, {nation, tibet}));
    return dispute::CalendarBook(std::move(calendars));
}

}  // namespace anjie::test
