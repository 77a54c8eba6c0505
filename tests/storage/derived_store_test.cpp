#include <catch2/catch.hpp>

#include "tests/storage/stores_under_test.hpp"

namespace anjie::test {
namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

Rows rows_of(const DerivedStore& store, const DerivedName& name, std::string_view from = "", std::string_view to = "") {
    Rows rows;
    REQUIRE(store.scan(name, from, to, [&](std::string_view key, std::string_view value) {
        rows.emplace_back(key, value);
        return true;
    }));
    return rows;
}

std::optional<DerivedHead> head_of(const DerivedStore& store, std::string_view name) {
    const auto head = store.head(name);
    REQUIRE(head);
    return *head;
}

}  // namespace

TEMPLATE_TEST_CASE("rows are written, overwritten, deleted, read one by one and in ranges", "",
                   ANJIE_STORES_UNDER_TEST) {
    TestType under_test;
    for (const DerivedName& name : {DerivedName{"dispute.statistics", 1}, DerivedName{"timers", 1}}) {
        auto& store = under_test.derived();
        const std::string binary("\0\xff", 2);
        REQUIRE(store.write(name, {{"b", "2"}, {"a", "1"}, {"d", "4"}, {binary, binary}}, std::nullopt));
        REQUIRE(store.write(name, {{"c", ""}, {"d", std::nullopt}, {"a", "one"}}, std::nullopt));
        CHECK(rows_of(store, name) == Rows{{binary, binary}, {"a", "one"}, {"b", "2"}, {"c", ""}});
        CHECK(rows_of(store, name, "a", "c") == Rows{{"a", "one"}, {"b", "2"}});
        CHECK(rows_of(store, name, "b") == Rows{{"b", "2"}, {"c", ""}});
        CHECK(rows_of(store, name, "c", "a").empty());
        CHECK(*store.get(name, "c") == "");
        CHECK(*store.get(name, "d") == std::nullopt);
        const auto many = store.get_many(name, {"d", "b", "zz", "a"});
        REQUIRE(many);
        CHECK(*many == std::vector<std::optional<std::string>>{std::nullopt, "2", std::nullopt, "one"});
        CHECK(store.get_many(name, {})->empty());
    }
}

TEMPLATE_TEST_CASE("names and generations do not see each other's rows, even when one begins like another", "",
                   ANJIE_STORES_UNDER_TEST) {
    TestType under_test;
    auto& store = under_test.derived();
    const std::vector<DerivedName> names{{"a", 1},  {"a", 2},      {"a", 0x01000000},
                                         {"ab", 1}, {"timers", 1}, {"timers", 2}};
    for (const auto& name : names)
        REQUIRE(store.write(name, {{"key", name.name + std::to_string(name.generation)}}, std::nullopt));
    for (const auto& name : names)
        CHECK(rows_of(store, name) == Rows{{"key", name.name + std::to_string(name.generation)}});
    REQUIRE(store.drop({"a", 1}));
    REQUIRE(store.drop({"timers", 2}));
    REQUIRE(store.drop({"never", 1}));
    for (const auto& name : names) {
        const bool dropped = name == DerivedName{"a", 1} || name == DerivedName{"timers", 2};
        CHECK(rows_of(store, name).size() == (dropped ? 0 : 1));
    }
    REQUIRE(store.write({"a", 1}, {{"key", "again"}}, std::nullopt));
    CHECK(rows_of(store, {"a", 1}) == Rows{{"key", "again"}});
}

TEMPLATE_TEST_CASE("a head moves with its rows, and names are those with a head", "", ANJIE_STORES_UNDER_TEST) {
    TestType under_test;
    CHECK(head_of(under_test.derived(), "timers") == std::nullopt);
    CHECK(under_test.derived().names()->empty());
    const DerivedHead first{1, 10, 3};
    const DerivedHead second{2, 0x123456789a, 0xffffffff};
    REQUIRE(under_test.derived().write({"timers", 1}, {{"k", "v"}}, first));
    REQUIRE(under_test.derived().write({"b.statistics", 1}, {}, first));
    REQUIRE(under_test.derived().write({"b.statistics", 2}, {{"k", "v"}}, second));
    REQUIRE(under_test.derived().write({"a.unfinished", 1}, {{"k", "v"}}, std::nullopt));
    REQUIRE(under_test.derived().make_durable());
    for (const bool again : {false, true}) {
        if (again) under_test.reopen();
        CHECK(head_of(under_test.derived(), "timers") == first);
        CHECK(head_of(under_test.derived(), "b.statistics") == second);
        CHECK(head_of(under_test.derived(), "a.unfinished") == std::nullopt);
        CHECK(*under_test.derived().names() == std::vector<std::string>{"b.statistics", "timers"});
        CHECK(rows_of(under_test.derived(), {"b.statistics", 2}) == Rows{{"k", "v"}});
    }
}

TEMPLATE_TEST_CASE("a generation loaded and made durable is there after opening again", "", ANJIE_STORES_UNDER_TEST) {
    TestType under_test;
    std::vector<DerivedWrite> rows;
    for (int i = 0; i < 2000; ++i) rows.push_back({"key" + std::to_string(i), std::string(100, 'v')});
    for (const DerivedName& name : {DerivedName{"x", 4}, DerivedName{"timers", 4}})
        REQUIRE(under_test.derived().load(name, rows));
    REQUIRE(under_test.derived().make_durable());
    REQUIRE(under_test.derived().write({"x", 4}, {}, DerivedHead{4, 77, 1}));
    under_test.reopen();
    CHECK(rows_of(under_test.derived(), {"x", 4}).size() == 2000);
    CHECK(rows_of(under_test.derived(), {"timers", 4}).size() == 2000);
    CHECK(head_of(under_test.derived(), "x") == DerivedHead{4, 77, 1});
}

TEMPLATE_TEST_CASE("a scan of rows keeps to its moment while rows change, and stops when asked to", "",
                   ANJIE_STORES_UNDER_TEST) {
    TestType under_test;
    auto& store = under_test.derived();
    REQUIRE(store.write({"x", 1}, {{"a", "1"}, {"b", "1"}, {"c", "1"}}, std::nullopt));
    Rows rows;
    REQUIRE(store.scan({"x", 1}, "", "", [&](std::string_view key, std::string_view value) {
        REQUIRE(store.write({"x", 1}, {{"b", "2"}, {"c", std::nullopt}, {"d", "2"}}, std::nullopt));
        rows.emplace_back(key, value);
        return true;
    }));
    CHECK(rows == Rows{{"a", "1"}, {"b", "1"}, {"c", "1"}});
    int visits = 0;
    REQUIRE(store.scan({"x", 1}, "", "", [&](std::string_view, std::string_view) { return ++visits < 2; }));
    CHECK(visits == 2);
}

}  // namespace anjie::test
