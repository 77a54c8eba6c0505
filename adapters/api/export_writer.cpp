#include <algorithm>
#include <chrono>

#include "adapters/api/detail/export_writer.hpp"

namespace anjie::api::detail {
namespace {

constexpr std::size_t piece_bytes_max = 65'536;  // Less than a stream's buffer.
constexpr std::chrono::milliseconds looks_every{500};

std::unexpected<Error> cut(std::string_view why) { return failure(ErrorCode::unavailable, std::string(why)); }

}  // namespace

ExportWriter::Place ExportWriter::take() {
    if (taken_->exchange(true)) return nullptr;
    return {taken_.get(), [taken = taken_](void*) { *taken = false; }};
}

void ExportWriter::start(Place place, std::unique_ptr<service::FullExport> order,
                         std::shared_ptr<http::StreamWriter> writer, std::function<bool()> still_may) {
    const std::scoped_lock lock(mutex_);
    if (stopping_) return writer->finish();
    // The one before has given its place back: there is nothing left to wait for.
    thread_ = std::jthread([this, place = std::move(place), order = std::move(order), writer = std::move(writer),
                            still_may = std::move(still_may)]() mutable {
        auto asked = std::chrono::steady_clock::now();
        const auto put = [&](std::string_view line) -> Result<void> {
            if (const auto now = std::chrono::steady_clock::now(); now - asked >= looks_every) {
                if (!still_may()) return cut("the rights are gone / 权限已被收回");
                asked = now;
            }
            while (!line.empty()) {
                const auto piece = line.substr(0, piece_bytes_max);
                if (stopping_ || !writer->open()) return cut("the client has left / 连接已断开");
                if (!writer->wait_room(piece.size(), looks_every)) continue;
                if (!writer->write(piece)) return cut("the client has left / 连接已断开");
                line.remove_prefix(piece.size());
            }
            return {};
        };
        // An export that broke off has no last line; the request says that it failed.
        static_cast<void>(order->write(put));
        // Noted before the client sees the end, and before there is place for the next.
        order.reset();
        writer->finish();
        place.reset();
    });
}

void ExportWriter::stop() {
    stopping_ = true;
    const std::scoped_lock lock(mutex_);
    if (thread_.joinable()) thread_.join();
}

}  // namespace anjie::api::detail
