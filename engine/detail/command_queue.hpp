#pragma once

#include <condition_variable>
#include <optional>
#include <string>
#include <vector>

#include "engine/detail/command_processor.hpp"
#include "engine/detail/guarded.hpp"

namespace anjie::detail {

/// The bounded queue between many senders and the one thread that decides.
class CommandQueue {
public:
    explicit CommandQueue(const EngineLimits& limits) : limits_(limits) {}

    /// Errors: `unavailable` at once, when full, refusing or closed; then `pending` is untouched.
    [[nodiscard]] Result<void> push(PendingCommand&& pending);

    /// Waits for commands and swaps them all into `taken` (empty before). Answers false when closed and empty.
    /// They count as queued until `release`.
    [[nodiscard]] bool take(std::vector<PendingCommand>& taken);
    void release(std::size_t commands, std::size_t bytes);
    [[nodiscard]] bool is_empty();

    /// Takes no more until `accept`.
    void refuse(std::string why);
    void accept();
    /// Takes no more for ever; `take` hands out what is there.
    void close();

    /// How many commands have ever been taken in.
    [[nodiscard]] std::uint64_t accepted();
    struct Numbers {
        std::size_t waiting{};
        std::uint64_t accepted{};
    };
    [[nodiscard]] Numbers numbers();

private:
    struct State {
        std::vector<PendingCommand> commands;
        std::size_t count{};  ///< Commands taken in and not yet released, whose bytes are `bytes`.
        std::size_t bytes{};
        std::uint64_t accepted{};
        std::optional<std::string> refusing;
        bool closed{};
        bool consumer_sleeps{};
    };

    EngineLimits limits_;
    Guarded<State> state_;
    std::condition_variable arrived_;
};

}  // namespace anjie::detail
