#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "workflows/dispute/audit/check.hpp"
#include "workflows/dispute/audit/detail/keyed_hash.hpp"
#include "workflows/dispute/audit/detail/normal_text.hpp"

namespace anjie::dispute::audit {
namespace {

const Kind twice{
    .id = "duplicate",
    .title = {"疑似重复登记", "Likely registered twice"},
    .method = {
        "比较登记：来源线索相同；或登记日相近而当事人全部相同、简要情况相同；或同日同机构同类型同金额。"
        "姓名和文字只以一次性密钥的散列比较，不输出",
        "registrations are compared: the same lead or reference; or near in time with all parties the same, or the "
        "same description; or the same day, organisation, type and amount. Names and texts are compared by hashes "
        "under a key of this run only and are never printed"}};

/// Why two cases look like one. Each is a bit.
enum Ground : std::uint8_t { by_origin = 1, by_identity = 2, by_name = 4, by_text = 8, by_figures = 16 };
constexpr Ground grounds[] = {by_origin, by_identity, by_name, by_text, by_figures};

struct Registration {
    CaseId case_id;
    Position position{};
    std::int32_t day{};
    std::uint32_t parties{};
    bool in_scope{};
};

/// What a registration is compared by.
struct Mark {
    Ground ground{};
    std::uint64_t hash{};
    std::int32_t day{};
    std::uint32_t registration{};  ///< Index.

    auto operator<=>(const Mark&) const = default;
};

using Fields = std::vector<SealedField>;

const std::string* text_of(const Fields& fields, std::uint16_t subject, SealedCode code) {
    for (const auto& field : fields)
        if (field.subject == subject && field.field == static_cast<std::uint16_t>(code) && !field.text.empty())
            return &field.text;
    return nullptr;
}

void overlay(Fields& fields, const Fields& newer) {
    for (const auto& field : newer) {
        const auto found = std::ranges::find_if(
            fields, [&](const auto& old) { return old.subject == field.subject && old.field == field.field; });
        if (found == fields.end())
            fields.push_back(field);
        else
            *found = field;
    }
}

class Duplicate final : public Check {
public:
    explicit Duplicate(const Setting& setting) : setting_(setting) {}

    [[nodiscard]] const Kind& kind() const override { return twice; }
    [[nodiscard]] bool wants_sealed(EventType type) const override {
        return type == CaseRegistered::event_type || type == FactCorrected::event_type;
    }
    [[nodiscard]] bool wants_elsewhere(EventType type) const override {
        return wants_sealed(type) || type == CaseTakenOver::event_type;
    }

    void after(const Step& step, Findings& out) override {
        if (const auto* registered = std::get_if<CaseRegistered>(&step.event)) begin(*registered, step, out);
        if (registrations_.empty() || registrations_.back().case_id != step.header.case_id) return;
        if (const auto* taken = std::get_if<CaseTakenOver>(&step.event); taken && !taken->reference.empty())
            mark(by_origin, "taken|" + taken->from + "|" + taken->reference);
        const auto* corrected = std::get_if<FactCorrected>(&step.event);
        if (corrected && corrected->corrects == 1 && corrected->field.empty() && step.sealed != nullptr)
            overlay(fields_, *step.sealed);
    }

    void absorb(Check&& later) override {
        auto& theirs = static_cast<Duplicate&>(later);
        mark_texts(undecided_here_);
        theirs.mark_texts(undecided_here_);
        const auto offset = static_cast<std::uint32_t>(registrations_.size());
        registrations_.insert(registrations_.end(), theirs.registrations_.begin(), theirs.registrations_.end());
        for (auto one : theirs.marks_) {
            one.registration += offset;
            marks_.push_back(one);
        }
        undecided_here_.append(std::move(theirs.undecided_here_));
    }

    void finish(Findings& out) override {
        mark_texts(undecided_here_);
        out.append(std::move(undecided_here_));
        std::ranges::sort(marks_);
        std::map<std::vector<std::uint32_t>, int> clusters;  // Cases that look like one, and on which grounds.
        for (std::size_t begin = 0, end = 0; begin < marks_.size(); begin = end) {
            for (end = begin + 1; end < marks_.size() && together(marks_[end - 1], marks_[end]);) ++end;
            if (end - begin < 2) continue;
            std::vector<std::uint32_t> members;
            for (std::size_t i = begin; i < end; ++i) members.push_back(marks_[i].registration);
            std::ranges::sort(members);
            members.erase(std::ranges::unique(members).begin(), members.end());
            if (members.size() > 1) clusters[std::move(members)] |= marks_[begin].ground;
        }
        for (const auto& [members, why] : clusters)
            if (std::ranges::any_of(members, [&](auto i) { return registrations_[i].in_scope; }))
                out.add(finding(members, why));
    }

private:
    void begin(const CaseRegistered& event, const Step& step, Findings&) {
        mark_texts(undecided_here_);
        const auto day = static_cast<std::int32_t>(step.occurred_on().time_since_epoch().count());
        registrations_.push_back({.case_id = step.header.case_id,
                                  .position = step.header.position,
                                  .day = day,
                                  .parties = static_cast<std::uint32_t>(event.parties.size()),
                                  .in_scope = step.in_scope});
        if (!event.origin.empty()) mark(by_origin, "origin|" + event.origin);
        if (event.amount.fen > 0)
            mark(by_figures, fmt::format("figures|{}|{}|{}|{}|{}", step.header.organisation, code_of(event.type), day,
                                         event.amount.fen, event.parties.size()));
        opened_ = step.sealed != nullptr;
        fields_ = opened_ ? *step.sealed : Fields{};
        pending_ = true;
    }

