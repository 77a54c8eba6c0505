#include "adapters/witness/key_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>

#include "adapters/witness/files.hpp"

namespace anjie::witness {
namespace {

constexpr std::size_t key_bytes_max = 4'096;

}  // namespace

Result<void> write_key_file(const std::filesystem::path& file, const SignerKey& key) {
    return create_file(file, to_string(key) + "\n", 0600);
}

Result<SignerKey> read_key_file(const CryptoSuite& suite, const std::filesystem::path& file) {
    struct ::stat status{};
    if (::stat(file.c_str(), &status) != 0) {
        if (errno == ENOENT) return failure(ErrorCode::not_found, fmt::format("there is no key {}", file.string()));
        return refused("look at", file);
    }
    if ((status.st_mode & 077) != 0)
        return failure(ErrorCode::invalid, fmt::format("others than its owner may use the key {0}; if nobody has, "
                                                       "mend it with: chmod 600 {0}",
                                                       file.string()));
    ANJIE_TRY(const auto content, read_file(file, key_bytes_max));
    if (!content || !content->ends_with('\n'))
        return failure(ErrorCode::invalid, fmt::format("{} is not one line with a key", file.string()));
    return parse_signer_key(suite, std::string_view(*content).substr(0, content->size() - 1));
}

}  // namespace anjie::witness
