#pragma once

#include "adapters/service/answer.hpp"

namespace anjie::service::detail {

/// What is about to leave as a file.
struct ExportNote {
    access::Action action{};
    std::string what{};          ///< "dossier", "list of cases, xlsx".
    std::string organisation{};  ///< Of the case or area; empty: all that the caller can reach.
    std::optional<CaseId> case_id{};
    std::uint64_t count{};  ///< Events, rows or cases.
};

/// Keeps it in the access journal. Durable: when it returns; nothing may leave before.
[[nodiscard]] Result<void> record_export(access::Access& access, const Caller& caller, ExportNote note);

}  // namespace anjie::service::detail
