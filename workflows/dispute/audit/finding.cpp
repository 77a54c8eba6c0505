#include "workflows/dispute/audit/finding.hpp"

#include <utility>

namespace anjie::dispute::audit {

std::span<const CodeEntry<Severity>> code_table(Severity) {
    using enum Severity;
    static constexpr CodeEntry<Severity> entries[]{{note, "note", "提示", "note"},
                                                   {warning, "warning", "注意", "warning"},
                                                   {serious, "serious", "严重", "serious"}};
    return entries;
}

void Findings::add(Finding finding) {
    auto& here = by_kind_[finding.kind];
    switch (finding.severity) {
        case Severity::note:
            ++here.tally.notes;
            break;
        case Severity::warning:
            ++here.tally.warnings;
            break;
        case Severity::serious:
            ++here.tally.serious;
            break;
    }
    if (here.kept.size() == findings_kept_max) return;
    if (finding.events_in_all == 0) finding.events_in_all = finding.events.size();
    if (finding.events.size() > citations_max) finding.events.resize(citations_max);
    here.kept.push_back(std::move(finding));
}

void Findings::could_not_decide(std::string_view kind, std::string_view why) {
    auto& here = by_kind_[kind];
    ++here.tally.undecided;
    ++here.undecided[why];
}

void Findings::append(Findings&& later) {
    for (auto& [kind, theirs] : later.by_kind_) {
        auto& here = by_kind_[kind];
        here.tally.serious += theirs.tally.serious;
        here.tally.warnings += theirs.tally.warnings;
        here.tally.notes += theirs.tally.notes;
        here.tally.undecided += theirs.tally.undecided;
        for (const auto& [why, count] : theirs.undecided) here.undecided[why] += count;
        for (auto& finding : theirs.kept)
            if (here.kept.size() < findings_kept_max) here.kept.push_back(std::move(finding));
    }
    later.by_kind_.clear();
}

const std::vector<Finding>& Findings::of(std::string_view kind) const {
    static const std::vector<Finding> none;
    const auto found = by_kind_.find(kind);
    return found == by_kind_.end() ? none : found->second.kept;
}

Tally Findings::tally(std::string_view kind) const {
    const auto found = by_kind_.find(kind);
    return found == by_kind_.end() ? Tally{} : found->second.tally;
}

std::map<std::string_view, std::uint64_t> Findings::undecided(std::string_view kind) const {
    const auto found = by_kind_.find(kind);
    return found == by_kind_.end() ? std::map<std::string_view, std::uint64_t>{} : found->second.undecided;
}

}  // namespace anjie::dispute::audit
