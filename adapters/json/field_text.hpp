#pragma once

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/json/described.hpp"
#include "engine/result.hpp"

/// One field of a command as a text, as people type it: `--amount 3,500`, `--due 2024年5月1日`,
/// `--routes_told litigation,诉讼`, `--obligations "1:debtor=2,creditor=1,kind=payment,amount=3000,due=2024-05-01;
/// ..."`.
namespace anjie::json {

/// Errors of all of these: invalid, with the text and what may stand in its place.
[[nodiscard]] Result<bool> flag_of(std::string_view text);
[[nodiscard]] Result<std::uint64_t> number_of(std::string_view text, std::uint64_t high);
[[nodiscard]] Result<dispute::Money> money_of(std::string_view text);
[[nodiscard]] Result<Date> date_of(std::string_view text);
[[nodiscard]] Result<Instant> instant_of(std::string_view text);
[[nodiscard]] Result<Period> period_of(std::string_view text);
[[nodiscard]] Result<AlarmLevel> level_of(std::string_view text);
[[nodiscard]] Result<dispute::CaseNumber> case_number_of(std::string_view text);
[[nodiscard]] std::string money_text(dispute::Money amount);

/// Trimmed, full-width forms of digits, letters and punctuation made plain.
[[nodiscard]] std::string plain(std::string_view text);
/// Parts between commas (，、 too), trimmed, empty ones left out.
[[nodiscard]] std::vector<std::string> list_items(std::string_view text);
/// Parts between semicolons, trimmed, empty ones left out.
[[nodiscard]] std::vector<std::string> list_records(std::string_view text);
/// "1:debtor=2,amount=3,000" as {number, 1}, {debtor, 2}, {amount, 3,000}.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> record_fields(std::string_view text);

[[nodiscard]] std::unexpected<Error> unknown_text(std::string_view text, std::string_view form);
[[nodiscard]] std::string unknown_names(const std::vector<std::string>& unknown,
                                        const std::vector<std::string_view>& known);

/// "phone (电话回访), home_visit (入户回访)".
template <Coded E>
[[nodiscard]] std::string allowed_codes() {
    std::string list;
    for (const auto& entry : code_table(E{}))
        list += fmt::format("{}{} ({})", list.empty() ? "" : ", ", entry.code, entry.zh);
    return list;
}

/// What may be written, for help and for refusals.
template <class T>
[[nodiscard]] std::string form_of() {
    if constexpr (Coded<T>) {
        return allowed_codes<T>();
    } else if constexpr (std::is_same_v<T, bool>) {
        return "true (是), false (否)";
    } else if constexpr (std::is_integral_v<T>) {
        return fmt::format("0 - {}", std::numeric_limits<T>::max());
    } else if constexpr (std::is_same_v<T, AlarmLevel>) {
        return "early, near, last_day, passed";
    } else if constexpr (std::is_same_v<T, dispute::Money>) {
        return "3500, 3,500.50, 1.2万元";
    } else if constexpr (std::is_same_v<T, Date>) {
        return "2024-05-01, 2024年5月1日";
    } else if constexpr (std::is_same_v<T, Instant>) {
        return "2024-05-01T09:30";
    } else if constexpr (std::is_same_v<T, Period>) {
        return "30d (日), 5wd (工作日), 1m (月), 2y (年)";
    } else if constexpr (std::is_same_v<T, dispute::CaseNumber>) {
        return "尼阿调〔2024〕12号";
    } else if constexpr (is_list<T>) {
        using Item = typename T::value_type;
        if constexpr (Described<Item>) {
            std::string names;
            for (const auto name : field_names<Item>())
                if (name != "number") names += fmt::format("{}{}=...", names.empty() ? "" : ",", name);
            return fmt::format("1:{}; 2:...", names);
        } else {
            return "a,b: " + form_of<Item>();
        }
    } else {
        return "text / 文字";
    }
}

template <class Field>
[[nodiscard]] std::string missing_field(std::string_view name) {
    return fmt::format("{} is missing / 缺少; write one of / 可写: {}", name, form_of<Field>());
}

template <class T>
[[nodiscard]] Result<T> parse_field(std::string_view text);

/// One item of a list of described values.
template <Described T>
[[nodiscard]] Result<T> parse_record(std::string_view text) {
    ANJIE_TRY(auto fields, record_fields(text));
    T value{};
    std::optional<Error> error;
    T::describe([&](std::string_view name, auto member) {
        using Field = FieldType<decltype(member)>;
        const auto found = std::ranges::find(fields, name, &std::pair<std::string, std::string>::first);
        if (error) return;
        if (found == fields.end()) {
            if (is_required<T, Field>(name)) error = Error{ErrorCode::invalid, missing_field<Field>(name)};
            return;
        }
        auto read = parse_field<Field>(found->second);
        if (read)
            value.*member = std::move(*read);
        else
            error = Error{ErrorCode::invalid, fmt::format("{}: {}", name, read.error().detail)};
        fields.erase(found);
    });
    if (!error && !fields.empty()) {
        std::vector<std::string> unknown;
        for (const auto& [name, unused] : fields) unknown.push_back(name);
        error = Error{ErrorCode::invalid, unknown_names(unknown, field_names<T>())};
    }
    if (error) return failure(ErrorCode::invalid, fmt::format("\"{}\": {}", text, error->detail));
    return value;
}

/// Errors: invalid, with the text and what may stand there (codes with their Chinese names).
template <class T>
[[nodiscard]] Result<T> parse_field(std::string_view text) {
    if constexpr (Coded<T>) {
        const std::string written = plain(text);
        if (const auto code = parse_code<T>(written)) return *code;
        return unknown_text(text, allowed_codes<T>());
    } else if constexpr (std::is_same_v<T, std::string>) {
        return std::string(text);
    } else if constexpr (std::is_same_v<T, bool>) {
        return flag_of(text);
    } else if constexpr (std::is_integral_v<T>) {
        ANJIE_TRY(const auto number, number_of(text, std::numeric_limits<T>::max()));
        return static_cast<T>(number);
    } else if constexpr (std::is_same_v<T, dispute::Money>) {
        return money_of(text);
    } else if constexpr (std::is_same_v<T, Date>) {
        return date_of(text);
    } else if constexpr (std::is_same_v<T, Instant>) {
        return instant_of(text);
    } else if constexpr (std::is_same_v<T, Period>) {
        return period_of(text);
    } else if constexpr (std::is_same_v<T, AlarmLevel>) {
        return level_of(text);
    } else if constexpr (std::is_same_v<T, dispute::CaseNumber>) {
        return case_number_of(text);
    } else {
        static_assert(is_list<T>);
        using Item = typename T::value_type;
        T list;
        for (const auto& part : Described<Item> ? list_records(text) : list_items(text)) {
            if constexpr (Described<Item>) {
                ANJIE_TRY(auto item, parse_record<Item>(part));
                list.push_back(std::move(item));
            } else {
                ANJIE_TRY(auto item, parse_field<Item>(part));
                list.push_back(std::move(item));
            }
        }
        return list;
    }
}

}  // namespace anjie::json
