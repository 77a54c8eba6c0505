#include <cstdlib>

#include "engine/trust/cosignature.hpp"
#include "tests/engine/trust/sample_tree.hpp"
#include "tests/fuzz/edited.hpp"

namespace {

using namespace anjie;
using test::suite;

const std::vector<VerifierKey> keys{test::log_key().verifier, test::witness_key().verifier};
const std::string good_text = checkpoint_text(test::sample_checkpoint(300));
const std::string good_note =
    add_signature(test::signed_checkpoint(test::sample_checkpoint(300), test::log_key()),
                  sign_cosignature(suite(), test::witness_key(), good_text, 1'767'225'600).value())
        .value();
const SignerKey sm2 = generate_signer_key(suite(), KeyType::sm2, "mediation.example/log1").value();

void check_key(const std::string& text) {
    if (const auto key = parse_verifier_key(suite(), text)) {
        if (to_string(*key) != text) std::abort();
        if (verify_signature(suite(), *key, good_text, bytes_of(text))) std::abort();
    } else if (key.error().code != ErrorCode::invalid || key.error().detail.empty()) {
        std::abort();
    }
    if (const auto key = parse_signer_key(suite(), text); key && to_string(*key) != text) std::abort();
}

void check_note(const std::string& text) {
    const auto note = parse_note(text);
    if (note ? to_string(*note) != text : note.error().code != ErrorCode::invalid || note.error().detail.empty())
        std::abort();
    if (const auto lines = parse_signature_lines(text); lines && lines->empty()) std::abort();
    const auto opened = open_checkpoint(suite(), text, keys);
    if (opened && (opened->note.text != good_text || opened->note.verified.empty())) std::abort();
    if (const auto checkpoint = parse_checkpoint(text); checkpoint && !text.starts_with(checkpoint_text(*checkpoint)))
        std::abort();
    (void)add_cosignatures(suite(), good_note, text, keys);
}

}  // namespace

// Any bytes are a note that is written as it was read, or are refused with a reason; only the text that was signed
// is ever believed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const test::FuzzBytes bytes(data, size);
    // One reader an input: OpenSSL takes a thousand times as long for a key in DER as we do for a note.
    switch (bytes[0] >> 1 & 7) {
        case 0:
            check_key(test::raw_or_edited(to_string(sm2.verifier), bytes));
            break;
        case 1:
            check_key(test::raw_or_edited(to_string(sm2), bytes));
            break;
        case 2:
            check_key(test::raw_or_edited(to_string(keys[0]), bytes));
            break;
        case 3:
            // Signatures in DER are read by OpenSSL; none of these is one over this text.
            if (verify_signature(suite(), sm2.verifier, good_text, std::as_bytes(bytes))) std::abort();
            break;
        default:
            check_note(test::raw_or_edited(good_note, bytes));
    }
    return 0;
}
