#include "adapters/process_mining/byte_sink.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace anjie::process_mining {
namespace {

constexpr std::size_t held_bytes_max = std::size_t{256} * 1024;

}  // namespace

Result<void> DescriptorSink::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0)
            return failure(ErrorCode::unavailable,
                           fmt::format("the export cannot be written / 导出无法写入: {}", std::strerror(errno)));
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Output& Output::operator<<(std::string_view text) {
    if (!status_) return *this;
    held_ += text;
    if (held_.size() >= held_bytes_max) static_cast<void>(flush());
    return *this;
}

Result<void> Output::flush() {
    if (status_ && !held_.empty()) status_ = sink_.write(held_);
    held_.clear();
    return status_;
}

}  // namespace anjie::process_mining
