#include "adapters/access/detail/passwords.hpp"

#include <argon2.h>
#include <fmt/format.h>

#include <set>
#include <vector>

#include "adapters/access/detail/secrets.hpp"
#include "engine/trust/hash.hpp"

namespace anjie::access::detail {
namespace {

constexpr std::uint32_t passes = 2;
constexpr std::uint32_t memory_kib = 19 * 1024;
constexpr std::uint32_t lanes = 1;
constexpr std::size_t salt_bytes = 16;
constexpr std::size_t hash_bytes = 32;
constexpr std::size_t password_bytes_max = 256;
constexpr std::size_t different_characters_min = 5;

/// Of no password anybody has: what an unknown name is compared with.
const std::string& nobodys_hash() {
    static const std::string hash = hash_password(random_text(32)).value_or("");
    return hash;
}

std::string parameters() { return fmt::format("$argon2id$v=19$m={},t={},p={}$", memory_kib, passes, lanes); }

std::size_t characters_of(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1U : 0U;
    return count;
}

}  // namespace

Result<std::string> hash_password(std::string_view password) {
    const auto salt = random_bytes(salt_bytes);
    std::vector<char> encoded(argon2_encodedlen(passes, memory_kib, lanes, salt_bytes, hash_bytes, Argon2_id));
    const int code = argon2id_hash_encoded(passes, memory_kib, lanes, password.data(), password.size(), salt.data(),
                                           salt.size(), hash_bytes, encoded.data(), encoded.size());
    if (code != ARGON2_OK)
        return failure(ErrorCode::unavailable,
                       fmt::format("the password cannot be hashed: {} / 无法处理密码", argon2_error_message(code)));
    return std::string(encoded.data());
}

bool password_matches(std::string_view encoded, std::string_view password) {
    const bool known = !encoded.empty();
    // Longer ones were never set; hashing them costs what others cost.
    const auto tried = password.substr(0, password_bytes_max);
    const std::string against = known ? std::string(encoded) : nobodys_hash();
    const bool matches = argon2id_verify(against.c_str(), tried.data(), tried.size()) == ARGON2_OK;
    return known && matches && password.size() <= password_bytes_max;
}

bool is_outdated(std::string_view encoded) { return !encoded.starts_with(parameters()); }

Result<void> check_new_password(std::string_view name, std::string_view password, std::size_t length_min) {
    if (characters_of(password) < length_min)
        return failure(ErrorCode::invalid,
                       fmt::format("a password has at least {0} characters / 密码至少 {0} 个字符", length_min));
    if (password.size() > password_bytes_max)
        return failure(ErrorCode::invalid,
                       fmt::format("a password has at most {0} bytes / 密码最多 {0} 字节", password_bytes_max));
    if (std::set<char>(password.begin(), password.end()).size() < different_characters_min)
        return failure(ErrorCode::invalid,
                       fmt::format("a password has at least {0} different characters / 密码至少用 {0} 种字符",
                                   different_characters_min));
    if (!name.empty() && password.find(name) != std::string_view::npos)
        return failure(ErrorCode::invalid, "a password does not hold the user's name / 密码不能包含用户名");
    return {};
}

}  // namespace anjie::access::detail
