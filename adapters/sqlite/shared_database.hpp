#pragma once

#include <mutex>
#include <utility>

#include "adapters/sqlite/database.hpp"

namespace anjie::sqlite {

/// A connection that several threads share: it can only be reached while its lock is held.
class SharedDatabase {
public:
    explicit SharedDatabase(Database database) : database_(std::move(database)) {}

    template <class F>
    auto with(F&& use) const {
        const std::scoped_lock lock(mutex_);
        return std::forward<F>(use)(database_);
    }

private:
    mutable std::mutex mutex_;
    mutable Database database_;
};

}  // namespace anjie::sqlite
