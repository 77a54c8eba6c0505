#include "adapters/service/detail/case_book.hpp"

namespace anjie::service::detail {

Result<std::shared_ptr<const CaseLook>> CaseBook::at_head(const CaseId& id) {
    // Read outside the lock: two may do the same work, none waits for another's disk.
    const auto before = find(id);
    Look look;
    if (before) {
        ANJIE_TRY(look, look_again(events_, workflows_, id, before));
    } else {
        ANJIE_TRY(auto fresh, look_at(events_, workflows_, id));
        look = std::make_shared<const CaseLook>(std::move(fresh));
    }
    if (look != before) keep(id, look);
    return look;
}

CaseBook::Look CaseBook::find(const CaseId& id) {
    const std::scoped_lock lock(mutex_);
    const auto found = kept_.find(id);
    if (found == kept_.end()) return {};
    order_.splice(order_.begin(), order_, found->second);
    return found->second->look;
}

void CaseBook::keep(const CaseId& id, const Look& look) {
    const std::scoped_lock lock(mutex_);
    if (const auto found = kept_.find(id); found != kept_.end()) {
        auto& known = found->second->look;
        if (known->version < look->version) known = look;
        return;
    }
    order_.push_front({id, look});
    kept_[id] = order_.begin();
    if (order_.size() > kept_max_) {
        kept_.erase(order_.back().id);
        order_.pop_back();
    }
}

}  // namespace anjie::service::detail
