#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/dossier/archive.hpp"
#include "adapters/dossier/case_texts.hpp"
#include "adapters/dossier/report_basis.hpp"
#include "storage/record/record_reader.hpp"

// The readers behind the zip: any bytes are a manifest, records and hashes, or an explained refusal. What is read is
// folded and told as a verifier would, also when nobody has proved it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace anjie;
    const auto bytes = std::as_bytes(std::span(data, size));
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto manifest = dossier::parse_manifest(text)) {
        if (dossier::to_text(*manifest) != text) std::abort();
    } else if (manifest.error().detail.empty()) {
        std::abort();
    }
    (void)dossier::split_hashes(bytes);
    const auto records = dossier::split_records(bytes);
    if (!records) return 0;
    RecordReader reader;
    dossier::ReportBasis basis;
    for (const auto& record : *records) {
        const auto event = reader.read(record.bytes);
        if (!event) continue;
        (void)dossier::history_event(*event);
        (void)basis.add(*event);
    }
    (void)basis.rows();
    return 0;
}
