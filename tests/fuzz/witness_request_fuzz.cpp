#include <cstdlib>

#include "engine/trust/witness.hpp"
#include "tests/engine/trust/memory_witness_record.hpp"
#include "tests/engine/trust/sample_tree.hpp"
#include "tests/fuzz/edited.hpp"

namespace {

using namespace anjie;
using test::suite;

const std::vector<Hash> leaves = test::sample_leaves(300);
const std::string good =
    to_string(WitnessRequest{7, prove_consistency(suite().hasher, LeafHashes(suite().hasher, leaves), 7, 300).value(),
                             test::signed_checkpoint(test::sample_checkpoint(300), test::log_key())});
const std::string first =
    to_string(WitnessRequest{0, {}, test::signed_checkpoint(test::sample_checkpoint(7), test::log_key())});
const std::string good_text = checkpoint_text(test::sample_checkpoint(300));
const ManualClock still(Instant{1'767'225'600'000'000});
const Hash log_hash = suite().hasher.digest(bytes_of("mediation.example/log1"));

Result<std::vector<VerifierKey>> trusted() { return std::vector<VerifierKey>{test::log_key().verifier}; }

const std::string kept_first = [] {
    test::MemoryWitnessRecord record;
    Witness witness(suite(), test::witness_key(), trusted, record, still);
    if (witness.add_checkpoint(first).status != WitnessAnswer::Status::cosigned) std::abort();
    return record.last(log_hash).value().value();
}();

}  // namespace

// A witness answers any bytes, signs nothing but what the log signed, and keeps exactly what it signed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using Status = WitnessAnswer::Status;
    const auto body = test::raw_or_edited(good, {data, size});
    const auto request = parse_witness_request(body);
    if (request ? to_string(*request) != body : request.error().detail.empty()) std::abort();
    test::MemoryWitnessRecord record;
    record.put(log_hash, kept_first);
    Witness witness(suite(), test::witness_key(), trusted, record, still);
    const auto answer = witness.add_checkpoint(body);
    if (!answer.body.ends_with('\n') || answer.status == Status::unavailable) std::abort();
    if ((answer.status == Status::malformed) == request.has_value() &&
        !(request && request->old_size > parse_checkpoint(parse_note(request->checkpoint)->text)->size))
        std::abort();
    const auto kept = record.last(log_hash).value().value();
    if (answer.status == Status::cosigned ? parse_note(kept)->text != good_text : kept != kept_first) std::abort();
    return 0;
}
