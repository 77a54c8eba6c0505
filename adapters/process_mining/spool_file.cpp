#include "adapters/process_mining/spool_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace anjie::process_mining {
namespace {

std::unexpected<Error> refused(std::string_view what) {
    return failure(ErrorCode::unavailable, fmt::format("{}: {}", what, std::strerror(errno)));
}

}  // namespace

SpoolFile::~SpoolFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<SpoolFile> SpoolFile::create(const std::filesystem::path& folder) {
    auto name = (folder / ".anjie-export-XXXXXX").string();
    const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor < 0) return refused(folder.string());
    ::unlink(name.c_str());
    return SpoolFile(descriptor);
}

Result<void> SpoolFile::write(std::string_view bytes) { return DescriptorSink(descriptor_).write(bytes); }

Result<void> SpoolFile::copy_to(Output& out) const {
    std::vector<char> piece(std::size_t{256} * 1024);
    off_t offset = 0;
    for (;;) {
        const auto got = ::pread(descriptor_, piece.data(), piece.size(), offset);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return refused("the export's own temporary file cannot be read / 临时文件无法读取");
        if (got == 0) return {};
        out << std::string_view(piece.data(), static_cast<std::size_t>(got));
        offset += got;
    }
}

}  // namespace anjie::process_mining
