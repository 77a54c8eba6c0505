#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/adapters/handover/office.hpp"
#include "tests/support/random.hpp"

namespace anjie::test {

/// Two offices that hand cases to each other while their clerks work, over a network that loses, doubles and reorders,
/// and with either side killed at any step, as the seed says. After every step: no case is held by two, and who holds
/// it has one answer. In the end, when the network is whole again: nothing lost, nothing doubled.
class TwoOffices {
public:
    /// What is broken on purpose, to see that it is found.
    enum class Sabotage {
        none,
        loses,        ///< The receiver's answer is believed though it recorded nothing.
        doubles,      ///< A message sent again is another message.
        takes_early,  ///< The asked side does not wait for the confirmation.
    };

    explicit TwoOffices(std::uint64_t seed, Sabotage sabotage = Sabotage::none);

    /// Runs; answers the first broken promise in a sentence, or nothing.
    [[nodiscard]] std::optional<std::string> run(std::size_t steps);

    /// A hash over everything that happened: the same seed gives the same.
    [[nodiscard]] std::uint64_t trace() const { return trace_; }

    /// How often things happened, so that a run that tests nothing shows.
    struct Tally {
        std::size_t offered{}, taken{}, returned{}, ended{}, fed_back{}, handed_back{}, restarts{}, repeated{}, lost{};
    };
    [[nodiscard]] Tally tally() const;

private:
    struct Packet {
        std::size_t to{};  ///< Which office.
        std::string message;
        std::optional<handover::Outgoing> receipt;  ///< Of this message: the way back.
        std::size_t sender_life{};                  ///< A receipt for a process that is gone reaches nobody.
    };
    using Case = std::pair<std::size_t, CaseId>;

    void step();
    void work(std::size_t which);
    void clerk_acts(std::size_t which, const CaseId& id, const dispute::State& state);
    void raise_alarm(std::size_t which, const CaseId& id, const dispute::State& state);
    void send_something(std::size_t which);
    void arrive();
    void receive(Packet packet);
    void kill(std::size_t which);
    void settle();
    std::size_t deliver_all(std::size_t which, const std::vector<handover::Outgoing>& waiting);
    void note(std::uint64_t value) { trace_ = (trace_ ^ value) * 0x100000001b3U; }
    void broken(std::string sentence) {
        if (!broken_) broken_ = std::move(sentence);
    }

    void check_holders();
    [[nodiscard]] std::optional<std::size_t> holder_of(const Case& root) const;
    [[nodiscard]] std::optional<Case> counterpart(const Case& here) const;
    void check_nothing_lost_or_doubled();
    void check_history(std::size_t which, const CaseId& id, std::set<std::string>& offers);
    void check_agreement(const Case& here, const dispute::State& state);

    Random random_;
    Sabotage sabotage_;
    ManualClock clock_{start_of_day(make_date(2024, 3, 4))};
    std::array<std::unique_ptr<TestOffice>, 2> offices_;
    std::array<std::size_t, 2> lives_{};
    std::vector<Packet> network_;
    std::optional<std::string> broken_;
    std::uint64_t trace_{0xcbf29ce484222325U};
    std::size_t restarts_{};
    std::size_t repeated_{};
    std::size_t lost_{};
    std::uint64_t doubled_{};
};

}  // namespace anjie::test
