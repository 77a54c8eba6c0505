#include <catch2/catch.hpp>

#include "tests/storage/sqlite/directory_fixture.hpp"

using namespace anjie;
using namespace anjie::testing;
using namespace std::string_literals;

namespace {

std::unique_ptr<SqliteDirectory> people(const Folder& folder) {
    auto directory = open(folder);
    auto a = entry(1), b = entry(2), c = entry(3), d = entry(4);
    a.search_texts = {"张三", "丰收村的草场边界", "Tashi Nyima, phone 139-0891-0001"};
    b.search_texts = {"欧阳　娜娜", "扎西·多吉", "工地拖欠ＡＢＣ公司工资"};
    c.search_texts = {"张三丰", "𠮷田", "བཀྲ་ཤིས་བདེ་ལེགས"};
    d.search_texts = {"Gyalpo OR NOT NEAR", "damaged \xff\xfe张\xe5\xbc", "nul\0in between"s, "Café"};
    must(directory->apply({a, b, c, d}, 1));
    return directory;
}

}  // namespace

TEST_CASE("two Chinese characters are found wherever they stand") {
    const Folder folder;
    const auto directory = people(folder);
    const auto found = [&](const char* text) { return numbers(must(directory->list({.search = text}))); };

    CHECK(found("张三") == Numbers{1, 3});
    CHECK(found("三丰") == Numbers{3});  // Not across two texts of case 1.
    CHECK(found("草场") == Numbers{1});
    CHECK(found("场边") == Numbers{1});
    CHECK(found("场草").empty());
    CHECK(found("娜") == Numbers{2});
    CHECK(found("张") == Numbers{1, 3, 4});
}

TEST_CASE("forms of one name are found alike") {
    const Folder folder;
    const auto directory = people(folder);
    const auto found = [&](const char* text) { return numbers(must(directory->list({.search = text}))); };

    CHECK(found("欧阳娜娜") == Numbers{2});
    CHECK(found("扎西多吉") == Numbers{2});
    CHECK(found("扎西·多吉") == Numbers{2});
    CHECK(found("abc") == Numbers{2});
    CHECK(found("ｔａｓｈｉ") == Numbers{1});
    CHECK(found("NYIMA") == Numbers{1});
    CHECK(found("cafe") == Numbers{4});
    CHECK(found("139-0891-0001") == Numbers{1});
    CHECK(found("𠮷田") == Numbers{3});
    CHECK(found("བདེ་ལེགས") == Numbers{3});
    CHECK(found("ashi").empty());  // Latin words are whole words.
}

TEST_CASE("every word must be found, in any order, and only spaces ask for nothing") {
    const Folder folder;
    const auto directory = people(folder);
    const auto found = [&](const char* text) { return numbers(must(directory->list({.search = text}))); };

    CHECK(found("张三 草场") == Numbers{1});
    CHECK(found("草场　张三") == Numbers{1});
    CHECK(found("张三 娜娜").empty());
    CHECK(found("tashi 139") == Numbers{1});
    CHECK(found(" \t　") == Numbers{1, 2, 3, 4});
    CHECK(found("张三 - 草场") == Numbers{1});
}

TEST_CASE("search text is only ever text: no operator, quote or broken byte acts or fails") {
    const Folder folder;
    const auto directory = people(folder);
    const std::vector<std::pair<std::string, Numbers>> hostile{
        {"OR", {4}},
        {"NOT near", {4}},
        {"tashi OR gyalpo", {}},
        {"NEAR(tashi gyalpo)", {}},
        {"gyal*", {}},
        {"text:tashi", {}},
        {"{text}:tashi", {}},
        {"^tashi", {1}},
        {"\"", {}},
        {"\"\"\"", {}},
        {"\"tashi\"", {1}},
        {"tashi\" OR \"gyalpo", {}},
        {"'; DROP TABLE case_row; --", {}},
        {"%", {}},
        {"?1", {1}},
        {"\\", {}},
        {"😀", {}},
        {"😀 张三", {1, 3}},
        {"nul\0in"s, {4}},
        {"\0"s, {}},
        {"\xff", {}},
        {"\xe5\xbc", {}},
        {"\xed\xa0\x80", {}},
        {"\xf4\x90\x80\x80", {}},
        {"\xc0\xaf", {}},
        {"\xee\x80\x80", {}},
        {"张\xff三", {1, 3}},
        {"+-()*:^", {}},
    };
    for (const auto& [text, expected] : hostile) {
        INFO(text);
        const auto rows = directory->list({.search = text});
        REQUIRE(rows.has_value());
        CHECK(numbers(*rows) == expected);
    }
    CHECK(must(directory->list({})).size() == 4);
}

TEST_CASE("any bytes at all are a harmless search and a harmless row") {
    const Folder folder;
    const auto directory = people(folder);
    std::uint64_t random = 20240617;
    for (int round = 0; round < 2'000; ++round) {
        std::string text;
        for (int i = 0; i < 1 + round % 24; ++i) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            static constexpr std::string_view favourites = "\"'*()^:-+ \0\xe5\xbc\xa0\xf0\x9f\xef";
            const auto pick = random >> 33;
            text.push_back(pick % 3 == 0 ? static_cast<char>(pick >> 8) : favourites[pick % favourites.size()]);
        }
        INFO("round " << round);
        REQUIRE(directory->list({.search = text}).has_value());
        auto row = entry(9);
        row.search_texts = {text};
        row.holder = text;
        must(directory->apply({row}, 2));
        REQUIRE(must(directory->list({.holder = text})).back().holder == text);
    }
}

TEST_CASE("a search beyond its limits is refused with the limit") {
    const Folder folder;
    const auto directory = people(folder);
    std::string words;
    for (std::size_t i = 0; i < SqliteDirectory::search_words_max; ++i) words += "a ";
    REQUIRE(directory->list({.search = words}).has_value());
    words += "a";
    REQUIRE(directory->list({.search = words}).error().code == ErrorCode::invalid);
    REQUIRE(directory->list({.search = std::string(SqliteDirectory::search_bytes_max, 'a')}).has_value());
    REQUIRE(directory->list({.search = std::string(SqliteDirectory::search_bytes_max / 3, '\0')}).has_value());
    const auto refused = directory->list({.search = std::string(SqliteDirectory::search_bytes_max + 1, 'a')});
    REQUIRE(refused.error().code == ErrorCode::invalid);
    REQUIRE(refused.error().detail.find("4096") != std::string::npos);
}
