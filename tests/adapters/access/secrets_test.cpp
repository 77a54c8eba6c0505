#include "adapters/access/detail/secrets.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "adapters/access/detail/passwords.hpp"

namespace anjie::access::detail {
namespace {

TEST_CASE("A secret has 256 random bits behind its prefix and a check that finds every changed character") {
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) seen.insert(new_secret(token_prefix));
    CHECK(seen.size() == 200);
    const auto secret = *seen.begin();
    CHECK(secret.size() == 6 + 52 + 6);
    CHECK(is_secret(secret, token_prefix));
    CHECK_FALSE(is_secret(secret, address_prefix));
    for (std::size_t i = 0; i < secret.size(); ++i) {
        auto changed = secret;
        changed[i] = changed[i] == 'a' ? 'b' : 'a';
        CAPTURE(i);
        CHECK_FALSE(is_secret(changed, token_prefix));
    }
    CHECK_FALSE(is_secret(secret.substr(0, secret.size() - 1), token_prefix));
    CHECK_FALSE(is_secret("", token_prefix));
}

TEST_CASE("SHA-256 and HMAC are those of the standards") {
    CHECK(to_hex(view_of(sha256("abc"))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // RFC 4231, test case 2.
    CHECK(to_hex(view_of(hmac_sha256(bytes_of("Jefe"), "what do ya want for nothing?"))) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("A password is kept as argon2id with a salt of its own, and only the same one matches") {
    const auto first = hash_password("grassland-12-fence");
    const auto second = hash_password("grassland-12-fence");
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    CHECK(*first != *second);
    CHECK(password_matches(*first, "grassland-12-fence"));
    CHECK_FALSE(password_matches(*first, "grassland-12-fence "));
    CHECK_FALSE(password_matches(*first, ""));
    CHECK_FALSE(password_matches("", ""));
    CHECK_FALSE(password_matches("nonsense", "grassland-12-fence"));
    CHECK_FALSE(is_outdated(*first));
    CHECK(is_outdated("$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$aaaa"));
    // A longer one than anybody can set is no match, even where its beginning is one.
    const auto longest = hash_password(std::string(256, 'x'));
    REQUIRE(longest);
    CHECK_FALSE(password_matches(*longest, std::string(300, 'x')));
}

TEST_CASE("An unknown name costs the hashing that a known one costs") {
    const auto encoded = hash_password("grassland-12-fence");
    REQUIRE(encoded);
    const auto cost = [](std::string_view against) {
        auto best = std::chrono::nanoseconds::max();
        for (int i = 0; i < 5; ++i) {
            const auto begun = std::chrono::steady_clock::now();
            static_cast<void>(password_matches(against, "wrong-password-1"));
            best = std::min(best, std::chrono::nanoseconds(std::chrono::steady_clock::now() - begun));
        }
        return best;
    };
    static_cast<void>(cost(""));  // Makes nobody's hash.
    // Without the hash it would be a thousandth.
    CHECK(cost("").count() > cost(*encoded).count() / 3);
}

TEST_CASE("A new password is long enough, varied, and does not hold the name") {
    CHECK(check_new_password("pema", "grassland-12-fence", 12));
    CHECK(check_new_password("pema", "草原边界纠纷调解委员会甲乙", 12));  // Characters, not bytes.
    CHECK_FALSE(check_new_password("pema", "草原边界纠纷", 12));
    CHECK_FALSE(check_new_password("pema", "short", 12));
    CHECK_FALSE(check_new_password("pema", "aaaaaaaaaaaaaaaa", 12));
    CHECK_FALSE(check_new_password("pema", "pema-likes-yaks", 12));
    CHECK_FALSE(check_new_password("pema", std::string(257, 'x') + "abcdefgh", 12));
}

}  // namespace
}  // namespace anjie::access::detail
