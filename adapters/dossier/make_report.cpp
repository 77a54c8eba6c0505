#include <fmt/format.h>

#include <algorithm>

#include "adapters/dossier/make.hpp"
#include "adapters/dossier/readme.hpp"

namespace anjie::dossier {
namespace {

namespace statistics = dispute::statistics;

constexpr std::uint64_t progress_step = 4096;

/// Counts work and asks now and then whether to go on.
class Steps {
public:
    Steps(const Progress& progress, std::uint64_t total) : progress_(progress), total_(total) {}
    [[nodiscard]] bool next() {
        ++done_;
        return !progress_ || done_ % progress_step != 0 || progress_(done_, total_);
    }

private:
    const Progress& progress_;
    std::uint64_t total_;
    std::uint64_t done_{};
};

Error stopped() { return {ErrorCode::unavailable, "stopped"}; }

/// A record that will be shown, with its place.
struct ChosenRecord {
    Position position{};
    Bytes bytes;
};

Result<Position> position_as_of(const EventStore& events, Position head, Instant as_of, const Progress& progress) {
    Position last = 0;
    Steps steps(progress, head);
    bool stop = false;
    ANJIE_CHECK(events.read_feed(0, head, [&](const EventView& view) {
        if (view.header.recorded_at > as_of) return false;
        last = view.header.position;
        stop = !steps.next();
        return !stop;
    }));
    if (stop) return std::unexpected(stopped());
    return last;
}

/// The basis of everything recorded up to a position.
Result<ReportBasis> fold_log(const EventStore& events, Position until, const Progress& progress) {
    ReportBasis basis;
    std::optional<Error> failed;
    Steps steps(progress, events.head());
    ANJIE_CHECK(events.scan({}, [&](const EventView& view) {
        if (view.header.position <= until)
            if (auto added = basis.add(view); !added) failed = added.error();
        if (!failed && !steps.next()) failed = stopped();
        return !failed;
    }));
    if (failed) return std::unexpected(*failed);
    return basis;
}

Result<std::vector<ChosenRecord>> records_of(const EventStore& events, const std::set<CaseId>& cases, Position until) {
    std::vector<ChosenRecord> chosen;
    for (const auto& id : cases)
        ANJIE_CHECK(events.read_case(id, 0, [&](const EventView& view) {
            if (view.header.position > until) return false;
            chosen.push_back({view.header.position, {view.record.begin(), view.record.end()}});
            return true;
        }));
    std::ranges::sort(chosen, {}, &ChosenRecord::position);
    return chosen;
}

/// Adds the records and answers their leaves.
Result<std::vector<std::uint64_t>> add_records(zip::Writer& out, const LogProofSource& log, const EventStore& events,
                                               const std::optional<std::vector<ChosenRecord>>& chosen,
                                               const Progress& progress) {
    RecordEntries records(out);
    std::vector<std::uint64_t> leaves;
    const auto add = [&](Position position, BytesView bytes) {
        leaves.push_back(position - 1);
        records.add(bytes, log.hasher.leaf(bytes));
    };
    if (chosen) {
        for (const auto& record : *chosen) add(record.position, record.bytes);
    } else {
        const auto size = log.head.checkpoint.size;
        Steps steps(progress, size);
        bool stop = false;
        ANJIE_CHECK(events.read_feed(0, size, [&](const EventView& view) {
            add(view.header.position, view.record);
            stop = !steps.next();
            return !stop;
        }));
        if (stop) return std::unexpected(stopped());
    }
    records.finish();
    return leaves;
}

}  // namespace

Result<zip::Writer> make_report_proof(const LogProofSource& log, const EventStore& events, const ReportRequest& request,
                                      const RenderReport& render, const Progress& progress) {
    auto query = request.query;
    if (query.public_view)
        return failure(ErrorCode::invalid,
                       "a report for publication hides small counts, its proof would show them: "
                       "leave out --public or --prove / 公开版报表不能附证明");
    query.as_of.position = log.head.checkpoint.size;
    if (request.as_of_given) {
        ANJIE_TRY(query.as_of.position, position_as_of(events, log.head.checkpoint.size, query.as_of.at, progress));
    }
    ANJIE_TRY(auto basis, fold_log(events, query.as_of.position, progress));
    ANJIE_TRY(const auto behind, basis.cases_behind(query));
    std::optional<std::vector<ChosenRecord>> chosen;
    if (!request.complete) {
        ANJIE_TRY(chosen, records_of(events, behind, query.as_of.position));
        basis.keep_only(behind);
    }
    zip::Writer out;
    ANJIE_TRY(const auto leaves, add_records(out, log, events, chosen, progress));
    ANJIE_CHECK(add_proofs(out, log, leaves));
    ANJIE_TRY(auto texts, report_texts(basis, query, render));
    const Manifest manifest{.kind = Kind::report,
                            .events = leaves.size(),
                            .case_id = {},
                            .versions = {},
                            .query = query,
                            .cases = basis.cases(),
                            .complete = request.complete};
    out.add(std::string(manifest_entry), to_text(manifest));
    out.add(std::string(readme_entry), readme_text(manifest));
    for (auto& [name, text] : texts) out.add(name, text);
    return out;
}

}  // namespace anjie::dossier
