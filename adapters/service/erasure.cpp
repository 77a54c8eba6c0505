#include <fmt/format.h>

#include <charconv>

#include "adapters/access/erasure_order.hpp"
#include "adapters/service/detail/service_impl.hpp"

namespace anjie::service {

using access::Action;

namespace {

/// What `access::erasure_order` says.
struct Target {
    CaseId id;
    std::vector<std::uint16_t> subjects;
};

std::optional<Target> parse_target(std::string_view text) {
    constexpr std::string_view before = "case=";
    constexpr std::string_view between = " subjects=";
    constexpr std::size_t id_length = 36;
    if (!text.starts_with(before)) return std::nullopt;
    text.remove_prefix(before.size());
    const auto id = parse_uuid(text.substr(0, id_length));
    if (!id || !text.substr(id_length).starts_with(between)) return std::nullopt;
    text.remove_prefix(id_length + between.size());
    Target target{CaseId{*id}, {}};
    while (!text.empty()) {
        std::uint16_t subject = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), subject);
        if (error != std::errc{}) return std::nullopt;
        target.subjects.push_back(subject);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (text.starts_with(',')) text.remove_prefix(1);
    }
    return target;
}

dispute::Command order_about(KeyChange::Kind kind, std::uint16_t subject, const std::string& basis) {
    if (kind == KeyChange::Kind::erase) return dispute::RecordErasure{subject, basis};
    return dispute::RestrictProcessing{subject, kind == KeyChange::Kind::lift, basis};
}

Answer<void> check_subjects(const Workspace& workspace, const CaseId& id, const std::vector<std::uint16_t>& subjects) {
    if (subjects.empty()) return trouble(ErrorCode::invalid, "subjects: name at least one / 请指明主体");
    ANJIE_ASK(const auto known, workspace.readability(id));
    for (const auto subject : subjects)
        if (!known.contains(subject))
            return trouble(
                ErrorCode::invalid,
                fmt::format("subjects: the case holds no personal text of {} / 本案没有该主体的个人信息", subject));
    return {};
}

/// Gives the orders and changes the keys; one change at a time. Requires: allowed.
Answer<void> change_keys(Workspace& workspace, const CryptoSuite& crypto, const Caller& caller, KeyChange change,
                         const std::string& organisation, const std::string& basis) {
    change.head = workspace.events().head();
    ANJIE_DEMAND(workspace.begin_key_change(change));
    std::optional<Trouble> refused;
    for (const auto subject : change.subjects) {
        const auto now = workspace.clock().now();
        std::array<std::uint64_t, 2> words{};
        crypto.random.fill(std::as_writable_bytes(std::span(words)));
        const auto outcome =
            workspace.engine().execute({.id = CommandId{uuid_v7(now, words[0], words[1])},
                                        .workflow = dispute::workflow_id,
                                        .case_id = change.case_id,
                                        .expected_version = std::nullopt,
                                        .occurred_at = {now, false},
                                        .actor = caller.principal.id,
                                        .organisation = organisation,
                                        .body = make_body<dispute::Dispute>(order_about(change.kind, subject, basis)),
                                        .sealed = {}});
        if (outcome) continue;
        refused = std::visit([](const auto& why) { return Trouble{why}; }, outcome.error());
        break;
    }
    // Whatever was ordered is carried out, also when a later order was refused.
    ANJIE_DEMAND(workspace.finish_key_change({}));
    if (refused) return std::unexpected(*refused);
    return {};
}

}  // namespace

Answer<access::ApprovalRequest> Service::request_erasure(const Caller& caller, const std::string& reference,
                                                         const std::vector<std::uint16_t>& subjects,
                                                         const std::string& reason) {
    ANJIE_ASK(const auto found, impl_->find(caller, reference, Action::request_erasure));
    ANJIE_DEMAND(check_subjects(impl_->parts.workspace, found.id, subjects));
    return admitted(impl_->parts.access.request(caller.principal,
                                                access::erasure_order(found.id, subjects,
                                                                      detail::scope_of(found.look->entry), reason),
                                                caller.client));
}

Answer<access::ApprovalRequest> Service::carry_out_erasure(const Caller& caller, const std::string& request) {
    auto& access = impl_->parts.access;
    ANJIE_ASK(const auto asked, access.request_of(request));
    const auto target = parse_target(asked.order.target);
    if (asked.order.kind != access::TwoPersonKind::erasure || !target)
        return trouble(ErrorCode::invalid, fmt::format("{} is not about an erasure / 不是删除请求", request));
    ANJIE_ASK(const auto found, impl_->find(caller, to_string(target->id), Action::request_erasure));
    auto taken = admitted(access.carry_out(caller.principal, request, asked.order, caller.client));
    if (!taken) return taken;
    const auto done =
        change_keys(impl_->parts.workspace, impl_->parts.crypto, caller,
                    {.kind = KeyChange::Kind::erase, .case_id = target->id, .subjects = target->subjects, .head = {}},
                    found.look->entry.organisation, asked.order.reason);
    if (done) return taken;
    ANJIE_DEMAND(access.carried_out_in_vain(caller.principal, request, caller.client));
    return std::unexpected(done.error());
}

Answer<void> Service::restrict_processing(const Caller& caller, const std::string& reference,
                                          const std::vector<std::uint16_t>& subjects, bool lift,
                                          const std::string& basis) {
    ANJIE_ASK(const auto found, impl_->find(caller, reference, Action::restrict_processing));
    ANJIE_DEMAND(check_subjects(impl_->parts.workspace, found.id, subjects));
    return change_keys(impl_->parts.workspace, impl_->parts.crypto, caller,
                       {.kind = lift ? KeyChange::Kind::lift : KeyChange::Kind::restrict,
                        .case_id = found.id,
                        .subjects = subjects,
                        .head = {}},
                       found.look->entry.organisation, basis);
}

}  // namespace anjie::service
