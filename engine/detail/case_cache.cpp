#include "engine/detail/case_cache.hpp"

#include <utility>

#include "engine/assert.hpp"

namespace anjie::detail {

CaseCache::CaseCache(std::size_t cases_max) : cases_max_(cases_max) {}

CachedCase* CaseCache::find(const CaseId& id) {
    const auto found = cases_.find(id);
    if (found == cases_.end()) return nullptr;
    auto& entry = found->second;
    if (&entry != newest_) {
        unlink(entry);
        link_newest(entry);
    }
    return &entry;
}

CachedCase& CaseCache::insert(CachedCase loaded) {
    const auto id = loaded.id;
    const auto [place, inserted] = cases_.try_emplace(id, std::move(loaded));
    ANJIE_ASSERT(inserted);
    link_newest(place->second);
    return place->second;
}

void CaseCache::erase(const CaseId& id) {
    const auto found = cases_.find(id);
    if (found == cases_.end()) return;
    unlink(found->second);
    cases_.erase(found);
}

void CaseCache::clear() {
    cases_.clear();
    oldest_ = newest_ = nullptr;
}

void CaseCache::evict(std::uint64_t durable_batch) {
    while (cases_.size() > cases_max_ && oldest_->last_batch <= durable_batch) erase(CaseId{oldest_->id});
}

void CaseCache::unlink(CachedCase& entry) {
    (entry.older ? entry.older->newer : oldest_) = entry.newer;
    (entry.newer ? entry.newer->older : newest_) = entry.older;
    entry.older = entry.newer = nullptr;
}

void CaseCache::link_newest(CachedCase& entry) {
    entry.older = newest_;
    entry.newer = nullptr;
    (newest_ ? newest_->newer : oldest_) = &entry;
    newest_ = &entry;
}

}  // namespace anjie::detail
