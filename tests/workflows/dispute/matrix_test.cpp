#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/support/dispute_situations.hpp"
#include "tests/support/dispute_story.hpp"

using namespace anjie;
using namespace anjie::test;

namespace {

/// One column per typical situation of a case, one row per order: "ok" or the code of the refusal.
std::string matrix() {
    const auto situations = dispute_situations();
    std::vector<std::vector<std::string>> rows;
    for (const auto& situation : situations) {
        const auto& story = situation.story;
        const auto answers = story.workflow().actions(story.state, story.context_at(on_day(situation.day)));
        if (rows.empty()) rows.resize(answers.size());
        for (std::size_t i = 0; i < answers.size(); ++i) {
            if (rows[i].empty()) rows[i].push_back(std::string(answers[i].command));
            rows[i].push_back(answers[i].refusal ? answers[i].refusal->code : "ok");
        }
    }
    std::ostringstream text;
    text << "# What may be ordered in which situation of a dispute: ok, or why not.\n";
    for (const auto& row : rows) {
        text << row[0] << "\n";
        for (std::size_t i = 1; i < row.size(); ++i) {
            std::string name = situations[i - 1].name;
            name.resize(28, ' ');
            text << "    " << name << row[i] << "\n";
        }
    }
    return text.str();
}

}  // namespace

TEST_CASE("The table of situations and orders is as written down") {
    const std::string path = std::string(ANJIE_GOLDEN) + "/dispute_matrix.txt";
    const auto actual = matrix();
    if (std::getenv("ANJIE_WRITE_GOLDEN") != nullptr) std::ofstream(path) << actual;
    std::ifstream file(path);
    std::stringstream expected;
    expected << file.rdbuf();
    CHECK(actual == expected.str());
}

TEST_CASE("The situations show every phase of the procedure, the revisit, the confirmation, the file and the custody") {
    std::set<dispute::ProcedurePhase> procedure;
    std::set<dispute::RevisitPhase> revisit;
    std::set<dispute::ConfirmationPhase> confirmation;
    std::set<dispute::FilePhase> file;
    std::set<dispute::PerformancePhase> performance;
    std::set<dispute::CustodyPhase> custody;
    for (const auto& [name, day, story] : dispute_situations()) {
        procedure.insert(story.state.procedure);
        revisit.insert(story.state.revisit);
        confirmation.insert(story.state.confirmation);
        file.insert(story.state.file);
        custody.insert(story.state.custody);
        for (const auto& owed : story.state.obligations) performance.insert(owed.phase);
    }
    CHECK(procedure.size() == code_table(dispute::ProcedurePhase{}).size());
    CHECK(revisit.size() == code_table(dispute::RevisitPhase{}).size());
    CHECK(confirmation.size() == code_table(dispute::ConfirmationPhase{}).size());
    CHECK(file.size() == code_table(dispute::FilePhase{}).size());
    CHECK(performance.size() == code_table(dispute::PerformancePhase{}).size());
    CHECK(custody.size() == code_table(dispute::CustodyPhase{}).size());
}

TEST_CASE("What an action says, the order itself meets") {
    // A possible action may still be refused for its values; an impossible one is refused with the same words.
    for (const auto& [name, day, story] : dispute_situations()) {
        const auto answers = story.workflow().actions(story.state, story.context_at(on_day(day)));
        const auto orders = one_of_each_order();
        REQUIRE(answers.size() == orders.size());
        for (std::size_t i = 0; i < orders.size(); ++i) {
            if (!answers[i].refusal) continue;
            const auto decided = story.workflow().decide(story.state, orders[i], story.context_at(on_day(day)));
            INFO(name << " " << answers[i].command);
            REQUIRE_FALSE(decided);
            CHECK(decided.error() == *answers[i].refusal);
        }
    }
}
