#include "adapters/witness/witness_directory.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>

#include "adapters/witness/files.hpp"
#include "adapters/witness/key_file.hpp"

namespace anjie::witness {
namespace {

constexpr const char* key_name = "key";
constexpr const char* verifier_name = "vkey";
constexpr const char* trusted_name = "trusted-logs";
constexpr const char* lock_name = "lock";
constexpr const char* heads_name = "heads";
constexpr std::size_t head_bytes_max = 2 * NoteLimits::note_bytes_max;

constexpr std::string_view trusted_head =
    "# The logs this witness signs for: one verifier key a line. A line that is removed is trusted no more.\n";

/// Held by one decision at a time, of any thread of any process: every holder opens the file for itself.
Result<Descriptor> hold_lock(const std::filesystem::path& directory) {
    const auto file = directory / lock_name;
    Descriptor lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (!lock.is_open()) return refused("open", file);
    while (::flock(lock.number(), LOCK_EX) != 0)
        if (errno != EINTR) return refused("lock", file);
    return lock;
}

}  // namespace

Result<VerifierKey> WitnessDirectory::create(const CryptoSuite& suite, const std::filesystem::path& directory,
                                             std::string_view name) {
    ANJIE_TRY(const auto key, generate_signer_key(suite, KeyType::cosignature, name));
    std::error_code failed;
    std::filesystem::create_directories(directory / heads_name, failed);
    if (failed)
        return failure(ErrorCode::unavailable, fmt::format("cannot make {}: {}", directory.string(), failed.message()));
    // The key comes first: a directory that has one is a witness's, and its key is not replaced.
    ANJIE_CHECK(write_key_file(directory / key_name, key));
    ANJIE_CHECK(create_file(directory / verifier_name, to_string(key.verifier) + "\n", 0644));
    ANJIE_CHECK(create_file(directory / trusted_name, trusted_head, 0644));
    return key.verifier;
}

Result<WitnessDirectory> WitnessDirectory::open(const CryptoSuite& suite, const std::filesystem::path& directory) {
    ANJIE_TRY(auto key, read_key_file(suite, directory / key_name));
    if (key.verifier.type != KeyType::cosignature)
        return failure(ErrorCode::invalid, fmt::format("{} holds a log's key, not a witness's", directory.string()));
    // Without its memory a witness would sign a past it has already seen replaced.
    if (!std::filesystem::is_directory(directory / heads_name))
        return failure(ErrorCode::corrupt,
                       fmt::format("{} is missing: this witness has lost what it signed. Retire its key and make a new "
                                   "witness with: anjie witness init",
                                   (directory / heads_name).string()));
    return WitnessDirectory(suite, directory, std::move(key));
}

Result<std::vector<VerifierKey>> WitnessDirectory::trusted() const {
    const auto file = directory_ / trusted_name;
    ANJIE_TRY(const auto content, read_file(file, trusted_bytes_max));
    std::vector<VerifierKey> keys;
    std::size_t number = 0;
    std::string_view rest = content ? std::string_view(*content) : std::string_view{};
    while (!rest.empty()) {
        const auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        ++number;
        if (line.empty() || line.starts_with('#')) continue;
        auto key = parse_verifier_key(*suite_, line);
        if (!key)
            return failure(ErrorCode::invalid, fmt::format("{}:{}: {}", file.string(), number, key.error().detail));
        if (std::ranges::find(keys, *key) == keys.end()) keys.push_back(std::move(*key));
    }
    return keys;
}

Result<bool> WitnessDirectory::trust(const VerifierKey& key) {
    if (key.type == KeyType::cosignature)
        return failure(ErrorCode::invalid, fmt::format("{} is a witness's key; a log's is due", key.name));
    ANJIE_TRY(const auto lock, hold_lock(directory_));
    ANJIE_TRY(const auto keys, trusted());
    if (std::ranges::find(keys, key) != keys.end()) return false;
    const auto file = directory_ / trusted_name;
    ANJIE_TRY(auto content, read_file(file, trusted_bytes_max));
    auto text = content.value_or(std::string(trusted_head));
    if (!text.empty() && !text.ends_with('\n')) text += '\n';
    text += to_string(key) + "\n";
    if (text.size() > trusted_bytes_max)
        return failure(ErrorCode::invalid, fmt::format("{} has no room for another key", file.string()));
    ANJIE_CHECK(replace_file(file, text));
    return true;
}

std::filesystem::path WitnessDirectory::head_file(const Hash& log) const {
    return directory_ / heads_name / to_hex(log.bytes);
}

Result<std::optional<std::string>> WitnessDirectory::last(const Hash& log) const {
    return read_file(head_file(log), head_bytes_max);
}

Result<void> WitnessDirectory::exchange(const Hash& log, const Decide& decide) {
    ANJIE_TRY(const auto lock, hold_lock(directory_));
    ANJIE_TRY(const auto before, last(log));
    const auto kept = decide(before);
    if (!kept) return {};
    return replace_file(head_file(log), *kept);
}

}  // namespace anjie::witness
