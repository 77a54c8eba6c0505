#include "adapters/spreadsheet/file_kind.hpp"

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace anjie::spreadsheet {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view package_mark = "PK\x03\x04"sv;
constexpr std::string_view compound_mark = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv;
/// The stream that holds a workbook under a password, as its directory names it.
constexpr std::string_view encrypted_name = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv;

bool holds(std::ifstream& file, std::string_view wanted) {
    std::vector<char> buffer(std::size_t{1} << 16);
    std::string window;
    while (file) {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        window.append(buffer.data(), static_cast<std::size_t>(file.gcount()));
        if (window.contains(wanted)) return true;
        if (window.size() > wanted.size()) window.erase(0, window.size() - wanted.size());
    }
    return false;
}

}  // namespace

Result<FileKind> kind_of(const std::filesystem::path& file) {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status))
        return failure(ErrorCode::not_found, file.string() + ": 没有这个文件 / there is no such file");
    if (!std::filesystem::is_regular_file(status))
        return failure(ErrorCode::invalid, file.string() + ": 不是普通文件 / not a regular file");
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return failure(ErrorCode::unavailable,
                       file.string() + ": 无法读取, 请检查权限 / cannot be read, check its permissions");
    std::string head(compound_mark.size(), '\0');
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(stream.gcount()));
    if (head.starts_with(package_mark)) return FileKind::package;
    if (head != compound_mark) return FileKind::other;
    return holds(stream, encrypted_name) ? FileKind::password : FileKind::binary;
}

}  // namespace anjie::spreadsheet
