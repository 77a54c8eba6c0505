#include "engine/csv.hpp"

#include <catch2/catch.hpp>

namespace anjie {
namespace {

TEST_CASE("a text in a CSV file is quoted where it must be and never a formula") {
    CHECK(csv_cell("") == "");
    CHECK(csv_cell("尼阿调〔2024〕3号") == "尼阿调〔2024〕3号");
    CHECK(csv_cell("a,b") == "\"a,b\"");
    CHECK(csv_cell("say \"yes\"") == "\"say \"\"yes\"\"\"");
    CHECK(csv_cell("two\nlines") == "\"two\nlines\"");
    for (const auto* formula : {"=1+1", "+86 139", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "-", "+"}) {
        INFO(formula);
        const auto cell = csv_cell(formula);
        CHECK((cell.starts_with("\"'") || cell == "-"));
    }
    CHECK(csv_cell("=\"a\"") == "\"'=\"\"a\"\"\"");
}

TEST_CASE("numbers stay numbers") {
    CHECK(csv_cell("-3") == "-3");
    CHECK(csv_cell("-0.25") == "-0.25");
    CHECK(csv_cell("3500.00") == "3500.00");
}

}  // namespace
}  // namespace anjie
