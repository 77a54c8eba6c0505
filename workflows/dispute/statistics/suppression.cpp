#include "workflows/dispute/statistics/suppression.hpp"

#include <algorithm>

#include "workflows/dispute/statistics/organisation.hpp"

namespace anjie::dispute::statistics {

Suppressed::Suppressed(const Tally& tally) : tally_(tally) {
    const auto all = figures();
    for (const auto& [key, values] : tally.groups()) {
        auto& flags = hidden_.try_emplace(key, all.size(), false).first->second;
        for (std::size_t i = 0; i < all.size(); ++i)
            flags[i] = all[i].cases.empty() && values[i] > 0 && values[i] < small_cell;
    }
    const auto sums = relations();
    for (bool changed = true; changed;) {
        changed = false;
        for (const auto& relation : sums) changed = protect(relation) || changed;
    }
    hide_sums();
}

bool Suppressed::is_hidden(const GroupKey& group, std::size_t figure) const {
    const auto found = hidden_.find(group);
    return found != hidden_.end() && found->second[figure];
}

void Suppressed::hide_sums() {
    const auto all = figures();
    for (auto& [key, flags] : hidden_)
        for (std::size_t i = 0; i < all.size(); ++i)
            if (!all[i].cases.empty()) flags[i] = flags[*find_figure(all[i].cases)];
}

/// Hides one more number when the hidden ones of a sum could be worked out from the others; answers whether it did.
bool Suppressed::protect(const Relation& relation) {
    std::size_t count = 0;
    std::int64_t hidden_parts = 0;
    for (std::size_t i = 0; i < relation.size(); ++i) {
        if (!hidden(relation[i])) continue;
        ++count;
        if (i > 0) hidden_parts += value(relation[i]);
    }
    const bool whole_shown = !hidden(relation.front());
    const bool parts_leak = whole_shown && hidden_parts < small_cell;
    if (count == 0 || (count > 1 && !parts_leak)) return false;

    // The smallest part that is not zero; the whole only when there is no other.
    const Address* chosen = nullptr;
    for (std::size_t i = 1; i < relation.size(); ++i) {
        const auto& at = relation[i];
        if (hidden(at) || value(at) == 0) continue;
        if (chosen == nullptr || value(at) < value(*chosen)) chosen = &at;
    }
    if (chosen == nullptr && whole_shown) chosen = &relation.front();
    if (chosen == nullptr) return false;
    hidden_.at(*chosen->group)[chosen->figure] = true;
    return true;
}

std::vector<Suppressed::Relation> Suppressed::relations() const {
    std::vector<Relation> out;
    add_identities(out);
    for (const auto dimension : {Dimension::month, Dimension::type, Dimension::source, Dimension::committee})
        add_breakdown(out, dimension);
    add_organisations(out);
    add_equalities(out, Dimension::type, "type.", "total");
    add_equalities(out, Dimension::source, "source.", "total");
    add_equalities(out, Dimension::committee, "committee.", "total");
    add_equalities(out, Dimension::form, "form.", "succeeded");
    add_equalities(out, Dimension::amount, "amount.", "succeeded");
    return out;
}

void Suppressed::add_identities(std::vector<Relation>& out) const {
    for (const auto& [key, values] : tally_.groups())
        for (const auto& identity : identities()) {
            auto& relation = out.emplace_back();
            relation.push_back({&key, *find_figure(identity.whole)});
            for (const auto& part : identity.parts) relation.push_back({&key, *find_figure(part)});
        }
}

void Suppressed::add_breakdown(std::vector<Relation>& out, Dimension dimension) const {
    const auto all = figures();
    const auto& whole = tally_.groups().find({Dimension::all, ""})->first;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!all[i].cases.empty() || (dimension == Dimension::month && all[i].cohort == Cohort::as_of)) continue;
        Relation relation{{&whole, i}};
        for (const auto& [key, values] : tally_.groups())
            if (key.first == dimension) relation.push_back({&key, i});
        out.push_back(std::move(relation));
    }
}

void Suppressed::add_organisations(std::vector<Relation>& out) const {
    const auto all = figures();
    const auto& whole = tally_.groups().find({Dimension::all, ""})->first;
    std::map<std::string, std::vector<const GroupKey*>> below;
    for (const auto& [key, values] : tally_.groups()) {
        if (key.first == Dimension::own && tally_.groups().contains({Dimension::organisation, key.second}))
            below[key.second].push_back(&key);
        if (key.first != Dimension::organisation) continue;
        const auto path = path_of(key.second);
        const auto above = path.size() > 1 ? path[path.size() - 2] : std::string{};
        below[tally_.groups().contains({Dimension::organisation, above}) ? above : std::string{}].push_back(&key);
    }
    for (const auto& [above, keys] : below)
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!all[i].cases.empty()) continue;
            const auto top = tally_.groups().find({Dimension::organisation, above});
            Relation relation{{above.empty() || top == tally_.groups().end() ? &whole : &top->first, i}};
            for (const auto* key : keys) relation.push_back({key, i});
            out.push_back(std::move(relation));
        }
}

void Suppressed::add_equalities(std::vector<Relation>& out, Dimension dimension, std::string_view prefix,
                                std::string_view whole) const {
    const auto& all = tally_.groups().find({Dimension::all, ""})->first;
    for (const auto& [key, values] : tally_.groups()) {
        if (key.first != dimension) continue;
        if (const auto same = find_figure(std::string{prefix}.append(key.second)))
            out.push_back({{&all, *same}, {&key, *find_figure(whole)}});
    }
}

}  // namespace anjie::dispute::statistics
