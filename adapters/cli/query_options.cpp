#include "adapters/cli/query_options.hpp"

namespace anjie::cli {

void add_query_options(CLI::App& command, const Session& session, QueryOptions& options) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    command.add_option("--year", options.year, help("年份", "Year"))->check(CLI::Range(1990, 2199));
    command.add_option("--half", options.half, help("半年", "Half-year"))->check(CLI::Range(1, 2));
    command.add_option("--quarter", options.quarter, help("季度", "Quarter"))->check(CLI::Range(1, 4));
    command.add_option("--month", options.month, help("月", "Month"))->check(CLI::Range(1, 12));
    command.add_option("--from", options.from, help("起（含）", "From this day, included"));
    command.add_option("--to", options.to, help("止（含）", "To this day, included"));
    command.add_option("--org", options.organisation,
                       help("机构代码（含下级）", "Organisation code, with all below it"));
    command.add_option(
        "--as-of", options.as_of,
        help("当时知道的：只算到此刻为止录入的事件", "As known then: only what had been recorded by this time"));
}

}  // namespace anjie::cli
