#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/event.hpp"

namespace anjie::test {

/// A small generator of its own, so that a seed means the same with every standard library.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }

private:
    std::uint64_t state_;
};

/// The case with that number; ids grow with the number, as those of real cases do with time.
CaseId case_number(std::uint64_t number);

/// A log growing event by event, complete with positions and versions.
class SampleLog {
public:
    explicit SampleLog(std::uint64_t seed) : random_(seed) {}

    /// One more event of that case.
    AppendEvent next(CaseId id);
    /// `count` more events of random cases out of `cases`.
    std::vector<AppendEvent> batch(std::size_t count, std::uint64_t cases);
    /// Everything handed out, in log order.
    [[nodiscard]] const std::vector<AppendEvent>& all() const { return all_; }
    /// Forgets the last `count` events: they were not kept.
    void take_back(std::size_t count);

private:
    Random random_;
    std::vector<AppendEvent> all_;
    std::map<CaseId, Version> versions_;
};

}  // namespace anjie::test
