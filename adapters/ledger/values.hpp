#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/dispute/codes.hpp"

namespace anjie::ledger {

/// How the table says that a case ended; `pending` is still in mediation.
enum class LedgerResult : std::uint8_t {
    pending,
    succeeded,
    not_reached,
    terminated,
    withdrawn,
    settled_privately,
    refused,
    transferred
};
[[nodiscard]] std::span<const CodeEntry<LedgerResult>> code_table(LedgerResult);

/// A cell as a code: by the table's own code or name, by what offices write for it (邻里, 草场边界, 农民工工资, 成功,
/// 电话), or by a telling word in it when all such words agree. Defined for the code tables that a ledger uses.
template <class E>
[[nodiscard]] std::optional<E> parse_value(std::string_view cell);

/// What may be written, for a message: "婚姻家庭纠纷、邻里纠纷…" or the English names.
template <Coded E>
[[nodiscard]] std::string choices(bool english) {
    std::string out;
    for (const auto& entry : code_table(E{})) {
        if (!out.empty()) out += english ? ", " : "、";
        out += english ? entry.en : entry.zh;
    }
    return out;
}

/// Several things in one cell: separated by 、 ； ; / ， , or a line break. Empty parts are left out.
[[nodiscard]] std::vector<std::string> split_list(std::string_view cell);

/// 是, 有, 已, yes ... ; 否, 无, 未, no ...
[[nodiscard]] std::optional<bool> parse_yes_no(std::string_view cell);

}  // namespace anjie::ledger
