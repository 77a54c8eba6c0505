#include "tests/crash/power_cut.hpp"

#include <rocksdb/file_system.h>
#include <sys/mman.h>

#include <atomic>
#include <cstring>
#include <mutex>
#include <new>
#include <stdexcept>

namespace anjie::test {

struct FlushLedger::Table {
    struct File {
        char path[240];
        std::atomic<std::uint64_t> flushed;
        std::atomic<bool> used;
    };
    File files[files_max];
};

namespace {

using rocksdb::FileOptions;
using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using Table = FlushLedger::Table;

/// Finds and names the ledger's entries; one process at a time uses it.
class Entries {
public:
    explicit Entries(Table& table) : table_(table) {}

    Table::File& at(const std::string& path) {
        const std::lock_guard lock(mutex_);
        Table::File* free = nullptr;
        for (auto& file : table_.files) {
            if (file.used && path == file.path) return file;
            if (!file.used && free == nullptr) free = &file;
        }
        if (free == nullptr || path.size() >= sizeof free->path) throw std::length_error("flush ledger is full");
        std::memcpy(free->path, path.c_str(), path.size() + 1);
        free->flushed = 0;
        free->used = true;
        return *free;
    }
    void forget(const std::string& path) {
        const std::lock_guard lock(mutex_);
        for (auto& file : table_.files)
            if (file.used && path == file.path) file.used = false;
    }
    void rename(const std::string& from, const std::string& to) {
        forget(to);
        const std::lock_guard lock(mutex_);
        for (auto& file : table_.files)
            if (file.used && from == file.path) std::memcpy(file.path, to.c_str(), to.size() + 1);
    }

private:
    Table& table_;
    std::mutex mutex_;
};

class NotedFile final : public rocksdb::FSWritableFileOwnerWrapper {
public:
    NotedFile(std::unique_ptr<FSWritableFile> file, Table::File& entry, std::uint64_t size)
        : FSWritableFileOwnerWrapper(std::move(file)), entry_(entry), size_(size) {}

    using FSWritableFileOwnerWrapper::Append;
    IOStatus Append(const rocksdb::Slice& data, const IOOptions& options, IODebugContext* debug) override {
        return counted(data.size(), FSWritableFileOwnerWrapper::Append(data, options, debug));
    }
    IOStatus Append(const rocksdb::Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo& check,
                    IODebugContext* debug) override {
        return counted(data.size(), FSWritableFileOwnerWrapper::Append(data, options, check, debug));
    }
    IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
        return flushed(size_, FSWritableFileOwnerWrapper::Sync(options, debug));
    }
    IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
        return flushed(size_, FSWritableFileOwnerWrapper::Fsync(options, debug));
    }

private:
    IOStatus counted(std::uint64_t bytes, IOStatus status) {
        if (status.ok()) size_ += bytes;
        return status;
    }
    IOStatus flushed(std::uint64_t size, IOStatus status) {
        if (status.ok()) entry_.flushed = size;
        return status;
    }

    Table::File& entry_;
    std::atomic<std::uint64_t> size_;
};

class NotingFileSystem final : public rocksdb::FileSystemWrapper {
public:
    explicit NotingFileSystem(Table& table) : FileSystemWrapper(rocksdb::FileSystem::Default()), entries_(table) {}

    [[nodiscard]] const char* Name() const override { return "FlushLedger"; }

    IOStatus NewWritableFile(const std::string& path, const FileOptions& options, std::unique_ptr<FSWritableFile>* file,
                             IODebugContext* debug) override {
        entries_.forget(path);
        return noted(path, 0, FileSystemWrapper::NewWritableFile(path, options, file, debug), file);
    }
    IOStatus ReopenWritableFile(const std::string& path, const FileOptions& options,
                                std::unique_ptr<FSWritableFile>* file, IODebugContext* debug) override {
        std::uint64_t size = 0;
        static_cast<void>(GetFileSize(path, {}, &size, debug));
        return noted(path, size, FileSystemWrapper::ReopenWritableFile(path, options, file, debug), file);
    }
    IOStatus ReuseWritableFile(const std::string& path, const std::string& old_path, const FileOptions& options,
                               std::unique_ptr<FSWritableFile>* file, IODebugContext* debug) override {
        entries_.rename(old_path, path);
        return noted(path, 0, FileSystemWrapper::ReuseWritableFile(path, old_path, options, file, debug), file);
    }
    IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions& options,
                        IODebugContext* debug) override {
        auto status = FileSystemWrapper::RenameFile(from, to, options, debug);
        if (status.ok()) entries_.rename(from, to);
        return status;
    }
    IOStatus DeleteFile(const std::string& path, const IOOptions& options, IODebugContext* debug) override {
        auto status = FileSystemWrapper::DeleteFile(path, options, debug);
        if (status.ok()) entries_.forget(path);
        return status;
    }

private:
    IOStatus noted(const std::string& path, std::uint64_t size, IOStatus status,
                   std::unique_ptr<FSWritableFile>* file) {
        if (status.ok()) *file = std::make_unique<NotedFile>(std::move(*file), entries_.at(path), size);
        return status;
    }

    Entries entries_;
};

}  // namespace

FlushLedger::FlushLedger() {
    void* memory = ::mmap(nullptr, sizeof(Table), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    table_ = new (memory) Table{};
}

FlushLedger::~FlushLedger() { ::munmap(table_, sizeof(Table)); }

std::unique_ptr<rocksdb::Env> FlushLedger::environment() {
    return rocksdb::NewCompositeEnv(std::make_shared<NotingFileSystem>(*table_));
}

std::uint64_t FlushLedger::cut_power(std::uint64_t random) {
    std::uint64_t lost = 0;
    for (auto& file : table_->files) {
        if (!file.used) continue;
        file.used = false;
        std::error_code failed;
        const auto size = std::filesystem::file_size(file.path, failed);
        if (failed || size <= file.flushed) continue;
        random = random * 6364136223846793005u + 1442695040888963407u;
        const auto unflushed = size - file.flushed;
        // One time in four everything after the last flush is gone; else a part of it stays.
        const auto kept = (random >> 62) == 0 ? 0 : (random >> 20) % (unflushed + 1);
        std::filesystem::resize_file(file.path, file.flushed + kept, failed);
        if (!failed) lost += unflushed - kept;
    }
    return lost;
}

}  // namespace anjie::test
