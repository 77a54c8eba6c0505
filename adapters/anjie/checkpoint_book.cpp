#include "adapters/anjie/checkpoint_book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "adapters/witness/files.hpp"
#include "adapters/witness/key_file.hpp"
#include "engine/trust/cosignature.hpp"
#include "storage/crypto/openssl_suite.hpp"

namespace anjie {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t retired_bytes_max = 1u << 20;

fs::path key_file(const fs::path& root) { return root / "keys" / "log.key"; }
fs::path sm2_key_file(const fs::path& root) { return root / "keys" / "log-sm2.key"; }
fs::path new_key_file(const fs::path& root) { return root / "keys" / "log-next.key"; }
fs::path retired_file(const fs::path& root) { return root / "keys" / "retired"; }

Result<void> make_folder(const fs::path& folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (!failed) fs::permissions(folder, fs::perms::owner_all, failed);
    if (failed)
        return failure(ErrorCode::unavailable,
                       fmt::format("{}: cannot be made for its owner alone: {}", folder.string(), failed.message()));
    return {};
}

/// The size that a file's name says; nullopt for files that are none of ours.
std::optional<std::uint64_t> size_of(const fs::path& file) {
    if (file.extension() != ".note") return std::nullopt;
    const auto digits = file.stem().string();
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return size;
}

Result<std::vector<std::uint64_t>> sizes_in(const fs::path& folder) {
    std::vector<std::uint64_t> sizes;
    std::error_code failed;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed))
        if (const auto size = size_of(entry->path())) sizes.push_back(*size);
    if (failed && failed != std::errc::no_such_file_or_directory)
        return failure(ErrorCode::unavailable, fmt::format("{}: {}", folder.string(), failed.message()));
    std::ranges::sort(sizes);
    return sizes;
}

/// Verifier keys, one a line.
Result<std::vector<VerifierKey>> read_keys(const fs::path& file) {
    std::vector<VerifierKey> keys;
    ANJIE_TRY(const auto text, witness::read_file(file, retired_bytes_max));
    std::string_view rest = text ? std::string_view(*text) : std::string_view();
    while (!rest.empty()) {
        const auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        ANJIE_TRY(auto key, parse_verifier_key(openssl_suite(), line));
        keys.push_back(std::move(key));
    }
    return keys;
}

fs::path note_file(const fs::path& folder, std::uint64_t size) { return folder / fmt::format("{:020}.note", size); }

Result<SignedHead> read_head(const fs::path& file, std::span<const VerifierKey> keys) {
    ANJIE_TRY(auto note, witness::read_file(file, NoteLimits::note_bytes_max));
    if (!note) return failure(ErrorCode::corrupt, fmt::format("{} has gone", file.string()));
    auto opened = open_checkpoint(openssl_suite(), *note, keys);
    if (!opened)
        return failure(ErrorCode::corrupt,
                       fmt::format("{} is no checkpoint of this log: {}", file.string(), opened.error().detail));
    return SignedHead{std::move(*note), std::move(opened->checkpoint)};
}

/// Every checkpoint of one origin, ascending by size.
Result<std::vector<SignedHead>> read_heads(const fs::path& folder, std::span<const VerifierKey> keys) {
    std::vector<SignedHead> heads;
    ANJIE_TRY(const auto sizes, sizes_in(folder));
    for (const auto size : sizes) {
        const auto file = note_file(folder, size);
        ANJIE_TRY(auto head, read_head(file, keys));
        if (head.checkpoint.size != size)
            return failure(ErrorCode::corrupt,
                           fmt::format("{} signs for {} events", file.string(), head.checkpoint.size));
        heads.push_back(std::move(head));
    }
    return heads;
}

/// The keys of an earlier log, whose name is its origin.
Result<std::vector<VerifierKey>> earlier_keys(const fs::path& folder) {
    ANJIE_TRY(auto keys, read_keys(folder / "keys"));
    if (keys.empty())
        return failure(ErrorCode::corrupt, fmt::format("{} does not say whose checkpoints these are; restore the "
                                                       "backup again",
                                                       (folder / "keys").string()));
    return keys;
}

}  // namespace

Result<void> CheckpointBook::create(const fs::path& root, const std::string& origin) {
    ANJIE_CHECK(make_folder(root / "keys"));
    ANJIE_TRY(const auto key, generate_signer_key(openssl_suite(), KeyType::ed25519, origin));
    return witness::write_key_file(key_file(root), key);
}

