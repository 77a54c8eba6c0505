#include "adapters/rulebook/calendars.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "tests/engine/notices.hpp"
#include "tests/support/print.hpp"

using namespace anjie;
using rulebook::Calendars;
using std::chrono::days;
namespace fs = std::filesystem;

namespace {

const Calendars& embedded() {
    static const Result<Calendars> loaded = Calendars::load();
    INFO((loaded ? "" : loaded.error().detail));
    REQUIRE(loaded);
    return *loaded;
}

Calendar calendar_of(std::string_view division) {
    auto calendar = embedded().at(division);
    REQUIRE(calendar);
    return *calendar;
}

// A directory of its own that is gone after the test.
class Folder {
public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "anjie-rulebook-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }

    void write(const std::string& name, std::string_view text) const {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << text;
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

constexpr std::string_view nagqu = R"({"region": "5406", "version": "t-1", "papers": [],
    "known": [{"from": "2024-01-01", "to": "2024-12-31"}],
    "days": [{"date": "2024-08-10", "off": false, "name": "a"}, {"date": "2024-08-12", "off": true, "name": "赛马节"}]})";

std::string with(std::string_view key, std::string_view value) {
    std::map<std::string_view, std::string_view> members{{"region", R"("CN")"},
                                                         {"version", R"("1")"},
                                                         {"papers", "[]"},
                                                         {"known", R"([{"from": "2024-01-01", "to": "2024-12-31"}])"},
                                                         {"days", "[]"}};
    members[key] = value;
    std::string text = "{";
    for (const auto& [name, member] : members)
        if (!member.empty())
            text += (text.size() > 1 ? ", \"" : "\"") + std::string(name) + "\": " + std::string(member);
    return text + "}";
}

std::string complaint_about(std::string_view text, std::string_view name = "CN.json") {
    const auto parsed = rulebook::parse_calendar(text, name);
    REQUIRE_FALSE(parsed);
    REQUIRE(parsed.error().code == ErrorCode::invalid);
    return parsed.error().detail;
}

}  // namespace

TEST_CASE("the embedded national calendar has the days of the published table for 2024 to 2026") {
    const Calendar loaded = calendar_of("CN");
    const Calendar table = test::national_calendar();
    for (Date day = make_date(2024, 1, 1); day <= make_date(2026, 12, 31); day += days{1}) {
        INFO(to_string(day));
        REQUIRE(loaded.is_off(day) == table.is_off(day));
    }
}

TEST_CASE("the embedded calendar of Tibet has the days of Lhasa's notices of 2025 and 2026") {
    const Calendar loaded = calendar_of("540629");
    const Calendar table = test::lhasa_calendar();
    for (Date day = make_date(2024, 1, 1); day <= make_date(2026, 12, 31); day += days{1}) {
        INFO(to_string(day));
        REQUIRE(loaded.is_off(day) == table.is_off(day));
    }
    CHECK_FALSE(loaded.is_off(make_date(2023, 2, 18)));
    CHECK_FALSE(loaded.is_off(make_date(2023, 2, 19)));
    CHECK(loaded.is_off(make_date(2023, 2, 20)));
    CHECK(loaded.is_off(make_date(2023, 2, 26)));
}

TEST_CASE("every year's notice is embedded with all its days off and worked weekend days") {
    struct Year {
        int year, off, worked;
    };
    const Year expected[] = {{2015, 26, 5}, {2016, 24, 6}, {2017, 24, 5}, {2018, 25, 7}, {2019, 22, 6}, {2020, 30, 6},
                             {2021, 31, 7}, {2022, 32, 7}, {2023, 26, 7}, {2024, 28, 8}, {2025, 28, 5}, {2026, 33, 6}};
    std::map<int, std::pair<int, int>> counted;
    const auto& file = embedded().files().find("CN")->second;
    for (const auto& [day, off] : file.layer.is_off)
        ++(off ? counted[year_of(day)].first : counted[year_of(day)].second);
    CHECK(counted.size() == std::size(expected));
    for (const auto& [year, off, worked] : expected) {
        INFO(year);
        CHECK(counted[year] == std::pair{off, worked});
        CHECK(std::ranges::any_of(file.notices, [year = year](const auto& notice) { return notice.year == year; }));
    }
    CHECK(file.names.at(make_date(2025, 1, 28)) == "春节");
    CHECK(file.names.size() == file.layer.is_off.size());
}

TEST_CASE("the days of a December that the next year's notice decided are in the calendar") {
    const Calendar nation = calendar_of("CN");
    CHECK(nation.is_off(make_date(2018, 12, 31)));
    CHECK_FALSE(nation.is_off(make_date(2018, 12, 29)));
    CHECK(due_day(make_date(2022, 12, 1), {30, PeriodUnit::days}, nation) ==
          DueDay{make_date(2022, 12, 31), make_date(2023, 1, 3), false});
}

TEST_CASE("what no notice settles is provisional") {
    const Calendar nation = calendar_of("CN");
    CHECK_FALSE(nation.is_provisional(make_date(2026, 12, 24)));
    CHECK(nation.is_provisional(make_date(2026, 12, 31)));
    CHECK(nation.is_provisional(make_date(2014, 12, 31)));
    const Calendar township = calendar_of("540629201");
    CHECK(township.is_provisional(make_date(2024, 3, 5)));
    CHECK_FALSE(township.is_provisional(make_date(2025, 3, 5)));
    CHECK(township.is_provisional(make_date(2025, 8, 25)));  // The summer holidays were not found.
    CHECK_FALSE(calendar_of("330200").is_provisional(make_date(2024, 3, 5)));
}

