#include <fmt/format.h>

#include <algorithm>

#include "adapters/zip/detail/names.hpp"

namespace anjie::zip::detail {

std::optional<std::string> complaint_about_name(std::string_view name, std::uint64_t bytes_max) {
    if (name.empty()) return "it has no name";
    if (name.size() > bytes_max) return fmt::format("its name has {} bytes, more than {}", name.size(), bytes_max);
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (std::ranges::any_of(name, is_control)) return "its name has control characters";
    if (name.contains('\\')) return fmt::format("the name \"{}\" has a backslash", name);
    if (name.front() == '/' || name.contains(':')) return fmt::format("the name \"{}\" is not relative", name);
    if (name.back() == '/') return fmt::format("\"{}\" is a directory", name);
    for (auto rest = name;;) {
        const auto slash = rest.find('/');
        const auto part = rest.substr(0, slash);
        if (part.empty() || part == "." || part == "..") return fmt::format("the name \"{}\" is no plain path", name);
        if (slash == std::string_view::npos) return std::nullopt;
        rest.remove_prefix(slash + 1);
    }
}

std::string folded(std::string_view name) {
    std::string out(name);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

}  // namespace anjie::zip::detail
