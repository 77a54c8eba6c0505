#include "adapters/rpc/detail/offices.hpp"

#include <algorithm>

namespace anjie::rpc::detail {
namespace {

using access::Action;

constexpr std::array case_worker{Action::work_on_case, Action::register_case, Action::decide_case, Action::correct_case,
                                 Action::hand_over_case};
constexpr std::array supervisor{Action::decide_case, Action::approve_erasure, Action::approve_full_export};
constexpr std::array auditor{Action::read_findings, Action::read_proofs};
constexpr std::array feed{Action::read_feed};

}  // namespace

schema::Office wire(Office office) {
    switch (office) {
        case Office::case_worker:
            return schema::Office::CASE_WORKER;
        case Office::supervisor:
            return schema::Office::SUPERVISOR;
        case Office::auditor:
            return schema::Office::AUDITOR;
        case Office::feed:
            break;
    }
    return schema::Office::FEED;
}

std::span<const Action> actions_of(Office office) {
    switch (office) {
        case Office::case_worker:
            return case_worker;
        case Office::supervisor:
            return supervisor;
        case Office::auditor:
            return auditor;
        case Office::feed:
            break;
    }
    return feed;
}

bool is_open(const access::Access& access, const access::Principal& principal, Office office) {
    return std::ranges::any_of(actions_of(office), [&](Action action) {
        return access.judge(principal, action, access::CaseScope{}).has_value();
    });
}

access::Decision enter(access::Access& access, const access::Principal& principal, Office office,
                       const access::Client& client) {
    if (is_open(access, principal, office)) return {};
    return access.authorise(principal, actions_of(office).front(), access::CaseScope{}, client);
}

}  // namespace anjie::rpc::detail
