#pragma once

#include <capnp/list.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/assert.hpp"
#include "workflows/dispute/dispute.capnp.h"
#include "workflows/dispute/facts.hpp"

/// How the values that events share are stored. What the program writes is asserted; what it reads is checked.
namespace anjie::dispute::detail {

/// 0001-01-01 and 9999-12-31 in days since 1970-01-01: no day outside can be printed.
inline constexpr std::int32_t first_day = -719162;
inline constexpr std::int32_t last_day = 2932896;

/// Remembers the first stored value that no program of ours could have written.
class Check {
public:
    template <Coded E>
    [[nodiscard]] E code(std::uint16_t number) {
        const E value{number};
        if (!is_known(value)) [[unlikely]]
            fail("unknown code", number);
        return value;
    }
    [[nodiscard]] Date day(std::int32_t number);
    [[nodiscard]] Instant moment(std::int64_t microseconds);
    [[nodiscard]] AlarmLevel level(std::uint16_t number);
    [[nodiscard]] PeriodUnit unit(std::uint16_t number);

    [[nodiscard]] bool failed() const { return what_ != nullptr; }
    /// Requires: failed().
    [[nodiscard]] std::string problem() const;

private:
    void fail(const char* what, std::int64_t number);

    const char* what_{};
    std::int64_t number_{};
};

template <Coded E>
[[nodiscard]] std::uint16_t stored_code(E value) {
    ANJIE_ASSERT(is_known(value));
    return std::to_underlying(value);
}
[[nodiscard]] std::int32_t stored_day(Date day);
[[nodiscard]] std::uint16_t stored_level(AlarmLevel level);
[[nodiscard]] capnp::Text::Reader stored_text(const std::string& text);
template <class T>
[[nodiscard]] unsigned list_size(const std::vector<T>& list) {
    ANJIE_ASSERT(list.size() < (1U << 24U));
    return static_cast<unsigned>(list.size());
}

void write_case_number(schema::CaseRegistered::Number::Builder out, const CaseNumber& number);
void write_deadlines(capnp::List<schema::DeadlineStart>::Builder out, const Deadlines& deadlines);
void write_parties(capnp::List<schema::Party>::Builder out, const std::vector<Party>& parties);
void write_obligations(capnp::List<schema::Obligation>::Builder out, const std::vector<Obligation>& obligations);
void write_numbers(capnp::List<std::uint16_t>::Builder out, const std::vector<PartyNumber>& numbers);
template <Coded E>
void write_codes(capnp::List<std::uint16_t>::Builder out, const std::vector<E>& codes) {
    for (unsigned i = 0; i < out.size(); ++i) out.set(i, stored_code(codes[i]));
}

[[nodiscard]] inline std::string read_text(capnp::Text::Reader text) { return {text.begin(), text.size()}; }
[[nodiscard]] CaseNumber read_case_number(schema::CaseRegistered::Number::Reader in);
[[nodiscard]] Deadlines read_deadlines(capnp::List<schema::DeadlineStart>::Reader in, Check& check);
[[nodiscard]] std::vector<Party> read_parties(capnp::List<schema::Party>::Reader in, Check& check);
[[nodiscard]] std::vector<Obligation> read_obligations(capnp::List<schema::Obligation>::Reader in, Check& check);
[[nodiscard]] std::vector<PartyNumber> read_numbers(capnp::List<std::uint16_t>::Reader in);
template <Coded E>
[[nodiscard]] std::vector<E> read_codes(capnp::List<std::uint16_t>::Reader in, Check& check) {
    std::vector<E> codes;
    codes.reserve(in.size());
    for (const auto number : in) codes.push_back(check.code<E>(number));
    return codes;
}

}  // namespace anjie::dispute::detail
