#include "engine/engine.hpp"

#include <future>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "engine/detail/batch_writer.hpp"
#include "engine/detail/command_processor.hpp"
#include "engine/detail/command_queue.hpp"
#include "engine/detail/guarded.hpp"

namespace anjie {
namespace {

/// A batch this small is written by the deciding thread itself when nothing else is waiting: with few clients there is
/// nothing to overlap, and a hand-over would only add a wake-up to everybody's answer.
constexpr std::size_t unhanded_commands_max = 4;

}  // namespace

struct Engine::Impl {
    Impl(EventStore& store_in, const Clock& clock, const WorkflowSet& workflows, const EngineLimits& limits)
        : store(store_in),
          processor(store_in, clock, workflows, limits),
          queue(limits),
          batch_commands_max(limits.batch_commands_max) {
        progress.lock()->head = store.head();
        decider = std::thread([this] { run(); });
    }

    /// What others wait for.
    struct Progress {
        Position head{};
        std::uint64_t answered{};
        std::optional<Error> failed;
        bool stopped{};
        std::size_t waiting{};  ///< Threads to be woken.
    };

    void run();
    void decide_all(std::span<detail::PendingCommand> taken, detail::BatchWriter& writer);
    void finish(detail::PreparedBatch& batch);
    void fail(const Error& cause);

    /// Waits on `progress` until `condition` holds or `timeout` (none: for ever) has passed.
    template <class Condition>
    void wait_for_progress(std::optional<std::chrono::microseconds> timeout, Condition condition);

    EventStore& store;
    detail::CommandProcessor processor;
    detail::CommandQueue queue;
    std::size_t batch_commands_max;
    detail::Guarded<Progress> progress;
    std::condition_variable progressed;
    std::mutex recovering;  ///< One `recover` or `stop` at a time.
    std::thread decider;
};

void Engine::Impl::run() {
    detail::BatchWriter writer(batch_commands_max, [this](detail::PreparedBatch& batch) { finish(batch); });
    std::vector<detail::PendingCommand> taken;
    while (queue.take(taken)) {
        decide_all(taken, writer);
        taken.clear();
    }
}

void Engine::Impl::decide_all(std::span<detail::PendingCommand> taken, detail::BatchWriter& writer) {
    while (!taken.empty()) {
        detail::PreparedBatch batch;
        const auto expected = std::min(taken.size(), batch_commands_max);
        batch.answers.reserve(expected);
        batch.events.reserve(expected);
        const auto count = processor.decide_batch(taken, batch);
        std::size_t bytes = 0;
        for (const auto& decided : taken.first(count)) bytes += decided.bytes;
        taken = taken.subspan(count);
        queue.release(count, bytes);

        const bool alone = taken.empty() && count <= unhanded_commands_max && queue.is_empty() && writer.is_idle();
        if (alone)
            finish(batch);
        else
            writer.write(std::move(batch));
    }
}

void Engine::Impl::finish(detail::PreparedBatch& batch) {
    auto failed = progress.lock()->failed;
    if (!failed) {
        if (auto committed = processor.commit(batch); !committed) {
            fail(committed.error());
            failed = committed.error();
        }
    }
    if (failed) {
        detail::answer_failed(batch, {ErrorCode::unavailable, fmt::format("not written: {}", failed->detail)});
    } else {
        if (!batch.events.empty()) {
            auto state = progress.lock();
            state->head = batch.events.back().header.position;
            if (state->waiting > 0) progressed.notify_all();
        }
        detail::answer(batch);
    }
    auto state = progress.lock();
    state->answered += batch.answers.size();
    if (state->waiting > 0) progressed.notify_all();
}

void Engine::Impl::fail(const Error& cause) {
    queue.refuse(fmt::format("a write has failed and the store is not proved sound yet: {}", cause.detail));
    progress.lock()->failed = cause;
}

template <class Condition>
void Engine::Impl::wait_for_progress(std::optional<std::chrono::microseconds> timeout, Condition condition) {
    auto state = progress.lock();
    ++state->waiting;
    if (timeout)
        static_cast<void>(state.wait_for(progressed, *timeout, [&] { return condition(*state); }));
    else
        state.wait(progressed, [&] { return condition(*state); });
    --state->waiting;
}

Engine::Engine(EventStore& store, const Clock& clock, const WorkflowSet& workflows, EngineLimits limits)
    : impl_(std::make_unique<Impl>(store, clock, workflows, limits)) {}

Engine::~Engine() { stop(); }

Result<void> Engine::submit(Command command, Completion done) {
    const auto bytes = detail::size_of(command);
    return impl_->queue.push({std::move(command), std::move(done), bytes});
}

Outcome Engine::execute(Command command) {
    std::promise<Outcome> promise;
    auto answer = promise.get_future();
    auto submitted = submit(std::move(command),
                            [told = std::move(promise)](const Outcome& outcome) mutable { told.set_value(outcome); });
    if (!submitted) return std::unexpected(std::move(submitted).error());
    return answer.get();
}

void Engine::drain() {
    const auto accepted = impl_->queue.accepted();
    impl_->wait_for_progress(std::nullopt, [&](const auto& state) { return state.answered >= accepted; });
}

Result<void> Engine::recover(const std::function<Result<void>()>& prove_sound) {
    const std::lock_guard one_at_a_time(impl_->recovering);
    if (!impl_->progress.lock()->failed) return {};
    drain();  // Nothing is taken in any more, so afterwards no thread touches the processor.
    ANJIE_CHECK(prove_sound());
    impl_->processor.reset();
    {
        auto state = impl_->progress.lock();
        state->failed.reset();
        state->head = impl_->store.head();
    }
    impl_->queue.accept();
    return {};
}

void Engine::stop() {
    const std::lock_guard one_at_a_time(impl_->recovering);
    impl_->queue.close();
    if (impl_->decider.joinable()) impl_->decider.join();
    impl_->progress.lock()->stopped = true;
    impl_->progressed.notify_all();
}

EngineHealth Engine::health() const {
    EngineHealth health;
    const auto [queued, accepted] = impl_->queue.numbers();
    health.queued = queued;
    health.accepted = accepted;
    auto state = impl_->progress.lock();
    health.answered = state->answered;
    health.failed = state->failed;
    return health;
}

Position Engine::head() const { return impl_->progress.lock()->head; }

Position Engine::wait_past(Position after, std::chrono::microseconds timeout) const {
    Position head = 0;
    impl_->wait_for_progress(timeout, [&](const auto& state) {
        head = state.head;
        return head > after || state.stopped;
    });
    return head;
}

}  // namespace anjie
