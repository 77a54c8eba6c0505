#include <array>
#include <catch2/catch.hpp>

#include "tests/storage/sqlite/directory_fixture.hpp"

using namespace anjie;
using namespace anjie::testing;

TEST_CASE("a row comes back as it was given, without its search texts") {
    const Folder folder;
    const auto directory = open(folder);
    auto full = entry(7);
    full.workflow = WorkflowId{2};
    full.closed = day(2024, 5, 2);
    full.amount_minor = -12;
    full.deadlines = {deadline(4, day(2024, 4, 3), 2), deadline(3, day(2024, 4, 3)), deadline(3, day(1999, 1, 1))};
    full.deadlines[1].next_alarm.reset();
    full.search_texts = {"张三"};
    auto bare = DirectoryEntry{.case_id = case_id(8)};
    must(directory->apply({full, bare}, 41));

    const auto rows = must(directory->list({}));
    full.search_texts.clear();
    REQUIRE(rows == std::vector{full, bare});
    REQUIRE(must(directory->cursor()) == 41);
}

TEST_CASE("a list and a due list can be limited to what is not too confidential") {
    const Folder folder;
    const auto directory = open(folder);
    std::vector<DirectoryEntry> rows;
    for (std::uint8_t level = 0; level < 3; ++level) {
        rows.push_back(entry(level));
        rows.back().confidentiality = level;
        rows.back().deadlines = {deadline(1, day(2024, 4, 1))};
    }
    must(directory->apply(rows, 3));

    REQUIRE(must(directory->list({})) == rows);
    for (std::uint8_t most = 0; most < 3; ++most) {
        const auto expected = std::vector(rows.begin(), rows.begin() + most + 1);
        REQUIRE(must(directory->list({.confidentiality_max = most})) == expected);
        const auto due = must(directory->due({.until = day(2030, 1, 1), .confidentiality_max = most}));
        REQUIRE(due.size() == expected.size());
        for (const auto& one : due) REQUIRE(one.entry.confidentiality <= most);
    }
    // Raised afterwards: the row follows.
    rows[0].confidentiality = 2;
    must(directory->apply({rows[0]}, 4));
    REQUIRE(numbers(must(directory->list({.confidentiality_max = std::uint8_t{1}}))) == Numbers{1});
}

TEST_CASE("applying a case again replaces its row, its deadlines and its words") {
    const Folder folder;
    const auto directory = open(folder);
    auto first = entry(1);
    first.deadlines = {deadline(1, day(2024, 4, 1)), deadline(2, day(2024, 4, 2))};
    first.search_texts = {"扎西多吉"};
    must(directory->apply({first}, 1));
    auto second = first;
    second.phase = "effective";
    second.deadlines = {deadline(4, day(2024, 5, 1))};
    second.search_texts = {"次仁卓玛"};
    must(directory->apply({second}, 2));

    REQUIRE(must(directory->list({})).front().phase == "effective");
    REQUIRE(must(directory->due({.until = day(2030, 1, 1)})).size() == 1);
    REQUIRE(must(directory->list({.search = "扎西"})).empty());
    REQUIRE(must(directory->list({.search = "卓玛"})).size() == 1);
    REQUIRE(must(directory->list({.search = "尼阿调〔2024〕1号"})).size() == 1);
}

TEST_CASE("clear forgets rows, words, deadlines, cursor and every trace of the text on disk") {
    const Folder folder;
    const auto directory = open(folder);
    auto row = entry(1);
    row.search_texts = {"Tashi Phuntsok"};
    row.deadlines = {deadline(1, day(2024, 4, 1))};
    must(directory->apply({row}, 9));
    const auto text_on_disk = [&] {
        for (const char* suffix : {"", "-wal"}) {
            std::ifstream file(folder.file().string() + suffix, std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(file), {}};
            if (bytes.find("huntsok") != std::string::npos) return true;
        }
        return false;
    };
    REQUIRE(text_on_disk());
    must(directory->clear());

    REQUIRE(must(directory->cursor()) == 0);
    REQUIRE(must(directory->list({})).empty());
    REQUIRE(must(directory->list({.search = "tashi"})).empty());
    REQUIRE(must(directory->due({.until = day(2030, 1, 1)})).empty());
    REQUIRE_FALSE(text_on_disk());
    must(directory->apply({row}, 3));
    REQUIRE(must(directory->list({.search = "tashi"})).size() == 1);
}

