#include "adapters/anjie/verifier_key_text.hpp"

#include "adapters/witness/files.hpp"
#include "storage/crypto/openssl_suite.hpp"

namespace anjie {

Result<VerifierKey> verifier_key_from(const std::string& text_or_file) {
    constexpr std::size_t file_bytes_max = 4'096;
    std::error_code failed;
    if (!std::filesystem::is_regular_file(text_or_file, failed))
        return parse_verifier_key(openssl_suite(), text_or_file);
    ANJIE_TRY(const auto content, witness::read_file(text_or_file, file_bytes_max));
    const std::string_view text = content ? std::string_view(*content) : std::string_view();
    return parse_verifier_key(openssl_suite(), text.substr(0, text.find('\n')));
}

}  // namespace anjie
