#include <fmt/format.h>

#include <algorithm>

#include "adapters/dossier/detail/examination.hpp"

// What ties an archive to the log: the signature, the link to an earlier checkpoint, the records and their proof.

namespace anjie::dossier::detail {
namespace {

constexpr std::uint64_t kept_bytes_max = std::uint64_t{256} << 20;
constexpr std::uint64_t progress_step = 4096;

}  // namespace

bool Examination::read_checkpoint() {
    const auto note = text_of(checkpoint_entry, "checkpoint");
    if (!note) return false;
    if (request_.keys.empty()) {
        const auto parsed = parse_note(*note);
        auto checkpoint = parsed ? parse_checkpoint(parsed->text) : std::unexpected(parsed.error());
        if (!checkpoint) {
            find_error("checkpoint", checkpoint.error());
            return false;
        }
        verdict_.checkpoint = std::move(*checkpoint);
        if (!request_.without_signature)
            find("checkpoint", {"没有给出公钥（--key），没有核对任何人的签名；若只要核对内容自相一致，用 --no-key",
                                "no key was given (--key), so nobody's signature was checked; --no-key asks only "
                                "whether it agrees with itself"});
        return true;
    }
    auto opened = open_checkpoint(tools_.suite, *note, request_.keys);
    if (!opened) {
        auto& finding = find("checkpoint", {"检查点不是所给公钥的日志签署的：" + opened.error().detail,
                                            "the checkpoint is not signed by the given key: " + opened.error().detail});
        finding.expected = request_.keys.front().name;
        return false;
    }
    verdict_.checkpoint = std::move(opened->checkpoint);
    verdict_.signature_checked = true;
    for (const auto& signature : opened->note.verified) verdict_.signed_by.push_back(request_.keys[signature.key].name);
    return true;
}

void Examination::check_link() {
    std::optional<Head> own;
    if (archive_.find(since_checkpoint_entry) != nullptr && archive_.find(since_proof_entry) != nullptr) {
        const auto note = text_of(since_checkpoint_entry, "link");
        const auto bytes = archive_.read(since_proof_entry);
        if (!note || !bytes) {
            if (!bytes) find_error("link", bytes.error(), std::string(since_proof_entry));
            return;
        }
        const auto parsed = parse_note(*note);
        const auto old = parsed ? parse_checkpoint(parsed->text) : std::unexpected(parsed.error());
        if (!old) return find_error("link", old.error(), std::string(since_checkpoint_entry));
        if (!request_.keys.empty())
            if (const auto opened = open_checkpoint(tools_.suite, *note, request_.keys); !opened)
                return find_error("link", opened.error(), std::string(since_checkpoint_entry));
        const auto& now = verdict_.checkpoint;
        if (old->origin != now.origin) {
            auto& finding = find("link", {"以前的检查点属于另一个日志", "the earlier checkpoint is of another log"});
            finding.expected = now.origin;
            finding.found = old->origin;
            return;
        }
        const auto hashes = split_hashes(*bytes);
        if (!hashes) return find_error("link", hashes.error(), std::string(since_proof_entry));
        if (const auto linked =
                verify_consistency(tools_.suite.hasher, old->size, old->root, now.size, now.root, *hashes);
            !linked) {
            find("link", {fmt::format("日志不是从以前 {} 个事件的检查点接着写的：{}", old->size, linked.error().detail),
                          fmt::format("the log does not go on from the earlier checkpoint of {} events: {}", old->size,
                                      linked.error().detail)});
            return;
        }
        own = Head{*note, *old};
        verdict_.since = *old;
    }
    if (request_.since) check_link_to_given(own);
}

void Examination::check_link_to_given(const std::optional<Head>& own) {
    const auto given = read_head(*request_.since);
    if (!given) return find_error("link", given.error(), request_.since->filename().string());
    const auto& old = given->checkpoint;
    const auto& now = verdict_.checkpoint;
    if (!request_.keys.empty())
        if (const auto opened = open_checkpoint(tools_.suite, given->note, request_.keys); !opened)
            return find_error("link", opened.error(), request_.since->filename().string());
    if (old == now || (own && own->checkpoint == old)) {
        verdict_.since = old;
        return;
    }
    if (old.origin != now.origin || old.size > now.size) {
        auto& finding = find("link", {"所给的以前的检查点属于另一个日志，或比这一个更新",
                                      "the earlier checkpoint that was given is of another log, or newer than this"});
        finding.expected = fmt::format("{} {}", now.origin, now.size);
        finding.found = fmt::format("{} {}", old.origin, old.size);
        return;
    }
    auto& finding = find(
        "link", own || old.size == now.size
                    ? Text{"两个检查点不是同一个日志的：历史被改写过，或给错了文件",
                           "the two checkpoints do not belong to one history: it was rewritten, or the file is wrong"}
                    : Text{"压缩包里没有到所给检查点的衔接证明；做证明时加 --since",
                           "the archive has no link to the given checkpoint; make it with --since"});
    finding.expected = fmt::format("{} {}", old.size, to_base64(old.root.bytes));
    if (own) finding.found = fmt::format("{} {}", own->checkpoint.size, to_base64(own->checkpoint.root.bytes));
}

Result<Bytes> Examination::record_bytes_of(const std::string& entry) {
    if (const auto kept = kept_.find(entry); kept != kept_.end()) return kept->second;
    auto bytes = archive_.read(entry);
    if (bytes && kept_bytes_ + bytes->size() <= kept_bytes_max) {
        kept_bytes_ += bytes->size();
        kept_.emplace(entry, *bytes);
    }
    return bytes;
}

void Examination::check_place(const EventView& event) {
    const auto& header = event.header;
    const Place place{header.case_id, header.version, header.position};
    auto& last = last_versions_[header.case_id];
    if (header.version != last + 1) {
        auto& finding = find_at("case", place,
                                header.version > last
                                    ? Text{"案件的事件缺号：前面的版本不在这里", "versions before this one are missing"}
                                    : Text{"案件的版本重复或次序颠倒", "versions repeat or stand out of order"});
        finding.expected = fmt::format("{}", last + 1);
        finding.found = fmt::format("{}", header.version);
    }
    last = header.version;
    if (header.position <= last_position_) find_at("record", place, {"事件次序颠倒", "events stand out of order"});
    if (header.recorded_at < last_recorded_)
        find_at("record", place, {"记录时间倒退", "recorded before the event in front of it"});
    last_position_ = header.position;
    last_recorded_ = header.recorded_at;
}

void Examination::check_record(const StoredRecord& record, const std::string& entry, std::size_t number) {
    const auto leaf = tools_.suite.hasher.leaf(record.bytes);
    const auto event = tools_.read_record(record.bytes);
    const bool changed = !std::ranges::equal(record.check, BytesView(leaf.bytes).first(record.check.size()));
    if (!event) {
        const auto name = fmt::format("{}#{}", entry, number);
        find("record", {"事件读不了：" + event.error().detail, "the event cannot be read: " + event.error().detail},
             name);
        return;
    }
    const auto& header = event->header;
    if (changed)
        find_at("record", {header.case_id, header.version, header.position},
                {"事件的字节与当初写入的不同", "the event's bytes are not those that were put here"});
    check_place(*event);
    if (header.position == 0) {
        find_at("record", {header.case_id, header.version, header.position},
                {"事件没有位置", "the event has no position"});
        return;
    }
    leaves_.push_back({header.position - 1, leaf});
}

bool Examination::check_records() {
    const auto before = verdict_.findings.size();
    const auto& manifest = verdict_.manifest;
    for (std::size_t i = 0; archive_.find(records_entry(i)) != nullptr; ++i)
        record_entries_.push_back(records_entry(i));
    std::uint64_t seen = 0;
    for (const auto& entry : record_entries_) {
        const auto bytes = record_bytes_of(entry);
        if (!bytes) {
            find_error("record", bytes.error(), entry);
            continue;
        }
        const auto records = split_records(*bytes);
        if (!records) {
            find("record", {"文件不完整", "the entry is cut short"}, entry);
            continue;
        }
        for (std::size_t i = 0; i < records->size(); ++i) {
            check_record((*records)[i], entry, i);
            if (progress_ && ++seen % progress_step == 0 && !progress_(seen, 2 * manifest.events)) {
                find("archive", {"核验被中断", "stopped before the end"});
                return false;
            }
        }
    }
    if (leaves_.size() != manifest.events) {
        auto& finding = find("manifest", {"事件个数与清单不符", "the number of events is not the manifest's"});
        finding.expected = fmt::format("{}", manifest.events);
        finding.found = fmt::format("{}", leaves_.size());
    }
    return verdict_.findings.size() == before;
}

bool Examination::check_proof() {
    const auto bytes = archive_.read(proof_entry);
    const auto hashes = bytes ? split_hashes(*bytes) : std::unexpected(bytes.error());
    if (!hashes) {
        find_error("proof", hashes.error(), std::string(proof_entry));
        return false;
    }
    const auto& head = verdict_.checkpoint;
    if (const auto shown = verify_many(tools_.suite.hasher, leaves_, head.size, *hashes, head.root); !shown) {
        find("proof",
             {fmt::format("这 {} 个事件不全是检查点所签日志的一部分：{}", leaves_.size(), shown.error().detail),
              fmt::format("these {} events are not all part of the log of the checkpoint: {}", leaves_.size(),
                          shown.error().detail)});
        return false;
    }
    return true;
}

void Examination::check_whole_cases() {
    const auto& manifest = verdict_.manifest;
    if (manifest.kind == Kind::report && manifest.complete && leaves_.size() != verdict_.checkpoint.size) {
        auto& finding = find(
            "manifest", {"清单说整个日志都在，其实不在", "the manifest says that the whole log is here; it is not"});
        finding.expected = fmt::format("{}", verdict_.checkpoint.size);
        finding.found = fmt::format("{}", leaves_.size());
    }
}

void Examination::for_each_event(const Visit& visit) {
    std::uint64_t seen = leaves_.size();
    for (const auto& entry : record_entries_) {
        const auto bytes = record_bytes_of(entry);
        const auto records = bytes ? split_records(*bytes) : std::unexpected(bytes.error());
        if (!records) return find_error("record", records.error(), entry);
        for (const auto& record : *records) {
            const auto event = tools_.read_record(record.bytes);
            if (!event) return find_error("record", event.error(), entry);
            const auto& header = event->header;
            if (const auto taken = visit(*event); !taken) {
                find_at("record", {header.case_id, header.version, header.position},
                        {"事件内容不通：" + taken.error().detail, taken.error().detail});
                return;
            }
            if (progress_ && ++seen % progress_step == 0) (void)progress_(seen, 2 * leaves_.size());
        }
    }
}

}  // namespace anjie::dossier::detail