TEST_CASE("the twelve disputes' month ends on the right days in Nyima") {
    const Calendar nyima = calendar_of("540629");
    CHECK(due_day(make_date(2025, 1, 31), {1, PeriodUnit::months}, nyima) ==
          DueDay{make_date(2025, 2, 28), make_date(2025, 3, 5), false});
    CHECK(due_day(make_date(2026, 2, 12), {5, PeriodUnit::workdays}, nyima).rolled == make_date(2026, 3, 2));
    CHECK(due_day(make_date(2024, 8, 31), {1, PeriodUnit::months}, nyima) ==
          DueDay{make_date(2024, 9, 30), make_date(2024, 9, 30), true});
}

TEST_CASE("a division takes every layer whose code begins its own, and its version names them") {
    CHECK(calendar_of("CN").version() == "CN/2026-1");
    CHECK(calendar_of("540629201").version() == "CN/2026-1+54/2026-1");
    CHECK(calendar_of("4403").version() == "CN/2026-1");
    CHECK(calendar_of("45").layers().size() == 1);
    for (const std::string_view wrong : {"", "5", "cn", "54-06", "1234567890123", "CN54", "５４"}) {
        INFO(wrong);
        CHECK_FALSE(embedded().at(wrong));
    }
}

TEST_CASE("there is one calendar per region that has a file") {
    const auto calendars = embedded().by_region();
    REQUIRE(calendars.size() == 2);
    CHECK(calendars.find("CN")->second.version() == "CN/2026-1");
    CHECK(calendars.find("54")->second.version() == "CN/2026-1+54/2026-1");
}

TEST_CASE("a file of the directory is added to the embedded ones, or replaces the one of its name") {
    const Folder folder;
    REQUIRE(Calendars::load(folder.path()));
    folder.write("calendars/CN-5406.json", nagqu);
    folder.write("calendars/readme.txt", "not a calendar");
    const auto added = Calendars::load(folder.path());
    REQUIRE(added);
    const auto county = added->at("540629");
    REQUIRE(county);
    CHECK(county->version() == "CN/2026-1+54/2026-1+5406/t-1");
    CHECK(county->is_off(make_date(2024, 8, 12)));
    CHECK_FALSE(county->is_off(make_date(2024, 8, 10)));
    CHECK_FALSE(added->at("5401")->is_off(make_date(2024, 8, 12)));
    folder.write("calendars/CN.json", with("version", R"("mine")"));
    const auto replaced = Calendars::load(folder.path());
    REQUIRE(replaced);
    CHECK(replaced->at("CN")->version() == "CN/mine");
    CHECK_FALSE(replaced->at("CN")->is_off(make_date(2025, 10, 1)));
}

TEST_CASE("a directory that is missing or holds a wrong file is refused") {
    const Folder folder;
    const auto missing = Calendars::load(folder.path() / "absent");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == ErrorCode::not_found);
    folder.write("calendars/CN-44.json", nagqu);
    const auto misnamed = Calendars::load(folder.path());
    REQUIRE_FALSE(misnamed);
    CHECK(
        misnamed.error().detail.starts_with("CN-44.json: region: \"5406\": the calendar of this region is called "
                                            "CN-5406.json"));
    folder.write("calendars/CN-44.json", std::string((1 << 20) + 1, ' '));
    const auto huge = Calendars::load(folder.path());
    REQUIRE_FALSE(huge);
    CHECK(huge.error().code == ErrorCode::invalid);
}

TEST_CASE("a wrong calendar file is refused with the place, the value and the way out") {
    REQUIRE(rulebook::parse_calendar(with("region", R"("CN")"), "CN.json"));
    CHECK(complaint_about("{").starts_with("CN.json: line 1, column 2: "));
    CHECK(complaint_about(with("version", "")).ends_with("add \"version\", which is missing"));
    CHECK(complaint_about(with("versoin", "1")).starts_with("CN.json: versoin: 1: unknown name"));
    CHECK(complaint_about(with("region", R"("Tibet")")).starts_with("CN.json: region: \"Tibet\": "));
    CHECK(complaint_about(with("papers", R"([{"year": 2024, "mark": "X", "source": "s"}])")) ==
          R"(CN.json: papers[0].mark: "X": write one of C, S, M)");
    CHECK(complaint_about(with("known", R"([{"from": "2024-02-01", "to": "2024-01-31"}])"))
              .starts_with("CN.json: known[0].to: "));
    CHECK(complaint_about(with("known", R"([{"from": "2024-01-01", "to": "2024-01-31"},
                                            {"from": "2024-01-31", "to": "2024-02-28"}])"))
              .starts_with("CN.json: known[1].from: "));
    const auto with_day = [](std::string_view date, std::string_view off) {
        return with("days", "[{\"date\": \"2024-05-01\", \"off\": true, \"name\": \"x\"}, {\"date\": \"" +
                                std::string(date) + "\", \"off\": " + std::string(off) + ", \"name\": \"x\"}]");
    };
    REQUIRE(rulebook::parse_calendar(with_day("2024-05-02", "true"), "CN.json"));
    CHECK(complaint_about(with_day("2024-02-30", "true"))
              .starts_with("CN.json: days[1].date: \"2024-02-30\": write an "));
    CHECK(complaint_about(with_day("2024-05-01", "true")).find("listed once") != std::string::npos);
    CHECK(complaint_about(with_day("2024-04-30", "true")).find("in order") != std::string::npos);
    CHECK(complaint_about(with_day("2025-05-02", "true")).find("outside the ranges") != std::string::npos);
    CHECK(complaint_about(with_day("2024-05-02", "false")).find("a weekday is worked anyway") != std::string::npos);
    CHECK(complaint_about(with_day("2024-05-02", "1")) == "CN.json: days[1].off: 1: write true or false");
}
