#include "adapters/ledger/row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "adapters/text_forms/text_forms.hpp"

namespace anjie::ledger {
namespace {

using namespace dispute;

constexpr std::size_t parties_max = 200;
constexpr std::size_t sessions_max = 50;

/// Reads the cells of one row and collects what is wrong with them.
class Cells {
public:
    Cells(const Header& header, const TableRow& table_row, std::vector<Message>& messages)
        : header_(header), row_(table_row), messages_(messages) {}

    [[nodiscard]] std::string_view raw(Column column) const { return header_.cell(row_.cells, column); }
    [[nodiscard]] std::string text(Column column) const { return std::string(raw(column)); }
    [[nodiscard]] std::string plain(Column column) const { return text_forms::to_half_width(raw(column)); }
    [[nodiscard]] bool has(Column column) const { return header_.has(column); }

    void complain(Severity severity, Column column, Text sentence, Text remedy) const {
        messages_.push_back({.severity = severity,
                             .column = header_.name(column),
                             .value = shortened(raw(column)),
                             .sentence = std::move(sentence),
                             .remedy = std::move(remedy)});
    }

    [[nodiscard]] std::optional<Date> date(Column column) const { return date_of(column, raw(column)); }

    [[nodiscard]] std::optional<Date> date_of(Column column, std::string_view cell) const {
        if (cell.empty() || cell == "-" || cell == "/" || cell == "—" || cell == "无") return std::nullopt;
        if (auto day = text_forms::parse_date_any(cell)) return day;
        complain(Severity::error, column, {"不是存在的日期", "is not an existing day"},
                 {"请写成 2024-3-5 或 2024年3月5日, 不知道则留空", "write it as 2024-3-5, or leave it empty"});
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Money> money(Column column) const {
        const auto cell = raw(column);
        if (cell.empty() || cell == "-" || cell == "/" || cell == "无") return std::nullopt;
        if (auto amount = text_forms::parse_money(cell)) return amount;
        complain(Severity::error, column, {"不是金额", "is not an amount of money"},
                 {"请写成 3500、3,500 或 1.2万元, 不涉及金额则留空",
                  "write it as 3500, 3,500 or 1.2万元, or leave it empty"});
        return std::nullopt;
    }

    template <class E>
    [[nodiscard]] std::optional<E> code(Column column) const {
        return code_of_text<E>(column, raw(column));
    }

    template <class E>
    [[nodiscard]] std::optional<E> code_of_text(Column column, std::string_view cell) const {
        if (cell.empty() || cell == "-" || cell == "/") return std::nullopt;
        if (auto value = parse_value<E>(cell)) return value;
        complain(Severity::error, column,
                 {fmt::format("“{}”不在可选值中", shortened(cell)),
                  fmt::format("\"{}\" is not one of the values", shortened(cell))},
                 {"可填: " + choices<E>(false), "one of: " + choices<E>(true)});
        return std::nullopt;
    }

private:
    const Header& header_;
    const TableRow& row_;
    std::vector<Message>& messages_;
};

/// A stable stand-in for a name that the ledger gives without a code: FNV-1a, 64 bits.
std::string code_of_name(std::string_view organisation, std::string_view name) {
    std::uint64_t hash = 14695981039346656037ull;
    const auto mix = [&](std::string_view text) {
        for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
        hash = (hash ^ 0xFF) * 1099511628211ull;
    };
    mix(organisation);
    mix(name);
    return fmt::format("p-{:010x}", hash & 0xFF'FFFF'FFFF);
}

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
               c == '.';
    });
}

/// "索朗", "索朗(T01)" or "T01"; several people: the first.
Person person_of(std::string_view cell, std::string_view organisation) {
    const auto people = split_list(cell);
    if (people.empty()) return {};
    std::string_view text = people.front();
    if (is_code(text)) return {.code = std::string(text), .name = {}};
    if (const auto open = text.find('('); open != std::string_view::npos && text.ends_with(')')) {
        const auto code = text.substr(open + 1, text.size() - open - 2);
        if (is_code(code)) return {.code = std::string(code), .name = std::string(text.substr(0, open))};
    }
    return {.code = code_of_name(organisation, text), .name = std::string(text)};
}

