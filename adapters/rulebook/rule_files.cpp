#include "adapters/rulebook/rule_files.hpp"

#include <fmt/format.h>

#include <fstream>
#include <system_error>

namespace anjie::rulebook {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t file_bytes_max = 1 << 20;

std::unexpected<Error> unreadable(const fs::path& path, const std::error_code& why) {
    return failure(ErrorCode::unavailable,
                   fmt::format("{}: cannot be read ({}); check its permissions", path.string(), why.message()));
}

}  // namespace

Result<std::string> read_rule_file(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(path, error) || error)
        return failure(ErrorCode::not_found, fmt::format("{}: no such file", path.string()));
    if (!fs::is_regular_file(path, error))
        return failure(ErrorCode::invalid, fmt::format("{}: is no file; name a rule file", path.string()));
    const std::uintmax_t size = fs::file_size(path, error);
    if (error) return unreadable(path, error);
    if (size > file_bytes_max)
        return failure(ErrorCode::invalid, fmt::format("{}: {} bytes; a rule file has at most {}, is it the right one?",
                                                       path.string(), size, file_bytes_max));
    std::ifstream stream(path, std::ios::binary);
    std::string text(static_cast<std::size_t>(size), '\0');
    if (!stream.read(text.data(), static_cast<std::streamsize>(size)))
        return unreadable(path, std::make_error_code(std::errc::io_error));
    return text;
}

Result<void> override_files(RuleFiles& files, const fs::path& directory, std::string_view kind) try {
    std::error_code error;
    if (!fs::is_directory(directory, error))
        return failure(ErrorCode::not_found,
                       fmt::format("{}: no such directory; name the one that holds {}/*.json, or none at all",
                                   directory.string(), kind));
    const fs::path folder = directory / kind;
    if (!fs::exists(folder, error)) return {};
    fs::directory_iterator entry(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        if (entry->path().extension() != ".json") continue;
        ANJIE_TRY(files[entry->path().filename().string()], read_rule_file(entry->path()));
    }
    if (error) return unreadable(folder, error);
    return {};
} catch (const fs::filesystem_error& thrown) {
    return unreadable(directory, thrown.code());
}

}  // namespace anjie::rulebook
