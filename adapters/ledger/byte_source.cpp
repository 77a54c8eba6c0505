#include "adapters/ledger/byte_source.hpp"

#include <algorithm>
#include <filesystem>

namespace anjie::ledger {

Result<FileSource> FileSource::open(const std::string& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status))
        return failure(ErrorCode::not_found, path + ": 没有这个文件 / there is no such file");
    if (!std::filesystem::is_regular_file(status))
        return failure(ErrorCode::invalid, path + ": 不是普通文件 / not a regular file");
    const auto size = std::filesystem::file_size(path, error);
    std::ifstream stream(path, std::ios::binary);
    if (error || !stream)
        return failure(ErrorCode::unavailable, path + ": 无法读取, 请检查权限 / cannot be read, check its permissions");
    return FileSource(std::move(stream), size, path);
}

Result<std::size_t> FileSource::read(std::span<char> into) {
    if (stream_.eof()) return 0;
    stream_.read(into.data(), static_cast<std::streamsize>(into.size()));
    if (stream_.bad()) return failure(ErrorCode::unavailable, path_ + ": 读取失败 / reading failed");
    return static_cast<std::size_t>(stream_.gcount());
}

Result<void> FileSource::rewind() {
    stream_.clear();
    stream_.seekg(0);
    if (!stream_) return failure(ErrorCode::unavailable, path_ + ": 读取失败 / reading failed");
    return {};
}

Result<std::size_t> MemorySource::read(std::span<char> into) {
    const auto count = std::min(into.size(), bytes_.size() - at_);
    std::copy_n(bytes_.data() + at_, count, into.data());
    at_ += count;
    return count;
}

Result<void> MemorySource::rewind() {
    at_ = 0;
    return {};
}

}  // namespace anjie::ledger
