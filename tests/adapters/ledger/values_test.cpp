#include "adapters/ledger/values.hpp"

#include <catch2/catch.hpp>

#include <set>

#include "adapters/ledger/columns.hpp"

using namespace anjie;
using namespace anjie::ledger;
using namespace anjie::dispute;

TEST_CASE("offices' words for the codes are understood") {
    CHECK(parse_value<DisputeType>("婚姻家庭纠纷") == DisputeType::marriage_family);
    CHECK(parse_value<DisputeType>("邻里") == DisputeType::neighbour);
    CHECK(parse_value<DisputeType>("草场边界") == DisputeType::forest_land);
    CHECK(parse_value<DisputeType>("农民工工资") == DisputeType::migrant_wages);
    CHECK(parse_value<DisputeType>("migrant_wages") == DisputeType::migrant_wages);
    CHECK(parse_value<CaseSource>("派出所移交") == CaseSource::public_security);
    CHECK(parse_value<CaseSource>("主动调解") == CaseSource::own_initiative);
    CHECK(parse_value<LedgerResult>("成功") == LedgerResult::succeeded);
    CHECK(parse_value<LedgerResult>("调解成功") == LedgerResult::succeeded);
    CHECK(parse_value<LedgerResult>("达成协议") == LedgerResult::succeeded);
    CHECK(parse_value<LedgerResult>("未达成协议") == LedgerResult::not_reached);
    CHECK(parse_value<Satisfaction>("不满意") == Satisfaction::dissatisfied);
    CHECK(parse_value<RevisitMethod>("电话沟通") == RevisitMethod::phone);
    CHECK(parse_value<RevisitProblem>("执行难点：余款未付") == RevisitProblem::performance_difficulty);
    CHECK(parse_value<AgreementForm>("口头") == AgreementForm::oral);
}

TEST_CASE("what says two things or nothing is not guessed") {
    CHECK_FALSE(parse_value<DisputeType>("家庭与邻里"));
    CHECK_FALSE(parse_value<DisputeType>("不知道"));
    CHECK_FALSE(parse_value<LedgerResult>("也许"));
    CHECK_FALSE(parse_value<Satisfaction>(""));
}

TEST_CASE("no column name stands for two columns") {
    std::set<std::string_view> seen;
    for (const auto& entry : column_names())
        for (const auto name : entry.names) {
            CAPTURE(name);
            CHECK(seen.insert(name).second);
        }
}

TEST_CASE("every column is recognised by each of its names, in any dress") {
    for (const auto& entry : column_names())
        for (const auto name : entry.names) {
            CAPTURE(name);
            const auto header = Header::recognise({"案号", " " + std::string(name) + "（元）"});
            REQUIRE(header);
            CHECK(header->has(entry.column));
        }
    CHECK(Header::recognise({"案 号", "受 理 日 期 *"})->has(Column::accepted_on));
    CHECK_FALSE(Header::recognise({"阿索乡2024年纠纷台账", "", ""}));
}

TEST_CASE("unknown columns and columns that say the same are reported and left out") {
    const auto header = Header::recognise({"案号", "星座", "受理日期", "受理时间"});
    REQUIRE(header);
    REQUIRE(header->messages().size() == 2);
    CHECK(header->messages()[0].column == "星座");
    CHECK(header->messages()[1].column == "受理时间");
    CHECK(header->cell({"1", "2", "3", "4"}, Column::accepted_on) == "3");
}

TEST_CASE("lists in one cell are split at every mark that offices use") {
    CHECK(split_list("甲、乙；丙;丁，戊\n己 ") == std::vector<std::string>{"甲", "乙", "丙", "丁", "戊", "己"});
    CHECK(split_list("").empty());
    CHECK(split_list("、、").empty());
}
