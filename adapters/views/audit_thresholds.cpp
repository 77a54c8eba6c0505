#include "adapters/views/audit_thresholds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "adapters/json/values.hpp"
#include "embedded_audit_defaults.hpp"

namespace anjie::views {
namespace {

using dispute::audit::threshold_numbers;
using json::Node;

constexpr std::uintmax_t file_bytes_max = 65'536;
constexpr std::string_view papers_section = "documents_missing";
constexpr std::string_view papers_name = "also_required";
constexpr std::string_view actors_name = "import_actors";

std::vector<std::string_view> sections() {
    std::vector<std::string_view> names{"note", actors_name, papers_section};
    for (const auto& number : threshold_numbers())
        if (std::ranges::find(names, number.section) == names.end()) names.push_back(number.section);
    return names;
}

Result<void> read_numbers(ThresholdsRead& into, const Node& root, std::string_view origin) {
    for (const auto& number : threshold_numbers()) {
        ANJIE_TRY(const auto section, root.find(number.section));
        if (!section) continue;
        std::vector<std::string_view> names;
        for (const auto& other : threshold_numbers())
            if (other.section == number.section) names.push_back(other.name);
        ANJIE_CHECK(section->has_only(std::span<const std::string_view>(names)));
        ANJIE_TRY(const auto member, section->find(number.name));
        if (!member) continue;
        ANJIE_TRY(const auto value, member->integer(number.low, number.high));
        into.values.*number.value = static_cast<std::int32_t>(value);
        into.origin[fmt::format("{}.{}", number.section, number.name)] = origin;
    }
    return {};
}

Result<void> read_lists(ThresholdsRead& into, const Node& root, std::string_view origin) {
    ANJIE_TRY(const auto actors, root.find(actors_name));
    if (actors) {
        ANJIE_TRY(const auto items, actors->items());
        into.values.import_actors.clear();
        for (const Node& item : items) {
            ANJIE_TRY(auto actor, item.text());
            into.values.import_actors.push_back(std::move(actor));
        }
        into.origin[std::string(actors_name)] = origin;
    }
    ANJIE_TRY(const auto section, root.find(papers_section));
    if (!section) return {};
    ANJIE_CHECK(section->has_only({papers_name}));
    ANJIE_TRY(const auto papers, section->find(papers_name));
    if (!papers) return {};
    ANJIE_TRY(into.values.documents_also_required, json::from_json<std::vector<dispute::DocumentKind>>(*papers));
    into.origin[fmt::format("{}.{}", papers_section, papers_name)] = origin;
    return {};
}

Result<std::string> text_of(const std::filesystem::path& file) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    if (failed)
        return failure(ErrorCode::not_found,
                       fmt::format("{}: cannot be read ({}) / 无法读取", file.string(), failed.message()));
    if (size > file_bytes_max)
        return failure(ErrorCode::invalid, fmt::format("{}: longer than {} bytes; is it the right file? / 文件过长",
                                                       file.string(), file_bytes_max));
    std::ifstream in(file, std::ios::binary);
    std::string text(static_cast<std::size_t>(size), '\0');
    if (!in.read(text.data(), static_cast<std::streamsize>(size)))
        return failure(ErrorCode::unavailable, fmt::format("{}: cannot be read / 无法读取", file.string()));
    return text;
}

}  // namespace

Result<void> apply_thresholds(ThresholdsRead& into, std::string_view text, std::string_view name,
                              std::string_view origin) {
    ANJIE_TRY(const auto document, json::parse(text, name));
    const Node root(document, name);
    const auto known = sections();
    ANJIE_CHECK(root.has_only(std::span<const std::string_view>(known)));
    ANJIE_CHECK(read_numbers(into, root, origin));
    return read_lists(into, root, origin);
}

Result<ThresholdsRead> read_thresholds(const std::vector<std::filesystem::path>& files) {
    ThresholdsRead read;
    for (const auto& file : audit_defaults::embedded_files())
        ANJIE_CHECK(apply_thresholds(read, file.text, file.name, "default"));
    for (const auto& file : files) {
        ANJIE_TRY(const auto text, text_of(file));
        ANJIE_CHECK(apply_thresholds(read, text, file.string(), file.string()));
    }
    return read;
}

}  // namespace anjie::views