fs::path CheckpointBook::file_of(std::uint64_t size) const { return note_file(root_ / "checkpoints", size); }

Result<std::vector<SignerKey>> CheckpointBook::signer_keys() const {
    std::vector<SignerKey> keys;
    ANJIE_TRY(auto key, witness::read_key_file(openssl_suite(), key_file(root_)));
    keys.push_back(std::move(key));
    auto sm2 = witness::read_key_file(openssl_suite(), sm2_key_file(root_));
    if (sm2)
        keys.push_back(std::move(*sm2));
    else if (sm2.error().code != ErrorCode::not_found)
        return std::unexpected(sm2.error());
    return keys;
}

Result<std::vector<VerifierKey>> CheckpointBook::verifier_keys() const {
    std::vector<VerifierKey> keys;
    ANJIE_TRY(const auto signers, signer_keys());
    for (const auto& signer : signers) keys.push_back(signer.verifier);
    ANJIE_TRY(const auto retired, read_keys(retired_file(root_)));
    // A rotation that was cut short has written the line but not yet changed the key.
    for (const auto& key : retired)
        if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
    return keys;
}

Result<std::vector<fs::path>> CheckpointBook::earlier_folders() const {
    std::vector<fs::path> folders;
    std::error_code failed;
    for (unsigned number = 1;; ++number) {
        auto folder = root_ / "checkpoints" / "earlier" / std::to_string(number);
        if (!fs::exists(folder, failed) && !failed) return folders;
        if (failed) return failure(ErrorCode::unavailable, fmt::format("{}: {}", folder.string(), failed.message()));
        folders.push_back(std::move(folder));
    }
}

Result<std::vector<SignedHead>> CheckpointBook::all() const {
    std::vector<SignedHead> heads;
    ANJIE_TRY(const auto folders, earlier_folders());
    for (const auto& folder : folders) {
        ANJIE_TRY(const auto keys, earlier_keys(folder));
        ANJIE_TRY(auto earlier, read_heads(folder, keys));
        std::ranges::move(earlier, std::back_inserter(heads));
    }
    ANJIE_TRY(const auto sizes, sizes_in(root_ / "checkpoints"));
    if (sizes.empty()) return heads;
    ANJIE_TRY(const auto keys, verifier_keys());
    ANJIE_TRY(auto own, read_heads(root_ / "checkpoints", keys));
    std::ranges::move(own, std::back_inserter(heads));
    return heads;
}

Result<std::optional<ContinuedLog>> CheckpointBook::continues() const {
    ANJIE_TRY(const auto folders, earlier_folders());
    if (folders.empty()) return std::nullopt;
    ANJIE_TRY(const auto keys, earlier_keys(folders.back()));
    ContinuedLog log{keys.front().name, std::nullopt};
    ANJIE_TRY(const auto sizes, sizes_in(folders.back()));
    if (!sizes.empty()) {
        ANJIE_TRY(log.last, read_head(note_file(folders.back(), sizes.back()), keys));
    }
    return log;
}

Result<void> CheckpointBook::begin_anew(const std::vector<VerifierKey>& old_keys, const std::string& origin) {
    ANJIE_TRY(const auto folders, earlier_folders());
    ANJIE_TRY(const auto sizes, sizes_in(root_ / "checkpoints"));
    const auto past = root_ / "checkpoints" / "earlier" / std::to_string(folders.size() + 1);
    ANJIE_CHECK(make_folder(root_ / "checkpoints"));
    ANJIE_CHECK(make_folder(past.parent_path()));
    ANJIE_CHECK(make_folder(past));
    std::string lines;
    for (const auto& key : old_keys) lines += to_string(key) + "\n";
    ANJIE_CHECK(witness::replace_file(past / "keys", lines));
    for (const auto size : sizes) {
        std::error_code failed;
        fs::rename(file_of(size), note_file(past, size), failed);
        if (failed)
            return failure(ErrorCode::unavailable, fmt::format("{}: {}", file_of(size).string(), failed.message()));
    }
    return create(root_, origin);
}

Result<std::optional<SignedHead>> CheckpointBook::latest() const {
    ANJIE_TRY(const auto sizes, sizes_in(root_ / "checkpoints"));
    if (sizes.empty()) return std::nullopt;
    ANJIE_TRY(const auto keys, verifier_keys());
    ANJIE_TRY(auto head, read_head(file_of(sizes.back()), keys));
    return head;
}

