#include "adapters/handover/peers.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "adapters/json/reader.hpp"
#include "adapters/json/values.hpp"

namespace anjie::handover {
namespace {

Result<std::string> optional_text(const json::Node& node, std::string_view key) {
    ANJIE_TRY(const auto found, node.find(key));
    if (!found) return std::string{};
    return found->text();
}

/// "committee", or the code of a source that entrusts.
Result<std::optional<dispute::CaseSource>> read_kind(const json::Node& node) {
    ANJIE_TRY(const auto kind, node.text());
    if (kind == "committee") return std::nullopt;
    const auto source = parse_code<dispute::CaseSource>(kind);
    if (!source || *source == dispute::CaseSource::application || *source == dispute::CaseSource::own_initiative)
        return node.complaint(
            "write committee, court, procuratorate, public_security, petition_office or other_department");
    return std::optional(*source);
}

Result<std::vector<dispute::SealedCode>> read_fields(const json::Node& node) {
    ANJIE_TRY(const auto found, node.find("fields"));
    if (!found) return std::vector<dispute::SealedCode>{};
    return json::from_json<std::vector<dispute::SealedCode>>(*found);
}

Result<Peer> read_peer(const json::Node& node, const std::filesystem::path& folder) {
    ANJIE_CHECK(
        node.has_only({"organisation", "name", "kind", "url", "token_file", "their_token_file", "ca_file", "fields"}));
    Peer peer;
    ANJIE_TRY(const auto organisation, node.at("organisation"));
    ANJIE_TRY(peer.organisation, organisation.text());
    ANJIE_TRY(peer.name, optional_text(node, "name"));
    ANJIE_TRY(const auto kind, node.at("kind"));
    ANJIE_TRY(peer.source, read_kind(kind));
    ANJIE_TRY(const auto url, node.at("url"));
    ANJIE_TRY(peer.url, url.text());
    if (!is_private_way(peer.url))
        return url.complaint("write an https address, or http to 127.0.0.1, [::1], localhost");
    ANJIE_TRY(const auto token, node.at("token_file"));
    ANJIE_TRY(const auto token_file, token.text());
    peer.token_file = folder / token_file;
    ANJIE_TRY(const auto theirs, optional_text(node, "their_token_file"));
    if (!theirs.empty()) peer.their_token_file = folder / theirs;
    ANJIE_TRY(const auto ca_file, optional_text(node, "ca_file"));
    if (!ca_file.empty()) peer.ca_file = folder / ca_file;
    ANJIE_TRY(peer.fields, read_fields(node));
    return peer;
}

}  // namespace

bool is_private_way(std::string_view url) {
    if (url.starts_with("https://")) return url.find('@') == std::string_view::npos;
    constexpr std::string_view plain = "http://";
    if (!url.starts_with(plain) || url.find('@') != std::string_view::npos) return false;
    const auto rest = url.substr(plain.size());
    for (const std::string_view host : {"127.0.0.1", "[::1]", "localhost"})
        if (rest.starts_with(host) &&
            (rest.size() == host.size() || rest[host.size()] == ':' || rest[host.size()] == '/'))
            return true;
    return false;
}

Result<Peers> Peers::parse(std::string_view text, const std::filesystem::path& folder) {
    ANJIE_TRY(const auto document, json::parse(text, "peers.json"));
    const json::Node root(document, "peers.json");
    ANJIE_CHECK(root.has_only({"peers"}));
    ANJIE_TRY(const auto list, root.at("peers"));
    ANJIE_TRY(const auto items, list.items());
    std::vector<Peer> peers;
    for (const auto& item : items) {
        ANJIE_TRY(auto peer, read_peer(item, folder));
        if (std::ranges::find(peers, peer.organisation, &Peer::organisation) != peers.end())
            return item.complaint("this organisation stands here twice");
        peers.push_back(std::move(peer));
    }
    return Peers(std::move(peers));
}

Result<Peers> Peers::read(const std::filesystem::path& file) {
    std::error_code failed;
    if (!std::filesystem::exists(file, failed)) {
        if (failed) return failure(ErrorCode::unavailable, file.string() + ": " + failed.message());
        return Peers{};
    }
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) return failure(ErrorCode::unavailable, file.string() + ": cannot be read");
    return parse(text, file.parent_path());
}

const Peer* Peers::find(std::string_view organisation) const {
    const auto found = std::ranges::find(peers_, organisation, &Peer::organisation);
    return found == peers_.end() ? nullptr : &*found;
}

}  // namespace anjie::handover
