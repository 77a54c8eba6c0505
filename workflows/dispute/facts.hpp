#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar.hpp"
#include "engine/deadline.hpp"
#include "engine/event.hpp"
#include "workflows/dispute/codes.hpp"

/// The small values that commands, events and state share.
namespace anjie::dispute {

inline constexpr WorkflowId workflow_id{1};

/// 1, 2, 3 ... in the order of registration. 0: nobody.
using PartyNumber = std::uint16_t;
using ObligationNumber = std::uint16_t;

struct Title {
    std::string_view zh;
    std::string_view en;
};

/// 人民币, in fen (1/100 yuan).
struct Money {
    std::int64_t fen{};

    auto operator<=>(const Money&) const = default;
};

/// A party without its name: what decisions and statistics may know.
struct Party {
    PartyNumber number{};
    PartyRole role{PartyRole::applicant};
    PartyKind kind{PartyKind::natural_person};

    bool operator==(const Party&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("number", &Party::number);
        v("role", &Party::role);
        v("kind", &Party::kind);
    }
};

/// 案号, for example 尼阿调〔2024〕12号: unique per organisation and year, one case one code (一案一码).
struct CaseNumber {
    std::string prefix{};  ///< 尼阿调
    std::uint16_t year{};
    std::uint32_t serial{};

    bool operator==(const CaseNumber&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("prefix", &CaseNumber::prefix);
        v("year", &CaseNumber::year);
        v("serial", &CaseNumber::serial);
    }
};
/// "尼阿调〔2024〕12号".
[[nodiscard]] std::string to_string(const CaseNumber& number);
/// Accepts 〔〕, [], () and full-width （） around the year. nullopt when it is not a case number.
[[nodiscard]] std::optional<CaseNumber> parse_case_number(std::string_view text);
/// The case's id follows from its number, so a number can be given only once per organisation and year.
[[nodiscard]] CaseId case_id_of(std::string_view organisation, const CaseNumber& number);

/// Where a registered case came from when it was handed over to this organisation.
struct HandoverOrigin {
    std::string_view handover;
    std::string_view from;  ///< Organisation code.
};
/// The `origin` of such a registration; no other registration may have one like it.
[[nodiscard]] std::string handover_origin(std::string_view handover, std::string_view from);
/// Lifetime: of `origin`. nullopt when the case came another way.
[[nodiscard]] std::optional<HandoverOrigin> parse_handover_origin(std::string_view origin);

/// What somebody owes under the agreement (履行义务), instalments as one obligation each.
struct Obligation {
    ObligationNumber number{};
    PartyNumber debtor{};
    PartyNumber creditor{};
    ObligationKind kind{ObligationKind::payment};
    Money amount{};  ///< Zero where it is not about money.
    Date due{};      ///< Last day of performance as agreed (履行期限).

    bool operator==(const Obligation&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("number", &Obligation::number);
        v("debtor", &Obligation::debtor);
        v("creditor", &Obligation::creditor);
        v("kind", &Obligation::kind);
        v("amount", &Obligation::amount);
        v("due", &Obligation::due);
    }
};

/// A deadline as computed when it began to run or was moved.
struct DeadlineStart {
    DeadlineKind kind{};
    std::uint16_t item{};  ///< Obligation, objector ...; 0 where there is only one.
    Date start{};          ///< The day that is not counted (Civil Code art. 201).
    Period period{};
    DueDay due{};
    std::string rule{};  ///< Id of the rule in the case's rule set, for example "CN.T-REV".

    bool operator==(const DeadlineStart&) const = default;
    template <class V>
    static void describe(V&& v) {
        v("kind", &DeadlineStart::kind);
        v("item", &DeadlineStart::item);
        v("start", &DeadlineStart::start);
        v("period", &DeadlineStart::period);
        v("due", &DeadlineStart::due);
        v("rule", &DeadlineStart::rule);
    }
};
using Deadlines = std::vector<DeadlineStart>;
using Routes = std::vector<Route>;

}  // namespace anjie::dispute
