#include "tests/support/print.hpp"
#include "tests/workflows/dispute/audit/told_cases.hpp"
#include "workflows/dispute/audit/detail/keyed_hash.hpp"
#include "workflows/dispute/audit/detail/normal_text.hpp"

using namespace anjie;
using namespace anjie::test;
using namespace anjie::dispute;
using audit::Severity;
using std::chrono::days;

namespace {

const Date day = make_date(2024, 3, 4);

/// Registered with nothing else in common with any other case.
void add(ToldCases& cases, Date on, std::uint32_t serial, std::vector<SealedField> sealed, std::string origin = {}) {
    auto order = steps::registration();
    order.amount = {serial * 100};
    order.origin = std::move(origin);
    cases.registered(on, serial, order, {.sealed = std::move(sealed)});
}

std::vector<SealedField> with_text(std::vector<SealedField> fields, std::string text) {
    fields.push_back(described(std::move(text)));
    return fields;
}

}  // namespace

TEST_CASE("All parties the same within the window look like one dispute, whoever applied; one party less does not") {
    const auto story = [](std::vector<std::string> second, int apart) {
        ToldCases cases;
        add(cases, day, 1, named({"扎西", "次仁"}));
        add(cases, day + days{apart}, 2, named(second));
        return cases.found("duplicate");
    };
    const auto found = story({"次仁", " 扎西"}, 90);
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::warning);
    CHECK(found[0].cases == 2);
    REQUIRE(found[0].events.size() == 2);
    CHECK(found[0].events[0].case_id != found[0].events[1].case_id);
    CHECK(found[0].sentence.zh.find("扎西") == std::string::npos);
    CHECK(found[0].sentence.en.find("90 days") != std::string::npos);
    CHECK(story({"次仁", "扎西"}, 91).empty());
    CHECK(story({"次仁", "扎西顿珠"}, 0).empty());
    CHECK(story({"扎西", "扎西"}, 0).empty());
}

TEST_CASE("The same description is asked about, and with the same parties it is serious; a short one says nothing") {
    const auto story = [](std::string first, std::string second, std::vector<std::string> parties) {
        ToldCases cases;
        add(cases, day, 1, with_text(named({"扎西", "次仁"}), std::move(first)));
        add(cases, day + days{3}, 2, with_text(named(parties), std::move(second)));
        return cases.found("duplicate");
    };
    auto found = story("院墙外堆放牛粪饼，占道。", "院墙外堆放牛粪饼占道", {"丹增", "平措"});
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::warning);
    found = story("院墙外堆放牛粪饼占道", "院墙外堆放牛粪饼占道", {"扎西", "次仁"});
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::serious);
    CHECK(story("院墙外堆放牛粪饼占道", "院墙外堆放干草占道", {"丹增", "平措"}).empty());
    CHECK(story("邻里", "邻里", {"丹增", "平措"}).empty());
}

TEST_CASE("One lead that became two cases is serious, however far apart") {
    ToldCases cases;
    add(cases, day, 1, named({"扎西", "次仁"}), "lead-7");
    add(cases, day + days{300}, 2, named({"丹增", "平措"}), "lead-7");
    add(cases, day + days{300}, 3, named({"德吉", "旺堆"}), "lead-8");
    const auto found = cases.found("duplicate");
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::serious);
    CHECK(found[0].cases == 2);

    ToldCases taken;
    add(taken, day, 1, {});
    taken.event(day, CaseTakenOver{.from = "540629-103", .reference = "9"});
    add(taken, day, 2, {});
    taken.event(day, CaseTakenOver{.from = "540629-103", .reference = "9"});
    add(taken, day, 3, {});
    taken.event(day, CaseTakenOver{.from = "540629-104", .reference = "9"});
    CHECK(taken.found("duplicate").size() == 1);
}

