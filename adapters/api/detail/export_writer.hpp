#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "adapters/http/stream.hpp"
#include "adapters/service/orders.hpp"

namespace anjie::api::detail {

/// Writes full exports into answers: one at a time, on a thread of its own, as fast as the client reads.
/// Threads: any.
class ExportWriter {
public:
    ~ExportWriter() { stop(); }

    /// The only place there is; free again when the last copy goes. Null: it is taken.
    using Place = std::shared_ptr<void>;
    [[nodiscard]] Place take();

    /// Returns at once. `still_may` is asked every now and then while the export is being written; false ends it.
    void start(Place place, std::unique_ptr<service::FullExport> order, std::shared_ptr<http::StreamWriter> writer,
               std::function<bool()> still_may);
    /// What is being written ends before its end.
    void stop();

private:
    std::shared_ptr<std::atomic<bool>> taken_{std::make_shared<std::atomic<bool>>()};
    std::atomic<bool> stopping_{};
    std::mutex mutex_;
    std::jthread thread_;  ///< Guarded by `mutex_`.
};

}  // namespace anjie::api::detail
