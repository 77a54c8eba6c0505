#include "adapters/anjie/key_change_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <boost/json.hpp>

#include "adapters/witness/files.hpp"

namespace anjie {
namespace {

constexpr std::size_t file_bytes_max = 1u << 20;
constexpr std::string_view kinds[] = {"erase", "restrict", "lift"};

std::filesystem::path file_in(const std::filesystem::path& root) { return root / "key-change"; }

std::unexpected<Error> broken(const std::filesystem::path& file) {
    return failure(ErrorCode::invalid,
                   fmt::format("{} is not what anjie erase or restrict wrote; run that order again and then remove it",
                               file.string()));
}

std::optional<KeyChange> parse(std::string_view text) {
    boost::system::error_code bad;
    const auto parsed = boost::json::parse(text, bad);
    if (bad || !parsed.is_object()) return std::nullopt;
    const auto& object = parsed.as_object();
    const auto* kind = object.if_contains("kind");
    const auto* case_id = object.if_contains("case_id");
    const auto* head = object.if_contains("head");
    const auto* subjects = object.if_contains("subjects");
    if (!kind || !kind->is_string() || !case_id || !case_id->is_string() || !head || !subjects || !subjects->is_array())
        return std::nullopt;
    KeyChange change;
    const auto* found = std::ranges::find(kinds, std::string_view(kind->as_string()));
    if (found == std::end(kinds)) return std::nullopt;
    change.kind = static_cast<KeyChange::Kind>(found - kinds);
    const auto id = parse_uuid(std::string_view(case_id->as_string()));
    if (!id) return std::nullopt;
    change.case_id = CaseId{*id};
    change.head = head->to_number<Position>(bad);
    for (const auto& subject : subjects->as_array()) change.subjects.push_back(subject.to_number<std::uint16_t>(bad));
    if (bad) return std::nullopt;
    return change;
}

}  // namespace

Result<void> write_key_change(const std::filesystem::path& root, const KeyChange& change) {
    const boost::json::object text{{"kind", kinds[static_cast<std::size_t>(change.kind)]},
                                   {"case_id", to_string(change.case_id)},
                                   {"subjects", boost::json::array(change.subjects.begin(), change.subjects.end())},
                                   {"head", change.head}};
    return witness::create_file(file_in(root), boost::json::serialize(text) + "\n", 0600);
}

Result<std::optional<KeyChange>> read_key_change(const std::filesystem::path& root) {
    ANJIE_TRY(const auto text, witness::read_file(file_in(root), file_bytes_max));
    if (!text) return std::nullopt;
    // Cut short while it was written: the order was not given yet.
    if (!text->ends_with('\n')) {
        ANJIE_CHECK(remove_key_change(root));
        return std::nullopt;
    }
    auto change = parse(*text);
    if (!change) return broken(file_in(root));
    return change;
}

Result<void> remove_key_change(const std::filesystem::path& root) {
    std::error_code failed;
    std::filesystem::remove(file_in(root), failed);
    const witness::Descriptor folder(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (failed || !folder.is_open() || ::fsync(folder.number()) != 0)
        return failure(ErrorCode::unavailable, fmt::format("{}: cannot be removed", file_in(root).string()));
    return {};
}

}  // namespace anjie
