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

/// As a table, or as JSON where that is asked for.
template <class Row>
[[nodiscard]] Exit show_rows(const Console& console, const Result<std::vector<Row>>& rows) {
    if (!rows) return console.fail(rows.error());
    if (console.json) {
        boost::json::array out;
        for (const auto& row : *rows) out.emplace_back(access_json(row));
        console.line(boost::json::serialize(out));
    } else {
        console.print(access_table(console, *rows).text());
    }
    return Exit::ok;
}

}  // namespace anjie::cli
