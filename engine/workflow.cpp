#include "engine/workflow.hpp"

#include <algorithm>

#include "engine/assert.hpp"

namespace anjie {

void WorkflowSet::add(std::unique_ptr<const Workflow> workflow) {
    ANJIE_ASSERT(workflow != nullptr);
    ANJIE_ASSERT(find(workflow->id()) == nullptr);
    ANJIE_ASSERT(find(workflow->name()) == nullptr);
    workflows_.push_back(std::move(workflow));
}

const Workflow* WorkflowSet::find(WorkflowId id) const {
    const auto found = std::ranges::find_if(workflows_, [&](const auto& workflow) { return workflow->id() == id; });
    return found == workflows_.end() ? nullptr : found->get();
}

const Workflow* WorkflowSet::find(std::string_view name) const {
    const auto found = std::ranges::find_if(workflows_, [&](const auto& workflow) { return workflow->name() == name; });
    return found == workflows_.end() ? nullptr : found->get();
}

std::vector<const Workflow*> WorkflowSet::all() const {
    std::vector<const Workflow*> all;
    for (const auto& workflow : workflows_) all.push_back(workflow.get());
    return all;
}

}  // namespace anjie