PartyKind kind_of(std::string_view name) {
    constexpr std::string_view legal[]{"公司",   "合作社",     "学校",     "小学",   "中学",
                                       "医院",   "卫生院",     "集团",     "村委会", "村民委员会",
                                       "居委会", "居民委员会", "人民政府", "银行",   "信用社"};
    constexpr std::string_view other[]{"项目部", "施工队", "商店", "经营部", "工作室", "村民小组",
                                       "联户组", "分公司", "饭馆", "茶馆",   "商行"};
    const auto ends = [&](std::string_view ending) { return name.ends_with(ending); };
    if (std::ranges::any_of(other, ends)) return PartyKind::other_organisation;
    return std::ranges::any_of(legal, ends) ? PartyKind::legal_person : PartyKind::natural_person;
}

void read_parties(const Cells& cells, LedgerRow& row) {
    const auto add = [&](const std::vector<std::string>& names, PartyRole role) {
        for (const auto& name : names)
            row.parties.push_back({.party = {.number = static_cast<PartyNumber>(row.parties.size() + 1),
                                             .role = role,
                                             .kind = kind_of(name)},
                                   .name = name});
    };
    auto applicants = split_list(cells.raw(Column::applicants));
    auto respondents = split_list(cells.raw(Column::respondents));
    if (applicants.empty() && respondents.empty()) {
        const auto all = split_list(cells.raw(Column::parties));
        if (!all.empty()) {
            applicants.assign(all.begin(), all.begin() + 1);
            respondents.assign(all.begin() + 1, all.end());
        }
    }
    const auto third_parties = split_list(cells.raw(Column::third_parties));
    const Column column = cells.has(Column::applicants) ? Column::applicants : Column::parties;
    if (applicants.size() + respondents.size() + third_parties.size() > parties_max)
        return cells.complain(
            Severity::error, column,
            {fmt::format("当事人超过 {} 个", parties_max), fmt::format("more than {} parties", parties_max)},
            {"请推选代表人登记, 人数填入“涉及人数”", "name representatives; put the number into 涉及人数"});
    add(applicants, PartyRole::applicant);
    add(respondents, PartyRole::respondent);
    add(third_parties, PartyRole::third_party);
    if (applicants.empty() || respondents.empty())
        cells.complain(Severity::error, applicants.empty() ? column : Column::respondents,
                       {"没有双方当事人", "the two sides are not named"},
                       {"请填写申请人和被申请人 (或在“当事人”列写明双方)", "name an applicant and a respondent"});
}

/// Spreads a cell's parts over the parties with a role (or over all), in order.
void spread(const Cells& cells, LedgerRow& row, Column column, std::string LedgerParty::* text,
            std::optional<PartyRole> role) {
    const auto parts = split_list(cells.raw(column));
    std::size_t next = 0;
    for (auto& party : row.parties) {
        if (next == parts.size()) return;
        if (role && party.party.role != *role) continue;
        if ((party.*text).empty()) party.*text = parts[next++];
    }
    if (next < parts.size())
        cells.complain(Severity::warning, column,
                       {"内容比当事人多, 多出的部分未导入", "holds more than there are parties; the rest is left out"},
                       {"请用“、”按当事人顺序分隔", "separate them with 、 in the order of the parties"});
}