    void mark(Ground ground, std::string_view text) {
        marks_.push_back({ground, detail::keyed_hash(setting_.hash_key, text), registrations_.back().day,
                          static_cast<std::uint32_t>(registrations_.size() - 1)});
    }

    /// The texts of the last registration as corrected later, once all of its events have been seen.
    void mark_texts(Findings& out) {
        if (!pending_) return;
        pending_ = false;
        const bool identity = mark_parties(by_identity, SealedCode::identity_number);
        const bool name = mark_parties(by_name, SealedCode::name);
        if (!identity && !name && registrations_.back().in_scope)
            out.could_not_decide(twice.id,
                                 opened_ && !fields_.empty() ? "names_masked_or_absent" : "sealed_text_absent");
        const auto* text = text_of(fields_, 0, SealedCode::summary);
        if (text == nullptr) text = text_of(fields_, 0, SealedCode::title);
        if (text == nullptr) return;
        const auto normal = detail::normal_text(*text);
        if (std::cmp_greater_equal(normal.characters, setting_.thresholds.duplicate_text_characters))
            mark(by_text, "text|" + normal.text);
    }

    /// All parties together, whoever is the applicant: a counter-claim is the same dispute. False where one is unknown.
    bool mark_parties(Ground ground, SealedCode code) {
        std::vector<std::string> all;
        for (std::uint32_t party = 1; party <= registrations_.back().parties; ++party) {
            const auto* text = text_of(fields_, static_cast<std::uint16_t>(party), code);
            if (text == nullptr || detail::is_masked(*text)) return false;
            all.push_back(detail::normal_text(*text).text);
        }
        if (all.size() < 2) return false;
        std::ranges::sort(all);
        std::string joined = "parties";
        for (const auto& one : all) joined.append(1, '|').append(one);
        mark(ground, joined);
        return true;
    }

    /// Whether the later of two neighbouring marks is about the same thing as the one before.
    [[nodiscard]] bool together(const Mark& earlier, const Mark& later) const {
        if (earlier.ground != later.ground || earlier.hash != later.hash) return false;
        return later.ground == by_origin || later.day - earlier.day <= setting_.thresholds.duplicate_window_days;
    }

    [[nodiscard]] Finding finding(const std::vector<std::uint32_t>& members, int why) const {
        const bool parties = (why & (by_identity | by_name)) != 0;
        const bool text = (why & by_text) != 0;
        const bool sure = (why & by_origin) != 0 || (parties && text);
        auto [first, last] = std::ranges::minmax(members, {}, [&](auto i) { return registrations_[i].day; });
        const auto apart = registrations_[last].day - registrations_[first].day;
        const auto party_count = registrations_[members.front()].parties;
        Text reasons;
        const auto because = [&](bool holds, const std::string& zh, const std::string& en) {
            if (!holds) return;
            reasons.zh += (reasons.zh.empty() ? "" : "；") + zh;
            reasons.en += (reasons.en.empty() ? "" : "; ") + en;
        };
        because((why & by_origin) != 0, "来源线索或移送编号相同", "same lead or reference of origin");
        because((why & by_identity) != 0, fmt::format("全部 {} 名当事人证件号码相同", party_count),
                fmt::format("identity numbers of all {} parties equal", party_count));
        because((why & by_name) != 0, fmt::format("全部 {} 名当事人姓名相同", party_count),
                fmt::format("names of all {} parties equal", party_count));
        because(text, "简要情况文字相同", "same description");
        because((why & by_figures) != 0, "同机构、同日、同类型、同金额、同人数",
                "same organisation, day, type, amount and number of parties");
        Finding found{
            .kind = twice.id,
            .severity = sure              ? Severity::serious
                        : parties || text ? Severity::warning
                                          : Severity::note,
            .sentence = {fmt::format("{} 件登记疑为同一纠纷，首尾相隔 {} 天：{}", members.size(), apart, reasons.zh),
                         fmt::format("{} registrations look like one dispute, {} days from first to last: {}",
                                     members.size(), apart, reasons.en)},
            .rule = law("FORM-CASE"),
            .events = {},
            .events_in_all = members.size(),
            .cases = members.size()};
        for (const auto i : members) {
            if (found.events.size() == citations_max) break;
            found.events.push_back({registrations_[i].case_id, 1, registrations_[i].position});
        }
        return found;
    }

    const Setting& setting_;
    std::vector<Registration> registrations_;
    std::vector<Mark> marks_;
    Fields fields_;  ///< Of the last registration, until its case has ended; wiped by the next.
    bool opened_{};
    bool pending_{};
    Findings undecided_here_;
};

}  // namespace

std::unique_ptr<Check> duplicate(const Setting& setting) { return std::make_unique<Duplicate>(setting); }

}  // namespace anjie::dispute::audit