TEST_CASE("The same day, type and amount is a note, which needs no sealed text; another day is not") {
    const auto story = [](int apart) {
        ToldCases cases;
        cases.sealed_text_lost = true;
        cases.registered(day, 1, steps::registration(), {.sealed = named({"扎西", "次仁"})});
        cases.registered(day + days{apart}, 2, steps::registration(), {.sealed = named({"扎西", "次仁"})});
        return cases.audit();
    };
    auto findings = story(0);
    REQUIRE(findings.of("duplicate").size() == 1);
    CHECK(findings.of("duplicate")[0].severity == Severity::note);
    findings = story(1);
    CHECK(findings.of("duplicate").empty());
    CHECK(findings.undecided("duplicate").at("sealed_text_absent") == 2);
}

TEST_CASE("Masked names, lost texts and fields that will not open are undecided, never a match and never an error") {
    ToldCases masked;
    add(masked, day, 1, named({"张某", "李**"}));
    add(masked, day, 2, named({"张某", "李**"}));
    CHECK(masked.found("duplicate").empty());
    CHECK(masked.audit().undecided("duplicate").at("names_masked_or_absent") == 2);

    ToldCases closed;
    add(closed, day, 1, named({"扎西", "次仁"}));
    add(closed, day, 2, named({"扎西", "次仁"}));
    CHECK(closed.found("duplicate").size() == 1);
    closed.unseal_fails = ErrorCode::not_found;
    CHECK(closed.found("duplicate").empty());
    CHECK(closed.audit().undecided("duplicate").at("sealed_text_absent") == 2);
}

TEST_CASE("Names are compared as they were corrected") {
    ToldCases cases;
    add(cases, day, 1, named({"扎西", "次仁"}));
    add(cases, day, 2, named({"扎西", "次人"}));
    CHECK(cases.found("duplicate").empty());
    cases.event(day, FactCorrected{.corrects = 1, .field = {}, .value = {}},
                {.sealed = {{2, static_cast<std::uint16_t>(SealedCode::name), "次仁"}}});
    CHECK(cases.found("duplicate").size() == 1);
}

TEST_CASE("A case asked about is compared with all others; two others are nobody's business") {
    ToldCases cases;
    add(cases, day, 1, named({"扎西", "次仁"}));
    add(cases, day + days{60}, 2, named({"扎西", "次仁"}));
    const auto asked = [&](Date from, Date to) {
        return cases.audit({.from = from, .to = to, .organisation = {}}).of("duplicate").size();
    };
    CHECK(asked(day, day) == 1);
    CHECK(asked(day + days{60}, day + days{60}) == 1);
    CHECK(asked(day + days{61}, day + days{61}) == 0);
    CHECK(cases.audit({.from = {}, .to = {}, .organisation = "5407"}).of("duplicate").empty());
}

TEST_CASE("Texts are compared without spaces, punctuation, width and case") {
    using audit::detail::normal_text;
    CHECK(normal_text("次旦·罗布　").text == "次旦罗布");
    CHECK(normal_text("Ａｂ１２，。").text == "ab12");
    CHECK(normal_text("院墙（外）堆放。").characters == 5);
    CHECK(normal_text("\xff\xe6").text == "\xff\xe6");
    CHECK(normal_text("").characters == 0);
}

TEST_CASE("The keyed hash is SipHash-2-4 by its published vectors, and another key gives another hash") {
    const std::array<std::uint64_t, 2> key{0x0706050403020100, 0x0f0e0d0c0b0a0908};
    std::string text;
    CHECK(audit::detail::keyed_hash(key, text) == 0x726fdb47dd0e0e31);
    for (char i = 0; i < 15; ++i) text.push_back(i);
    CHECK(audit::detail::keyed_hash(key, text) == 0xa129ca6149be45e5);
    CHECK(audit::detail::keyed_hash(key, text.substr(0, 8)) == 0x93f5f5799a932462);
    CHECK(audit::detail::keyed_hash({1, 2}, text) != audit::detail::keyed_hash({1, 3}, text));
}
