#pragma once

#include <functional>
#include <string>
#include <vector>

#include "adapters/sinks/sink.hpp"

namespace anjie::test {

/// What the process that runs a sink does in the middle of a delivery when it is killed.
struct Killed {};

/// The other side: it outlives runners and remembers everything it was ever given, in order.
struct OtherSide {
    std::vector<sinks::Delivery> got;
    std::string token;

    /// Everything is there, and no event of a case came before one that precedes it. A sentence per fault.
    [[nodiscard]] std::vector<std::string> faults(Position head) const;
    [[nodiscard]] std::vector<Position> positions() const;
};

/// A sink that hands over one by one and does with each event what it is told.
class RecordingSink final : public sinks::Sink {
public:
    using Decide = std::function<std::variant<sinks::Outcome, sinks::Trouble>(const sinks::Delivery&)>;

    explicit RecordingSink(OtherSide& other) : other_(other) {}

    [[nodiscard]] std::string destination() const override { return "memory"; }
    [[nodiscard]] sinks::Answer deliver(const sinks::Batch& batch, const std::stop_token& stop) override;

    Decide decide{};  ///< None: everything is taken.
    /// For the negative control: it says that it has delivered and does not, or goes on behind a failure.
    bool loses{}, overtakes{};

private:
    OtherSide& other_;
};

/// A sink that takes a batch whole, or not at all, with its token.
class TransactionalSink final : public sinks::Sink {
public:
    explicit TransactionalSink(OtherSide& other) : other_(other) {}

    [[nodiscard]] std::string destination() const override { return "memory"; }
    [[nodiscard]] sinks::Answer deliver(const sinks::Batch& batch, const std::stop_token& stop) override;
    [[nodiscard]] bool keeps_tokens() const override { return true; }
    [[nodiscard]] Result<std::optional<std::string>> kept_token() override;

    std::function<void()> before_commit{}, after_commit{};
    std::function<bool(const sinks::Delivery&)> refuses{};  ///< The whole batch, because of one of them.

private:
    OtherSide& other_;
};

inline sinks::Outcome delivered() { return {sinks::Outcome::Verdict::delivered, {}}; }
inline sinks::Outcome later() { return {sinks::Outcome::Verdict::later, "not this one now"}; }
inline sinks::Outcome poison() { return {sinks::Outcome::Verdict::poison, "never"}; }

}  // namespace anjie::test
