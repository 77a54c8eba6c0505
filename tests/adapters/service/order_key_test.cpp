#include <catch2/catch.hpp>

#include "adapters/service/detail/order_key.hpp"
#include "storage/crypto/openssl_suite.hpp"

using namespace anjie;
using namespace anjie::service::detail;

TEST_CASE("A command's id says under which key and with what content it was given") {
    const auto& hasher = openssl_suite().hasher;
    const auto key = order_key(hasher, "0/tashi", "k", "content");
    CHECK(order_key_of(command_id_of(key)) == key);
    const auto id = to_string(command_id_of(key));
    CHECK(id[14] == '8');
    CHECK((id[19] == '8' || id[19] == '9' || id[19] == 'a' || id[19] == 'b'));
    // Every bit of both halves is carried.
    for (unsigned bit = 0; bit < 61; ++bit) {
        const OrderKey one{std::uint64_t{1} << bit, 0};
        const OrderKey other{0, std::uint64_t{1} << bit};
        CHECK(order_key_of(command_id_of(one)) == one);
        CHECK(order_key_of(command_id_of(other)) == other);
    }
}

TEST_CASE("Another principal, another key or another content gives another id, and no parts run into each other") {
    const auto& hasher = openssl_suite().hasher;
    const auto key = order_key(hasher, "0/tashi", "k", "content");
    CHECK(order_key(hasher, "0/tashi", "k", "content") == key);
    CHECK(order_key(hasher, "0/tashi", "k", "contenu").key == key.key);
    CHECK(order_key(hasher, "0/tashi", "k", "contenu").content != key.content);
    CHECK(order_key(hasher, "1/tashi", "k", "content").key != key.key);
    CHECK(order_key(hasher, "0/tashi", "l", "content").key != key.key);
    CHECK(order_key(hasher, "0/tash", "ik", "content").key != key.key);
}

TEST_CASE("An id of another making is of no key") {
    const CommandId other{*parse_uuid("01890a5d-ac96-774b-bcce-b302099a8057")};
    CHECK(order_key_of(other).key > (std::uint64_t{1} << 61));
}
