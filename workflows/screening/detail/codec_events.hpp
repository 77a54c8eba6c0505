#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "engine/assert.hpp"
#include "workflows/screening/events.hpp"
#include "workflows/screening/screening.capnp.h"
#include "workflows/screening/state.hpp"

/// Each event's own layout, both ways side by side. What the program writes is asserted; what it reads is checked.
namespace anjie::screening::detail {

/// Remembers the first stored value that no program of ours could have written.
class Check {
public:
    template <Coded E>
    [[nodiscard]] E code(std::uint16_t number) {
        const E value{number};
        if (!is_known(value)) fail("unknown code", number);
        return value;
    }
    [[nodiscard]] Date day(std::int32_t number);
    [[nodiscard]] Instant moment(std::int64_t microseconds);
    [[nodiscard]] AlarmLevel level(std::uint16_t number);

    /// Empty when all was well.
    [[nodiscard]] const std::string& problem() const { return problem_; }

private:
    void fail(const char* what, std::int64_t number);
    std::string problem_;
};

template <Coded E>
[[nodiscard]] std::uint16_t stored_code(E value) {
    ANJIE_ASSERT(is_known(value));
    return std::to_underlying(value);
}
[[nodiscard]] std::uint16_t stored_code(AlarmLevel level);
[[nodiscard]] std::int32_t stored_day(Date day);
[[nodiscard]] capnp::Text::Reader stored_text(const std::string& text);
[[nodiscard]] inline std::string read_text(capnp::Text::Reader text) { return {text.begin(), text.size()}; }

// `write` makes the event the union's member; `read` requires that it is.
void write(schema::Event::Builder root, const CampaignOpened& event);
void read(schema::Event::Reader root, CampaignOpened& event, Check& check);
void write(schema::Event::Builder root, const RoundReported& event);
void read(schema::Event::Reader root, RoundReported& event, Check& check);
void write(schema::Event::Builder root, const LeadFound& event);
void read(schema::Event::Reader root, LeadFound& event, Check& check);
void write(schema::Event::Builder root, const LeadResolvedOnSpot& event);
void read(schema::Event::Reader root, LeadResolvedOnSpot& event, Check& check);
void write(schema::Event::Builder root, const LeadOpenedAsDispute& event);
void read(schema::Event::Reader root, LeadOpenedAsDispute& event, Check& check);
void write(schema::Event::Builder root, const LeadReferred& event);
void read(schema::Event::Reader root, LeadReferred& event, Check& check);
void write(schema::Event::Builder root, const LeadWatched& event);
void read(schema::Event::Reader root, LeadWatched& event, Check& check);
void write(schema::Event::Builder root, const LeadStruckOff& event);
void read(schema::Event::Reader root, LeadStruckOff& event, Check& check);
void write(schema::Event::Builder root, const HarmPrevented& event);
void read(schema::Event::Reader root, HarmPrevented& event, Check& check);
void write(schema::Event::Builder root, const CampaignClosed& event);
void read(schema::Event::Reader root, CampaignClosed& event, Check& check);
void write(schema::Event::Builder root, const FactCorrected& event);
void read(schema::Event::Reader root, FactCorrected& event, Check& check);
void write(schema::Event::Builder root, const AlarmRaised& event);
void read(schema::Event::Reader root, AlarmRaised& event, Check& check);

}  // namespace anjie::screening::detail
