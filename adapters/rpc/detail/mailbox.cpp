#include "adapters/rpc/detail/mailbox.hpp"

#include <kj/debug.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

namespace anjie::rpc::detail {
namespace {

kj::AutoCloseFd new_bell() {
    int fd = -1;
    KJ_SYSCALL(fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    return kj::AutoCloseFd(fd);
}

}  // namespace

Mailbox::Mailbox(kj::UnixEventPort& port)
    : bell_(new_bell()),
      observer_(
          kj::heap<kj::UnixEventPort::FdObserver>(port, bell_.get(), kj::UnixEventPort::FdObserver::OBSERVE_READ)) {}

void Mailbox::post(Task task) {
    const std::scoped_lock lock(mutex_);
    if (closed_) return;
    tasks_.push_back(std::move(task));
    if (rung_) return;
    rung_ = true;
    const std::uint64_t one = 1;
    // Can only fail when the counter is full, and then the bell rings anyway.
    [[maybe_unused]] const auto written = write(bell_.get(), &one, sizeof one);
}

void Mailbox::drain() {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto got = read(bell_.get(), &count, sizeof count);
    std::vector<Task> tasks;
    {
        const std::scoped_lock lock(mutex_);
        tasks.swap(tasks_);
        rung_ = false;
    }
    for (auto& task : tasks) task();
}

kj::Promise<void> Mailbox::run() {
    return observer_->whenBecomesReadable().then([this] {
        drain();
        return run();
    });
}

void Mailbox::close() {
    drain();
    observer_ = nullptr;
    const std::scoped_lock lock(mutex_);
    closed_ = true;
    tasks_.clear();
}

}  // namespace anjie::rpc::detail
