#include "adapters/rpc/values.hpp"

#include <capnp/message.h>

#include <catch2/catch.hpp>

using namespace anjie;

TEST_CASE("values come back as they were sent") {
    capnp::MallocMessageBuilder message;
    auto id = message.initRoot<rpc::schema::Uuid>();
    const auto uuid = *parse_uuid("018e0f3a-77aa-7bbb-8ccc-0102030405ff");
    rpc::write(id, uuid);
    CHECK(id.getHigh() == 0x018e0f3a77aa7bbb);
    CHECK(rpc::uuid_of(id.asReader()) == uuid);

    auto day = message.initRoot<rpc::schema::Day>();
    rpc::write(day, make_date(2024, 3, 5));
    CHECK(rpc::date_of(day.asReader()) == make_date(2024, 3, 5));

    auto when = message.initRoot<rpc::schema::OccurredAt>();
    for (const auto& value :
         {on_day(make_date(2024, 2, 29)), OccurredAt{*parse_instant("2024-03-05T14:02:11.5Z"), false}}) {
        rpc::write(when, value);
        CHECK(rpc::occurred_at_of(when.asReader()) == value);
    }

    auto words = message.initRoot<rpc::schema::Words>();
    rpc::write(words, {.zh = "回访", .en = "revisit"});
    CHECK(rpc::words_of(words.asReader()) == Text{.zh = "回访", .en = "revisit"});
}

TEST_CASE("days and times that no calendar has are refused") {
    capnp::MallocMessageBuilder message;
    auto day = message.initRoot<rpc::schema::Day>();
    for (const auto days :
         {std::numeric_limits<std::int32_t>::min(), -25'568, 84'008, std::numeric_limits<std::int32_t>::max()}) {
        day.setDays(days);
        CHECK_FALSE(rpc::date_of(day.asReader()));
    }
    auto when = message.initRoot<rpc::schema::OccurredAt>();
    for (const auto microseconds :
         {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
        when.setMicroseconds(microseconds);
        CHECK_FALSE(rpc::occurred_at_of(when.asReader()));
    }
}
