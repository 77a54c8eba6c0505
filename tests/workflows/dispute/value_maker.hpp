#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "workflows/dispute/events.hpp"

/// Makes values of every type that describes itself, from a source of numbers: random ones for properties, counted
/// ones for golden bytes.
namespace anjie::dispute::testing {

/// SplitMix64: the same numbers on every machine.
class RandomNumbers {
public:
    explicit RandomNumbers(std::uint64_t seed) : state_(seed) {}
    /// 0 to limit - 1; any number when limit is 0.
    std::uint64_t next(std::uint64_t limit) {
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        z ^= z >> 31U;
        return limit == 0 ? z : z % limit;
    }

private:
    std::uint64_t state_;
};

/// 1, 2, 3 ...: what golden bytes are made of.
class CountedNumbers {
public:
    std::uint64_t next(std::uint64_t limit) {
        ++count_;
        return limit == 0 ? count_ : count_ % limit;
    }

private:
    std::uint64_t count_{};
};

template <class Numbers>
class ValueMaker {
public:
    explicit ValueMaker(Numbers numbers) : numbers_(numbers) {}

    template <class T>
    void fill(T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            value = numbers_.next(2) == 1;
        } else if constexpr (std::is_integral_v<T>) {
            value = static_cast<T>(numbers_.next(0));
        } else if constexpr (Coded<T>) {
            const auto table = code_table(T{});
            value = table[numbers_.next(choices<T>(table.size()))].value;
        } else if constexpr (std::is_enum_v<T>) {
            value = static_cast<T>(numbers_.next(4));  // AlarmLevel and PeriodUnit have four values each.
        } else {
            fill_class(value);
        }
    }

    /// One event of the alternative with that index.
    Event event(std::size_t index) {
        Event made;
        emplace(made, index, std::make_index_sequence<std::variant_size_v<Event>>{});
        return made;
    }

private:
    /// Golden bytes stay as they are when a table grows: their samples choose among the entries of the first release.
    template <class T>
    static std::size_t choices(std::size_t entries) {
        constexpr std::size_t deadline_kinds = 14;
        if constexpr (std::is_same_v<Numbers, CountedNumbers> && std::is_same_v<T, DeadlineKind>) return deadline_kinds;
        return entries;
    }

    template <std::size_t... I>
    void emplace(Event& made, std::size_t index, std::index_sequence<I...>) {
        ((I == index ? fill(made.emplace<I>()) : void()), ...);
    }

    void fill_class(std::string& text) {
        static constexpr std::string_view pieces[]{"a", "调", "解", "〔", "\"", "\\", " ", "7", "😀", "\n", "é", "-"};
        text.clear();
        for (auto length = numbers_.next(40); length > 0; --length) text += pieces[numbers_.next(std::size(pieces))];
    }
    void fill_class(Money& money) { money.fen = static_cast<std::int64_t>(numbers_.next(1'000'000'000'000)); }
    /// 1900 to 2199.
    void fill_class(Date& day) { day = make_date(1900, 1, 1) + std::chrono::days{numbers_.next(109'000)}; }
    void fill_class(Instant& at) {
        at.microseconds = static_cast<std::int64_t>(numbers_.next(std::uint64_t{1} << 52U));
    }
    void fill_class(Period& period) {
        period.count = static_cast<std::int32_t>(numbers_.next(1000));
        fill(period.unit);
    }
    void fill_class(DueDay& due) {
        fill(due.raw);
        fill(due.rolled);
        fill(due.provisional);
    }
    template <class T>
    void fill_class(std::vector<T>& list) {
        list.resize(numbers_.next(5));
        for (T& item : list) fill(item);
    }
    template <class T>
        requires requires { T::describe([](std::string_view, auto) {}); }
    void fill_class(T& value) {
        T::describe([&](std::string_view, auto member) { fill(value.*member); });
    }

    Numbers numbers_;
};

/// The event whose bytes are golden.
inline Event sample_event(std::size_t index) { return ValueMaker(CountedNumbers{}).event(index); }

}  // namespace anjie::dispute::testing
