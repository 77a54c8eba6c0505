#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"
#include "workflows/dispute/codes.hpp"

namespace anjie::handover {

/// An organisation that cases are handed over to and from, and what may travel to it.
struct Peer {
    std::string organisation;  ///< Its code.
    std::string name;
    /// What kind of body it is, as the statistics know sources; nullopt: another mediation committee, whose cases keep
    /// the source they have there.
    std::optional<dispute::CaseSource> source;
    std::string url;                          ///< Where its messages go: https, or http to this machine.
    std::filesystem::path token_file;         ///< Holds what proves to the peer who we are.
    std::filesystem::path their_token_file;   ///< What the peer proves to us who it is by; empty: by other means.
    std::filesystem::path ca_file;            ///< Whose certificates are believed; empty: the system's.
    std::vector<dispute::SealedCode> fields;  ///< Sealed fields that may travel with an offer; empty: none.

    bool operator==(const Peer&) const = default;
};

/// Everybody that this office has a line to.
class Peers {
public:
    Peers() = default;
    /// Requires: each organisation once.
    explicit Peers(std::vector<Peer> peers) : peers_(std::move(peers)) {}

    /// The text of peers.json. `folder`: what its file names are relative to.
    /// Errors: `invalid`, naming the place: among others a url that is neither https nor http to this machine.
    [[nodiscard]] static Result<Peers> parse(std::string_view json, const std::filesystem::path& folder);
    /// The file; nobody when there is none. Errors: as `parse`; `unavailable`.
    [[nodiscard]] static Result<Peers> read(const std::filesystem::path& file);

    [[nodiscard]] const Peer* find(std::string_view organisation) const;
    [[nodiscard]] const std::vector<Peer>& all() const { return peers_; }

private:
    std::vector<Peer> peers_;
};

/// Whether personal data may go to this address: encrypted on the way, or never leaving this machine.
[[nodiscard]] bool is_private_way(std::string_view url);

}  // namespace anjie::handover
