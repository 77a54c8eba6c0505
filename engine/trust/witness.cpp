#include "engine/trust/witness.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/assert.hpp"
#include "engine/trust/cosignature.hpp"
#include "engine/trust/detail/text.hpp"
#include "engine/trust/merkle.hpp"

namespace anjie {
namespace {

using Status = WitnessAnswer::Status;

constexpr std::string_view old_word = "old ";

WitnessAnswer refusal(Status status, std::string sentence) { return {status, std::move(sentence) + "\n"}; }

/// The note with only those signatures that are known to be good: what strangers added is not ours to keep.
Note note_of_known(const Note& note, std::span<const VerifierKey> keys) {
    Note known{note.text, {}};
    for (const auto& signature : note.signatures)
        if (std::ranges::any_of(
                keys,
                [&](const VerifierKey& key) { return key.id == signature.key_id && key.name == signature.name; }) &&
            std::ranges::find(known.signatures, signature) == known.signatures.end())
            known.signatures.push_back(signature);
    return known;
}

}  // namespace

std::string to_string(const WitnessRequest& request) {
    auto body = fmt::format("{}{}\n", old_word, request.old_size);
    for (const auto& hash : request.proof) body += to_base64(hash.bytes) + "\n";
    return body + "\n" + request.checkpoint;
}

Result<WitnessRequest> parse_witness_request(std::string_view body) {
    const auto not_valid = [](std::string reason) { return failure(ErrorCode::invalid, std::move(reason)); };
    if (body.size() > WitnessLimits::request_bytes_max)
        return not_valid(
            fmt::format("a request of {} bytes, more than {}", body.size(), WitnessLimits::request_bytes_max));
    detail::LineReader lines(body);
    auto line = lines.next();
    if (!line || !line->starts_with(old_word)) return not_valid("a request begins with \"old <size>\"");
    const auto old_size = detail::parse_decimal(line->substr(old_word.size()));
    if (!old_size) return not_valid("the old size is a decimal number without leading zeros, below 2^63");
    WitnessRequest request{*old_size, {}, {}};
    for (line = lines.next(); line && !line->empty(); line = lines.next()) {
        if (request.proof.size() == WitnessLimits::proof_hashes_max)
            return not_valid(fmt::format("more than {} hashes of proof", WitnessLimits::proof_hashes_max));
        ANJIE_TRY(const auto hash, hash_from_base64(*line));
        request.proof.push_back(hash);
    }
    if (!line) return not_valid("a request has an empty line before its checkpoint");
    request.checkpoint = lines.rest();
    ANJIE_TRY(const auto note, parse_note(request.checkpoint));
    ANJIE_CHECK(parse_checkpoint(note.text));
    return request;
}

Witness::Witness(const CryptoSuite& suite, SignerKey key, TrustedLogs logs, WitnessRecord& record, const Clock& clock)
    : suite_(suite), key_(std::move(key)), logs_(std::move(logs)), record_(record), clock_(clock) {
    ANJIE_ASSERT(key_.verifier.type == KeyType::cosignature);
}

/// Reads back what it kept: the cosignature on it is the proof that nobody else wrote it.
Result<Checkpoint> Witness::own_checkpoint(const std::string& note) const {
    ANJIE_TRY(const auto opened, open_note(suite_, note, std::span(&key_.verifier, 1)));
    return parse_checkpoint(opened.text);
}

WitnessAnswer Witness::judge(const WitnessRequest& request, const OpenedCheckpoint& opened,
                             std::span<const VerifierKey> logs, const std::optional<std::string>& last,
                             std::optional<std::string>& kept) const {
    const auto& checkpoint = opened.checkpoint;
    Checkpoint before{checkpoint.origin, 0, suite_.hasher.digest({})};
    if (last) {
        auto read = own_checkpoint(*last);
        if (!read || read->origin != checkpoint.origin)
            return refusal(Status::unavailable, "what this witness kept of the log is damaged; it signs nothing more");
        before = std::move(*read);
    }
    if (request.old_size != before.size) return {Status::another_size, fmt::format("{}\n", before.size)};
    if (const auto consistent = verify_consistency(suite_.hasher, before.size, before.root, checkpoint.size,
                                                   checkpoint.root, request.proof);
        !consistent)
        return refusal(Status::not_consistent, consistent.error().detail);
    const auto now = clock_.now().microseconds / 1'000'000;
    const auto line =
        sign_cosignature(suite_, key_, opened.note.text, static_cast<std::uint64_t>(std::max<std::int64_t>(now, 0)));
    if (!line) return refusal(Status::unavailable, "this witness cannot sign now");
    auto note = note_of_known(*parse_note(request.checkpoint), logs);
    note.signatures.push_back(*line);
    kept = to_string(note);
    return {Status::cosigned, to_string(*line)};
}

WitnessAnswer Witness::add_checkpoint(std::string_view body) {
    const auto request = parse_witness_request(body);
    if (!request) return refusal(Status::malformed, request.error().detail);
    const auto trusted = logs_();
    if (!trusted) return refusal(Status::unavailable, "this witness cannot read which logs it trusts");
    const auto claimed = parse_checkpoint(parse_note(request->checkpoint)->text);
    std::vector<VerifierKey> keys;
    for (const auto& key : *trusted)
        if (key.name == claimed->origin && key.type != KeyType::cosignature) keys.push_back(key);
    if (keys.empty()) return refusal(Status::unknown_log, "this witness does not know the log");
    const auto opened = open_checkpoint(suite_, request->checkpoint, keys);
    if (!opened) return refusal(Status::not_signed, opened.error().detail);
    if (request->old_size > opened->checkpoint.size)
        return refusal(Status::malformed, "the old size is larger than the checkpoint's");

    WitnessAnswer answer;
    const auto log = suite_.hasher.digest(bytes_of(opened->checkpoint.origin));
    const auto exchanged = record_.exchange(log, [&](const std::optional<std::string>& last) {
        std::optional<std::string> kept;
        answer = judge(*request, *opened, keys, last, kept);
        return kept;
    });
    if (!exchanged) return refusal(Status::unavailable, "this witness cannot keep its record now; ask again");
    return answer;
}

Result<std::string> Witness::latest(std::string_view log) const {
    const auto unknown = [] { return failure(ErrorCode::not_found, "this witness has signed nothing of such a log"); };
    const auto bytes = from_hex(log);
    Hash hash;
    if (!bytes || bytes->size() != hash.bytes.size()) return unknown();
    std::ranges::copy(*bytes, hash.bytes.begin());
    ANJIE_TRY(const auto last, record_.last(hash));
    if (!last) return unknown();
    ANJIE_CHECK(own_checkpoint(*last));
    return *last;
}

}  // namespace anjie
