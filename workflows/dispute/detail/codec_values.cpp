#include "workflows/dispute/detail/codec_values.hpp"

#include <fmt/format.h>

namespace anjie::dispute::detail {

Date Check::day(std::int32_t number) {
    if (number < first_day || number > last_day) [[unlikely]]
        fail("impossible day", number);
    return Date{std::chrono::days{number}};
}

Instant Check::moment(std::int64_t microseconds) {
    constexpr std::int64_t day = std::int64_t{86'400} * 1'000'000;
    if (microseconds < first_day * day || microseconds > last_day * day) [[unlikely]]
        fail("impossible moment", microseconds);
    return Instant{microseconds};
}

AlarmLevel Check::level(std::uint16_t number) {
    if (number > std::to_underlying(AlarmLevel::passed)) {
        fail("unknown alarm level", number);
        return AlarmLevel{};
    }
    return static_cast<AlarmLevel>(number);
}

PeriodUnit Check::unit(std::uint16_t number) {
    if (number > std::to_underlying(PeriodUnit::years)) {
        fail("unknown unit of a period", number);
        return PeriodUnit{};
    }
    return static_cast<PeriodUnit>(number);
}

std::string Check::problem() const { return fmt::format("{} {}", what_, number_); }

void Check::fail(const char* what, std::int64_t number) {
    if (failed()) return;
    what_ = what;
    number_ = number;
}

std::int32_t stored_day(Date day) {
    const auto number = day.time_since_epoch().count();
    ANJIE_ASSERT(number >= first_day && number <= last_day);
    return static_cast<std::int32_t>(number);
}

std::uint16_t stored_level(AlarmLevel level) {
    ANJIE_ASSERT(level <= AlarmLevel::passed);
    return std::to_underlying(level);
}

capnp::Text::Reader stored_text(const std::string& text) {
    ANJIE_ASSERT(text.size() < (1U << 28U));
    return {text.c_str(), text.size()};
}

void write_case_number(schema::CaseRegistered::Number::Builder out, const CaseNumber& number) {
    if (!number.prefix.empty()) out.setPrefix(stored_text(number.prefix));
    out.setYear(number.year);
    out.setSerial(number.serial);
}

void write_deadlines(capnp::List<schema::DeadlineStart>::Builder out, const Deadlines& deadlines) {
    for (unsigned i = 0; i < out.size(); ++i) {
        const DeadlineStart& deadline = deadlines[i];
        auto stored = out[i];
        ANJIE_ASSERT(deadline.period.unit <= PeriodUnit::years);
        stored.setKind(stored_code(deadline.kind));
        stored.setItem(deadline.item);
        stored.setStart(stored_day(deadline.start));
        stored.setCount(deadline.period.count);
        stored.setUnit(std::to_underlying(deadline.period.unit));
        stored.setProvisional(deadline.due.provisional);
        stored.setRaw(stored_day(deadline.due.raw));
        stored.setRolled(stored_day(deadline.due.rolled));
        if (!deadline.rule.empty()) stored.setRule(stored_text(deadline.rule));
    }
}

void write_parties(capnp::List<schema::Party>::Builder out, const std::vector<Party>& parties) {
    for (unsigned i = 0; i < out.size(); ++i) {
        auto stored = out[i];
        stored.setNumber(parties[i].number);
        stored.setRole(stored_code(parties[i].role));
        stored.setKind(stored_code(parties[i].kind));
    }
}

void write_obligations(capnp::List<schema::Obligation>::Builder out, const std::vector<Obligation>& obligations) {
    for (unsigned i = 0; i < out.size(); ++i) {
        const Obligation& obligation = obligations[i];
        auto stored = out[i];
        stored.setNumber(obligation.number);
        stored.setDebtor(obligation.debtor);
        stored.setCreditor(obligation.creditor);
        stored.setKind(stored_code(obligation.kind));
        stored.setAmount(obligation.amount.fen);
        stored.setDue(stored_day(obligation.due));
    }
}

void write_numbers(capnp::List<std::uint16_t>::Builder out, const std::vector<PartyNumber>& numbers) {
    for (unsigned i = 0; i < out.size(); ++i) out.set(i, numbers[i]);
}

CaseNumber read_case_number(schema::CaseRegistered::Number::Reader in) {
    return {read_text(in.getPrefix()), in.getYear(), in.getSerial()};
}

Deadlines read_deadlines(capnp::List<schema::DeadlineStart>::Reader in, Check& check) {
    Deadlines deadlines;
    deadlines.reserve(in.size());
    for (const auto stored : in) {
        deadlines.push_back({
            .kind = check.code<DeadlineKind>(stored.getKind()),
            .item = stored.getItem(),
            .start = check.day(stored.getStart()),
            .period = {stored.getCount(), check.unit(stored.getUnit())},
            .due = {check.day(stored.getRaw()), check.day(stored.getRolled()), stored.getProvisional()},
            .rule = read_text(stored.getRule()),
        });
    }
    return deadlines;
}

std::vector<Party> read_parties(capnp::List<schema::Party>::Reader in, Check& check) {
    std::vector<Party> parties;
    parties.reserve(in.size());
    for (const auto stored : in)
        parties.push_back(
            {stored.getNumber(), check.code<PartyRole>(stored.getRole()), check.code<PartyKind>(stored.getKind())});
    return parties;
}

std::vector<Obligation> read_obligations(capnp::List<schema::Obligation>::Reader in, Check& check) {
    std::vector<Obligation> obligations;
    obligations.reserve(in.size());
    for (const auto stored : in)
        obligations.push_back({stored.getNumber(), stored.getDebtor(), stored.getCreditor(),
                               check.code<ObligationKind>(stored.getKind()), Money{stored.getAmount()},
                               check.day(stored.getDue())});
    return obligations;
}

std::vector<PartyNumber> read_numbers(capnp::List<std::uint16_t>::Reader in) {
    std::vector<PartyNumber> numbers;
    numbers.reserve(in.size());
    for (const auto number : in) numbers.push_back(number);
    return numbers;
}

}  // namespace anjie::dispute::detail
