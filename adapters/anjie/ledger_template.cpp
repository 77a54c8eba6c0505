#include "adapters/anjie/ledger_template.hpp"

#include <fmt/format.h>

#include "adapters/ledger/columns.hpp"
#include "adapters/ledger/values.hpp"

namespace anjie {
namespace {

using ledger::Column;
using tables::Table;
using Input = tables::Column::Input;

constexpr std::size_t lines_to_fill = 2'000;

/// A column of the form: what is typed into it, and how it is explained.
struct Field {
    Column column;
    Input input{Input::general};
    std::string_view zh{}, en{};
    std::vector<std::string> choices{};
    double width{14};
};

template <class E>
std::vector<std::string> choices_of() {
    std::vector<std::string> out;
    for (const auto& entry : code_table(E{})) out.emplace_back(entry.zh);
    return out;
}

Field day(Column column, std::string_view zh = "日期", std::string_view en = "a day") {
    return {.column = column, .input = Input::day, .zh = zh, .en = en};
}
Field words(Column column, std::string_view zh = {}, std::string_view en = {}, double width = 16) {
    return {.column = column, .input = Input::text, .zh = zh, .en = en, .width = width};
}
template <class E>
Field choice(Column column) {
    return {.column = column, .zh = "从列表中选", .en = "one of the list", .choices = choices_of<E>()};
}

constexpr std::string_view several_zh = "几个人用、分隔";
constexpr std::string_view several_en = "several separated by 、";

std::vector<Field> fields() {
    using namespace dispute;
    return {
        words(Column::number, "必填，一案一号，如 尼阿调〔2024〕1号", "needed, one per case, as 尼阿调〔2024〕1号", 22),
        day(Column::accepted_on, "必填", "needed"),
        choice<DisputeType>(Column::type),
        choice<CaseSource>(Column::source),
        words(Column::applicants, several_zh, several_en),
        words(Column::applicant_identity, "文本格式，18 位", "as text, 18 places", 22),
        words(Column::applicant_phones, several_zh, several_en),
        words(Column::addresses, "按当事人顺序，用、分隔", "in the parties' order, separated by 、"),
        words(Column::respondents, several_zh, several_en),
        words(Column::respondent_identity, "文本格式，18 位", "as text, 18 places", 22),
        words(Column::respondent_phones, several_zh, several_en),
        words(Column::summary, {}, {}, 40),
        choice<Difficulty>(Column::difficulty),
        {.column = Column::people_count, .zh = "整数", .en = "a whole number"},
        {.column = Column::amount, .zh = "元", .en = "yuan"},
        words(Column::mediator),
        words(Column::mediator_code, "如 AS-T01", "as AS-T01"),
        words(Column::sessions, "几次用、分隔", several_en),
        words(Column::extension, "如 15天、10个工作日、1个月", "as 15天 (days)"),
        day(Column::extended_on),
        day(Column::suspended_on),
        day(Column::resumed_on),
        choice<ledger::LedgerResult>(Column::result),
        words(Column::result_reason),
        day(Column::ended_on, "未达成协议时", "when there is no agreement"),
        day(Column::agreement_on),
        choice<AgreementForm>(Column::agreement_form),
        words(Column::agreement_number),
        words(Column::agreement_text, {}, {}, 40),
        {.column = Column::agreement_amount, .zh = "元", .en = "yuan"},
        day(Column::due_on),
        day(Column::performed_on),
        choice<Fulfilment>(Column::fulfilment),
        day(Column::revisit_on),
        choice<RevisitMethod>(Column::revisit_method),
        choice<Satisfaction>(Column::satisfaction),
        choice<Fulfilment>(Column::revisit_fulfilment),
        words(Column::revisit_note, {}, {}, 30),
        words(Column::revisitor),
        words(Column::problem),
        day(Column::follow_up_on, "发现问题时", "when there is a problem"),
        words(Column::follow_up_by),
        words(Column::follow_up_note, {}, {}, 30),
        day(Column::resolved_on),
        words(Column::documents, "齐全，或逐项用、分隔", "齐全 (complete), or one by one"),
        day(Column::closed_on),
        day(Column::archived_on),
        words(Column::note, {}, {}, 30),
    };
}

Table ledger_sheet(const std::vector<Field>& all) {
    Table table{.name = "台账", .lines_to_fill = lines_to_fill};
    for (const auto& field : all)
        table.columns.push_back({.heading = std::string(ledger::usual_name(field.column)),
                                 .width = field.width,
                                 .choices = field.choices,
                                 .input = field.input});
    return table;
}

Table explanation(const std::vector<Field>& all, bool chinese) {
    const auto pick = [&](std::string_view zh, std::string_view en) { return std::string(chinese ? zh : en); };
    Table table{.name = pick("填写说明", "How to"),
                .above = {pick("一行一案，列名在第一行；不知道的格留空",
                               "One case per row, names in the first row; leave empty "
                               "what is not known")},
                .columns = {{.heading = pick("列名", "Column"), .width = 18},
                            {.heading = pick("怎样填", "How to fill it in"), .width = 36},
                            {.heading = pick("可填", "Values"), .width = 60},
                            {.heading = pick("也认得的列名", "Other names"), .width = 60}}};
    std::vector<tables::Row> rows;
    for (const auto& field : all) {
        std::string values;
        for (const auto& one : field.choices) values += (values.empty() ? "" : "、") + one;
        std::string others;
        for (const auto& known : ledger::column_names())
            if (known.column == field.column)
                for (const auto name : known.names.subspan(1))
                    others += (others.empty() ? "" : "、") + std::string(name);
        rows.push_back({std::string(ledger::usual_name(field.column)), pick(field.zh, field.en), values, others});
    }
    table.rows = tables::all_of(std::move(rows));
    return table;
}

}  // namespace

tables::Workbook ledger_template(cli::Language language) {
    const auto all = fields();
    const bool chinese = language == cli::Language::zh;
    tables::Workbook book{.title = chinese ? "人民调解台账" : "Ledger of people's mediation",
                          .as_of = start_of_day(make_date(2024, 1, 1)),
                          .tables = {}};
    book.tables.push_back(ledger_sheet(all));
    book.tables.push_back(explanation(all, chinese));
    return book;
}

}  // namespace anjie
