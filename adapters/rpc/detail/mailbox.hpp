#pragma once

#include <kj/async-unix.h>
#include <kj/io.h>

#include <functional>
#include <mutex>
#include <vector>

namespace anjie::rpc::detail {

/// Work that other threads give to the event loop's own.
class Mailbox {
public:
    using Task = std::move_only_function<void()>;

    /// Errors: throws when the system has no more descriptors.
    explicit Mailbox(kj::UnixEventPort& port);

    /// Threads: any. Never blocks on the loop. Order: as given, per thread. After `close`, what is given is dropped.
    void post(Task task);
    /// Does what is given, for ever. On the loop's thread, as what follows.
    [[nodiscard]] kj::Promise<void> run();
    /// Does what is there already and nothing more; the loop may end then, though others still have the mailbox.
    /// Requires: no promise of the loop waits for a task any more.
    void close();

private:
    void drain();

    kj::AutoCloseFd bell_;
    kj::Own<kj::UnixEventPort::FdObserver> observer_;
    std::mutex mutex_;
    std::vector<Task> tasks_;  ///< Guarded by `mutex_`, as what follows.
    bool rung_{};
    bool closed_{};
};

}  // namespace anjie::rpc::detail
