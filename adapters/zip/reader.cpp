#include "adapters/zip/reader.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <set>

#include "adapters/zip/detail/names.hpp"

namespace anjie::zip {
namespace {

// What every entry and the end of an archive take at least, besides names and content.
constexpr std::uint64_t local_header_bytes = 30;
constexpr std::uint64_t directory_entry_bytes = 46;
constexpr std::uint64_t end_bytes = 22;

std::unexpected<Error> refused(const std::string& archive, std::string_view reason) {
    return failure(ErrorCode::invalid, fmt::format("{}: refused: {}", archive, reason));
}

std::unexpected<Error> broken(const std::string& archive, std::string_view reason) {
    return failure(ErrorCode::corrupt, fmt::format("{}: damaged: {}", archive, reason));
}

/// A mode's file type, as Unix archives keep it in the upper half of the attributes.
bool is_regular(zip_uint8_t system, zip_uint32_t attributes) {
    if (system != ZIP_OPSYS_UNIX) return true;
    const auto type = attributes >> 16 & 0170000u;
    return type == 0 || type == 0100000u;
}

}  // namespace

struct Reader::Archive {
    struct Discard {
        void operator()(zip_t* archive) const { zip_discard(archive); }
    };

    std::string name;
    std::uint64_t bytes{};
    std::unique_ptr<zip_t, Discard> zip;

    [[nodiscard]] Result<Entry> entry(zip_uint64_t index, const Limits& limits) const {
        zip_stat_t stat;
        zip_stat_init(&stat);
        if (zip_stat_index(zip.get(), index, ZIP_FL_ENC_RAW, &stat) != 0) return broken(name, zip_strerror(zip.get()));
        constexpr auto needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
        if ((stat.valid & needed) != needed) return broken(name, fmt::format("entry {} has no sizes", index));
        Entry found{.name = stat.name, .size = stat.size, .packed = stat.comp_size};
        if (auto wrong = detail::complaint_about_name(found.name, limits.name_bytes_max))
            return refused(name, fmt::format("entry {}: {}", index, *wrong));
        const auto refuse = [&](std::string_view reason) {
            return refused(name, fmt::format("entry \"{}\" {}", found.name, reason));
        };
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
            return refuse("is encrypted");
        if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
            return refuse("is packed by another method than deflate");
        zip_uint8_t system = 0;
        zip_uint32_t attributes = 0;
        if (zip_file_get_external_attributes(zip.get(), index, 0, &system, &attributes) != 0)
            return broken(name, zip_strerror(zip.get()));
        if (!is_regular(system, attributes)) return refuse("is a link or no plain file");
        if (found.size > limits.entry_bytes_max)
            return refuse(fmt::format("has {} bytes, more than {}", found.size, limits.entry_bytes_max));
        if (found.size > limits.small_entry_bytes && found.size / limits.ratio_max >= found.packed)
            return refuse(fmt::format("grows from {} to {} bytes, more than {} to 1", found.packed, found.size,
                                      limits.ratio_max));
        return found;
    }

    [[nodiscard]] Result<std::vector<Entry>> list(const Limits& limits) const {
        const auto count = static_cast<std::uint64_t>(std::max<zip_int64_t>(zip_get_num_entries(zip.get(), 0), 0));
        if (count > limits.entries_max)
            return refused(name, fmt::format("{} entries, more than {}", count, limits.entries_max));
        std::vector<Entry> entries;
        std::set<std::string> names;
        std::uint64_t total = 0;
        std::uint64_t taken = end_bytes;
        for (zip_uint64_t i = 0; i < count; ++i) {
            ANJIE_TRY(auto found, entry(i, limits));
            if (!names.insert(detail::folded(found.name)).second)
                return refused(name, fmt::format("two entries are named \"{}\"", found.name));
            total += found.size;
            if (total > limits.total_bytes_max)
                return refused(name, fmt::format("more than {} bytes when unpacked", limits.total_bytes_max));
            if (found.packed > bytes) return refused(name, fmt::format("entry \"{}\" is cut short", found.name));
            taken += local_header_bytes + directory_entry_bytes + 2 * found.name.size() + found.packed;
            entries.push_back(std::move(found));
        }
        if (taken > bytes)
            return refused(name,
                           fmt::format("its entries would take {} bytes of a file of {}: they overlap", taken, bytes));
        return entries;
    }

