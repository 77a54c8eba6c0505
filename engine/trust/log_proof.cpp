#include "engine/trust/log_proof.hpp"

#include <fmt/format.h>

#include "engine/trust/detail/text.hpp"
#include "engine/trust/merkle.hpp"

namespace anjie {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_word = "extra ";
constexpr std::string_view index_word = "index ";

}  // namespace

std::string to_string(const LogProof& proof) {
    auto file = fmt::format("{}\n", first_line);
    if (proof.extra) file += fmt::format("{}{}\n", extra_word, to_base64(*proof.extra));
    file += fmt::format("{}{}\n", index_word, proof.index);
    for (const auto& hash : proof.hashes) file += to_base64(hash.bytes) + "\n";
    return file + "\n" + proof.checkpoint;
}

Result<LogProof> parse_log_proof(std::string_view file) {
    const auto not_valid = [](std::string reason) { return failure(ErrorCode::invalid, std::move(reason)); };
    if (file.size() > LogProofLimits::file_bytes_max)
        return not_valid(fmt::format("a proof of {} bytes, more than {}", file.size(), LogProofLimits::file_bytes_max));
    detail::LineReader lines(file);
    if (lines.next() != first_line) return not_valid(fmt::format("a proof begins with the line {}", first_line));
    LogProof proof;
    auto line = lines.next();
    if (line && line->starts_with(extra_word)) {
        auto extra = from_base64(line->substr(extra_word.size()));
        if (!extra || extra->empty()) return not_valid("the extra data of a proof are not base64 of something");
        proof.extra = std::move(*extra);
        line = lines.next();
    }
    if (!line || !line->starts_with(index_word)) return not_valid("a proof states the index of its entry");
    const auto index = detail::parse_decimal(line->substr(index_word.size()));
    if (!index) return not_valid("the index of a proof is a decimal number without leading zeros, below 2^63");
    proof.index = *index;
    for (line = lines.next(); line && !line->empty(); line = lines.next()) {
        if (proof.hashes.size() == LogProofLimits::hashes_max)
            return not_valid(fmt::format("a proof has more than {} hashes", LogProofLimits::hashes_max));
        ANJIE_TRY(const auto hash, hash_from_base64(*line));
        proof.hashes.push_back(hash);
    }
    if (!line) return not_valid("a proof has an empty line before its checkpoint");
    proof.checkpoint = lines.rest();
    ANJIE_TRY(const auto note, parse_note(proof.checkpoint));
    ANJIE_CHECK(parse_checkpoint(note.text));
    return proof;
}

Result<OpenedCheckpoint> verify_log_proof(const CryptoSuite& suite, const LogProof& proof, const Hash& leaf,
                                          std::span<const VerifierKey> keys) {
    ANJIE_TRY(auto opened, open_checkpoint(suite, proof.checkpoint, keys));
    ANJIE_CHECK(verify_inclusion(suite.hasher, leaf, proof.index, opened.checkpoint.size, proof.hashes,
                                 opened.checkpoint.root));
    return opened;
}

}  // namespace anjie
