#include "adapters/rulebook/rule_sets.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>

#include "adapters/rulebook/load_rules.hpp"

namespace anjie::rulebook {
namespace {

using namespace dispute;

/// A good file with one piece replaced; must be refused with all of `words`.
void check_refused(std::string_view piece, std::string_view replacement,
                   std::initializer_list<std::string_view> words) {
    std::string text = R"({"jurisdiction": "54", "sets": [{"version": "54-1", "effective_from": "2024-01-01",
        "deadlines": [{"id": "54.T-REV", "kind": "revisit", "period": "1m",
            "reference": {"id": "X", "mark": "M", "zh": "本地配置：回访", "en": "Local configuration: revisit"}}],
        "mandatory_documents": ["agreement"], "alarm_days": [7, 3, 0], "revisit_after_failure": false}]})";
    REQUIRE(parse_rule_sets(text, "54.json").has_value());
    const auto at = text.find(piece);
    REQUIRE(at != std::string::npos);
    text.replace(at, piece.size(), replacement);
    const auto sets = parse_rule_sets(text, "54.json");
    CAPTURE(replacement);
    REQUIRE_FALSE(sets.has_value());
    CHECK(sets.error().code == ErrorCode::invalid);
    CHECK(sets.error().detail.starts_with("54.json: "));
    CAPTURE(sets.error().detail);
    for (const auto word : words) CHECK(sets.error().detail.find(word) != std::string::npos);
}

const RuleSet& set_of(const std::vector<RuleSet>& sets, std::string_view version) {
    const auto found = std::ranges::find(sets, version, &RuleSet::version);
    REQUIRE(found != sets.end());
    return *found;
}

const DeadlineRule& rule_of(const RuleSet& set, std::string_view id) {
    const auto found = std::ranges::find(set.deadlines, id, &DeadlineRule::id);
    REQUIRE(found != set.deadlines.end());
    return *found;
}

}  // namespace

TEST_CASE("the embedded rules are sound, and no rule of configuration reads like law") {
    const auto sets = load_rule_sets();
    if (!sets) FAIL(sets.error().detail);
    REQUIRE(sets->size() == 3);
    for (const auto& set : *sets) {
        for (const auto& rule : set.deadlines) {
            CAPTURE(rule.id);
            CHECK(rule.id.starts_with(set.jurisdiction + ".T-"));
            const bool cites_law = rule.reference.title.zh.find("》第") != std::string::npos;
            CHECK((rule.reference.mark == SourceMark::configuration) == !cites_law);
        }
        CHECK_FALSE(set.mandatory_documents.empty());
        CHECK_FALSE(set.closing_reference.id.empty());
    }
}

TEST_CASE("the nation's periods are those of the law") {
    const auto sets = load_rule_sets();
    REQUIRE(sets.has_value());
    const auto& nation = set_of(*sets, "CN-2024.1");
    const auto period = [&](std::string_view id) { return to_string(rule_of(nation, id).period); };
    CHECK(period("CN.T-MED") == "1m");
    CHECK(period("CN.T-MED.medical") == "30wd");
    CHECK(period("CN.T-MED.migrant_wages") == "15d");
    CHECK(period("CN.T-MED.other_labour") == "15d");
    CHECK(period("CN.T-MED.court") == "30d");
    CHECK(period("CN.T-CONF") == "30d");
    CHECK(period("CN.T-OBJ.party") == "15d");
    CHECK(period("CN.T-OBJ.third_party") == "6m");
    CHECK(period("CN.T-ENF") == "2y");
    CHECK(period("CN.T-LIM") == "3y");
    CHECK(period("CN.T-TRAF") == "3d");
    CHECK(rule_of(nation, "CN.T-MED.medical").type == DisputeType::medical);
    CHECK(rule_of(nation, "CN.T-MED.court").source == CaseSource::court);
    CHECK(rule_of(nation, "CN.T-MED").extendable);
    CHECK_FALSE(rule_of(nation, "CN.T-CONF").extendable);
    CHECK(rule_of(nation, "CN.T-REV").reference.mark == SourceMark::configuration);
    CHECK(nation.no_electronic_signature == std::vector{DisputeType::marriage_family});
    CHECK_FALSE(nation.revisit_required_before_closing);
}

TEST_CASE("the township's county asks for a revisit within one month, before closing") {
    const auto sets = load_rule_sets();
    REQUIRE(sets.has_value());
    const auto& county = set_of(*sets, "540629-2024.1");
    CHECK(county.jurisdiction == "540629");
    CHECK(county.revisit_required_before_closing);
    CHECK(county.closing_reference.mark == SourceMark::configuration);
    CHECK(rule_of(county, "540629.T-REV").period == Period{1, PeriodUnit::months});
    CHECK(std::ranges::count(county.mandatory_documents, DocumentKind::revisit_record) == 1);
}

