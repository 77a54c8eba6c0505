#include "adapters/witness/witness_directory.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <map>

#include "adapters/witness/files.hpp"
#include "adapters/witness/key_file.hpp"
#include "engine/trust/cosignature.hpp"
#include "tests/engine/trust/sample_tree.hpp"
#include "tests/storage/temporary_directory.hpp"
#include "tests/support/random.hpp"

namespace anjie::witness {
namespace {

using Status = WitnessAnswer::Status;
using test::log_key;
using test::suite;

constexpr std::string_view origin = "mediation.example/log1";

std::string request(std::span<const Hash> leaves, std::size_t old_size, std::size_t size) {
    const LeafHashes hashes(suite().hasher, leaves);
    auto proof = prove_consistency(suite().hasher, hashes, old_size, size).value();
    const Checkpoint checkpoint{std::string(origin), size, test::root_of(leaves.first(size))};
    return to_string(WitnessRequest{old_size, std::move(proof), test::signed_checkpoint(checkpoint, log_key())});
}

/// A witness in a directory of its own, opened as a process would.
struct Opened {
    WitnessDirectory directory;
    SystemClock clock;
    Witness witness{suite(), directory.key(), [this] { return directory.trusted(); }, directory, clock};

    explicit Opened(const std::filesystem::path& path) : directory(WitnessDirectory::open(suite(), path).value()) {}
    WitnessAnswer ask(std::span<const Hash> leaves, std::size_t old_size, std::size_t size) {
        return witness.add_checkpoint(request(leaves, old_size, size));
    }
};

/// Runs `work` in another process; answers how that ended (128 + n: by signal n).
int in_another_process(const std::function<int()>& work) {
    const auto child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) ::_exit(work());
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Dies when it has kept the checkpoint and has not answered yet.
class DyingRecord final : public WitnessRecord {
public:
    explicit DyingRecord(WitnessRecord& inner) : inner_(inner) {}
    Result<std::optional<std::string>> last(const Hash& log) const override { return inner_.last(log); }
    Result<void> exchange(const Hash& log, const Decide& decide) override {
        (void)inner_.exchange(log, decide);
        ::_exit(77);
    }

private:
    WitnessRecord& inner_;
};

struct Made {
    test::TemporaryDirectory folder;
    std::filesystem::path path{folder.path() / "witness"};

