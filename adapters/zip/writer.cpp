#include "adapters/zip/writer.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <memory>

#include "engine/assert.hpp"

namespace anjie::zip {
namespace {

/// 1980-01-01 00:00, the first day the format knows.
constexpr zip_uint16_t first_day = 0x0021;
/// A regular file that everybody may read, as Unix archives say it.
constexpr zip_uint32_t plain_file = 0100644u << 16;

struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, Discard>;

std::unexpected<Error> refused(const std::filesystem::path& file, std::string_view reason) {
    return failure(ErrorCode::unavailable, fmt::format("{}: cannot be written: {}", file.string(), reason));
}

bool add_entry(zip_t* archive, const std::string& name, const Bytes& content) {
    // Freeing stays with the caller: the sources point into the writer's entries.
    auto* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    if (source == nullptr) return false;
    const auto index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    const auto at = static_cast<zip_uint64_t>(index);
    return zip_set_file_compression(archive, at, ZIP_CM_DEFLATE, 6) == 0 &&
           zip_file_set_dostime(archive, at, 0, first_day, 0) == 0 &&
           zip_file_set_external_attributes(archive, at, 0, ZIP_OPSYS_UNIX, plain_file) == 0;
}

void tell(zip_t*, double share, void* listener) { (*static_cast<const std::function<void(double)>*>(listener))(share); }

}  // namespace

void Writer::add(std::string name, Bytes content) {
    const bool added = entries_.emplace(std::move(name), std::move(content)).second;
    ANJIE_ASSERT(added);
}

void Writer::add(std::string name, std::string_view content) {
    const auto bytes = std::as_bytes(std::span(content));
    add(std::move(name), Bytes(bytes.begin(), bytes.end()));
}

Result<void> Writer::write(const std::filesystem::path& file, const std::function<void(double)>& progress) const {
    int code = 0;
    Archive archive(zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
    if (archive == nullptr) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        auto reason = refused(file, zip_error_strerror(&error));
        zip_error_fini(&error);
        return reason;
    }
    for (const auto& [name, content] : entries_)
        if (!add_entry(archive.get(), name, content)) return refused(file, zip_strerror(archive.get()));
    if (progress) {
        auto* listener = const_cast<std::function<void(double)>*>(&progress);  // The library's interface has no const.
        zip_register_progress_callback_with_state(archive.get(), 0.01, tell, nullptr, listener);
    }
    if (zip_close(archive.get()) != 0) return refused(file, zip_strerror(archive.get()));
    (void)archive.release();
    return {};
}

}  // namespace anjie::zip
