#include "tests/storage/sample_log.hpp"

namespace anjie::test {

std::uint64_t Random::next() {
    state_ += 0x9e3779b97f4a7c15;
    auto z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

CaseId case_number(std::uint64_t number) {
    Random bits(number);
    const auto high = bits.next();
    return {uuid_v7({static_cast<std::int64_t>(1'700'000'000'000'000 + number * 60'000'000)}, high, bits.next())};
}

AppendEvent SampleLog::next(CaseId id) {
    AppendEvent event;
    auto& header = event.header;
    header.position = all_.size() + 1;
    header.case_id = id;
    header.version = ++versions_[id];
    header.workflow = WorkflowId{1};
    header.type = EventType{static_cast<std::uint16_t>(1 + random_.below(30))};
    header.recorded_at = {static_cast<std::int64_t>(1'760'000'000'000'000 + header.position * 1'000)};
    header.occurred_at = {{header.recorded_at.microseconds - 86'400'000'000}, random_.below(2) == 0};
    header.command_id = {uuid_v7(header.recorded_at, random_.next(), random_.next())};
    header.actor = "actor-" + std::to_string(random_.below(1000));
    header.organisation = random_.below(10) == 0 ? "" : "540221";
    header.rule_version = "2024.1";
    event.body.type = header.type;
    event.body.payload.resize(8 * random_.below(12));
    for (auto& byte : event.body.payload) byte = static_cast<std::byte>(random_.next());
    for (auto fields = random_.below(3); fields > 0; --fields)
        event.body.sealed.push_back({static_cast<std::uint16_t>(fields), static_cast<std::uint16_t>(random_.below(9)),
                                     std::string(random_.below(40), 'x') + "尼玛"});
    all_.push_back(event);
    return event;
}

std::vector<AppendEvent> SampleLog::batch(std::size_t count, std::uint64_t cases) {
    std::vector<AppendEvent> events;
    for (std::size_t i = 0; i < count; ++i) events.push_back(next(case_number(random_.below(cases))));
    return events;
}

void SampleLog::take_back(std::size_t count) {
    for (; count > 0; --count) {
        --versions_[all_.back().header.case_id];
        all_.pop_back();
    }
}

}  // namespace anjie::test