    Made() {
        REQUIRE(WitnessDirectory::create(suite(), path, "witness.example/w1"));
        REQUIRE(WitnessDirectory::open(suite(), path)->trust(log_key().verifier).value());
    }
};

}  // namespace

TEST_CASE("a key file is its owner's alone, and is never overwritten") {
    const test::TemporaryDirectory folder;
    const auto file = folder.path() / "key";
    CHECK(read_key_file(suite(), file).error().code == ErrorCode::not_found);
    REQUIRE(write_key_file(file, log_key()));
    struct ::stat status{};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    CHECK(read_key_file(suite(), file)->verifier == log_key().verifier);
    CHECK(write_key_file(file, test::witness_key()).error().code == ErrorCode::conflict);
    CHECK(read_key_file(suite(), file)->verifier == log_key().verifier);
    for (const unsigned mode : {0640u, 0604u, 0660u, 0666u, 0644u}) {
        REQUIRE(::chmod(file.c_str(), mode) == 0);
        const auto read = read_key_file(suite(), file);
        REQUIRE(read.error().code == ErrorCode::invalid);
        CHECK(read.error().detail.find("chmod 600 " + file.string()) != std::string::npos);
    }
    REQUIRE(::chmod(file.c_str(), 0400) == 0);
    CHECK(read_key_file(suite(), file));
    for (const std::string content : {"", "\n", "PRIVATE+KEY+", "no newline", "x\n\n"}) {
        const auto bad = folder.path() / "bad";
        std::filesystem::remove(bad);
        REQUIRE(create_file(bad, content, 0600));
        CHECK(read_key_file(suite(), bad).error().code == ErrorCode::invalid);
    }
}

TEST_CASE("a witness remembers across restarts, and its directory is made once") {
    const Made made;
    const auto leaves = test::sample_leaves(50);
    CHECK(Opened(made.path).ask(leaves, 0, 20).status == Status::cosigned);
    CHECK(Opened(made.path).ask(leaves, 0, 10) == WitnessAnswer{Status::another_size, "20\n"});
    CHECK(Opened(made.path).ask(leaves, 20, 50).status == Status::cosigned);
    const auto key = Opened(made.path).directory.key().verifier;
    CHECK(WitnessDirectory::create(suite(), made.path, "witness.example/w2").error().code == ErrorCode::conflict);
    CHECK(Opened(made.path).directory.key().verifier == key);
    CHECK(WitnessDirectory::open(suite(), made.folder.path()).error().code == ErrorCode::not_found);
    CHECK(WitnessDirectory::create(suite(), made.folder.path() / "b", "a b").error().code == ErrorCode::invalid);
    std::filesystem::remove_all(made.path / "heads");
    CHECK(WitnessDirectory::open(suite(), made.path).error().code == ErrorCode::corrupt);
}

TEST_CASE("who is trusted is read anew, and a list with a line that is no key trusts nobody") {
    const Made made;
    Opened opened(made.path);
    const auto leaves = test::sample_leaves(5);
    CHECK_FALSE(opened.directory.trust(log_key().verifier).value());
    CHECK(opened.directory.trust(test::witness_key().verifier).error().code == ErrorCode::invalid);
    CHECK(opened.directory.trusted().value() == std::vector<VerifierKey>{log_key().verifier});
    std::ofstream(made.path / "trusted-logs", std::ios::app) << "not a key\n";
    const auto broken = opened.directory.trusted();
    REQUIRE(broken.error().code == ErrorCode::invalid);
    CHECK(broken.error().detail.find("trusted-logs:3") != std::string::npos);
    CHECK(opened.ask(leaves, 0, 5).status == Status::unavailable);
    std::ofstream(made.path / "trusted-logs") << "# nobody\n\n";
    CHECK(opened.ask(leaves, 0, 5).status == Status::unknown_log);
    std::ofstream(made.path / "trusted-logs") << to_string(log_key().verifier);
    CHECK(opened.ask(leaves, 0, 5).status == Status::cosigned);
}

TEST_CASE("a witness that dies between keeping and answering has kept it, and signs it again") {
    const Made made;
    const auto leaves = test::sample_leaves(50);
    REQUIRE(Opened(made.path).ask(leaves, 0, 20).status == Status::cosigned);
    CHECK(in_another_process([&] {
              Opened opened(made.path);
              DyingRecord dying(opened.directory);
              Witness witness(
                  suite(), opened.directory.key(), [&] { return opened.directory.trusted(); }, dying, opened.clock);
              (void)witness.add_checkpoint(request(leaves, 20, 30));
              return 0;
          }) == 77);
    auto fork = leaves;
    fork[25] = fork[0];
    CHECK(Opened(made.path).ask(fork, 20, 30) == WitnessAnswer{Status::another_size, "30\n"});
    CHECK(Opened(made.path).ask(leaves, 20, 30) == WitnessAnswer{Status::another_size, "30\n"});
    CHECK(Opened(made.path).ask(fork, 30, 30).status == Status::not_consistent);
    CHECK(Opened(made.path).ask(leaves, 30, 30).status == Status::cosigned);
}

TEST_CASE("a half-written record beside the good one is nobody's") {
    const Made made;
    const auto leaves = test::sample_leaves(50);
    REQUIRE(Opened(made.path).ask(leaves, 0, 20).status == Status::cosigned);
    const auto head = made.path / "heads" / to_hex(suite().hasher.digest(bytes_of(origin)).bytes);
    REQUIRE(std::filesystem::exists(head));
    std::ofstream(head.string() + ".new") << "mediation.exa";
    CHECK(Opened(made.path).ask(leaves, 20, 30).status == Status::cosigned);
    std::filesystem::resize_file(head, 40);
    CHECK(Opened(made.path).ask(leaves, 30, 50).status == Status::unavailable);
}

TEST_CASE("processes that use one directory at once sign one history") {
    const Made made;
    const auto leaves = test::sample_leaves(60);
    auto fork = leaves;
    for (std::size_t i = 1; i < fork.size(); ++i) fork[i] = suite().hasher.leaf(bytes_of(fmt::format("other-{}", i)));
    // Each process asks for both histories and writes down what was signed.
    std::vector<::pid_t> children;
    for (int process = 0; process < 4; ++process) {
        const auto child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            Opened opened(made.path);
            std::ofstream out(made.folder.path() / fmt::format("signed-{}", process));
            test::Random random(static_cast<std::uint64_t>(process));
            for (std::size_t round = 0; round < 120; ++round) {
                const auto from = std::min<std::size_t>(round / 2 + random.below(3), 58);
                const bool other = random.one_in(2);
                if (opened.ask(other ? fork : leaves, from, from + 1).status == Status::cosigned)
                    out << from + 1 << (other ? " fork\n" : " log\n");
            }
            out.flush();
            ::_exit(0);
        }
        children.push_back(child);
    }
    for (const auto child : children) {
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE((WIFEXITED(status) && WEXITSTATUS(status) == 0));
    }
    std::map<std::size_t, std::vector<std::string>> by_size;
    for (int process = 0; process < 4; ++process) {
        std::ifstream in(made.folder.path() / fmt::format("signed-{}", process));
        std::size_t size = 0;
        std::string side;
        while (in >> size >> side) by_size[size].push_back(side);
    }
    REQUIRE_FALSE(by_size.empty());
    for (const auto& [size, sides] : by_size) {
        INFO(size);
        CHECK(sides.size() == 1);
        if (size > 1) CHECK(sides[0] == by_size.rbegin()->second[0]);  // Leaf 0 is that of both.
    }
}

}  // namespace anjie::witness
