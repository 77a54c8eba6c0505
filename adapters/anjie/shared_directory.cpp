#include "adapters/anjie/shared_directory.hpp"

#include <mutex>

namespace anjie {

template <class Read>
auto SharedDirectory::read(Read read) const -> decltype(read()) {
    const std::shared_lock lock(complete_guard_);
    if (!complete_)
        return failure(ErrorCode::unavailable,
                       "the case directory is being built anew; try again soon / 正在重建案件目录");
    return read();
}

void SharedDirectory::rebuilding() {
    const std::unique_lock lock(complete_guard_);
    complete_ = false;
}

void SharedDirectory::rebuilt() {
    const std::unique_lock lock(complete_guard_);
    complete_ = true;
}

Result<void> SharedDirectory::apply(const std::vector<DirectoryEntry>& entries, Position cursor) {
    return directory_.apply(entries, cursor);
}

Result<void> SharedDirectory::clear() { return directory_.clear(); }

Result<std::vector<DirectoryEntry>> SharedDirectory::list(const DirectoryFilter& filter) const {
    return read([&] { return directory_.list(filter); });
}

Result<std::vector<DueEntry>> SharedDirectory::due(const DueFilter& filter) const {
    return read([&] { return directory_.due(filter); });
}

Result<DirectoryEntry> SharedDirectory::find(std::string_view number_or_id) const {
    return read([&] { return directory_.find(number_or_id); });
}

}  // namespace anjie