Result<void> CheckpointBook::check_goes_on(const HashReader& tree, std::uint64_t size) const {
    ANJIE_TRY(auto last, latest());
    if (!last) {
        // The first checkpoint after a restore goes on from what the log before it signed.
        ANJIE_TRY(auto before, continues());
        if (before) last = std::move(before->last);
    }
    if (!last) return {};
    const auto& signed_before = last->checkpoint;
    if (signed_before.size > size)
        return failure(
            ErrorCode::corrupt,
            fmt::format("a checkpoint was signed for {} events, the log has {}: events have been lost or the "
                        "log was rolled back; run anjie verify / 日志比已签署的检查点短",
                        signed_before.size, size));
    ANJIE_TRY(const auto root, tree_root(openssl_suite().hasher, tree, signed_before.size));
    if (root != signed_before.root)
        return failure(ErrorCode::corrupt,
                       fmt::format("the log's first {0} events are not those of the checkpoint signed for {0}; run "
                                   "anjie verify / 日志与已签署的检查点不符",
                                   signed_before.size));
    return {};
}

Result<SignedHead> CheckpointBook::sign_with(const HashReader& tree, std::uint64_t size,
                                             std::span<const SignerKey> keys) const {
    ANJIE_CHECK(check_goes_on(tree, size));
    ANJIE_TRY(const auto root, tree_root(openssl_suite().hasher, tree, size));
    Checkpoint checkpoint{keys.front().verifier.name, size, root};
    ANJIE_TRY(auto note, sign_note(openssl_suite(), checkpoint_text(checkpoint), keys));
    ANJIE_CHECK(make_folder(root_ / "checkpoints"));
    ANJIE_CHECK(witness::replace_file(file_of(size), note));
    return SignedHead{std::move(note), std::move(checkpoint)};
}

Result<SignedHead> CheckpointBook::sign(const HashReader& tree, std::uint64_t size) {
    ANJIE_TRY(const auto last, latest());
    if (last && last->checkpoint.size == size) {
        ANJIE_CHECK(check_goes_on(tree, size));
        return *last;
    }
    ANJIE_TRY(const auto keys, signer_keys());
    return sign_with(tree, size, keys);
}

Result<VerifierKey> CheckpointBook::rotate(const HashReader& tree, std::uint64_t size) {
    ANJIE_TRY(auto keys, signer_keys());
    const auto old = keys.front().verifier;
    // A rotation that was cut short is taken up again with the key it made.
    auto next = witness::read_key_file(openssl_suite(), new_key_file(root_));
    if (!next && next.error().code != ErrorCode::not_found) return std::unexpected(next.error());
    if (!next) {
        ANJIE_TRY(auto made, generate_signer_key(openssl_suite(), KeyType::ed25519, old.name));
        ANJIE_CHECK(witness::write_key_file(new_key_file(root_), made));
        next = std::move(made);
    }
    ANJIE_TRY(auto retired, witness::read_file(retired_file(root_), retired_bytes_max));
    auto lines = retired.value_or(std::string());
    for (const auto& key : {old, next->verifier})
        if (lines.find(to_string(key) + "\n") == std::string::npos) lines += to_string(key) + "\n";
    ANJIE_CHECK(witness::replace_file(retired_file(root_), lines));
    keys.insert(keys.begin() + 1, *next);
    if (auto both = sign_with(tree, size, keys); !both) return std::unexpected(both.error());
    std::error_code failed;
    fs::rename(new_key_file(root_), key_file(root_), failed);
    if (failed)
        return failure(ErrorCode::unavailable, fmt::format("{}: {}", key_file(root_).string(), failed.message()));
    return next->verifier;
}

Result<VerifierKey> CheckpointBook::add_sm2_key() {
    ANJIE_TRY(const auto keys, signer_keys());
    ANJIE_TRY(const auto key, generate_signer_key(openssl_suite(), KeyType::sm2, keys.front().verifier.name));
    ANJIE_CHECK(witness::write_key_file(sm2_key_file(root_), key));
    return key.verifier;
}

Result<SignedHead> CheckpointBook::add_cosignatures(std::string_view lines, std::span<const VerifierKey> witnesses) {
    ANJIE_TRY(auto head, latest());
    if (!head) return failure(ErrorCode::not_found, "no checkpoint has been signed yet / 还没有签署过检查点");
    ANJIE_TRY(head->note, anjie::add_cosignatures(openssl_suite(), head->note, lines, witnesses));
    ANJIE_CHECK(witness::replace_file(file_of(head->checkpoint.size), head->note));
    return *head;
}

}  // namespace anjie
