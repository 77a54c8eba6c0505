#include "adapters/process_mining/attributes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

namespace anjie::process_mining {
namespace {

using namespace dispute;

enum class Disclosure { withheld, code, person, organisation };

/// How a text field leaves. Numbers of agreements and rulings, courts, references to elsewhere and corrected values
/// are typed in freely: they stay.
constexpr Disclosure disclosure_of(std::string_view event, std::string_view field) {
    using enum Disclosure;
    constexpr std::array codes{"jurisdiction", "type_detail", "type_table", "rules", "calendar", "field"};
    constexpr std::array people{"mediator", "revisitor", "assignee"};
    if (std::ranges::find(codes, field) != codes.end()) return code;
    if (std::ranges::find(people, field) != people.end()) return person;
    if (event == "mediator_replaced") return person;
    if (event == "case_transferred" || event == "case_taken_over" || event == "handover_offered" ||
        event == "handover_received" || event == "personal_data_disclosed")
        return field == "to" || field == "from" ? organisation : withheld;
    return withheld;
}

/// Names that every column and query can bear: three fields are words of SQL.
constexpr std::string_view attribute_name(std::string_view field) {
    if (field == "from") return "from_code";
    if (field == "to") return "to_code";
    if (field == "on") return "on_day";
    return field;
}

template <class T>
inline constexpr bool is_number_list = false;
template <class T>
inline constexpr bool is_number_list<std::vector<T>> = std::is_integral_v<T> || Coded<T>;

/// nullopt: a field of this type is never an attribute.
template <class Field>
constexpr std::optional<AttributeType> type_of_field() {
    if constexpr (std::is_same_v<Field, bool>)
        return AttributeType::boolean;
    else if constexpr (std::is_integral_v<Field>)
        return AttributeType::integer;
    else if constexpr (std::is_same_v<Field, Money>)
        return AttributeType::decimal;
    else if constexpr (std::is_same_v<Field, Date> || std::is_same_v<Field, Instant> || std::is_same_v<Field, DueDay>)
        return AttributeType::time;
    else if constexpr (Coded<Field> || std::is_same_v<Field, AlarmLevel> || std::is_same_v<Field, std::string> ||
                       std::is_same_v<Field, CaseNumber> || is_number_list<Field>)
        return AttributeType::text;
    else
        return std::nullopt;  // Parties, obligations and deadlines are objects or follow from them.
}

/// Calls `visit(attribute name, type, member)` for every field that may leave.
template <class E, class Visit>
void each_disclosed(Visit&& visit) {
    E::describe([&](std::string_view field, auto member) {
        using Field = std::remove_cvref_t<decltype(std::declval<E>().*member)>;
        if constexpr (type_of_field<Field>().has_value()) {
            if (std::is_same_v<Field, std::string> && disclosure_of(E::name, field) == Disclosure::withheld) return;
            visit(field, attribute_name(field), *type_of_field<Field>(), member);
        }
    });
}

std::string decimal_text(Money money) {
    const auto fen = money.fen < 0 ? -money.fen : money.fen;
    return fmt::format("{}{}.{:02}", money.fen < 0 ? "-" : "", fen / 100, fen % 100);
}

class Writer {
public:
    Writer(std::string_view event, Pseudonyms& pseudonyms) : event_(event), pseudonyms_(pseudonyms) {}

    template <class Field>
    void add(std::string_view field, std::string_view name, AttributeType type, const Field& value) {
        if constexpr (std::is_same_v<Field, Date>) {
            attributes.push_back({.name = name, .type = type, .time = start_of_day(value)});
        } else if constexpr (std::is_same_v<Field, DueDay>) {
            attributes.push_back({.name = name, .type = type, .time = start_of_day(value.rolled)});
        } else if constexpr (std::is_same_v<Field, Instant>) {
            attributes.push_back({.name = name, .type = type, .time = value});
        } else {
            auto text = text_of(field, value);
            if (!text.empty()) attributes.push_back({.name = name, .type = type, .text = std::move(text)});
        }
    }

    std::vector<Attribute> attributes;

private:
    template <class Field>
    std::string text_of(std::string_view field, const Field& value) {
        if constexpr (std::is_same_v<Field, bool>) {
            return value ? "true" : "false";
        } else if constexpr (std::is_integral_v<Field>) {
            return std::to_string(value);
        } else if constexpr (std::is_same_v<Field, Money>) {
            return value.fen == 0 ? std::string{} : decimal_text(value);
        } else if constexpr (std::is_same_v<Field, AlarmLevel>) {
            constexpr std::string_view levels[]{"early", "near", "last_day", "passed"};
            return std::string(levels[std::to_underlying(value) % 4]);
        } else if constexpr (std::is_same_v<Field, CaseNumber>) {
            return pseudonyms_.numbers_all() ? std::string{} : to_string(value);
        } else if constexpr (std::is_same_v<Field, std::string>) {
            switch (disclosure_of(event_, field)) {
                case Disclosure::code:
                    return is_code(value) ? value : std::string{};
                case Disclosure::person:
                    return pseudonyms_.person(value);
                case Disclosure::organisation:
                    return pseudonyms_.organisation(value);
                case Disclosure::withheld:
                    break;
            }
            return {};
        } else if constexpr (is_number_list<Field>) {
            std::vector<std::string> parts;
            for (const auto& one : value) parts.push_back(text_of(field, one));
            return fmt::format("{}", fmt::join(parts, " "));
        } else {
            return std::string(code_of(value));
        }
    }

    std::string_view event_;
    Pseudonyms& pseudonyms_;
};

/// case_registered to CaseRegistered.
std::string letters_only(std::string_view code) {
    std::string out;
    bool upper = true;
    for (const char c : code) {
        if (c == '_') {
            upper = true;
            continue;
        }
        out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        upper = false;
    }
    return out;
}

template <class E>
EventKind kind_for() {
    EventKind kind{
        .code = E::name, .zh = E::title.zh, .en = E::title.en, .table = letters_only(E::name), .attributes = {}};
    each_disclosed<E>([&](std::string_view, std::string_view name, AttributeType type, auto) {
        kind.attributes.push_back({name, type});
    });
    return kind;
}

template <class... E>
std::vector<EventKind> kinds_of(const std::variant<E...>*) {
    return {kind_for<E>()...};
}

}  // namespace

const std::vector<EventKind>& event_kinds() {
    static const auto kinds = kinds_of(static_cast<const Event*>(nullptr));
    return kinds;
}

std::vector<Attribute> attributes_of(const Event& event, Pseudonyms& pseudonyms) {
    return std::visit(
        [&]<class E>(const E& value) {
            Writer writer(E::name, pseudonyms);
            each_disclosed<E>([&](std::string_view field, std::string_view name, AttributeType type, auto member) {
                writer.add(field, name, type, value.*member);
            });
            return std::move(writer.attributes);
        },
        event);
}

bool names_person(std::string_view event, std::string_view field) {
    return disclosure_of(event, field) == Disclosure::person;
}

Attribute text_attribute(std::string_view name, std::string_view text) {
    return {.name = name, .type = AttributeType::text, .text = std::string(text), .time = {}};
}
Attribute integer_attribute(std::string_view name, std::int64_t value) {
    return {.name = name, .type = AttributeType::integer, .text = std::to_string(value), .time = {}};
}
Attribute money_attribute(std::string_view name, Money value) {
    return {.name = name, .type = AttributeType::decimal, .text = decimal_text(value), .time = {}};
}
Attribute day_attribute(std::string_view name, Date day) {
    return {.name = name, .type = AttributeType::time, .text = {}, .time = start_of_day(day)};
}

}  // namespace anjie::process_mining
