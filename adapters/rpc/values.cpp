#include "adapters/rpc/values.hpp"

#include <chrono>

namespace anjie::rpc {
namespace {

const Date first_day = make_date(1900, 1, 1);
const Date last_day = make_date(2199, 12, 31);

std::uint64_t big_endian(const std::uint8_t* bytes) {
    std::uint64_t number = 0;
    for (int i = 0; i < 8; ++i) number = number << 8 | bytes[i];
    return number;
}

void put_big_endian(std::uint64_t number, std::uint8_t* bytes) {
    for (int i = 7; i >= 0; --i, number >>= 8) bytes[i] = static_cast<std::uint8_t>(number);
}

std::unexpected<Error> out_of_calendar() {
    return failure(ErrorCode::invalid, "a day or time outside the years 1900 to 2199 / 日期超出1900年至2199年");
}

}  // namespace

capnp::Data::Reader data_of(BytesView bytes) { return {reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size()}; }

capnp::Data::Reader data_of(const std::string& bytes) {
    return {reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size()};
}

Bytes bytes_of(capnp::Data::Reader data) {
    const auto* begin = reinterpret_cast<const std::byte*>(data.begin());
    return {begin, begin + data.size()};
}

Uuid uuid_of(schema::Uuid::Reader id) {
    Uuid uuid;
    put_big_endian(id.getHigh(), uuid.bytes.data());
    put_big_endian(id.getLow(), uuid.bytes.data() + 8);
    return uuid;
}

void write(schema::Uuid::Builder to, const Uuid& id) {
    to.setHigh(big_endian(id.bytes.data()));
    to.setLow(big_endian(id.bytes.data() + 8));
}

Result<Date> date_of(schema::Day::Reader day) {
    const Date date{std::chrono::days{day.getDays()}};
    if (date < first_day || date > last_day) return out_of_calendar();
    return date;
}

void write(schema::Day::Builder to, Date day) { to.setDays(static_cast<std::int32_t>(day.time_since_epoch().count())); }

Result<OccurredAt> occurred_at_of(schema::OccurredAt::Reader when) {
    const OccurredAt value{{when.getMicroseconds()}, when.getDayOnly()};
    if (value.at < start_of_day(first_day) || value.at >= start_of_day(last_day)) return out_of_calendar();
    return value;
}

void write(schema::OccurredAt::Builder to, const OccurredAt& when) {
    to.setMicroseconds(when.at.microseconds);
    to.setDayOnly(when.day_only);
}

Text words_of(schema::Words::Reader words) { return {text_of(words.getZh()), text_of(words.getEn())}; }

void write(schema::Words::Builder to, const Text& words) {
    to.setZh(text_of(words.zh));
    to.setEn(text_of(words.en));
}

}  // namespace anjie::rpc
