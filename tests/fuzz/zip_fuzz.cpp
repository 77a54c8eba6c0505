#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "adapters/zip/reader.hpp"

// Any bytes are an archive within its limits or an explained refusal; every entry has the size it says or is damaged.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace anjie;
    const auto bytes = std::as_bytes(std::span(data, size));
    const zip::Limits limits{.entries_max = 100, .entry_bytes_max = 1 << 20, .total_bytes_max = 4 << 20};
    const auto archive = zip::Reader::open(bytes, limits);
    if (!archive) {
        if (archive.error().detail.empty()) std::abort();
        return 0;
    }
    if (archive->entries().size() > limits.entries_max) std::abort();
    for (const auto& entry : archive->entries()) {
        if (entry.size > limits.entry_bytes_max) std::abort();
        const auto content = archive->read(entry.name);
        if (content && content->size() != entry.size) std::abort();
    }
    return 0;
}
