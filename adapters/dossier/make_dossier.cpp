#include <fmt/format.h>

#include "adapters/dossier/case_texts.hpp"
#include "adapters/dossier/make.hpp"
#include "adapters/dossier/readme.hpp"

namespace anjie::dossier {

Result<zip::Writer> make_dossier(const LogProofSource& log, const EventStore& events, CaseId id) {
    zip::Writer out;
    RecordEntries records(out);
    std::vector<HistoryEvent> history;
    std::vector<std::uint64_t> leaves;
    std::optional<Error> failed;
    ANJIE_CHECK(events.read_case(id, 0, [&](const EventView& view) {
        if (view.header.position > log.head.checkpoint.size) return false;
        auto entry = history_event(view);
        if (!entry) {
            failed = entry.error();
            return false;
        }
        history.push_back(std::move(*entry));
        leaves.push_back(view.header.position - 1);
        records.add(view.record, log.hasher.leaf(view.record));
        return true;
    }));
    if (failed) return std::unexpected(*failed);
    if (history.empty())
        return failure(ErrorCode::not_found,
                       fmt::format("the checkpoint of {} events covers none of case {}: make a newer checkpoint first",
                                   log.head.checkpoint.size, to_string(id)));
    records.finish();
    ANJIE_CHECK(add_proofs(out, log, leaves));
    const Manifest manifest{.kind = Kind::dossier,
                            .events = history.size(),
                            .case_id = id,
                            .versions = history.back().header.version,
                            .query = {},
                            .cases = {},
                            .complete = {}};
    out.add(std::string(manifest_entry), to_text(manifest));
    out.add(std::string(readme_entry), readme_text(manifest));
    for (auto& [name, text] : case_texts(history)) out.add(name, text);
    return out;
}

}  // namespace anjie::dossier
