#include "workflows/dispute/codes.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace anjie::dispute {
namespace {

/// The enumerator's own name as the compiler spells it; empty when the number names none.
template <auto value>
std::string_view enumerator() {
    std::string_view text = __PRETTY_FUNCTION__;
    const auto begin = text.find("value = ") + 8;
    text = text.substr(begin, text.find_first_of(";]", begin) - begin);
    return text.starts_with('(') ? std::string_view{} : text.substr(text.rfind(':') + 1);
}

template <class E, std::size_t... I>
std::vector<std::pair<E, std::string_view>> enumerators(std::index_sequence<I...>) {
    std::vector<std::pair<E, std::string_view>> names;
    ((enumerator<static_cast<E>(I)>().empty()
          ? void()
          : void(names.emplace_back(static_cast<E>(I), enumerator<static_cast<E>(I)>()))),
     ...);
    return names;
}

template <class... E>
struct Types {};
using Tables =
    Types<DisputeType, CaseSource, Channel, CommitteeKind, PartyRole, PartyKind, Difficulty, RefusalGround, Route,
          AssignmentBasis, MediatorRole, RecusalOutcome, SuspensionReason, AgreementForm, SigningMethod, FailureReason,
          TerminationCause, TransferTarget, ObligationKind, NonPerformanceProceeding, RevisitMethod, Satisfaction,
          Fulfilment, ResidualRisk, RevisitProblem, EscalationTarget, ConfirmationObstacle, DocumentKind, CaseResult,
          HarmKind, Retention, DeadlineKind, SealedCode, ProcedurePhase, PerformancePhase, RevisitPhase,
          ConfirmationPhase, FilePhase, ConfidentialityLevel, ConfidentialityGround, CustodyPhase, HandoverKind,
          HandoverReason, HandoverEnding>;

template <class E>
void check_table() {
    const auto names = enumerators<E>(std::make_index_sequence<40>{});
    const auto table = code_table(E{});
    REQUIRE_FALSE(names.empty());
    REQUIRE(table.size() == names.size());
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto& entry = table[i];
        CAPTURE(entry.code);
        CHECK(entry.value == names[i].first);
        CHECK(entry.code == names[i].second);
        CHECK_FALSE(entry.zh.empty());
        CHECK_FALSE(entry.en.empty());
        CHECK(seen.insert(entry.zh).second);
        CHECK(parse_code<E>(entry.code) == entry.value);
        CHECK(parse_code<E>(entry.zh) == entry.value);
        CHECK(parse_code<E>(entry.en) == entry.value);
    }
}

template <class... E>
void check_tables(Types<E...>) {
    (check_table<E>(), ...);
}

}  // namespace

TEST_CASE("every enumerator has one entry, whose code is its name and whose names are its own") {
    check_tables(Tables{});
}

TEST_CASE("the ministry's eighteen types bear their official names") {
    CHECK(code_table(DisputeType{}).size() == 18);
    CHECK(entry_of(DisputeType::migrant_wages).zh == "拖欠农民工工资纠纷");
    CHECK(parse_code<DisputeType>("山林土地纠纷") == DisputeType::forest_land);
    CHECK_FALSE(parse_code<DisputeType>("草场").has_value());
}

}  // namespace anjie::dispute
