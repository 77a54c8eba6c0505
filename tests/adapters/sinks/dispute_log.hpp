#pragma once

#include <map>
#include <vector>

#include "adapters/sinks/runner.hpp"
#include "engine/event_store.hpp"
#include "tests/support/random.hpp"
#include "workflows/dispute/events.hpp"

namespace anjie::test {

/// A log of disputes whose events are well formed, written straight into a store: what a sink sees, without deciding.
class DisputeLog {
public:
    explicit DisputeLog(EventStore& store) : store_(store) {}

    /// The case with that number.
    [[nodiscard]] static CaseId case_id(std::uint64_t number);
    /// Appends one event to a case and answers its position.
    Position append(std::uint64_t case_number, const dispute::Event& event, std::vector<SealedField> sealed = {});
    /// An event of a kind that this release does not know how to read.
    Position append_broken(std::uint64_t case_number);
    /// `count` plausible events of random cases out of `cases`.
    void append_some(Random& random, std::size_t count, std::uint64_t cases);

    std::string organisation{"540629-102"};

private:
    Position append(std::uint64_t case_number, NewEvent event);

    EventStore& store_;
    std::map<std::uint64_t, Version> versions_;
};

/// How the runners of the tests name things.
[[nodiscard]] sinks::RunnerSettings test_settings();

}  // namespace anjie::test
