#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

#include "tests/adapters/ledger/fixture.hpp"

using namespace anjie;
using namespace anjie::ledger;
using namespace anjie::ledger::testing;
using namespace anjie::dispute;

TEST_CASE("a row that breaks a rule of law is refused by that rule, the others enter") {
    struct Breach {
        std::string_view what, column, value, rule_is_about;
    };
    const Breach table[]{
        {"agreement before acceptance", "协议日期", "2024-5-30", "协议日期"},
        {"revisit before agreement", "回访日期", "2024/6/5", "回访日期"},
        {"session before acceptance", "调解日期", "2024/6/1", "调解日期"},
        {"follow-up before the revisit", "跟进日期", "2024/6/20", "跟进日期"},
        {"closed without a revisit", "结案日期", "2024/6/7", "结案日期"},
        {"in the future", "归档日期", "2031-1-1", "归档日期"},
    };
    for (const auto& breach : table) {
        CAPTURE(breach.what);
        Township township;
        auto ledger = example_table();
        cell(ledger, 7, breach.column) = breach.value;
        if (breach.column == "结案日期")
            for (const std::string_view column :
                 {"回访日期", "发现问题", "跟进日期", "跟进人", "跟进情况", "化解日期", "回访时履行情况"})
                cell(ledger, 7, column).clear();
        const auto report = township.import(to_csv(ledger));
        CHECK(report.totals.entered == 11);
        REQUIRE(report.totals.refused == 1);
        CHECK(township.case_count() == 11);
        const auto refused = std::ranges::find(report.rows, RowOutcome::refused, &RowReport::outcome);
        REQUIRE(refused != report.rows.end());
        CHECK(refused->number == "尼阿调〔2024〕7号");
        const auto& message = refused->messages.back();
        CHECK(message.severity == Severity::error);
        CHECK_FALSE(message.sentence.zh.empty());
        CHECK_FALSE(message.remedy.zh.empty());
        CHECK_FALSE(message.value.empty());
        CHECK_FALSE(message.rule.empty());
        CHECK(message.column == breach.rule_is_about);
    }
}

TEST_CASE("acceptance is never made up: cases only registered and then mediated are refused by the rule") {
    Township township;
    auto ledger = example_table();
    cell(ledger, 0, "受理日期") = "登记日期";
    const auto report = township.import(to_csv(ledger));
    CHECK(report.totals.refused == 12);
    CHECK(township.log().empty());
    for (const auto& row : report.rows) CHECK_FALSE(row.messages.back().rule.empty());
}

TEST_CASE("a cell that cannot be read is named with row, column, value and what to write") {
    const std::pair<std::string_view, std::string_view> cells[]{
        {"案号", "十二"},         {"受理日期", "2024-2-30"}, {"纠纷类型", "星座不合"}, {"案件来源", "天上"},
        {"涉案金额", "很多"},     {"涉及人数", "一家人"},    {"调解日期", "前天"},     {"调解结果", "也许"},
        {"协议形式", "心照不宣"}, {"协议金额", "-5"},        {"履行期限", "尽快"},     {"满意度", "还行吧"},
        {"回访方式", "托梦"},     {"卷内文书", "一张纸"},    {"延期", "一点点"},       {"调解员编号", "甲 乙"},
    };
    for (const auto& [column, value] : cells) {
        CAPTURE(column, value);
        Township township;
        auto ledger = example_table();
        cell(ledger, 3, column) = value;
        const auto report = township.import(to_csv(ledger));
        CHECK(report.totals.entered == 11);
        REQUIRE(report.totals.refused == 1);
        const auto refused = std::ranges::find(report.rows, RowOutcome::refused, &RowReport::outcome);
        const auto message = std::ranges::find(refused->messages, Severity::error, &Message::severity);
        REQUIRE(message != refused->messages.end());
        CHECK(refused->line == 4);
        CHECK(message->column == column);
        CHECK(message->value == value);
        CHECK_FALSE(message->remedy.en.empty());
    }
}

