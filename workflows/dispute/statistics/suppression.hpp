#pragma once

#include <map>
#include <vector>

#include "workflows/dispute/statistics/tally.hpp"

/// What a public report must not show: a township that publishes "2 marriage cases" names people.
namespace anjie::dispute::statistics {

/// Which numbers are hidden, by group, in the order of `figures()`.
class Suppressed {
public:
    /// Hides counts from 1 to `small_cell` - 1; then, until nothing changes, one more number of every sum in which the
    /// hidden ones could be worked out from the rest (complementary suppression), over the identities of figures, the
    /// months, the breakdowns and the tree of organisations. Sums over hidden cases are hidden with them.
    explicit Suppressed(const Tally& tally);

    [[nodiscard]] bool is_hidden(const GroupKey& group, std::size_t figure) const;

private:
    struct Address {
        const GroupKey* group{};
        std::size_t figure{};
    };
    /// The whole first, then its parts.
    using Relation = std::vector<Address>;

    [[nodiscard]] std::vector<Relation> relations() const;
    void add_identities(std::vector<Relation>& out) const;
    void add_breakdown(std::vector<Relation>& out, Dimension dimension) const;
    void add_organisations(std::vector<Relation>& out) const;
    void add_equalities(std::vector<Relation>& out, Dimension dimension, std::string_view prefix,
                        std::string_view whole) const;
    [[nodiscard]] bool protect(const Relation& relation);
    void hide_sums();
    [[nodiscard]] std::int64_t value(const Address& at) const { return tally_.groups().at(*at.group)[at.figure]; }
    [[nodiscard]] bool hidden(const Address& at) const { return is_hidden(*at.group, at.figure); }

    const Tally& tally_;
    std::map<GroupKey, std::vector<bool>> hidden_;
};

}  // namespace anjie::dispute::statistics
