#include "adapters/anjie/settings_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cstring>
#include <fstream>
#include <sstream>

namespace anjie {
namespace {

constexpr std::uintmax_t file_bytes_max = 65'536;

struct Key {
    const char* name;
    std::string Settings::* member;
};
constexpr Key keys[] = {
    {"organisation", &Settings::organisation},   {"organisation_name", &Settings::organisation_name},
    {"jurisdiction", &Settings::jurisdiction},   {"committee", &Settings::committee},
    {"number_prefix", &Settings::number_prefix}, {"origin", &Settings::origin}};

}  // namespace

Result<Settings> read_settings(const std::filesystem::path& file) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    if (failed)
        return failure(ErrorCode::not_found,
                       fmt::format("{} is not a data directory: it has no {}; create one with: anjie init {} / "
                                   "不是数据目录，请先运行 anjie init",
                                   file.parent_path().string(), file.filename().string(), file.parent_path().string()));
    if (size > file_bytes_max)
        return failure(ErrorCode::invalid, fmt::format("{}: longer than {} bytes", file.string(), file_bytes_max));
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();

    boost::system::error_code bad;
    const auto parsed = boost::json::parse(text.str(), bad);
    if (bad || !parsed.is_object())
        return failure(ErrorCode::invalid,
                       fmt::format("{}: not a JSON object ({}); restore it or write it again by hand", file.string(),
                                   bad ? bad.message() : "wrong kind"));
    Settings settings;
    for (const auto& key : keys) {
        const auto* value = parsed.as_object().if_contains(key.name);
        if (value == nullptr || !value->is_string())
            return failure(ErrorCode::invalid,
                           fmt::format("{}: \"{}\" is missing or not a text; add it", file.string(), key.name));
        settings.*key.member = std::string(value->as_string());
    }
    return settings;
}

Result<void> write_settings(const std::filesystem::path& file, const Settings& settings) {
    std::string text = "{\n";
    for (const auto& key : keys)
        text += fmt::format("  {}: {}{}\n", boost::json::serialize(boost::json::value(key.name)),
                            boost::json::serialize(boost::json::value(settings.*key.member)),
                            &key == std::end(keys) - 1 ? "" : ",");
    text += "}\n";

    const auto failed = [&] {
        return failure(ErrorCode::unavailable,
                       fmt::format("{}: cannot be written: {}", file.string(), std::strerror(errno)));
    };
    auto beside = file;
    beside += ".new";
    const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (descriptor < 0) return failed();
    const bool written =
        ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!written) return failed();
    if (::rename(beside.c_str(), file.c_str()) != 0) return failed();
    const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return failed();
    const bool synced = ::fsync(folder) == 0;
    ::close(folder);
    if (!synced) return failed();
    return {};
}

}  // namespace anjie
