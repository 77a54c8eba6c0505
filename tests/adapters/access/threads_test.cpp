#include <fmt/format.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "tests/adapters/access/fixture.hpp"

namespace anjie::access {
namespace {

TEST_CASE("Many threads and a second program write one chain, without a gap and without a lost entry") {
    Office office;
    static_cast<void>(office.administrator());
    auto second = Access::open(office.directory(), office.clock());
    REQUIRE(second);
    constexpr int threads = 4;
    constexpr int each = 25;
    const auto before = office.access().journal_head()->count;
    std::atomic<int> failed{0};
    std::vector<std::jthread> workers;
    for (int i = 0; i < threads; ++i)
        workers.emplace_back([&, i] {
            auto& access = i % 2 == 0 ? office.access() : **second;
            for (int n = 0; n < each; ++n) {
                JournalEntry entry;
                entry.kind = JournalKind::disclosure;
                entry.who = fmt::format("worker {}", i);
                entry.count = static_cast<std::uint64_t>(n);
                if (!access.record(entry)) ++failed;
            }
        });
    workers.clear();
    CHECK(failed == 0);
    CHECK(office.access().journal_head()->count == before + threads * each);
    CHECK(office.access().verify_journal()->empty());
    for (int i = 0; i < threads; ++i)
        CHECK(office.access().journal({.who = fmt::format("worker {}", i)})->size() == each);
}

TEST_CASE("Of many who carry out one approved request at once, exactly one does") {
    Office office;
    const auto head = office.add("tashi", {Role::head});
    const auto other = office.add("nima", {Role::head});
    const TwoPersonOrder order{
        .kind = TwoPersonKind::full_export, .scope = {"540629-102"}, .target = "all", .reason = ""};
    const auto asked = office.access().request(head, order, office.client());
    REQUIRE(word(office.access().approve(other, asked->id, office.client())) == "ok");
    std::atomic<int> done{0};
    std::vector<std::jthread> workers;
    for (int i = 0; i < 4; ++i)
        workers.emplace_back([&] {
            if (office.access().carry_out(head, asked->id, order, Client{"local", ""})) ++done;
        });
    workers.clear();
    CHECK(done == 1);
}

TEST_CASE("Sessions and tokens are looked up by many threads while rights change") {
    Office office;
    office.add("pema", {Role::registrar});
    const auto admin = office.administrator();
    const auto session = office.access().log_in("pema", good_password, office.client());
    REQUIRE(word(session) == "ok");
    std::atomic<bool> stop{false};
    std::atomic<int> wrong{0};
    std::vector<std::jthread> readers;
    for (int i = 0; i < 3; ++i)
        readers.emplace_back([&] {
            while (!stop) {
                const auto who = office.access().session_of(session->cookie);
                // One of the two states, never a mixture.
                if (!who || who->roles.size() != 1) ++wrong;
            }
        });
    for (int i = 0; i < 20; ++i) {
        const auto role = i % 2 == 0 ? Role::statistician : Role::registrar;
        if (!office.access().change_user(admin, "pema", {.roles = {{role}}}, Client{"local", ""})) ++wrong;
    }
    stop = true;
    readers.clear();
    CHECK(wrong == 0);
}

}  // namespace
}  // namespace anjie::access
