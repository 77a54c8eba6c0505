#include <catch2/catch.hpp>

#include <chrono>

#include "tests/storage/sqlite/directory_fixture.hpp"

using namespace anjie;
using namespace anjie::testing;

TEST_CASE("with 20 000 cases every page is prompt and no longer than its limit") {
    const Folder folder;
    const auto directory = open(folder);
    constexpr std::uint32_t count = 20'000;
    constexpr std::uint32_t batch = 2'000;
    for (std::uint32_t from = 0; from < count; from += batch) {
        std::vector<DirectoryEntry> rows;
        for (std::uint32_t number = from + 1; number <= from + batch; ++number) {
            auto row = entry(number);
            row.organisation = "5406" + std::to_string(10 + number % 50);
            row.holder = "m-" + std::to_string(number % 97);
            row.opened = day(2020, 1, 1) + std::chrono::days{static_cast<int>(number % 2'000)};
            if (number % 3 != 0) row.closed = *row.opened + std::chrono::days{20};
            row.deadlines = {deadline(3, *row.opened + std::chrono::days{30}),
                             deadline(4, *row.opened + std::chrono::days{60})};
            row.search_texts = {number == 17'777 ? "才旦卓嘎" : "扎西次仁", "邻里草场边界纠纷,双方就放牧范围发生争执"};
            rows.push_back(std::move(row));
        }
        must(directory->apply(rows, from + batch));
    }

    // Far above what any of these takes, far below what loading every row would.
    const auto prompt = [](auto&& read) {
        const auto start = std::chrono::steady_clock::now();
        auto rows = must(read());
        const auto took = std::chrono::steady_clock::now() - start;
        CHECK(took < std::chrono::milliseconds{150});
        return rows;
    };
    CHECK(prompt([&] { return directory->list({.limit = 50}); }).size() == 50);
    CHECK(numbers(prompt([&] { return directory->list({.search = "卓嘎"}); })) == Numbers{17'777});
    CHECK(prompt([&] { return directory->list({.search = "草场", .limit = 20}); }).size() == 20);
    CHECK(numbers(prompt([&] { return directory->list({.search = "尼阿调〔2024〕19999号"}); })) == Numbers{19'999});
    CHECK(prompt([&] { return directory->list({.organisation = "540612", .open = true, .limit = 10}); }).size() == 10);
    CHECK(prompt([&] { return directory->list({.holder = "m-5", .limit = 1'000}); }).size() == 207);
    CHECK(prompt([&] { return directory->due({.until = day(2030, 1, 1), .limit = 100}); }).size() == 100);
    CHECK(prompt([&] { return directory->due({.holder = "m-5", .until = day(2030, 1, 1), .limit = 100}); }).size() ==
          100);
    CHECK(prompt([&] { return directory->find("尼阿调〔2024〕20000号"); }).case_id == case_id(20'000));
    CHECK(prompt([&] { return directory->find("00004e20"); }).case_id == case_id(20'000));

    // Pages join without a gap or a repetition.
    std::size_t seen = 0;
    std::string after;
    while (true) {
        const auto page = must(directory->list({.after = after, .limit = 3'000}));
        if (page.empty()) break;
        seen += page.size();
        after.clear();
        for (const auto byte : page.back().case_id.bytes) {
            after += "0123456789abcdef"[byte >> 4];
            after += "0123456789abcdef"[byte & 15];
        }
    }
    CHECK(seen == count);
}
