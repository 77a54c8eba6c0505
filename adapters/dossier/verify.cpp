#include "adapters/dossier/verify.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "adapters/dossier/detail/examination.hpp"

namespace anjie::dossier {
namespace {

std::string text(BytesView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

/// The text of a note file, no longer than a note may be.
Result<std::string> read_note_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return failure(ErrorCode::not_found, fmt::format("{}: cannot be read", file.string()));
    std::string content(NoteLimits::note_bytes_max + 1, '\0');
    in.read(content.data(), static_cast<std::streamsize>(content.size()));
    content.resize(static_cast<std::size_t>(in.gcount()));
    return content;
}

bool looks_like_archive(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    char begin[2]{};
    in.read(begin, sizeof begin);
    return in && begin[0] == 'P' && begin[1] == 'K';
}

}  // namespace

Result<Head> read_head(const std::filesystem::path& file) {
    Head head;
    if (looks_like_archive(file)) {
        ANJIE_TRY(const auto archive, zip::Reader::open(file, detail::archive_limits()));
        ANJIE_TRY(const auto note, archive.read(checkpoint_entry));
        head.note = text(note);
    } else {
        ANJIE_TRY(head.note, read_note_file(file));
    }
    ANJIE_TRY(const auto note, parse_note(head.note));
    ANJIE_TRY(head.checkpoint, parse_checkpoint(note.text));
    return head;
}

Verdict verify_archive(const VerifierTools& tools, const VerifyRequest& request, const Progress& progress) {
    auto archive = zip::Reader::open(request.archive, detail::archive_limits());
    if (!archive) {
        Verdict verdict;
        verdict.findings.push_back({.about = "archive",
                                    .case_id = {},
                                    .name = request.archive.filename().string(),
                                    .reason = {"压缩包读不了：" + archive.error().detail, archive.error().detail},
                                    .expected = {},
                                    .found = {}});
        return verdict;
    }
    return detail::Examination(tools, request, std::move(*archive), progress).run();
}

namespace detail {

zip::Limits archive_limits() { return {.entries_max = 20'000, .entry_bytes_max = std::uint64_t{512} << 20}; }

Finding& Examination::find(std::string about, Text reason, std::string name) {
    static thread_local Finding overflow;
    Finding finding{.about = std::move(about),
                    .case_id = {},
                    .name = std::move(name),
                    .reason = std::move(reason),
                    .expected = {},
                    .found = {}};
    if (verdict_.findings.size() >= Verdict::findings_max) {
        verdict_.more_findings = true;
        overflow = std::move(finding);
        return overflow;
    }
    return verdict_.findings.emplace_back(std::move(finding));
}

Finding& Examination::find_at(std::string about, const Place& place, Text reason) {
    auto& finding = find(std::move(about), std::move(reason));
    finding.case_id = place.case_id;
    finding.version = place.version;
    finding.position = place.position;
    return finding;
}

void Examination::find_error(std::string about, const Error& error, std::string name) {
    find(std::move(about), {error.detail, error.detail}, std::move(name));
}

std::optional<std::string> Examination::text_of(std::string_view entry, std::string_view about) {
    auto bytes = archive_.read(entry);
    if (bytes) return text(*bytes);
    find_error(std::string(about), bytes.error(), std::string(entry));
    return std::nullopt;
}

Verdict Examination::run() {
    if (!read_manifest()) return std::move(verdict_);
    const bool headed = read_checkpoint();
    if (headed) check_link();
    if (check_records() && headed && check_proof()) {
        check_whole_cases();
        verdict_.manifest.kind == Kind::dossier ? check_dossier() : check_report();
    } else {
        check_entries({});
    }
    verdict_.events = leaves_.size();
    verdict_.cases = last_versions_.size();
    if (verdict_.sound()) say_limits();
    return std::move(verdict_);
}

bool Examination::read_manifest() {
    const auto found = text_of(manifest_entry, "manifest");
    if (!found) return false;
    auto manifest = parse_manifest(*found);
    if (!manifest) {
        find_error("manifest", manifest.error(), std::string(manifest_entry));
        return false;
    }
    verdict_.manifest = std::move(*manifest);
    return true;
}

void Examination::check_entries(const std::map<std::string, std::string>& texts) {
    const bool known = !texts.empty();
    std::size_t links = 0;
    for (const auto& entry : archive_.entries()) {
        const auto& name = entry.name;
        links += name == since_checkpoint_entry || name == since_proof_entry;
        const bool expected = name == manifest_entry || name == checkpoint_entry || name == proof_entry ||
                              name == readme_entry || name == since_checkpoint_entry || name == since_proof_entry ||
                              name.starts_with("records/") || !known || texts.contains(name);
        if (!expected) find("entry", {"压缩包里多出的文件", "an entry that does not belong into the archive"}, name);
        if (name.starts_with("records/") && std::ranges::find(record_entries_, name) == record_entries_.end())
            find("entry", {"压缩包里多出的文件", "an entry that does not belong into the archive"}, name);
    }
    if (links == 1) find("link", {"与以前检查点的衔接不完整", "the link to an earlier checkpoint is not whole"});
}

void Examination::say_limits() {
    const auto& manifest = verdict_.manifest;
    const auto size = verdict_.checkpoint.size;
    const auto say = [&](std::string zh, std::string en) { verdict_.limits.push_back({std::move(zh), std::move(en)}); };
    if (!verdict_.signature_checked)
        say("没有核对任何人的签名：只能说明内容自相一致，谁都可以造出这样的压缩包",
            "nobody's signature was checked: it agrees with itself, but anybody can make such an archive");
    say(fmt::format("检查点含 {} 个事件；之后发生的一概不知", size),
        fmt::format("the checkpoint holds {} events; nothing is known of what came after", size));
    if (manifest.kind == Kind::dossier)
        say(fmt::format("版本 1 至 {} 齐全；但不能排除本案在检查点之内还有更新的版本被扣下未交", manifest.versions),
            fmt::format("versions 1 to {} are all here; it cannot be ruled out that newer versions of the case within "
                        "the checkpoint were withheld",
                        manifest.versions));
    else if (manifest.complete || leaves_.size() == size)
        say("整个日志都在这里：没有漏掉案件或事件", "the whole log is here: no case and no event was left out");
    else
        say(fmt::format(
                "日志 {} 个事件中展示了 {} 个；不能排除漏掉了别的案件或某案最后的事件（用 --complete 可以排除）", size,
                leaves_.size()),
            fmt::format("{} of the log's {} events are shown; it cannot be ruled out that a case, or the last events "
                        "of one, were omitted (--complete rules it out)",
                        leaves_.size(), size));
}

}  // namespace detail
}  // namespace anjie::dossier
