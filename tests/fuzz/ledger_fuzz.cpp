#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "adapters/ledger/columns.hpp"
#include "adapters/ledger/csv_reader.hpp"
#include "adapters/ledger/row.hpp"

// Any bytes give rows or one explained obstacle; rows below a header that is recognised can all be read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace anjie::ledger;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    MemorySource source(bytes);
    auto reader = CsvReader::open(source, {.rows_max = 10'000, .columns_max = 64, .cell_bytes_max = 4'096});
    if (!reader) {
        if (reader.error().error || reader.error().message.sentence.zh.empty()) std::abort();
        return 0;
    }
    TableRow row;
    std::optional<Header> header;
    std::uint64_t line = 0;
    for (;;) {
        const auto more = reader->next(row);
        if (!more) {
            if (more.error().error || more.error().message.sentence.zh.empty()) std::abort();
            return 0;
        }
        if (!*more) return 0;
        if (row.line <= line || row.cells.empty()) std::abort();
        line = row.line;
        if (!header)
            header = Header::recognise(row.cells);
        else if (!is_to_be_skipped(*header, row))
            (void)read_row(*header, row, {"540629-102"});
    }
}
