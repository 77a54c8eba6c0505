#include <fmt/format.h>

#include <algorithm>

#include "workflows/dispute/audit/check.hpp"
#include "workflows/dispute/detail/documents.hpp"

namespace anjie::dispute::audit {
namespace {

const Kind papers{
    .id = "documents_missing",
    .title = {"结案缺文书", "Closed with documents missing"},
    .method = {"结案时卷内文书与该案所适用规则的必备文书（及配置另要求的）比对",
               "the papers on file at closing are compared with those mandatory under the case's own rules, and those "
               "the configuration asks for besides"}};

Text names_of(const std::vector<DocumentKind>& kinds) {
    Text names;
    for (const auto kind : kinds) {
        const auto& entry = entry_of(kind);
        names.zh.append(names.zh.empty() ? "" : "、").append(entry.zh);
        names.en.append(names.en.empty() ? "" : ", ").append(entry.en);
    }
    return names;
}

class DocumentsMissing final : public Check {
public:
    explicit DocumentsMissing(const Setting& setting) : setting_(setting) {}

    [[nodiscard]] const Kind& kind() const override { return papers; }

    void after(const Step& step, Findings& out) override {
        if (!std::holds_alternative<CaseClosed>(step.event)) return;
        const auto* set = setting_.rules == nullptr ? nullptr : setting_.rules->find(step.state.rule_version);
        if (set == nullptr) out.could_not_decide(papers.id, "rules_unknown");
        const auto by_rule = set == nullptr ? std::vector<DocumentKind>{}
                                            : dispute::detail::missing_documents(step.state, set->mandatory_documents);
        auto besides = dispute::detail::missing_documents(step.state, setting_.thresholds.documents_also_required);
        std::erase_if(besides, [&](DocumentKind kind) { return std::ranges::find(by_rule, kind) != by_rule.end(); });
        if (!by_rule.empty()) closings_.push_back({step.cite(), by_rule, law("FORM-DIRECTORY"), Severity::warning});
        if (!besides.empty())
            closings_.push_back({step.cite(), std::move(besides),
                                 local_rule("AUDIT-DOCUMENTS", "另要求的文书", "further papers asked for"),
                                 Severity::note});
    }

    void end(const CaseSeen& seen, Findings& out) override {
        for (const auto& closing : closings_) out.add(finding(closing, seen));
        closings_.clear();
    }

private:
    struct Closing {
        Citation where;
        std::vector<DocumentKind> missing;
        RuleReference rule;
        Severity severity;
    };

    /// A paper that came after closing is no longer missing, but it was when the case was counted.
    static Finding finding(const Closing& closing, const CaseSeen& seen) {
        const auto names = names_of(closing.missing);
        const bool filed_since = dispute::detail::missing_documents(seen.state, closing.missing).empty();
        return {.kind = papers.id,
                .severity = filed_since ? Severity::note : closing.severity,
                .sentence = {fmt::format("v{} 结案时卷内没有：{}{}", closing.where.version, names.zh,
                                         filed_since ? "；以后已补入" : "；至今未补"),
                             fmt::format("when v{} closed the case its file lacked: {}; {}", closing.where.version,
                                         names.en, filed_since ? "filed since" : "not filed since")},
                .rule = closing.rule,
                .events = {closing.where}};
    }

    const Setting& setting_;
    std::vector<Closing> closings_;
};

}  // namespace

std::unique_ptr<Check> documents_missing(const Setting& setting) { return std::make_unique<DocumentsMissing>(setting); }

}  // namespace anjie::dispute::audit
