#include <fmt/format.h>

#include <algorithm>

#include "adapters/service/detail/export_record.hpp"
#include "adapters/service/detail/service_impl.hpp"
#include "engine/organisation.hpp"
#include "engine/trust/log_proof.hpp"
#include "engine/trust/tiles.hpp"

namespace anjie::service {

using access::Action;

namespace {

bool passes(const FeedFilter& filter, const FeedEvent& event) {
    if (!filter.organisation.empty() && !is_within(event.scope.organisation, filter.organisation)) return false;
    return filter.types.empty() || std::ranges::find(filter.types, event.name) != filter.types.end();
}

/// Errors: not_found unless the log has such a tile.
Result<Tile> tile_in_log(std::string_view path, Position head) {
    const auto tile = parse_tile_path(path);
    if (tile && tile->width != 0 && tile_of(tile->level, tile->index, head).width >= tile->width) return *tile;
    return failure(ErrorCode::not_found, fmt::format("{}: the log has no such tile / 没有这一块", path));
}

}  // namespace

Answer<FeedBatch> Service::read_feed(const Caller& caller, const FeedFilter& filter, Position after,
                                     std::size_t limit) {
    ANJIE_DEMAND(impl_->allow(caller, Action::read_feed, {filter.organisation, {}}));
    ANJIE_ASK(auto events, impl_->feed.read(after, std::clamp<std::size_t>(limit, 1, impl_->limits.feed_events_max)));
    FeedBatch batch{.events = {}, .next = after};
    for (auto& event : events) {
        batch.next = event->header.position;
        if (passes(filter, *event) && impl_->parts.access.judge(caller.principal, Action::read_feed, event->scope))
            batch.events.push_back(std::move(event));
    }
    return batch;
}

Answer<SignedHead> Service::checkpoint(const Caller& caller) {
    ANJIE_DEMAND(impl_->allow_proofs(caller));
    ANJIE_ASK(auto head, impl_->signed_head(0));
    return head;
}

Answer<std::vector<VerifierKey>> Service::log_keys(const Caller& caller) {
    ANJIE_DEMAND(impl_->allow_proofs(caller));
    ANJIE_ASK(auto keys, impl_->parts.workspace.log_keys());
    return keys;
}

Answer<std::string> Service::event_proof(const Caller& caller, Position position) {
    ANJIE_DEMAND(impl_->allow(caller, Action::read_proofs));
    auto& workspace = impl_->parts.workspace;
    const auto missing = [&] {
        return trouble(ErrorCode::not_found, fmt::format("there is no event {} / 没有此事件", position));
    };
    if (position == 0 || position > workspace.events().head()) return missing();
    std::optional<CaseId> id;
    ANJIE_DEMAND(workspace.events().read_feed(position - 1, 1, [&](const EventView& event) {
        id = event.header.case_id;
        return false;
    }));
    if (!id) return missing();
    ANJIE_ASK(const auto look, impl_->cases.at_head(*id));
    if (!impl_->allow(caller, Action::read_case, detail::scope_of(look->entry), id)) return missing();
    ANJIE_ASK(const auto head, impl_->signed_head(position));
    const auto tree = workspace.tree(head.checkpoint.size);
    LogProof proof{.extra = {}, .index = position - 1, .hashes = {}, .checkpoint = head.note};
    ANJIE_ASK(proof.hashes, prove_inclusion(impl_->parts.crypto.hasher, *tree, position - 1, head.checkpoint.size));
    return to_string(proof);
}

Answer<std::string> Service::dossier(const Caller& caller, const std::string& reference) {
    if (!impl_->parts.dossier) return trouble(ErrorCode::unavailable, "dossiers are not made here / 此处不制作卷宗");
    ANJIE_ASK(const auto found, impl_->find(caller, reference, Action::export_case));
    ANJIE_ASK(auto bytes, impl_->parts.dossier(*impl_->recorded(caller), found.id));
    // What cannot be recorded does not leave.
    ANJIE_DEMAND(detail::record_export(impl_->parts.access, caller,
                                       {.action = Action::export_case,
                                        .what = "dossier",
                                        .organisation = found.look->entry.organisation,
                                        .case_id = found.id,
                                        .count = found.look->version}));
    return bytes;
}

Answer<Bytes> Service::tile(const Caller& caller, std::string_view path) {
    ANJIE_DEMAND(impl_->allow_proofs(caller));
    auto& workspace = impl_->parts.workspace;
    const auto head = workspace.events().head();
    ANJIE_ASK(const auto tile, tile_in_log(path, head));
    const auto tree = workspace.tree(head);
    ANJIE_ASK(auto bytes, tile_bytes(*tree, tile));
    return bytes;
}

Answer<Bytes> Service::entry_bundle(const Caller& caller, std::string_view path) {
    ANJIE_DEMAND(impl_->allow(caller, Action::read_feed));
    constexpr std::string_view entries = "tile/entries/";
    auto& workspace = impl_->parts.workspace;
    if (!path.starts_with(entries)) return trouble(ErrorCode::not_found, fmt::format("{}: no bundle", path));
    ANJIE_ASK(const auto tile,
              tile_in_log(fmt::format("tile/0/{}", path.substr(entries.size())), workspace.events().head()));
    Bytes bytes;
    std::vector<CaseId> cases;
    ANJIE_DEMAND(workspace.events().read_feed(tile.index * Tile::width_max, tile.width, [&](const EventView& event) {
        bytes.push_back(static_cast<std::byte>(event.record.size() >> 8));
        bytes.push_back(static_cast<std::byte>(event.record.size() & 0xff));
        bytes.insert(bytes.end(), event.record.begin(), event.record.end());
        if (std::ranges::find(cases, event.header.case_id) == cases.end()) cases.push_back(event.header.case_id);
        return true;
    }));
    for (const auto& id : cases) {
        ANJIE_ASK(const auto look, impl_->cases.at_head(id));
        // Not `about` the case: that some case is out of reach is told, which one is not.
        ANJIE_DEMAND(impl_->allow(caller, Action::read_feed, detail::scope_of(look->entry)));
    }
    return bytes;
}

}  // namespace anjie::service
