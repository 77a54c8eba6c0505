#include "adapters/process_mining/replaced_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace anjie::process_mining {
namespace {

std::unexpected<Error> refused(const std::filesystem::path& file) {
    return failure(ErrorCode::unavailable,
                   fmt::format("{}: cannot be written / 无法写入: {}", file.string(), std::strerror(errno)));
}

}  // namespace

ReplacedFile::ReplacedFile(std::filesystem::path target, std::filesystem::path beside, int descriptor)
    : target_(std::move(target)), beside_(std::move(beside)), descriptor_(descriptor) {}

ReplacedFile::ReplacedFile(ReplacedFile&& other) noexcept
    : target_(std::move(other.target_)),
      beside_(std::move(other.beside_)),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

ReplacedFile::~ReplacedFile() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    ::unlink(beside_.c_str());
}

Result<ReplacedFile> ReplacedFile::create(const std::filesystem::path& target) {
    std::error_code failed;
    const auto kind = std::filesystem::status(target, failed).type();
    // A device or a pipe of that name must not be replaced by a file.
    const bool replaceable =
        kind == std::filesystem::file_type::not_found || kind == std::filesystem::file_type::regular;
    if (target.filename().empty() || (!failed && !replaceable))
        return failure(ErrorCode::invalid,
                       fmt::format("{} is no ordinary file; name one / 不是普通文件，请写文件名", target.string()));
    auto beside = target;
    beside += fmt::format(".part-{}", ::getpid());
    const int descriptor = ::open(beside.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return refused(beside);
    return ReplacedFile(target, std::move(beside), descriptor);
}

Result<void> ReplacedFile::write(std::string_view bytes) { return DescriptorSink(descriptor_).write(bytes); }

Result<void> ReplacedFile::commit() {
    if (::fsync(descriptor_) != 0) return refused(beside_);
    if (::rename(beside_.c_str(), target_.c_str()) != 0) return refused(target_);
    ::close(std::exchange(descriptor_, -1));
    const auto parent = target_.parent_path();
    const int folder = ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return refused(target_);
    const bool synced = ::fsync(folder) == 0;
    ::close(folder);
    if (!synced) return refused(target_);
    return {};
}

}  // namespace anjie::process_mining