void read_particulars(const Cells& cells, LedgerRow& row) {
    struct Particular {
        Column applicants, respondents, all;
        std::string LedgerParty::* text;
    };
    constexpr Particular particulars[]{
        {Column::applicant_identity, Column::respondent_identity, Column::identity_numbers,
         &LedgerParty::identity_number},
        {Column::applicant_phones, Column::respondent_phones, Column::phones, &LedgerParty::phone},
        {Column::applicant_addresses, Column::respondent_addresses, Column::addresses, &LedgerParty::address},
    };
    for (const auto& one : particulars) {
        spread(cells, row, one.applicants, one.text, PartyRole::applicant);
        spread(cells, row, one.respondents, one.text, PartyRole::respondent);
        spread(cells, row, one.all, one.text, std::nullopt);
    }
    for (const auto& party : row.parties) {
        const auto& number = party.identity_number;
        const bool plausible = (number.size() == 15 || number.size() == 18) && std::ranges::all_of(number, [](char c) {
                                   return (c >= '0' && c <= '9') || c == 'X' || c == 'x' || c == '*';
                               });
        if (!number.empty() && !plausible && party.party.kind == PartyKind::natural_person)
            cells.complain(Severity::warning, Column::identity_numbers,
                           {"身份证号不是 18 位, 按原文导入", "the identity number has not 18 places; taken as it is"},
                           {"请核对; 可用 * 隐去部分数字", "check it; digits may be masked with *"});
    }
}

std::uint32_t read_people(const Cells& cells) {
    std::string text = cells.plain(Column::people_count);
    if (text.ends_with("人")) text.resize(text.size() - std::string_view("人").size());
    if (text.empty()) return 0;
    std::uint32_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error == std::errc{} && end == text.data() + text.size() && count <= 1'000'000) return count;
    cells.complain(Severity::error, Column::people_count, {"不是人数", "is not a number of people"},
                   {"请填写整数, 例如 4", "write a whole number, for example 4"});
    return 0;
}

std::optional<Period> read_extension(const Cells& cells) {
    std::string text = cells.plain(Column::extension);
    if (text.empty() || text == "无" || text == "否" || text == "-") return std::nullopt;
    std::string_view rest = text;
    if (rest.starts_with("延长")) rest.remove_prefix(std::string_view("延长").size());
    if (rest.starts_with("延期")) rest.remove_prefix(std::string_view("延期").size());
    std::int32_t count = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), count);
    const std::string_view unit(end, static_cast<std::size_t>(rest.data() + rest.size() - end));
    if (error == std::errc{} && count > 0 && count <= 366) {
        if (unit.empty() || unit == "天" || unit == "日" || unit == "d") return Period{count, PeriodUnit::days};
        if (unit == "个工作日" || unit == "工作日" || unit == "wd") return Period{count, PeriodUnit::workdays};
        if (unit == "个月" || unit == "月" || unit == "m") return Period{count, PeriodUnit::months};
    }
    cells.complain(
        Severity::error, Column::extension, {"不是期限", "is not a period"},
        {"请写成 15天、10个工作日 或 1个月", "write it as 15天 (days), 10个工作日 (workdays) or 1个月 (month)"});
    return std::nullopt;
}

void read_dates(const Cells& cells, LedgerRow& row) {
    row.registered_on = cells.date(Column::registered_on);
    row.accepted_on = cells.date(Column::accepted_on);
    row.assigned_on = cells.date(Column::assigned_on);
    row.notice_on = cells.date(Column::notice_on);
    row.extended_on = cells.date(Column::extended_on);
    row.suspended_on = cells.date(Column::suspended_on);
    row.resumed_on = cells.date(Column::resumed_on);
    row.ended_on = cells.date(Column::ended_on);
    row.agreement_on = cells.date(Column::agreement_on);
    row.due_on = cells.date(Column::due_on);
    row.performed_on = cells.date(Column::performed_on);
    row.revisit_on = cells.date(Column::revisit_on);
    row.follow_up_on = cells.date(Column::follow_up_on);
    row.resolved_on = cells.date(Column::resolved_on);
    row.closed_on = cells.date(Column::closed_on);
    row.archived_on = cells.date(Column::archived_on);
    std::string sessions;
    for (const char c : cells.raw(Column::sessions)) sessions.push_back(c == '/' ? '-' : c);
    for (const auto& part : split_list(sessions))
        if (const auto day = cells.date_of(Column::sessions, part)) row.sessions.push_back(*day);
    std::ranges::sort(row.sessions);
    if (row.sessions.size() > sessions_max)
        cells.complain(
            Severity::error, Column::sessions,
            {fmt::format("调解次数超过 {} 次", sessions_max), fmt::format("more than {} sessions", sessions_max)},
            {"请核对该格", "check the cell"});
}