TEST_CASE("an organisation's list has its own cases and those below it, not those of a code that begins alike") {
    const Folder folder;
    const auto directory = open(folder);
    std::vector<DirectoryEntry> rows;
    for (std::uint32_t number = 1; number <= 5; ++number) rows.push_back(entry(number));
    const std::array codes{"540629-1", "540629-10", "540629-1-2", "540629", "CN-7"};
    for (std::size_t i = 0; i < codes.size(); ++i) rows[i].organisation = codes[i];
    must(directory->apply(rows, 1));
    const auto listed = [&](const char* top) { return numbers(must(directory->list({.organisation = top}))); };
    CHECK(listed("540629-1") == Numbers{1, 3});
    CHECK(listed("540629-10") == Numbers{2});
    CHECK(listed("540629") == Numbers{1, 2, 3, 4});
    CHECK(listed("540629000000") == Numbers{1, 2, 3, 4});
    CHECK(listed("CN") == Numbers{1, 2, 3, 4, 5});
}

TEST_CASE("every filter narrows the list, and filters combine") {
    const Folder folder;
    const auto directory = open(folder);
    std::vector<DirectoryEntry> rows;
    for (std::uint32_t number = 1; number <= 6; ++number) rows.push_back(entry(number));
    rows[0].organisation = "5406";
    rows[1].organisation = "54062410399";
    rows[2].organisation = "5407";
    rows[2].workflow = WorkflowId{2};
    rows[3].type = "pollution";
    rows[4].phase = "closed";
    rows[4].closed = day(2024, 6, 1);
    rows[5].holder = "m-02";
    rows[5].opened.reset();
    must(directory->apply(rows, 1));

    const auto listed = [&](const DirectoryFilter& filter) { return numbers(must(directory->list(filter))); };
    CHECK(listed({}) == Numbers{1, 2, 3, 4, 5, 6});
    CHECK(listed({.workflow = WorkflowId{2}}) == Numbers{3});
    CHECK(listed({.organisation = "5406"}) == Numbers{1, 2, 4, 5, 6});
    CHECK(listed({.organisation = "540624103"}) == Numbers{2, 4, 5, 6});
    CHECK(listed({.organisation = "54_6"}).empty());
    CHECK(listed({.organisation = "\xff\xff"}).empty());
    CHECK(listed({.type = "pollution"}) == Numbers{4});
    CHECK(listed({.phase = "closed"}) == Numbers{5});
    CHECK(listed({.holder = "m-02"}) == Numbers{6});
    CHECK(listed({.open = true}) == Numbers{1, 2, 3, 4, 6});
    CHECK(listed({.open = false}) == Numbers{5});
    CHECK(listed({.opened_from = day(2024, 3, 3)}) == Numbers{2, 3, 4, 5});
    CHECK(listed({.opened_to = day(2024, 3, 3)}) == Numbers{1, 2});
    CHECK(listed({.opened_from = day(2024, 3, 3), .opened_to = day(2024, 3, 4)}) == Numbers{2, 3});
    CHECK(listed({.organisation = "5406", .holder = "m-01", .opened_from = day(2024, 3, 4), .open = true}) ==
          Numbers{4});
    CHECK(listed({.type = "pollution' OR '1'='1"}).empty());
    CHECK(listed({.limit = 0}).empty());
}