TEST_CASE("a file broken anywhere enters nothing") {
    const std::string broken[]{example() + "\"never closed",
                               example() + std::string(1, '\0'),
                               example() + "\"a\"b\r\n",
                               example() + std::string(300, ',') + "\r\n",
                               "案号,受理日期\n",
                               "姓名,年龄\n张,3\n",
                               "案号,受理日期,纠纷类型,案件来源,当事人\n"};
    for (const auto& bytes : broken) {
        Township township;
        const auto report = township.import(bytes);
        CHECK_FALSE(report.readable);
        CHECK_FALSE(report.complete());
        REQUIRE_FALSE(report.messages.empty());
        CHECK_FALSE(report.messages.back().sentence.zh.empty());
        CHECK_FALSE(report.messages.back().remedy.zh.empty());
        CHECK(township.log().empty());
    }
}

TEST_CASE("titles above the header, empty rows and totals are skipped") {
    Township township;
    auto table = example_table();
    table.insert(table.begin(), {"阿索乡2024年矛盾纠纷台账"});
    table.push_back({"", "", ""});
    table.push_back({"合计", "12"});
    const auto report = township.import(to_csv(table));
    CHECK(report.header_line == 2);
    CHECK(report.totals.entered == 12);
    CHECK(report.totals.skipped == 2);
}

TEST_CASE("a number used twice in one file is refused the second time") {
    Township township;
    auto table = example_table();
    table.push_back(table[7]);
    cell(table, 13, "涉案金额") = "1";
    const auto report = township.import(to_csv(table));
    CHECK(report.totals.entered == 12);
    CHECK(report.totals.refused == 1);
    CHECK(township.state_of("尼阿调〔2024〕7号").amount == Money{3'860'000});
}

namespace {

/// xorshift64*: the same on every machine, unlike the standard library's distributions.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t below(std::uint64_t bound) {
        state_ ^= state_ >> 12;
        state_ ^= state_ << 25;
        state_ ^= state_ >> 27;
        return (state_ * 2685821657736338717ull >> 16) % bound;
    }

private:
    std::uint64_t state_;
};

}  // namespace

TEST_CASE("whatever happens to its bytes, an import ends with a report and no row is half entered") {
    const std::string original = example();
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::string bytes = original;
        for (std::uint64_t i = 0; i < 1 + random.below(12); ++i) {
            const auto at = random.below(bytes.size());
            switch (random.below(4)) {
                case 0:
                    bytes[at] = static_cast<char>(random.below(256));
                    break;
                case 1:
                    bytes.erase(at, 1 + random.below(40));
                    break;
                case 2:
                    bytes.insert(at, bytes.substr(random.below(bytes.size()), random.below(60)));
                    break;
                default:
                    bytes.insert(at, 1, "\",\n;1"[random.below(5)]);
                    break;
            }
        }
        Township township;
        const auto report = township.try_import(bytes);
        REQUIRE(report);
        const auto entered = report->totals.entered;
        CHECK(township.case_count() == entered);
        if (!report->readable) {
            CHECK(township.log().empty());
            continue;
        }
        // Of an entered row every command is there: the same file again finds nothing to add.
        const auto again = township.try_import(bytes);
        REQUIRE(again);
        CHECK(again->totals.unchanged == entered);
        CHECK(again->totals.refused == report->totals.refused);
    }
}

TEST_CASE("random edits of cells are entered, corrected or refused whole, and settle at once") {
    const auto original = example_table();
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        Random random(seed * 7919);
        Township township;
        auto table = original;
        for (int round = 0; round < 3; ++round) {
            const auto row = 1 + random.below(12), column = random.below(original[0].size());
            const auto from = 1 + random.below(12);
            if (column != 0)
                table[row][column] = original[from][random.below(2) == 0 ? column : random.below(original[0].size())];
            const auto report = township.import(to_csv(table));
            const auto log = township.log();
            const auto again = township.import(to_csv(table));
            CHECK(again.totals.unchanged + again.totals.refused == 12);
            CHECK(again.totals.refused == report.totals.refused);
            CHECK(township.log() == log);
            CHECK(township.case_count() <= 12);
        }
    }
}
