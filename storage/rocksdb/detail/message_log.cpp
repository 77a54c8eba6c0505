#include "storage/rocksdb/detail/message_log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdarg>
#include <cstdio>
#include <mutex>

#include "engine/time.hpp"
#include "storage/rocksdb/detail/directory.hpp"

namespace anjie::detail {
namespace {

constexpr off_t file_bytes_max = 2 << 20;

class SilentLog final : public rocksdb::Logger {
public:
    SilentLog() : rocksdb::Logger(rocksdb::InfoLogLevel::FATAL_LEVEL) {}
    using rocksdb::Logger::Logv;
    void Logv(const char*, std::va_list) override {}
};

class MessageLog final : public rocksdb::Logger {
public:
    explicit MessageLog(std::filesystem::path path)
        : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL), path_(std::move(path)) {
        reopen();
    }

    using rocksdb::Logger::Logv;
    void Logv(const char* format, std::va_list arguments) override {
        std::array<char, 2048> text{};
        std::vsnprintf(text.data(), text.size(), format, arguments);
        const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
        const auto line = fmt::format("{} {}\n", to_string(Instant{now.time_since_epoch().count()}), text.data());
        const std::lock_guard lock(mutex_);
        if (!file_.is_open()) return;
        [[maybe_unused]] const auto written = ::write(file_.descriptor(), line.data(), line.size());
        if (::lseek(file_.descriptor(), 0, SEEK_END) > file_bytes_max) start_anew();
    }

private:
    void reopen() { file_ = File(::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644)); }
    void start_anew() {
        auto old = path_;
        old += ".old";
        std::error_code error;
        std::filesystem::rename(path_, old, error);
        reopen();
    }

    std::filesystem::path path_;
    std::mutex mutex_;
    File file_;
};

}  // namespace

std::shared_ptr<rocksdb::Logger> message_log(const std::filesystem::path& directory) {
    return std::make_shared<MessageLog>(directory / "MESSAGES");
}

std::shared_ptr<rocksdb::Logger> silent_log() { return std::make_shared<SilentLog>(); }

}  // namespace anjie::detail
