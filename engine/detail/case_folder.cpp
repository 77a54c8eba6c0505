#include "engine/detail/case_folder.hpp"

#include <fmt/format.h>

namespace anjie::detail {

Result<void> CaseFolder::add(const EventView& event) {
    const auto& header = event.header;
    if (!workflow_) {
        workflow_ = workflows_.find(header.workflow);
        if (!workflow_)
            return failure(ErrorCode::corrupt,
                           fmt::format("case {}: no workflow has number {}", to_string(header.case_id),
                                       static_cast<unsigned>(header.workflow)));
        state_ = workflow_->new_state();
        case_id_ = header.case_id;
    }
    if (header.case_id != case_id_ || header.version != version_ + 1)
        return failure(ErrorCode::corrupt, fmt::format("case {}: version {} follows version {}", to_string(case_id_),
                                                       header.version, version_));
    if (header.workflow != workflow_->id())
        return failure(ErrorCode::corrupt,
                       fmt::format("case {}: version {} is of another workflow", to_string(case_id_), header.version));
    ANJIE_CHECK(workflow_->evolve(*state_, event));
    version_ = header.version;
    position_ = header.position;
    return {};
}

void CaseFolder::reset() {
    workflow_ = nullptr;
    state_.reset();
    case_id_ = {};
    version_ = 0;
    position_ = 0;
}

}  // namespace anjie::detail
