#include "adapters/service/service.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/service/detail/service_impl.hpp"
#include "engine/organisation.hpp"

namespace anjie::service {

using access::Action;
using access::RefusalCode;

Answer<void> Service::Impl::allow(const Caller& caller, Action action, const access::CaseScope& scope,
                                  const std::optional<CaseId>& about) {
    const auto decision = parts.access.authorise(caller.principal, action, scope, caller.client, about);
    if (decision) return {};
    const auto code = decision.error().code;
    if (about && (code == RefusalCode::outside_organisation || code == RefusalCode::above_clearance))
        return trouble(ErrorCode::not_found, fmt::format("there is no case {} / 没有此案件", to_string(*about)));
    return std::unexpected(Trouble{decision.error()});
}

Answer<void> Service::Impl::allow_proofs(const Caller& caller) {
    if (parts.public_log) return {};
    return allow(caller, Action::read_proofs);
}

Result<SignedHead> Service::Impl::signed_head(Position least) {
    const std::scoped_lock lock(signing_mutex);
    const auto all = parts.workspace.events().head();
    const auto now = std::chrono::steady_clock::now();
    if (head && head->checkpoint.size >= least &&
        (head->checkpoint.size >= all || now - signed_at < limits.checkpoint_age))
        return *head;
    ANJIE_TRY(head, parts.workspace.sign_checkpoint());
    signed_at = now;
    return *head;
}

Answer<std::string> Service::Impl::area(const Caller& caller, Action action, const std::string& wanted) {
    ANJIE_DEMAND(allow(caller, action, {wanted, {}}));
    if (!wanted.empty()) return wanted;
    const auto& own = caller.principal.organisations;
    const bool everywhere =
        caller.principal.kind == access::Principal::Kind::local || std::ranges::find(own, "CN") != own.end();
    if (everywhere) return std::string{};
    if (own.size() == 1) return own.front();
    return trouble(ErrorCode::invalid, fmt::format("organisation: name one of {} / 请指明机构", fmt::join(own, ", ")));
}

Answer<Service::Impl::Found> Service::Impl::find(const Caller& caller, const std::string& reference, Action action) {
    const auto search = [&]() -> Answer<Found> {
        Found found;
        ANJIE_ASK(found.id, detail::resolve(parts.workspace, reference));
        ANJIE_ASK(found.look, cases.at_head(found.id));
        ANJIE_DEMAND(allow(caller, action, detail::scope_of(found.look->entry), found.id));
        return found;
    };
    auto found = search();
    // The same words whether there is none or it is out of reach.
    if (!found)
        if (const auto* error = std::get_if<Error>(&found.error()); error && error->code == ErrorCode::not_found)
            return trouble(ErrorCode::not_found, fmt::format("there is no case {} / 没有此案件", reference));
    return found;
}

namespace detail {

std::string prefix_of(const std::vector<std::string>& tops) {
    std::optional<std::string> common;
    for (const auto& top : tops) {
        const auto prefixes = prefixes_within(top);
        for (const auto* list : {&prefixes.equal, &prefixes.starts})
            for (const auto& one : *list) {
                if (!common) common = one;
                const auto same = std::ranges::mismatch(*common, one).in1;
                common->erase(same, common->end());
            }
    }
    return common.value_or(std::string{});
}

}  // namespace detail

Service::Service(Parts parts, Limits limits) : impl_(std::make_shared<Impl>(std::move(parts), limits)) {}
Service::~Service() = default;

Workspace& Service::workspace() { return impl_->parts.workspace; }
access::Access& Service::access() { return impl_->parts.access; }

Position Service::head() const { return impl_->parts.workspace.events().head(); }
Position Service::wait_past(Position after, std::chrono::milliseconds timeout) const {
    return impl_->parts.workspace.engine().wait_past(after, timeout);
}
bool Service::wait_for(Position position, std::chrono::milliseconds timeout) const {
    return impl_->parts.workspace.wait_followed(position, std::min(timeout, impl_->limits.wait_max));
}

Answer<std::vector<FollowerStatus>> Service::projections(const Caller& caller) {
    ANJIE_DEMAND(impl_->allow(caller, Action::operate));
    auto& workspace = impl_->parts.workspace;
    const auto head = workspace.events().head();
    std::vector<FollowerStatus> all;
    const auto add = [&](std::string_view name, Position cursor) -> Result<void> {
        FollowerStatus status{.name = std::string(name), .cursor = cursor, .head = head, .lag_seconds = 0};
        if (cursor < head)
            ANJIE_CHECK(workspace.events().read_feed(cursor, 1, [&](const EventView& event) {
                const auto age = workspace.clock().now().microseconds - event.header.recorded_at.microseconds;
                status.lag_seconds = static_cast<double>(std::max<std::int64_t>(age, 0)) / 1e6;
                return false;
            }));
        all.push_back(std::move(status));
        return {};
    };
    for (const auto* projection : workspace.projections()) {
        ANJIE_ASK(const auto at, workspace.derived().head(projection->name()));
        ANJIE_DEMAND(add(projection->name(), at ? at->cursor : 0));
    }
    ANJIE_ASK(const auto timers, workspace.derived().head(TimerIndex::name));
    ANJIE_DEMAND(add(TimerIndex::name, timers ? timers->cursor : 0));
    ANJIE_ASK(const auto directory, workspace.directory().cursor());
    ANJIE_DEMAND(add("directory", directory));
    return all;
}

Answer<std::vector<SinkStatus>> Service::sinks(const Caller& caller) {
    ANJIE_DEMAND(impl_->allow(caller, Action::operate));
    if (impl_->parts.sinks == nullptr) return std::vector<SinkStatus>{};
    ANJIE_ASK(auto all, impl_->parts.sinks->status());
    return all;
}

namespace {

Answer<void> with_sinks(Sinks* sinks, const std::function<Result<void>(Sinks&)>& work) {
    if (sinks == nullptr) return trouble(ErrorCode::not_found, "there are no sinks / 没有对接");
    ANJIE_DEMAND(work(*sinks));
    return {};
}

}  // namespace

Answer<void> Service::pause_sink(const Caller& caller, std::string_view name) {
    ANJIE_DEMAND(impl_->allow(caller, Action::manage_sinks));
    return with_sinks(impl_->parts.sinks, [&](Sinks& sinks) { return sinks.pause(name); });
}
Answer<void> Service::resume_sink(const Caller& caller, std::string_view name) {
    ANJIE_DEMAND(impl_->allow(caller, Action::manage_sinks));
    return with_sinks(impl_->parts.sinks, [&](Sinks& sinks) { return sinks.resume(name); });
}
Answer<void> Service::resend_sink(const Caller& caller, std::string_view name, Position from) {
    ANJIE_DEMAND(impl_->allow(caller, Action::manage_sinks));
    return with_sinks(impl_->parts.sinks, [&](Sinks& sinks) { return sinks.resend(name, from); });
}

}  // namespace anjie::service
