#include "engine/trust/witness.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "engine/trust/cosignature.hpp"
#include "tests/engine/trust/memory_witness_record.hpp"
#include "tests/engine/trust/sample_tree.hpp"
#include "tests/support/random.hpp"

namespace anjie {
namespace {

using Status = WitnessAnswer::Status;
using test::log_key;
using test::suite;
using test::witness_key;

constexpr std::string_view origin = "mediation.example/log1";

/// A log that can show any of its sizes, and one that forked off from it after some leaves.
struct Log {
    std::vector<Hash> leaves;
    SignerKey key{log_key()};

    explicit Log(std::size_t size, std::size_t forked_at = ~std::size_t{}) : leaves(test::sample_leaves(size)) {
        for (auto i = forked_at; i < size; ++i) leaves[i] = suite().hasher.leaf(bytes_of(fmt::format("other-{}", i)));
    }
    [[nodiscard]] std::string note(std::size_t size) const {
        return test::signed_checkpoint({std::string(origin), size, test::root_of(std::span(leaves).first(size))}, key);
    }
    [[nodiscard]] std::string request(std::size_t old_size, std::size_t size) const {
        const LeafHashes hashes(suite().hasher, leaves);
        auto proof = prove_consistency(suite().hasher, hashes, old_size, size).value();
        return to_string(WitnessRequest{old_size, std::move(proof), note(size)});
    }
};

struct Office {
    test::MemoryWitnessRecord record;
    ManualClock clock{Instant{1'767'225'600'000'000}};
    std::vector<VerifierKey> logs{log_key().verifier};
    Witness witness{suite(), witness_key(), [this] { return Result<std::vector<VerifierKey>>(logs); }, record, clock};

    Status status(std::string_view body) { return witness.add_checkpoint(body).status; }
};

/// Fails to keep anything.
class BrokenRecord final : public WitnessRecord {
public:
    Result<std::optional<std::string>> last(const Hash&) const override {
        return failure(ErrorCode::unavailable, "broken");
    }
    Result<void> exchange(const Hash&, const Decide& decide) override {
        (void)decide(std::nullopt);
        return failure(ErrorCode::unavailable, "broken");
    }
};

}  // namespace

TEST_CASE("a witness signs what grew, and what it signs opens with its key") {
    Office office;
    const Log log(300);
    const auto first = office.witness.add_checkpoint(log.request(0, 7));
    REQUIRE(first.status == Status::cosigned);
    CHECK(office.status(log.request(7, 256)) == Status::cosigned);
    const auto last = office.witness.add_checkpoint(log.request(256, 300));
    // The published vector: the same key, time and checkpoint.
    CHECK(last.body ==
          "\u2014 witness.example/w1 "
          "3xwKNQAAAABpVbkAnbWNmHX/j8+vLhBIBGRGe5OHM0azskZYzBwaxaUs9DO2R6zI1x+rBjT3axdxy2Cg+BwleCvmbSBPHw9MT6vrAw==\n");
    const std::vector<VerifierKey> keys{log_key().verifier, witness_key().verifier};
    const auto cosigned = add_cosignatures(suite(), log.note(300), last.body, std::span(keys).subspan(1)).value();
    CHECK(open_checkpoint(suite(), cosigned, keys).value().note.verified.size() == 2);
    CHECK(add_cosignatures(suite(), log.note(299), last.body, keys).error().code == ErrorCode::corrupt);
    CHECK(add_cosignatures(suite(), log.note(300), last.body, std::span(keys).first(1)).error().code ==
          ErrorCode::corrupt);
    const auto name = to_hex(suite().hasher.digest(bytes_of(origin)).bytes);
    CHECK(office.witness.latest(name).value() == cosigned);
    CHECK(office.witness.latest(std::string(64, '0')).error().code == ErrorCode::not_found);
    CHECK(office.witness.latest("../../key").error().code == ErrorCode::not_found);
}

TEST_CASE("a rollback, a fork and a replay are refused, and say where the witness stands") {
    Office office;
    const Log log(300);
    const Log fork(300, 100);
    REQUIRE(office.status(log.request(0, 200)) == Status::cosigned);
    const WitnessAnswer at_200{Status::another_size, "200\n"};

    CHECK(office.witness.add_checkpoint(log.request(0, 150)) == at_200);  // Yesterday's copy was put back.
    CHECK(office.witness.add_checkpoint(log.request(0, 300)) == at_200);
    CHECK(office.witness.add_checkpoint(log.request(150, 300)) == at_200);
    CHECK(office.status(log.request(0, 200)) == Status::another_size);  // The very request once more.
    CHECK(office.status(fork.request(200, 300)) == Status::not_consistent);
    CHECK(office.status(fork.request(200, 200)) == Status::not_consistent);  // One size, two roots.
    auto wrong = parse_witness_request(log.request(200, 300)).value();
    wrong.checkpoint = fork.note(300);
    CHECK(office.status(to_string(wrong)) == Status::not_consistent);
    wrong = parse_witness_request(log.request(200, 300)).value();
    wrong.proof.pop_back();
    CHECK(office.status(to_string(wrong)) == Status::not_consistent);
    wrong = parse_witness_request(log.request(200, 300)).value();
    wrong.checkpoint = log.note(150);
    CHECK(office.status(to_string(wrong)) == Status::malformed);  // The old size is the larger one.

    // None of this moved it.
    office.clock.advance(std::chrono::hours(1));
    const auto again = office.witness.add_checkpoint(log.request(200, 200));  // An answer was lost: sign again.
    REQUIRE(again.status == Status::cosigned);
    const auto witness = witness_key().verifier;
    const auto line = parse_signature_lines(again.body).value()[0];
    CHECK(verify_cosignature(suite(), witness, parse_note(log.note(200))->text, line.signature).value() ==
          1'767'225'600 + 3600);
    CHECK(office.status(log.request(200, 300)) == Status::cosigned);
}

TEST_CASE("the first checkpoint is taken as it is, without a proof") {
    Office office;
    const Log log(20);
    auto request = parse_witness_request(log.request(0, 20)).value();
    request.proof.push_back(log.leaves[0]);
    CHECK(office.status(to_string(request)) == Status::not_consistent);
    auto empty = test::signed_checkpoint({std::string(origin), 0, log.leaves[0]}, log.key);
    CHECK(office.status("old 0\n\n" + empty) == Status::not_consistent);
    empty = test::signed_checkpoint({std::string(origin), 0, suite().hasher.digest({})}, log.key);
    CHECK(office.status("old 0\n\n" + empty) == Status::cosigned);
    CHECK(office.status(log.request(0, 20)) == Status::cosigned);
}

TEST_CASE("only trusted keys of that very log are heard") {
    Office office;
    Log log(10);
    const auto good = log.request(0, 10);
    log.key = test::seeded_key(KeyType::ed25519, origin, 9);
    CHECK(office.status(log.request(0, 10)) == Status::not_signed);
    log.key = test::seeded_key(KeyType::ed25519, "mediation.example/log2", 1);
    CHECK(office.status(log.request(0, 10)) == Status::not_signed);
    auto damaged = parse_witness_request(good).value();
    auto note = parse_note(damaged.checkpoint).value();
    note.signatures[0].signature[5] ^= std::byte{1};
    damaged.checkpoint = to_string(note);
    CHECK(office.status(to_string(damaged)) == Status::not_signed);
    office.logs = {test::seeded_key(KeyType::ed25519, "mediation.example/log2", 1).verifier};
    CHECK(office.status(good) == Status::unknown_log);
    office.logs.push_back(test::seeded_key(KeyType::cosignature, origin, 1).verifier);
    CHECK(office.status(good) == Status::unknown_log);
    office.logs.push_back(log_key().verifier);
    CHECK(office.status(good) == Status::cosigned);
}

TEST_CASE(
    "during a change of keys the old and the new one may sign, alone or together; strangers' lines are not kept") {
    Office office;
    const auto new_key = test::seeded_key(KeyType::ed25519, origin, 5);
    office.logs.push_back(new_key.verifier);
    Log log(10);
    const auto stranger = test::seeded_key(KeyType::ed25519, "stranger.example", 6);
    auto request = parse_witness_request(log.request(0, 5)).value();
    const auto text = parse_note(request.checkpoint)->text;
    request.checkpoint = add_signature(request.checkpoint, sign_text(suite(), new_key, text).value()).value();
    request.checkpoint = add_signature(request.checkpoint, sign_text(suite(), stranger, text).value()).value();
    REQUIRE(office.status(to_string(request)) == Status::cosigned);
    const auto kept = office.record.last(suite().hasher.digest(bytes_of(origin))).value().value();
    CHECK(parse_note(kept)->signatures.size() == 3);
    CHECK(kept.find("stranger") == std::string::npos);
    log.key = new_key;
    office.logs.erase(office.logs.begin());
    CHECK(office.status(log.request(5, 10)) == Status::cosigned);
}

TEST_CASE("a request that is not one is malformed, and no byte of a good one may change unnoticed") {
    Office office;
    const Log log(300);
    REQUIRE(office.status(log.request(0, 77)) == Status::cosigned);
    const auto good = log.request(77, 300);
    const auto note = log.note(300);
    const auto hash = to_base64(log.leaves[0].bytes) + "\n";
    std::string long_proof = "old 77\n";
    for (int i = 0; i < 64; ++i) long_proof += hash;
    const std::vector<std::string> malformed{"",
                                             "old 77",
                                             "old 77\n",
                                             "old 077\n\n" + note,
                                             "old -1\n\n" + note,
                                             "old 9223372036854775808\n\n" + note,
                                             "old  77\n\n" + note,
                                             "new 77\n\n" + note,
                                             "old 77\n" + note,
                                             "old 77\nAAAA\n\n" + note,
                                             "old 77\r\n\r\n" + note,
                                             "old 77\n\n",
                                             "old 77\n\nnot a checkpoint\n\n" + note.substr(note.find("\u2014")),
                                             long_proof + "\n" + note,
                                             std::string(WitnessLimits::request_bytes_max + 1, 'o')};
    for (const auto& body : malformed) {
        INFO(body.substr(0, 80));
        CHECK(office.status(body) == Status::malformed);
    }
    for (std::size_t cut = 0; cut < good.size(); ++cut) CHECK(office.status(good.substr(0, cut)) != Status::cosigned);
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto changed = good;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        CHECK(office.status(changed) != Status::cosigned);
    }
    CHECK(office.status(good) == Status::cosigned);
    CHECK(parse_witness_request(good).value() ==
          parse_witness_request(to_string(*parse_witness_request(good))).value());
}

TEST_CASE("a witness that cannot keep its record, or finds it damaged, signs nothing") {
    const Log log(10);
    BrokenRecord broken;
    const ManualClock clock(Instant{});
    Witness witness(
        suite(), witness_key(), [] { return Result<std::vector<VerifierKey>>({log_key().verifier}); }, broken, clock);
    const auto answer = witness.add_checkpoint(log.request(0, 10));
    CHECK(answer.status == Status::unavailable);
    CHECK(answer.body.find("\u2014") == std::string::npos);

    Office office;
    REQUIRE(office.status(log.request(0, 5)) == Status::cosigned);
    const auto name = suite().hasher.digest(bytes_of(origin));
    auto kept = office.record.last(name).value().value();
    kept.replace(kept.find("\n5\n"), 3, "\n3\n");  // Somebody would have it forget two leaves.
    office.record.put(name, kept);
    CHECK(office.status(log.request(3, 10)) == Status::unavailable);
    CHECK_FALSE(office.witness.latest(to_hex(name.bytes)));
}

TEST_CASE("requests at once leave one history: each size is signed once, and only forwards") {
    Office office;
    const Log log(200);
    const Log fork(200, 1);
    constexpr std::size_t steps = 40;
    std::vector<std::pair<std::uint64_t, std::string>> requests;
    for (std::size_t i = 0; i < steps; ++i)
        for (const auto* side : {&log, &fork}) requests.emplace_back(5 * i + 5, side->request(5 * i, 5 * i + 5));
    std::vector<std::vector<std::uint64_t>> signed_by_thread(4);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < signed_by_thread.size(); ++t)
        threads.emplace_back([&, t] {
            test::Random random(t);
            for (std::size_t round = 0; round < 10 * requests.size(); ++round) {
                // Mostly the next few, so that the threads meet.
                const auto which = std::min<std::size_t>(round / 10 + random.below(4), requests.size() - 1);
                if (office.witness.add_checkpoint(requests[which].second).status == Status::cosigned)
                    signed_by_thread[t].push_back(requests[which].first);
            }
        });
    for (auto& thread : threads) thread.join();
    std::vector<std::uint64_t> all;
    for (const auto& sizes : signed_by_thread) {
        CHECK(std::ranges::is_sorted(sizes));
        all.insert(all.end(), sizes.begin(), sizes.end());
    }
    std::ranges::sort(all);
    CHECK(std::ranges::adjacent_find(all) == all.end());
    CHECK(all.size() > 1);
    // What was signed is one of the two histories from beginning to end.
    const auto kept = office.record.last(suite().hasher.digest(bytes_of(origin))).value().value();
    const auto last = parse_checkpoint(parse_note(kept)->text).value();
    const auto on = [&](const Log& side) {
        return test::root_of(std::span(side.leaves).first(last.size)) == last.root;
    };
    CHECK(on(log) != on(fork));
    CHECK(last.size == all.back());
}

}  // namespace anjie
