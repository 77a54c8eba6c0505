#include <unistd.h>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "adapters/zip/reader.hpp"
#include "adapters/zip/writer.hpp"
#include "tests/support/random.hpp"

namespace anjie::zip {
namespace {

Bytes bytes(std::string_view text) {
    const auto view = std::as_bytes(std::span(text));
    return {view.begin(), view.end()};
}

/// A file that goes away with the test.
struct Scratch {
    std::filesystem::path path;
    explicit Scratch(std::string_view name)
        : path(std::filesystem::temp_directory_path() /
               ("anjie-zip-" + std::to_string(::getpid()) + std::string(name))) {}
    ~Scratch() { std::filesystem::remove(path); }
    [[nodiscard]] Bytes content() const {
        std::ifstream in(path, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        return bytes(text);
    }
};

Bytes archive_of(const Writer& writer) {
    const Scratch file("a.zip");
    REQUIRE(writer.write(file.path));
    return file.content();
}

TEST_CASE("what is written is read again, sorted by name") {
    Writer writer;
    writer.add("records/00000001", Bytes(100'000, std::byte{7}));
    writer.add("README.txt", "案结 Anjie\n");
    writer.add("empty", std::string_view{});
    const auto file = archive_of(writer);
    const auto reader = Reader::open(file, {.ratio_max = 2'000});
    REQUIRE(reader);
    REQUIRE(reader->entries().size() == 3);
    CHECK(reader->entries()[0].name == "README.txt");
    CHECK(reader->entries()[2].name == "records/00000001");
    CHECK(reader->read("README.txt") == bytes("案结 Anjie\n"));
    CHECK(reader->read("empty") == Bytes{});
    CHECK(reader->read("records/00000001") == Bytes(100'000, std::byte{7}));
    CHECK(reader->read("nothing").error().code == ErrorCode::not_found);
    CHECK(reader->find("nothing") == nullptr);
}

TEST_CASE("the same entries make the same file whatever the order they came in") {
    Writer one;
    one.add("a", "first");
    one.add("b", "second");
    Writer other;
    other.add("b", "second");
    other.add("a", "first");
    const auto file = archive_of(one);
    CHECK(file == archive_of(other));
    Writer changed;
    changed.add("a", "first");
    changed.add("b", "secone");
    CHECK(file != archive_of(changed));
}

TEST_CASE("a limit is enough or it is not") {
    Writer writer;
    writer.add("a", "12345");
    writer.add("b", "12345");
    const auto file = archive_of(writer);
    CHECK(Reader::open(file, {.entries_max = 2, .entry_bytes_max = 5, .total_bytes_max = 10}));
    CHECK(Reader::open(file, {.entries_max = 1}).error().code == ErrorCode::invalid);
    CHECK(Reader::open(file, {.entry_bytes_max = 4}).error().code == ErrorCode::invalid);
    CHECK(Reader::open(file, {.total_bytes_max = 9}).error().code == ErrorCode::invalid);
    CHECK(Reader::open(file, {.file_bytes_max = file.size() - 1}).error().code == ErrorCode::invalid);
    CHECK(Reader::open(file, {.name_bytes_max = 0}).error().code == ErrorCode::invalid);
}

TEST_CASE("an archive that is cut short anywhere is refused") {
    Writer writer;
    writer.add("a", "some words that are packed");
    writer.add("b", "and some more of them");
    const auto file = archive_of(writer);
    for (std::size_t length = 0; length < file.size(); ++length)
        CHECK_FALSE(Reader::open(BytesView(file).first(length)));
}

TEST_CASE("damage never shows other content under a name") {
    Writer writer;
    writer.add("a", "some words that are packed, some words that are packed");
    const auto file = archive_of(writer);
    const auto content = bytes("some words that are packed, some words that are packed");
    auto random = test::Random::seeded(20260101);
    INFO("seed " << random.seed());
    int found = 0;
    for (int round = 0; round < 3'000; ++round) {
        auto damaged = file;
        for (auto times = 1 + random.below(3); times > 0; --times)
            damaged[random.below(damaged.size())] = static_cast<std::byte>(random.below(256));
        const auto reader = Reader::open(damaged);
        const auto read = reader ? reader->read("a") : std::unexpected(reader.error());
        if (read)
            CHECK(*read == content);
        else
            ++found;
    }
    CHECK(found > 1'000);
}

TEST_CASE("a file that cannot be written is an error with its name") {
    Writer writer;
    writer.add("a", "b");
    const auto written = writer.write("/nowhere/at/all.zip");
    REQUIRE_FALSE(written);
    CHECK(written.error().code == ErrorCode::unavailable);
    CHECK(written.error().detail.contains("/nowhere/at/all.zip"));
}

}  // namespace
}  // namespace anjie::zip
