#include "engine/trust/note.hpp"

#include <catch2/catch.hpp>

#include "engine/trust/cosignature.hpp"
#include "tests/engine/trust/sample_tree.hpp"
#include "tests/support/random.hpp"

namespace anjie {
namespace {

using test::log_key;
using test::suite;
using test::witness_key;

std::vector<VerifierKey> both_keys() { return {log_key().verifier, witness_key().verifier}; }

/// What x/mod made from the same leaves and key.
const std::string note_300 =
    "mediation.example/log1\n300\nxjG65k7alGDy52MOsmQmoQ8rG/qzfMK2yiLe0qj8tO8=\n\n"
    "\u2014 mediation.example/log1 "
    "4mQnGmnv//8/4TiI9qc3iCUE9UjQ5QRh84LAJcL4KEb5F55u13t6Kr0if7q4Z3v4Nk/zXtDj4OxBbGnsges6MeLKVg8=\n";
const std::string cosignature_300 =
    "\u2014 witness.example/w1 "
    "3xwKNQAAAABpVbkAnbWNmHX/j8+vLhBIBGRGe5OHM0azskZYzBwaxaUs9DO2R6zI1x+rBjT3axdxy2Cg+BwleCvmbSBPHw9MT6vrAw==\n";
constexpr std::uint64_t time_300 = 1767225600;

ErrorCode refusal(std::string_view note, std::span<const VerifierKey> keys) {
    return open_note(suite(), note, keys).error().code;
}

}  // namespace

TEST_CASE("keys are written as the published ones and read back") {
    CHECK(to_string(log_key().verifier) ==
          "mediation.example/log1+e264271a+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c");
    CHECK(to_string(witness_key().verifier) ==
          "witness.example/w1+df1c0a35+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU");
    for (const auto& key : both_keys()) CHECK(parse_verifier_key(suite(), to_string(key)).value() == key);
    const auto secret = parse_signer_key(suite(), to_string(log_key())).value();
    CHECK(secret.verifier == log_key().verifier);
    CHECK(secret.private_key == log_key().private_key);
}

TEST_CASE("a key that is not whole is refused, and no message holds a part of a private one") {
    const auto good = to_string(log_key().verifier);
    for (const std::string& bad :
         {std::string{}, std::string("+"), std::string("++"), std::string("name"), std::string("name+e264271a"),
          good.substr(0, good.size() - 1), good + "A", "x" + good, " " + good, good + "\n",
          "mediation.example/log1+E264271A" + good.substr(31), "mediation.example/log1+e264271b" + good.substr(31),
          // The same key as a witness's, ECDSA, a type without a name, and a private type that is not ours.
          std::string("mediation.example/log1+e264271a+BIqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"),
          std::string("mediation.example/log1+e264271a+AoqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"),
          std::string("mediation.example/log1+e264271a+/w=="), std::string("mediation.example/log1+e264271a+/4qI")}) {
        INFO(bad);
        CHECK(parse_verifier_key(suite(), bad).error().code == ErrorCode::invalid);
    }
    const auto secret = to_string(log_key());
    CHECK_FALSE(parse_verifier_key(suite(), secret));
    CHECK_FALSE(parse_signer_key(suite(), good));
    for (std::size_t cut = 1; cut < secret.size(); ++cut) {
        const auto refused = parse_signer_key(suite(), secret.substr(0, cut));
        REQUIRE_FALSE(refused);
        REQUIRE(refused.error().detail.find("AQEB") == std::string::npos);
    }
}

TEST_CASE("the checkpoint of 300 leaves is signed and cosigned byte for byte as published") {
    const auto checkpoint = test::sample_checkpoint(300);
    CHECK(test::signed_checkpoint(checkpoint, log_key()) == note_300);
    const auto text = checkpoint_text(checkpoint);
    CHECK(to_string(sign_cosignature(suite(), witness_key(), text, time_300).value()) == cosignature_300);
    const auto lines = parse_signature_lines(cosignature_300).value();
    CHECK(add_signature(note_300, lines[0]).value() == note_300 + cosignature_300);
    CHECK(add_signature(note_300 + cosignature_300, lines[0]).value() == note_300 + cosignature_300);

    const auto opened = open_checkpoint(suite(), note_300 + cosignature_300, both_keys()).value();
    CHECK(opened.checkpoint == checkpoint);
    CHECK(opened.note.verified == std::vector<VerifiedSignature>{{0, 0}, {1, time_300}});
    CHECK(opened.note.unknown == 0);
}

TEST_CASE("a note is believed by the keys that are known, and by no others") {
    const auto log = log_key().verifier;
    const auto witness = witness_key().verifier;
    CHECK(open_note(suite(), note_300 + cosignature_300, std::span(&log, 1)).value().unknown == 1);
    CHECK(refusal(note_300, {}) == ErrorCode::corrupt);
    CHECK(refusal(note_300, std::span(&witness, 1)) == ErrorCode::corrupt);

    SECTION("the name alone or the id alone is not the key") {
        auto other = log;
        other.name = "mediation.example/log2";
        CHECK(refusal(note_300, std::span(&other, 1)) == ErrorCode::corrupt);
        other = log;
        ++other.id;
        CHECK(refusal(note_300, std::span(&other, 1)) == ErrorCode::corrupt);
    }
    SECTION("a bad signature of a known key refuses the note, good ones beside it or not") {
        auto note = parse_note(note_300 + cosignature_300).value();
        note.signatures[1].signature[20] ^= std::byte{1};
        CHECK(refusal(to_string(note), both_keys()) == ErrorCode::corrupt);
        CHECK(open_note(suite(), to_string(note), std::span(&log, 1)));  // To whom does not know it, it says nothing.
        note.signatures[1] = note.signatures[0];
        note.signatures[1].signature[20] ^= std::byte{1};
        CHECK(refusal(to_string(note), both_keys()) == ErrorCode::corrupt);
    }
    SECTION("two known keys of one name and id are one too many") {
        const std::vector<VerifierKey> twice{log, log};
        CHECK(refusal(note_300, twice) == ErrorCode::invalid);
    }
    SECTION("a witness alone does not vouch for a log, nor one log for another") {
        const auto text = checkpoint_text(test::sample_checkpoint(300));
        const auto line = to_string(sign_cosignature(suite(), witness_key(), text, 1).value());
        CHECK(open_note(suite(), text + "\n" + line, both_keys()));
        CHECK(open_checkpoint(suite(), text + "\n" + line, both_keys()).error().code == ErrorCode::corrupt);
        auto other = test::sample_checkpoint(300);
        other.origin = "mediation.example/log2";
        const auto foreign = test::signed_checkpoint(other, log_key());
        CHECK(open_note(suite(), foreign, both_keys()));
        CHECK(open_checkpoint(suite(), foreign, both_keys()).error().code == ErrorCode::corrupt);
    }
}

TEST_CASE("a cosignature is of its time, its text and its key") {
    const auto text = checkpoint_text(test::sample_checkpoint(3));
    const auto key = witness_key();
    const auto good = sign_cosignature(suite(), key, text, 1'700'000'000).value().signature;
    CHECK(verify_cosignature(suite(), key.verifier, text, good).value() == 1'700'000'000);
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto bad = good;
        bad[i] ^= std::byte{0x80};
        CHECK_FALSE(verify_cosignature(suite(), key.verifier, text, bad));
        CHECK_FALSE(verify_cosignature(suite(), key.verifier, text, BytesView(good).first(i)));
    }
    auto longer = good;
    longer.push_back({});
    CHECK_FALSE(verify_cosignature(suite(), key.verifier, text, longer));
    CHECK_FALSE(verify_cosignature(suite(), key.verifier, text + "extension\n", good));
    CHECK_FALSE(verify_cosignature(suite(), test::seeded_key(KeyType::cosignature, "witness.example/w1", 3).verifier,
                                   text, good));
    CHECK_FALSE(sign_cosignature(suite(), key, "not a checkpoint\n", 1));
    CHECK_FALSE(sign_cosignature(suite(), key, text, ~std::uint64_t{}));
    // A log's signature does not pass for a witness's, nor the other way round.
    const auto plain = sign_text(suite(), log_key(), text).value().signature;
    CHECK_FALSE(verify_cosignature(suite(), key.verifier, text, plain));
    CHECK_FALSE(verify_signature(suite(), log_key().verifier, text, BytesView(good).subspan(8)));
}

TEST_CASE("SM2 signs the same checkpoint on a line that others pass over") {
    const auto sm2 = generate_signer_key(suite(), KeyType::sm2, "mediation.example/log1").value();
    CHECK(parse_verifier_key(suite(), to_string(sm2.verifier)).value() == sm2.verifier);
    CHECK(parse_signer_key(suite(), to_string(sm2)).value().private_key == sm2.private_key);
    const auto text = checkpoint_text(test::sample_checkpoint(300));
    const std::vector<SignerKey> signers{log_key(), sm2};
    const auto note = sign_note(suite(), text, signers).value();
    const std::vector<VerifierKey> keys{sm2.verifier, log_key().verifier};
    const std::vector<VerifiedSignature> expected{{1, 0}, {0, 0}};
    CHECK(open_checkpoint(suite(), note, keys).value().note.verified == expected);
    CHECK(open_checkpoint(suite(), note, std::span(keys).subspan(1)).value().note.unknown == 1);
    auto parsed = parse_note(note).value();
    parsed.signatures[1].signature.back() ^= std::byte{1};
    CHECK(refusal(to_string(parsed), keys) == ErrorCode::corrupt);
    auto other = generate_signer_key(suite(), KeyType::sm2, "mediation.example/log1").value().verifier;
    other.id = sm2.verifier.id;  // Another's key under the same id.
    CHECK(refusal(note, std::span(&other, 1)) == ErrorCode::corrupt);
}

TEST_CASE("an SM2 signature as bare r and s, which some devices give, is refused") {
    const auto sm2 = generate_signer_key(suite(), KeyType::sm2, "mediation.example/log1").value();
    const auto text = checkpoint_text(test::sample_checkpoint(3));
    const auto der = sign_text(suite(), sm2, text).value().signature;
    REQUIRE(verify_signature(suite(), sm2.verifier, text, der));
    // SEQUENCE { INTEGER r, INTEGER s }, each up to 32 bytes and a zero before a high bit.
    Bytes bare;
    for (std::size_t at = 2; at < der.size();) {
        const auto size = std::to_integer<std::size_t>(der[at + 1]);
        Bytes number(der.begin() + static_cast<std::ptrdiff_t>(at + 2),
                     der.begin() + static_cast<std::ptrdiff_t>(at + 2 + size));
        if (number.size() > 32) number.erase(number.begin());
        number.insert(number.begin(), 32 - number.size(), std::byte{});
        bare.insert(bare.end(), number.begin(), number.end());
        at += 2 + size;
    }
    REQUIRE(bare.size() == 64);
    CHECK_FALSE(verify_signature(suite(), sm2.verifier, text, bare));
    CHECK_FALSE(verify_signature(suite(), sm2.verifier, text, {}));
}

TEST_CASE("what is not a note is refused with a reason") {
    const auto line = note_300.substr(note_300.find("\u2014"));
    const auto text = note_300.substr(0, note_300.find("\n\n") + 1);
    const std::string many_lines = [&] {
        std::string lines;
        for (std::size_t i = 0; i <= NoteLimits::signatures_max; ++i) lines += line;
        return lines;
    }();
    for (const std::string& bad : {
             std::string{},
             std::string("\n"),
             std::string("\n\n"),
             text,
             text + "\n",
             text + line,                                    // no blank line
             text + "\n" + line.substr(0, line.size() - 1),  // no newline at the end
             text + "\n" + line + "\n",                      // a blank line after the signatures
             text + "\n" + line + "x\n",                     // a line that is no signature
             text + "\n-" + line.substr(3),                  // a hyphen for the dash
             text + "\n\u2014  " + line.substr(4),           // no name
             text + "\n\u2014 a+b " + "AAAAAAAA\n",          // a plus in the name
             text + "\n\u2014 a\u00a0b " + "AAAAAAAA\n",     // a space in the name
             text + "\n\u2014 a\u3000b " + "AAAAAAAA\n",     // an ideographic one
             text + "\n\u2014 a AAAA\n",                     // shorter than an id
             text + "\n\u2014 a AAAAAA==\n",                 // an id without a signature
             text + "\n\u2014 a AAAAAAB=\n",                 // another spelling of base64
             text + "\n\u2014 a AAAA AAAA\n",
             "tab\there\n\n" + line,
             "return\r\n\n" + line,
             std::string("zero\0byte\n\n", 11) + line,
             "\xff\n\n" + line,
             "\xc0\x80\n\n" + line,          // an overlong zero
             "\xed\xa0\x80\n\n" + line,      // a surrogate
             "\xf4\x90\x80\x80\n\n" + line,  // beyond Unicode
             "\xe4\xb8\n\n" + line,
             text + "\n" + many_lines,
             std::string(NoteLimits::note_bytes_max, 'a') + "\n\n" + line,
         }) {
        INFO(bad.substr(0, 200));
        const auto parsed = parse_note(bad);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == ErrorCode::invalid);
        CHECK_FALSE(parsed.error().detail.empty());
    }
}

TEST_CASE("a text may have blank lines and any script; 16 signatures and more are read") {
    const std::string text = "案件\n\n\u2014 not a signature, for it is before the last blank line\n";
    const auto key = log_key();
    auto note = sign_note(suite(), text, std::span(&key, 1)).value();
    for (std::uint8_t fill = 10; fill < 40; ++fill) {
        const auto other = test::seeded_key(KeyType::ed25519, "someone.example", fill);
        note = add_signature(note, sign_text(suite(), other, text).value()).value();
    }
    const auto opened = open_note(suite(), note, std::span(&key.verifier, 1)).value();
    CHECK(opened.text == text);
    CHECK(opened.unknown == 30);
    CHECK(to_string(parse_note(note).value()) == note);
    for (const auto* bad : {"no newline", "tab\t\n", "\xff\n", ""}) CHECK_FALSE(sign_text(suite(), key, bad));
    CHECK_FALSE(generate_signer_key(suite(), KeyType::ed25519, "a b"));
}

TEST_CASE("no single changed byte of a signed note is believed") {
    const auto keys = both_keys();
    const auto note = note_300 + cosignature_300;
    const auto original = open_note(suite(), note, keys).value();
    std::size_t believed = 0;
    for (std::size_t i = 0; i < note.size(); ++i)
        for (const int bit : {0, 1, 5, 7}) {
            auto changed = note;
            changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
            const auto opened = open_note(suite(), changed, keys);
            if (!opened) continue;
            // A name or id may change into an unknown one: then that line says nothing, and the text is the same.
            REQUIRE(opened->text == original.text);
            REQUIRE(opened->verified.size() < original.verified.size());
            ++believed;
        }
    CHECK(believed > 0);
}

}  // namespace anjie