void read_registration(const Cells& cells, LedgerRow& row) {
    row.committee = cells.code<CommitteeKind>(Column::committee);
    row.type = cells.code<DisputeType>(Column::type);
    row.type_detail = cells.plain(Column::type_detail);
    row.source = cells.code<CaseSource>(Column::source);
    row.channel = cells.code<Channel>(Column::channel);
    row.difficulty = cells.code<Difficulty>(Column::difficulty);
    row.title = cells.text(Column::title);
    row.summary = cells.text(Column::summary);
    row.request = cells.text(Column::request);
    row.note = cells.text(Column::note);
    row.people_count = read_people(cells);
    row.amount = cells.money(Column::amount).value_or(Money{});
    if (!row.type && cells.raw(Column::type).empty())
        cells.complain(Severity::error, Column::type, {"没有纠纷类型", "the type of the dispute is missing"},
                       {"可填: " + choices<DisputeType>(false), "one of: " + choices<DisputeType>(true)});
    if (!row.source && cells.raw(Column::source).empty())
        cells.complain(Severity::error, Column::source, {"没有案件来源", "the source of the case is missing"},
                       {"可填: " + choices<CaseSource>(false), "one of: " + choices<CaseSource>(true)});
    if (!row.registered_on && !row.accepted_on && cells.raw(Column::registered_on).empty() &&
        cells.raw(Column::accepted_on).empty())
        cells.complain(Severity::error, Column::accepted_on,
                       {"既没有登记日期也没有受理日期", "neither a registration nor an acceptance day is given"},
                       {"请填写受理日期", "fill in the acceptance day"});
    if (const auto consent = cells.raw(Column::consent); !consent.empty()) {
        row.consent = parse_yes_no(consent);
        if (!row.consent)
            cells.complain(Severity::error, Column::consent, {"看不出是否同意调解", "does not say yes or no"},
                           {"请填: 同意 / 不同意", "write 同意 (yes) or 不同意 (no)"});
    }
}

void read_people_acting(const Cells& cells, LedgerRow& row) {
    row.mediator = person_of(cells.raw(Column::mediator), row.organisation);
    if (const auto code = cells.plain(Column::mediator_code); !code.empty()) {
        if (is_code(code))
            row.mediator.code = code;
        else
            cells.complain(Severity::error, Column::mediator_code, {"不是代码", "is not a code"},
                           {"请只用字母、数字和 -", "use letters, digits and - only"});
    }
    // A mediator who makes the revisit or follows up keeps the code of the first column.
    const auto same_or = [&](Column column) {
        Person person = person_of(cells.raw(column), row.organisation);
        if (!person.name.empty() && person.name == row.mediator.name) return row.mediator;
        return person;
    };
    row.assistant = same_or(Column::assistant);
    row.revisitor = same_or(Column::revisitor);
    row.follow_up_by = same_or(Column::follow_up_by);
}

void read_outcome(const Cells& cells, LedgerRow& row) {
    row.extension = read_extension(cells);
    row.suspension_reason = cells.code<SuspensionReason>(Column::suspension_reason);
    if (const auto result = cells.code<LedgerResult>(Column::result)) {
        row.result = *result;
        row.result_stated = true;
    }
    row.result_reason = cells.text(Column::result_reason);
    for (const auto& part : split_list(cells.raw(Column::routes)))
        if (const auto route = cells.code_of_text<Route>(Column::routes, part)) row.routes.push_back(*route);
    row.agreement_form = cells.code<AgreementForm>(Column::agreement_form);
    row.agreement_number = cells.text(Column::agreement_number);
    row.agreement_text = cells.text(Column::agreement_text);
    row.agreement_amount = cells.money(Column::agreement_amount);
    row.signing_method = cells.code<SigningMethod>(Column::signing_method);
    row.fulfilment = cells.code<Fulfilment>(Column::fulfilment);
    const auto fulfilment = cells.plain(Column::fulfilment);
    row.on_the_spot = fulfilment == "当场履行" || fulfilment == "即时履行";
}

