#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/http/detail/guarded.hpp"
#include "adapters/http/stream.hpp"

namespace anjie::http::detail {

/// The buffer between whoever writes a stream and the connection that sends it.
class BufferedStream final : public StreamWriter {
public:
    /// `wake` is called when there is something to do for the connection, from any thread.
    BufferedStream(std::size_t bytes_max, std::function<void()> wake) : bytes_max_(bytes_max), wake_(std::move(wake)) {}

    bool write(std::string_view bytes) override;
    [[nodiscard]] std::size_t room() const override;
    [[nodiscard]] bool wait_room(std::size_t bytes, std::chrono::milliseconds timeout) const override;
    [[nodiscard]] bool open() const override;
    void finish() override { finish_with(StreamEnd::finished); }
    void on_end(std::function<void(StreamEnd)> left) override;
    void on_drained(std::function<void()> drained) override;

    /// What the connection sends next: all that waits. It counts as buffered until `sent`.
    [[nodiscard]] std::string take();
    void sent();
    /// Takes no more; what waits is still sent.
    void finish_with(StreamEnd why);
    /// Why it is to be ended, once it is.
    [[nodiscard]] std::optional<StreamEnd> ended() const;
    /// Ends it, unless it is ended already; what waits is dropped. Answers the reason that holds.
    StreamEnd end(StreamEnd why);

private:
    struct State {
        std::string waiting;
        std::size_t under_way{};
        std::optional<StreamEnd> ended;
        std::function<void(StreamEnd)> left;
        std::function<void()> drained;
        bool was_half_full{};
        bool told{};  ///< `left` was called.
    };
    [[nodiscard]] std::size_t room_of(const State& state) const;

    const std::size_t bytes_max_;
    const std::function<void()> wake_;
    Guarded<State> state_;
};

}  // namespace anjie::http::detail
