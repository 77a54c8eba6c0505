#include "workflows/dispute/facts.hpp"

#include <catch2/catch.hpp>

namespace anjie::dispute {

TEST_CASE("a case number is read however an office writes it") {
    const CaseNumber expected{"尼阿调", 2024, 12};
    for (const auto* text : {"尼阿调〔2024〕12号", "尼阿调[2024]12号", "尼阿调(2024)12号", "尼阿调（2024）12号",
                             "尼阿调〔2024〕第12号", " 尼阿调 〔２０２４〕 012 号 ", "尼阿调【2024】12"})
        CHECK(parse_case_number(text) == expected);
    CHECK(to_string(expected) == "尼阿调〔2024〕12号");
    CHECK(parse_case_number(to_string(expected)) == expected);
}

TEST_CASE("what is not a case number is not read as one") {
    for (const auto* text :
         {"", "尼阿调", "〔2024〕12号", "尼阿调〔24〕12号", "尼阿调〔2024〕号", "尼阿调〔2024〕0号",
          "尼阿调〔2024〕-1号", "尼阿调〔2024〕99999999999号", "尼阿调〔2024 12号", "尼阿调〔2024〕12号x"})
        CHECK_FALSE(parse_case_number(text).has_value());
}

TEST_CASE("a case's id follows from organisation and number, and neighbours stay neighbours") {
    const CaseNumber first{"尼阿调", 2024, 12};
    const CaseNumber next{"尼阿调", 2024, 13};
    const CaseNumber next_year{"尼阿调", 2025, 1};
    CHECK(case_id_of("540629", first) == case_id_of("540629", first));
    CHECK(case_id_of("540629", first) != case_id_of("540628", first));
    CHECK(case_id_of("540629", first) < case_id_of("540629", next));
    CHECK(case_id_of("540628", first) < case_id_of("540629", next));
    CHECK(case_id_of("540629", next) < case_id_of("540629", next_year));
    // 2024-01-01T00:00:12+08:00 in milliseconds; the id is part of the format.
    CHECK(to_string(case_id_of("540629", first)).starts_with("018cc09a-aee0-7"));
}

}  // namespace anjie::dispute