TEST_CASE("a wrong rule file is refused with file, place, value and way out") {
    check_refused(R"("period": "1m")", R"("period": "1 moon")", {"sets[0].deadlines[0].period", "1 moon", "30d"});
    check_refused(R"("period": "1m")", R"("period": "0d")", {"sets[0].deadlines[0].period", "1 to"});
    check_refused(R"("period": "1m")", R"("periode": "1m")",
                  {"sets[0].deadlines[0].periode", "unknown name", "period"});
    check_refused(R"("kind": "revisit")", R"("kind": "revisits")",
                  {"deadlines[0].kind", "revisits", "revisit (回访期限)"});
    check_refused(R"("mark": "M")", R"("mark": "X")", {"reference.mark", "C, S, M"});
    check_refused("本地配置：回访", "《人民调解法》第一条", {"deadlines[0].reference", "本地配置"});
    check_refused(R"(["agreement"])", R"(["agreement", "agreement"])", {"mandatory_documents[1]", "twice"});
    check_refused(R"(["agreement"])", R"(["contract"])", {"mandatory_documents[0]", "contract", "agreement"});
    check_refused("[7, 3, 0]", "[7, 3]", {"alarm_days", "three"});
    check_refused("[7, 3, 0]", "[3, 7, 0]", {"alarm_days[1]", "smaller"});
    check_refused(R"("2024-01-01")", R"("2024-02-30")", {"effective_from", "2024-02-30"});
    check_refused(R"("revisit_after_failure": false)", R"("revisit_required_before_closing": true)",
                  {"sets[0]", "closing_reference"});
    check_refused(R"("jurisdiction": "54")", R"("jurisdiction": "5406")", {"jurisdiction", "5406.json"});
    check_refused(R"("jurisdiction": "54")", R"("jurisdiction": "Tibet")", {"jurisdiction", "division code"});
    check_refused(R"("sets": [)", R"("sets": [{"version": "54-0", "effective_from": "2024-01-01"}, )",
                  {"sets[1]", "54-0", "same day"});
    check_refused(R"("sets": [)", R"("sets": [{"version": "54-1", "effective_from": "2023-01-01"}, )",
                  {"sets[1]", "54-1", "twice"});
    check_refused("}]}", "}]", {"line"});
}

TEST_CASE("a village of the county is decided under the county's rules over the nation's") {
    const auto book = load_rules();
    REQUIRE(book.has_value());
    const auto* set = book->in_force("540629102201", make_date(2024, 3, 5));
    REQUIRE(set != nullptr);
    CHECK(set->version == "540629-2024.1");
    const auto* limit = deadline_rule(*set, DeadlineKind::mediation, DisputeType::medical, CaseSource::application);
    REQUIRE(limit != nullptr);
    CHECK(limit->id == "CN.T-MED.medical");
    const auto* revisit = deadline_rule(*set, DeadlineKind::revisit, DisputeType::neighbour, CaseSource::application);
    REQUIRE(revisit != nullptr);
    CHECK(revisit->id == "540629.T-REV");
    CHECK(set->no_electronic_signature == std::vector{DisputeType::marriage_family});

    const auto* earlier = book->in_force("540629102201", make_date(2023, 12, 31));
    REQUIRE(earlier != nullptr);
    CHECK(earlier->version == "CN-2011.1");
    CHECK(book->in_force("540629", make_date(2010, 12, 31)) == nullptr);
}

TEST_CASE("a rule directory adds files and replaces embedded ones") {
    const auto root = std::filesystem::temp_directory_path() / "anjie_rule_sets_test";
    std::filesystem::remove_all(root);
    std::filesystem::create_directories(root / "rules");
    const auto write = [&](std::string_view name, std::string_view text) {
        std::ofstream(root / "rules" / name) << text;
    };
    write("540629.json", R"({"jurisdiction": "540629", "sets": []})");
    write("33.json", R"({"jurisdiction": "33", "sets": [{"version": "33-1", "effective_from": "2020-05-01"}]})");
    const auto sets = load_rule_sets(root);
    if (!sets) FAIL(sets.error().detail);
    std::set<std::string> versions;
    for (const auto& set : *sets) versions.insert(set.version);
    CHECK(versions == std::set<std::string>{"33-1", "CN-2011.1", "CN-2024.1"});

    write("33.json", R"({"jurisdiction": "33", "sets": [{"version": "CN-2024.1", "effective_from": "2020-05-01"}]})");
    const auto twice = load_rule_sets(root);
    REQUIRE_FALSE(twice.has_value());
    CHECK(twice.error().detail.find("33.json") != std::string::npos);
    write("33.json", R"({"jurisdiction": "33", "sets": []})");
    write("CN.json", R"({"jurisdiction": "CN", "sets": []})");
    CHECK_FALSE(load_rule_sets(root).has_value());
    std::filesystem::remove_all(root);
}

}  // namespace anjie::rulebook
