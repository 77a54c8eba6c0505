#pragma once

#include <unistd.h>
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "storage/sqlite/sqlite_directory.hpp"

namespace anjie::testing {

/// A folder of its own that goes away with the test.
class Folder {
public:
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "anjie-directory-XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::filesystem::path file() const { return path_ / "directory.sqlite"; }

private:
    std::filesystem::path path_;
};

template <class T>
T must(Result<T> result) {
    INFO((result ? std::string() : result.error().detail));
    REQUIRE(result.has_value());
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

inline std::unique_ptr<SqliteDirectory> open(const Folder& folder) {
    return must(SqliteDirectory::open(folder.file()));
}

inline Date day(int year, unsigned month, unsigned number) {
    return Date{
        std::chrono::local_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{number}}};
}

/// Ids in the order of `number`, in their first bytes as a UUIDv7's are.
inline CaseId case_id(std::uint32_t number) {
    CaseId id;
    for (unsigned i = 0; i < 4; ++i) id.bytes[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
    id.bytes[15] = 7;
    return id;
}

inline DirectoryEntry entry(std::uint32_t number) {
    DirectoryEntry row;
    row.case_id = case_id(number);
    row.workflow = WorkflowId{1};
    row.version = 3;
    row.number = "尼阿调〔2024〕" + std::to_string(number) + "号";
    row.organisation = "540624103";
    row.type = "neighbour";
    row.phase = "accepted";
    row.holder = "m-01";
    row.opened = day(2024, 3, 1) + std::chrono::days{static_cast<int>(number)};
    row.amount_minor = 350'000;
    return row;
}

inline Deadline deadline(std::uint16_t kind, Date rolled, std::uint16_t item = 0) {
    return {.kind = kind,
            .item = item,
            .due = {.raw = rolled - std::chrono::days{1}, .rolled = rolled, .provisional = item != 0},
            .next_alarm = Instant{rolled.time_since_epoch().count() * 86'400'000'000},
            .next_level = AlarmLevel::near};
}

inline std::vector<std::uint32_t> numbers(const std::vector<DirectoryEntry>& rows) {
    std::vector<std::uint32_t> found;
    for (const auto& row : rows) {
        std::uint32_t number = 0;
        for (unsigned i = 0; i < 4; ++i) number = number << 8 | row.case_id.bytes[i];
        found.push_back(number);
    }
    return found;
}

using Numbers = std::vector<std::uint32_t>;

}  // namespace anjie::testing
