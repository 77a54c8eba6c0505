#include "adapters/views/event_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

namespace anjie::views {
namespace {

using namespace dispute;

std::string join(const std::vector<std::string>& parts, std::string_view between) {
    return fmt::format("{}", fmt::join(parts, between));
}

std::string text_of(const std::string& value, Language) { return value; }
std::string text_of(bool value, Language language) {
    return !value ? std::string{} : language == Language::zh ? "是" : "yes";
}
std::string text_of(Money value, Language language) {
    return value.fen == 0 ? std::string{} : money_text(value, language);
}
std::string text_of(Date value, Language) { return to_string(value); }
std::string text_of(Instant value, Language) { return to_string(value); }
std::string text_of(const DueDay& value, Language language) { return due_text(value, language); }
std::string text_of(const CaseNumber& value, Language) { return to_string(value); }
std::string text_of(AlarmLevel level, Language language) {
    static constexpr std::string_view zh[] = {"预警", "临近", "最后一日", "已逾期"};
    static constexpr std::string_view en[] = {"early", "near", "last day", "passed"};
    return std::string((language == Language::zh ? zh : en)[static_cast<std::size_t>(level) % 4]);
}
std::string text_of(const Party& value, Language language) {
    return fmt::format("{}: {}, {}", value.number, name_of(value.role, language), name_of(value.kind, language));
}
std::string text_of(const Obligation& value, Language language) {
    std::string text =
        fmt::format("{}: {} → {}, {}", value.number, value.debtor, value.creditor, name_of(value.kind, language));
    if (value.amount.fen != 0) text += " " + money_text(value.amount, language);
    return text + fmt::format(", {} {}", language == Language::zh ? "期限" : "due", to_string(value.due));
}
template <class T>
    requires std::is_integral_v<T>
std::string text_of(T value, Language) {
    return value == 0 ? std::string{} : std::to_string(value);
}
template <Coded E>
std::string text_of(E value, Language language) {
    return name_of(value, language);
}
template <class T>
std::string text_of(const std::vector<T>& values, Language language) {
    std::vector<std::string> parts;
    for (const auto& value : values) parts.push_back(text_of(value, language));
    return join(parts, language == Language::zh ? "；" : "; ");
}

/// The Chinese label of a field; fields of the same name mean the same in every event.
std::string label_of(std::string_view field, Language language) {
    static constexpr std::pair<std::string_view, std::string_view> zh[] = {
        {"number", "编号"},
        {"jurisdiction", "行政区划"},
        {"committee", "调委会类别"},
        {"source", "案件来源"},
        {"channel", "受理渠道"},
        {"type", "纠纷类型"},
        {"type_detail", "细类"},
        {"type_table", "类型代码表"},
        {"difficulty", "难易程度"},
        {"parties", "当事人"},
        {"people_count", "涉及人数"},
        {"amount", "金额"},
        {"origin", "来自"},
        {"rules", "规则版本"},
        {"party", "当事人"},
        {"ground", "事由"},
        {"routes_told", "告知途径"},
        {"mediator", "调解员"},
        {"role", "角色"},
        {"basis", "产生方式"},
        {"outcome", "决定"},
        {"from", "从"},
        {"to", "到"},
        {"on", "日期"},
        {"present", "到场"},
        {"absent", "缺席"},
        {"target", "去向"},
        {"reason", "原因"},
        {"days_left", "剩余天数"},
        {"agreement", "协议序号"},
        {"form", "形式"},
        {"partial", "部分协议"},
        {"copies", "份数"},
        {"obligations", "履行义务"},
        {"method", "方式"},
        {"cause", "原因"},
        {"reference", "对方编号"},
        {"obligation", "履行义务"},
        {"on_the_spot", "当场履行"},
        {"due", "期限"},
        {"proceeding", "程序"},
        {"agreement_number", "协议编号"},
        {"revisitor", "回访人"},
        {"satisfaction", "满意度"},
        {"fulfilment", "履行情况"},
        {"residual_risk", "后续隐患"},
        {"problem", "发现问题"},
        {"retry_on", "再访日期"},
        {"assignee", "跟进人"},
        {"court", "法院"},
        {"obstacle", "理由"},
        {"ruling", "裁定书号"},
        {"deemed", "视为撤回"},
        {"kind", "类别"},
        {"pages", "页数"},
        {"result", "结案方式"},
        {"volume", "卷号"},
        {"retention", "保管期限"},
        {"new_proceeding", "重新调解"},
        {"corrects", "更正事件"},
        {"field", "字段"},
        {"value", "新值"},
        {"item", "序号"},
        {"level", "级别"},
        {"deadline", "期限"},
        {"calendar", "日历版本"},
        {"relation", "关系"},
        {"people", "人数"},
        {"confidentiality", "保密等级"},
        {"handover", "移送编号"},
        {"papers", "随送材料"},
        {"held_since", "承办自"},
        {"since", "自"},
        {"ending", "终止方式"},
        {"purpose", "用途"},
        {"fields", "字段"},
        {"subjects", "主体"},
    };
    if (language == Language::zh)
        for (const auto& [name, label] : zh)
            if (name == field) return std::string(label);
    std::string label(field);
    std::ranges::replace(label, '_', ' ');
    return label;
}

}  // namespace

std::string event_title(const Event& event, Language language) {
    return std::visit([&](const auto& e) { return std::string(language == Language::zh ? e.title.zh : e.title.en); },
                      event);
}

std::string_view event_name(const Event& event) {
    return std::visit([](const auto& e) -> std::string_view { return e.name; }, event);
}

std::vector<StateLine> event_lines(const Event& event, Language language) {
    std::vector<StateLine> lines;
    std::visit(
        [&]<class E>(const E& e) {
            E::describe([&](std::string_view field, auto member) {
                using Member = std::remove_cvref_t<decltype(e.*member)>;
                if constexpr (!std::is_same_v<Member, Deadlines>) {
                    auto value = text_of(e.*member, language);
                    if (!value.empty())
                        lines.push_back({std::string(field), label_of(field, language), std::move(value)});
                }
            });
        },
        event);
    return lines;
}

Deadlines deadlines_of(const Event& event) {
    return std::visit(
        [](const auto& e) -> Deadlines {
            if constexpr (requires { e.starts; })
                return e.starts;
            else
                return {};
        },
        event);
}

std::string sealed_text(const SealedField& field, Language language) {
    switch (field.readability) {
        case Readability::readable:
            return field.text;
        case Readability::erased:
            return language == Language::zh ? "〔已删除〕" : "[erased]";
        case Readability::restricted:
            return language == Language::zh ? "〔限制处理〕" : "[restricted]";
    }
    return {};
}

std::vector<StateLine> sealed_lines(const std::vector<SealedField>& sealed, Language language) {
    std::vector<StateLine> lines;
    for (const auto& field : sealed) {
        const auto name = name_of(static_cast<SealedCode>(field.field), language);
        const auto label = field.subject == 0         ? name
                           : language == Language::zh ? fmt::format("当事人{} {}", field.subject, name)
                                                      : fmt::format("Party {} {}", field.subject, name);
        lines.push_back({fmt::format("sealed.{}.{}", field.subject, code_of(static_cast<SealedCode>(field.field))),
                         label, sealed_text(field, language)});
    }
    return lines;
}

}  // namespace anjie::views