TEST_CASE("pages follow one another by case id and a cursor that is no case id is refused") {
    const Folder folder;
    const auto directory = open(folder);
    std::vector<DirectoryEntry> rows;
    for (std::uint32_t number = 5; number >= 1; --number) rows.push_back(entry(number));
    must(directory->apply(rows, 1));

    CHECK(numbers(must(directory->list({.limit = 2}))) == Numbers{1, 2});
    CHECK(numbers(must(directory->list({.after = "00000002-0000-0000-0000-000000000007", .limit = 2}))) ==
          Numbers{3, 4});
    CHECK(numbers(must(directory->list({.after = "00000004-0000-0000-0000-000000000007", .limit = 2}))) == Numbers{5});
    CHECK(must(directory->list({.after = "00000005-0000-0000-0000-000000000007"})).empty());
    for (const char* after : {"2", "x", "00000002-0000-0000-0000-00000000000", "' OR 1"})
        CHECK(directory->list({.after = after}).error().code == ErrorCode::invalid);
}

TEST_CASE("the due list is by rolled day, then case, and knows what is overdue") {
    const Folder folder;
    const auto directory = open(folder);
    auto a = entry(1), b = entry(2), c = entry(3);
    a.deadlines = {deadline(3, day(2024, 5, 6)), deadline(4, day(2024, 4, 1))};
    b.deadlines = {deadline(3, day(2024, 4, 1), 1), deadline(3, day(2024, 4, 1), 2)};
    b.holder = "m-02";
    c.deadlines = {deadline(5, day(2024, 3, 31))};
    c.organisation = "5407";
    must(directory->apply({c, b, a}, 1));

    using Line = std::tuple<std::uint32_t, std::uint16_t, std::uint16_t>;
    const auto due = [&](const DueFilter& filter) {
        std::vector<Line> lines;
        for (const auto& line : must(directory->due(filter))) {
            CHECK(line.entry.search_texts.empty());
            CHECK_FALSE(line.entry.deadlines.empty());
            lines.emplace_back(numbers({line.entry}).front(), line.deadline.kind, line.deadline.item);
        }
        return lines;
    };
    const Line early{3, 5, 0}, mine{1, 4, 0}, first{2, 3, 1}, second{2, 3, 2}, late{1, 3, 0};
    CHECK(due({.until = day(2024, 5, 6)}) == std::vector{early, mine, first, second, late});
    CHECK(due({.until = day(2024, 5, 5)}) == std::vector{early, mine, first, second});
    CHECK(due({.until = day(2024, 5, 6), .overdue_on = day(2024, 4, 1)}) == std::vector{early});
    CHECK(due({.until = day(2024, 5, 6), .overdue_on = day(2024, 4, 2)}) == std::vector{early, mine, first, second});
    CHECK(due({.organisation = "5406", .until = day(2024, 4, 1)}) == std::vector{mine, first, second});
    CHECK(due({.holder = "m-02", .until = day(2024, 5, 6)}) == std::vector{first, second});
    CHECK(due({.until = day(2024, 5, 6), .limit = 2}) == std::vector{early, mine});
}

TEST_CASE("a case is found by its number or by enough digits of its id") {
    const Folder folder;
    const auto directory = open(folder);
    auto a = entry(0x12345678), b = entry(0x1234ffff), c = entry(0x20000000);
    a.number = "阿〔2024〕1号";
    b.number = "阿〔2024〕2号";
    c.number = "1234";
    must(directory->apply({a, b, c}, 1));

    CHECK(numbers({must(directory->find("阿〔2024〕2号"))}) == Numbers{0x1234ffff});
    CHECK(numbers({must(directory->find("12345"))}) == Numbers{0x12345678});
    CHECK(numbers({must(directory->find("1234FF"))}) == Numbers{0x1234ffff});
    CHECK(numbers({must(directory->find("12345678-0000-0000-0000-000000000007"))}) == Numbers{0x12345678});
    CHECK(numbers({must(directory->find("1234"))}) == Numbers{0x20000000});  // A number goes before an id's digits.
    CHECK(directory->find("123").error().code == ErrorCode::conflict);
    CHECK(directory->find("12345678-0000-0000-0000-0000000000070").error().code == ErrorCode::not_found);
    for (const char* nothing : {"", "-", "9", "zz", "' OR 1=1 --", "阿"})
        CHECK(directory->find(nothing).error().code == ErrorCode::not_found);

    auto twin = entry(0x30000000);
    twin.number = a.number;
    must(directory->apply({twin}, 2));
    CHECK(directory->find(a.number).error().code == ErrorCode::conflict);
}
