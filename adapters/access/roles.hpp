#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "engine/rejection.hpp"

namespace anjie::access {

/// What somebody is for. One person may have several, within `Rules::incompatible`.
enum class Role : std::uint8_t {
    registrar,        ///< 登记员
    mediator,         ///< 调解员
    head,             ///< 主任: of the committee or office
    judicial_office,  ///< 司法所: guides and supervises the committees of its area
    auditor,          ///< 审计: reads everything within its area, writes nothing
    statistician,     ///< 统计员: figures only
    administrator,    ///< 系统管理员: people, tokens, operation; no content of cases
    machine,          ///< 接口账号: what tokens are
};

/// What can be asked for. Whether somebody may is decided by role, organisation and confidentiality together.
enum class Action : std::uint8_t {
    list_cases,           ///< Lists, due lists and searches without sealed texts.
    read_case,            ///< State, history and deadlines of a case, without sealed texts.
    read_sealed,          ///< Names, numbers, addresses, narrative.
    register_case,        ///< New cases, and their first facts.
    work_on_case,         ///< Consent, sessions, evidence, agreement, performance, revisit.
    decide_case,          ///< Accept or refuse, designate a mediator, extend, seal, close, reopen.
    correct_case,         ///< Corrections of what was recorded.
    hand_over_case,       ///< Offer a case to another organisation, accept or return one.
    set_confidentiality,  ///< Raise or lower a case's level.
    work_on_screening,    ///< Campaigns, rounds, leads (排查).
    import_ledger,        ///< Spreadsheets into cases.
    read_reports,         ///< Statistics.
    read_findings,        ///< What an auditor asks about.
    read_feed,            ///< The events as they come, without sealed texts.
    read_proofs,          ///< Checkpoints, proofs, tiles.
    read_calendar,        ///< Due days without names.
    export_case,          ///< A dossier of one case.
    export_list,          ///< Tables and statistics forms as files, without sealed texts.
    request_full_export,  ///< Everything, sealed texts included: two persons.
    approve_full_export,  ///< The second of them.
    request_erasure,      ///< Forgetting a person: two persons.
    approve_erasure,      ///< The second of them.
    restrict_processing,  ///< 限制处理, and its lifting.
    read_journal,         ///< Who read and did what.
    manage_users,         ///< People, roles, scopes.
    manage_tokens,        ///< Tokens of machines.
    manage_sinks,         ///< What leaves, where to; pause, resume, re-send.
    operate,              ///< Projections, backup, verification, metrics.
};

/// "judicial_office": stable, used in files and in JSON.
[[nodiscard]] std::string_view code_of(Role role);
[[nodiscard]] std::string_view code_of(Action action);
[[nodiscard]] std::optional<Role> parse_role(std::string_view code);
[[nodiscard]] std::optional<Action> parse_action(std::string_view code);
/// For people: 司法所 / judicial office.
[[nodiscard]] Text title_of(Role role);
[[nodiscard]] Text title_of(Action action);
[[nodiscard]] std::span<const Role> all_roles();
[[nodiscard]] std::span<const Action> all_actions();
/// Whether it changes anything in the log, the rights or the world: an auditor never may.
[[nodiscard]] bool writes(Action action);
/// Whether it shows what is in cases: an administrator never may.
[[nodiscard]] bool shows_cases(Action action);

}  // namespace anjie::access
