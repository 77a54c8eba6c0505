#include "engine/id.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <unordered_set>

#include "tests/support/print.hpp"
#include "tests/support/random.hpp"

using namespace anjie;

namespace {

const Instant spring_2024 = *parse_instant("2024-03-05T14:02:11.123456+08:00");

unsigned version_of(const Uuid& id) { return id.bytes[6] >> 4; }
unsigned variant_of(const Uuid& id) { return id.bytes[8] >> 6; }

std::int64_t milliseconds_of(const Uuid& id) {
    std::int64_t milliseconds = 0;
    for (std::size_t i = 0; i < 6; ++i) milliseconds = milliseconds << 8 | id.bytes[i];
    return milliseconds;
}

}  // namespace

TEST_CASE("a UUID is printed in lower case and read in either case") {
    const auto id = parse_uuid("018E0D3A-9f63-7abc-8DEF-0123456789aB");
    REQUIRE(id);
    CHECK(to_string(*id) == "018e0d3a-9f63-7abc-8def-0123456789ab");
    CHECK(to_string(Uuid{}) == "00000000-0000-0000-0000-000000000000");
    CHECK(Uuid{}.is_nil());
    CHECK_FALSE(id->is_nil());
}

TEST_CASE("a text that is not exactly a UUID is refused") {
    const std::string good = "018e0d3a-9f63-7abc-8def-0123456789ab";
    REQUIRE(parse_uuid(good));
    CHECK_FALSE(parse_uuid(""));
    CHECK_FALSE(parse_uuid(good.substr(1)));
    CHECK_FALSE(parse_uuid(good + "0"));
    CHECK_FALSE(parse_uuid("{" + good + "}"));
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (const char wrong : {'g', '/', ':', '@', '`', ' ', '\0', '\xe6'}) {
            std::string text = good;
            text[i] = wrong;
            INFO("character " << i << " replaced");
            CHECK_FALSE(parse_uuid(text));
        }
        std::string text = good;
        text[i] = text[i] == '-' ? '0' : '-';
        CHECK_FALSE(parse_uuid(text));
    }
}

TEST_CASE("every UUID survives printing and reading") {
    auto random = test::Random::seeded(1);
    INFO("seed " << random.seed());
    for (int round = 0; round < 1000; ++round) {
        Uuid id;
        for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(random.next());
        REQUIRE(parse_uuid(to_string(id)) == id);
    }
}

TEST_CASE("a UUIDv7 holds its millisecond, its version, its variant and 74 bits of the two words") {
    const Uuid zeros = uuid_v7(spring_2024, 0, 0);
    CHECK(to_string(zeros) == "018e0d34-8b33-7000-8000-000000000000");
    const Uuid ones = uuid_v7(spring_2024, ~0ULL, ~0ULL);
    CHECK(to_string(ones) == "018e0d34-8b33-7fff-bfff-ffffffffffff");
    const Uuid mixed = uuid_v7(spring_2024, 0x123, 0xc123456789abcdef);
    CHECK(to_string(mixed) == "018e0d34-8b33-7123-8123-456789abcdef");
}

TEST_CASE("a moment before 1970 gives the time field 0") {
    CHECK(milliseconds_of(uuid_v7(Instant{-5'000'000}, 1, 2)) == 0);
}

TEST_CASE("UUIDs of later milliseconds sort later whatever their random bits") {
    auto random = test::Random::seeded(2);
    INFO("seed " << random.seed());
    for (int round = 0; round < 1000; ++round) {
        const Instant first{random.between(0, 4'000'000'000'000'000)};
        const Instant later{first.microseconds + random.between(1000, 1'000'000'000'000)};
        const Uuid before = uuid_v7(first, random.next(), random.next());
        const Uuid after = uuid_v7(later, random.next(), random.next());
        REQUIRE(before < after);
        REQUIRE(version_of(before) == 7);
        REQUIRE(variant_of(before) == 2);
        REQUIRE(milliseconds_of(before) == first.microseconds / 1000);
    }
}

TEST_CASE("the id of a name is the same in every release") {
    // Computed with a second program written from the definition in engine/id.cpp.
    const std::pair<std::string_view, std::string_view> expected[] = {
        {"", "018e0d34-8b33-7daf-a85e-10e89f16ce26"},
        {"a", "018e0d34-8b33-72ca-8d1e-716fb58784df"},
        {"12345678", "018e0d34-8b33-7bae-920d-6ba5d7793d6c"},
        {"123456789", "018e0d34-8b33-7858-9e24-8ae407dafd9e"},
        {"540629001/2024/12", "018e0d34-8b33-7f6e-a617-33c0674d735f"},
        {"尼阿调〔2024〕12号", "018e0d34-8b33-7035-8526-e5ca58879858"},
    };
    for (const auto& [name, id] : expected) {
        INFO("name " << name);
        CHECK(to_string(uuid_v7_of_name(spring_2024, name)) == id);
    }
}

TEST_CASE("names that differ a little, or by trailing zeros, have different ids") {
    std::set<Uuid> seen;
    std::size_t names = 0;
    const auto take = [&](const std::string& name) {
        seen.insert(uuid_v7_of_name(spring_2024, name));
        ++names;
    };
    for (int number = 0; number < 20'000; ++number) take("540629001/2024/" + std::to_string(number));
    for (std::size_t length = 1; length < 40; ++length) take(std::string(length, '\0'));
    for (std::size_t bit = 0; bit < 8 * 24; ++bit) {
        std::string name(24, 'x');
        name[bit / 8] = static_cast<char>(name[bit / 8] ^ (1 << bit % 8));
        take(name);
    }
    CHECK(seen.size() == names);
}

TEST_CASE("each bit of a name's id follows about half of the changes of one bit of the name") {
    std::array<int, 64> flips{};
    int changes = 0;
    for (int number = 0; number < 200; ++number) {
        const std::string name = "case " + std::to_string(number);
        const Uuid plain = uuid_v7_of_name(spring_2024, name);
        for (std::size_t bit = 0; bit < 8 * name.size(); ++bit, ++changes) {
            std::string other = name;
            other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << bit % 8));
            const Uuid changed = uuid_v7_of_name(spring_2024, other);
            for (std::size_t i = 0; i < 64; ++i)
                flips[i] += (plain.bytes[8 + i / 8] ^ changed.bytes[8 + i / 8]) >> (7 - i % 8) & 1;
        }
    }
    for (std::size_t i = 2; i < 64; ++i) {  // The first two bits are the variant.
        INFO("bit " << i << " flipped " << flips[i] << " times in " << changes);
        CHECK(std::abs(flips[i] - changes / 2) < changes / 25);
    }
}

TEST_CASE("hashes of case ids made in the same millisecond spread over the buckets") {
    auto random = test::Random::seeded(3);
    INFO("seed " << random.seed());
    std::unordered_set<std::size_t> low_bits;
    for (int i = 0; i < 4096; ++i) {
        const CaseId id{uuid_v7(spring_2024, random.next(), random.next())};
        low_bits.insert(std::hash<CaseId>{}(id) % 4096);
    }
    CHECK(low_bits.size() > 2400);  // 63 % of the buckets are expected.
    const CommandId command{uuid_v7(spring_2024, 1, 2)};
    CHECK(std::hash<CommandId>{}(command) == std::hash<CommandId>{}(CommandId{command}));
}
