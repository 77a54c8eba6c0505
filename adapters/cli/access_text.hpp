#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "adapters/access/access.hpp"
#include "adapters/cli/console.hpp"
#include "adapters/cli/table.hpp"

/// People, tokens, requests and the journal as the command line shows them.
namespace anjie::cli {

[[nodiscard]] boost::json::object access_json(const access::UserRow& user);
[[nodiscard]] boost::json::object access_json(const access::TokenRow& token);
[[nodiscard]] boost::json::object access_json(const access::ApprovalRequest& request);
[[nodiscard]] boost::json::object access_json(const access::JournalRow& row);
[[nodiscard]] boost::json::object access_json(const access::IssuedToken& token);
/// "9:<64 hexadecimal digits>": one word to keep outside.
[[nodiscard]] std::string to_text(const access::JournalHead& head);
/// Errors: `invalid`.
[[nodiscard]] Result<access::JournalHead> parse_journal_head(std::string_view text);

[[nodiscard]] Table access_table(const Console& console, const std::vector<access::UserRow>& users);
[[nodiscard]] Table access_table(const Console& console, const std::vector<access::TokenRow>& tokens);
[[nodiscard]] Table access_table(const Console& console, const std::vector<access::ApprovalRequest>& requests);
[[nodiscard]] Table access_table(const Console& console, const std::vector<access::JournalRow>& rows);

}  // namespace anjie::cli