    [[nodiscard]] static Result<std::unique_ptr<Archive>> from(zip_source_t* source, std::string name,
                                                               std::uint64_t bytes) {
        auto archive = std::make_unique<Archive>();
        archive->name = std::move(name);
        archive->bytes = bytes;
        zip_error_t error;
        zip_error_init(&error);
        archive->zip.reset(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
        if (archive->zip == nullptr) {
            auto reason = broken(archive->name, zip_error_strerror(&error));
            zip_source_free(source);
            zip_error_fini(&error);
            return reason;
        }
        zip_error_fini(&error);
        return archive;
    }
};

Reader::Reader(std::unique_ptr<Archive> archive) : archive_(std::move(archive)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Result<Reader> Reader::open(const std::filesystem::path& file, const Limits& limits) {
    std::error_code failed;
    if (!std::filesystem::exists(file, failed))
        return failure(ErrorCode::not_found, fmt::format("{}: there is no such file", file.string()));
    const auto bytes = std::filesystem::file_size(file, failed);
    if (failed) return failure(ErrorCode::unavailable, fmt::format("{}: {}", file.string(), failed.message()));
    if (bytes > limits.file_bytes_max)
        return refused(file.string(), fmt::format("{} bytes, more than {}", bytes, limits.file_bytes_max));
    zip_error_t error;
    zip_error_init(&error);
    auto* source = zip_source_file_create(file.c_str(), 0, -1, &error);
    zip_error_fini(&error);
    if (source == nullptr) return failure(ErrorCode::unavailable, file.string() + ": cannot be read");
    ANJIE_TRY(auto archive, Archive::from(source, file.string(), bytes));
    Reader reader(std::move(archive));
    ANJIE_TRY(reader.entries_, reader.archive_->list(limits));
    return reader;
}

Result<Reader> Reader::open(BytesView bytes, const Limits& limits) {
    if (bytes.size() > limits.file_bytes_max)
        return refused("the archive", fmt::format("{} bytes, more than {}", bytes.size(), limits.file_bytes_max));
    zip_error_t error;
    zip_error_init(&error);
    auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_error_fini(&error);
    if (source == nullptr) return failure(ErrorCode::unavailable, "no memory for the archive");
    ANJIE_TRY(auto archive, Archive::from(source, "the archive", bytes.size()));
    Reader reader(std::move(archive));
    ANJIE_TRY(reader.entries_, reader.archive_->list(limits));
    return reader;
}

const Entry* Reader::find(std::string_view name) const {
    const auto found = std::ranges::find(entries_, name, &Entry::name);
    return found == entries_.end() ? nullptr : &*found;
}

struct EntryStream::Open {
    std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file{nullptr, zip_fclose};
    std::string archive, entry;
    std::uint64_t size{}, done{};

    [[nodiscard]] std::unexpected<Error> damaged(std::string_view reason) const {
        return broken(archive, fmt::format("entry \"{}\": {}", entry, reason));
    }
};

EntryStream::EntryStream(std::unique_ptr<Open> open) : open_(std::move(open)) {}
EntryStream::EntryStream(EntryStream&&) noexcept = default;
EntryStream& EntryStream::operator=(EntryStream&&) noexcept = default;
EntryStream::~EntryStream() = default;

Result<std::size_t> EntryStream::read(std::span<std::byte> into) {
    auto& self = *open_;
    const auto wanted = std::min<std::uint64_t>(into.size(), self.size - self.done);
    if (wanted > 0) {
        const auto got = zip_fread(self.file.get(), into.data(), wanted);
        if (got < 0) return self.damaged(zip_file_strerror(self.file.get()));
        if (got == 0) return self.damaged("it is shorter than the archive says");
        self.done += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
    }
    if (into.empty()) return 0;
    // One byte is asked for beyond the end: only there the checksum is compared, and nothing may follow.
    std::byte beyond{};
    const auto got = zip_fread(self.file.get(), &beyond, 1);
    if (got < 0) return self.damaged(zip_file_strerror(self.file.get()));
    if (got > 0) return self.damaged("it is longer than the archive says");
    return 0;
}

Result<EntryStream> Reader::stream(std::string_view name) const {
    const auto found = std::ranges::find(entries_, name, &Entry::name);
    if (found == entries_.end())
        return failure(ErrorCode::not_found, fmt::format("{}: no entry \"{}\"", archive_->name, name));
    auto open = std::make_unique<EntryStream::Open>();
    open->archive = archive_->name;
    open->entry = name;
    open->size = found->size;
    open->file.reset(zip_fopen_index(archive_->zip.get(), static_cast<zip_uint64_t>(found - entries_.begin()), 0));
    if (open->file == nullptr) return open->damaged(zip_strerror(archive_->zip.get()));
    return EntryStream(std::move(open));
}

Result<Bytes> Reader::read(std::string_view name) const {
    ANJIE_TRY(auto entry, stream(name));
    Bytes content(entry.open_->size);
    std::size_t done = 0;
    for (;;) {
        std::byte beyond{};
        const auto rest = std::span(content).subspan(done);
        ANJIE_TRY(const auto got, entry.read(rest.empty() ? std::span(&beyond, 1) : rest));
        if (got == 0) return content;
        done += got;
    }
}

}  // namespace anjie::zip