void read_revisit(const Cells& cells, LedgerRow& row) {
    row.revisit_method = cells.code<RevisitMethod>(Column::revisit_method);
    row.satisfaction = cells.code<Satisfaction>(Column::satisfaction);
    row.revisit_fulfilment = cells.code<Fulfilment>(Column::revisit_fulfilment);
    row.residual_risk = cells.code<ResidualRisk>(Column::residual_risk);
    row.problem_text = cells.text(Column::problem);
    if (!row.problem_text.empty())
        row.problem = parse_value<RevisitProblem>(row.problem_text).value_or(RevisitProblem::other);
    if (row.problem == RevisitProblem::none) row.problem_text.clear();
    row.revisit_note = cells.text(Column::revisit_note);
    row.follow_up_note = cells.text(Column::follow_up_note);
}

void read_file(const Cells& cells, LedgerRow& row) {
    for (const auto& part : split_list(cells.raw(Column::documents))) {
        if (part == "齐全" || part == "齐" || part == "complete")
            row.documents_complete = true;
        else if (const auto kind = cells.code_of_text<DocumentKind>(Column::documents, part))
            row.documents.push_back(*kind);
    }
    row.volume = cells.text(Column::volume);
    row.retention = cells.code<Retention>(Column::retention);
}

}  // namespace

bool ReadRow::has_error() const {
    return std::ranges::find(messages, Severity::error, &Message::severity) != messages.end();
}

ReadRow read_row(const Header& header, const TableRow& cells_of_row, const RowDefaults& defaults) {
    ReadRow out;
    LedgerRow& row = out.row;
    row.line = cells_of_row.line;
    const Cells cells(header, cells_of_row, out.messages);
    for (std::size_t i = header.width(); i < cells_of_row.cells.size(); ++i)
        if (!cells_of_row.cells[i].empty()) {
            out.messages.push_back(
                {.value = shortened(cells_of_row.cells[i]),
                 .sentence = {fmt::format("该行有 {} 格, 表头只有 {} 列", cells_of_row.cells.size(), header.width()),
                              fmt::format("the row has {} cells, the header {}", cells_of_row.cells.size(),
                                          header.width())},
                 .remedy = {"格内有逗号时请用引号括起整格", "put quotes around cells that hold a separator"}});
            break;
        }
    for (const auto& fault : cells_of_row.faults)
        if (auto name = header.name_of_cell(fault.cell); !name.empty()) {
            out.messages.push_back(fault.message);
            out.messages.back().column = std::move(name);
        }
    if (auto number = parse_case_number(cells.raw(Column::number)))
        row.number = std::move(*number);
    else
        cells.complain(Severity::error, Column::number, {"不是案号", "is not a case number"},
                       {"请写成 尼阿调〔2024〕1号 的形式", "write it as 尼阿调〔2024〕1号"});
    row.organisation = cells.plain(Column::organisation);
    if (row.organisation.empty()) row.organisation = defaults.organisation;
    read_dates(cells, row);
    read_registration(cells, row);
    read_parties(cells, row);
    read_particulars(cells, row);
    read_people_acting(cells, row);
    read_outcome(cells, row);
    read_revisit(cells, row);
    read_file(cells, row);
    return out;
}

bool is_to_be_skipped(const Header& header, const TableRow& cells) {
    if (std::ranges::all_of(cells.cells,
                            [](const std::string& cell) { return text_forms::to_half_width(cell).empty(); }))
        return true;
    const auto number = text_forms::to_half_width(header.cell(cells.cells, Column::number));
    constexpr std::string_view totals[]{"合计", "总计", "小计", "total"};
    if (std::ranges::find(totals, number) != std::end(totals)) return true;
    const auto is_total = [&](const std::string& cell) {
        return std::ranges::find(totals, text_forms::to_half_width(cell)) != std::end(totals);
    };
    return number.empty() && std::ranges::any_of(cells.cells, is_total);
}

}  // namespace anjie::ledger
