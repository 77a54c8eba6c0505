#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/zip/limits.hpp"
#include "engine/event.hpp"
#include "engine/result.hpp"

namespace anjie::zip {

struct Entry {
    std::string name;
    std::uint64_t size{};    ///< Unpacked, as the archive says; `read` holds it to that.
    std::uint64_t packed{};  ///< As it lies in the file.

    bool operator==(const Entry&) const = default;
};

/// One entry, unpacked piece by piece. Lifetime: the reader outlives it. Cost: memory does not grow with the entry.
class EntryStream {
public:
    EntryStream(EntryStream&&) noexcept;
    EntryStream& operator=(EntryStream&&) noexcept;
    ~EntryStream();

    /// Bytes read; 0 at the end, and only when the entry is whole. Errors: `corrupt` (checksum, length, or what the
    /// packing says).
    [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into);

private:
    friend class Reader;
    struct Open;
    explicit EntryStream(std::unique_ptr<Open> open);
    std::unique_ptr<Open> open_;
};

/// Reads archives made by anybody. Nothing is unpacked to disk, so names only have to be harmless to print; they are
/// held to plain relative paths all the same.
/// Threads: one at a time.
class Reader {
public:
    /// Looks at the list of entries and refuses the archive as a whole when anything of it is out of bounds: too many
    /// or too large entries, ratios of a bomb, names that are absolute, leave the archive, repeat or hide something,
    /// encrypted entries, links, directories, methods other than stored and deflated, entries that overlap.
    /// Errors: `not_found`, `unavailable` (cannot be read), `corrupt` (damaged or cut short), `invalid` (refused).
    [[nodiscard]] static Result<Reader> open(const std::filesystem::path& file, const Limits& limits = {});
    /// The same from memory. Lifetime: `bytes` outlives the reader.
    [[nodiscard]] static Result<Reader> open(BytesView bytes, const Limits& limits = {});

    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;
    ~Reader();

    /// In the order of the archive.
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
    /// Nullptr when there is none.
    [[nodiscard]] const Entry* find(std::string_view name) const;
    /// Errors: `not_found`, `corrupt` (checksum, length, or what the packing says).
    [[nodiscard]] Result<Bytes> read(std::string_view name) const;
    /// Errors: `not_found`, `corrupt`.
    [[nodiscard]] Result<EntryStream> stream(std::string_view name) const;

private:
    struct Archive;
    explicit Reader(std::unique_ptr<Archive> archive);

    std::unique_ptr<Archive> archive_;
    std::vector<Entry> entries_;
};

}  // namespace anjie::zip
