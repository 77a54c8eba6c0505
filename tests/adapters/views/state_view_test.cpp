#include "adapters/views/state_view.hpp"

#include <catch2/catch.hpp>

using namespace anjie;
using namespace anjie::views;

TEST_CASE("money is grouped in thousands and shows fen only where there are any") {
    CHECK(money_text({0}, Language::zh) == "0元");
    CHECK(money_text({350'000}, Language::zh) == "3,500元");
    CHECK(money_text({123'456'789}, Language::en) == "CNY 1,234,567.89");
    CHECK(money_text({100'05}, Language::en) == "CNY 100.05");
}

TEST_CASE("a due day says when it was rolled and when the calendar is not yet known") {
    const auto day = make_date(2024, 10, 1);
    CHECK(due_text({day, day, false}, Language::en) == "2024-10-01");
    CHECK(due_text({day, make_date(2024, 10, 8), false}, Language::en) == "2024-10-08 (rolled from 2024-10-01)");
    CHECK(due_text({day, day, true}, Language::zh) == "2024-10-01（暂定：节假日安排未公布）");
}

TEST_CASE("changes name what is new, what is different and what is gone") {
    const std::vector<StateLine> before{{"a", "A", "1"}, {"b", "B", "2"}};
    const std::vector<StateLine> after{{"a", "A", "1"}, {"c", "C", "3"}, {"b", "B", "4"}};
    const auto found = changes(before, after);
    REQUIRE(found.size() == 2);
    CHECK((found[0].line.key == "c" && found[0].before.empty()));
    CHECK((found[1].line.value == "4" && found[1].before == "2"));
    const auto gone = changes(after, {});
    REQUIRE(gone.size() == 3);
    CHECK(gone[0].line.value.empty());
}
