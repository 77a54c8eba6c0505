#include "adapters/http/router.hpp"

#include <algorithm>

#include "engine/assert.hpp"

namespace anjie::http {
namespace {

bool is_name(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }
bool is_rest(std::string_view segment) { return is_name(segment) && segment.ends_with("...}"); }

std::vector<std::string> split(std::string_view pattern) {
    ANJIE_ASSERT(pattern.starts_with('/'));
    std::vector<std::string> segments;
    pattern.remove_prefix(1);
    while (true) {
        const auto slash = pattern.find('/');
        segments.emplace_back(pattern.substr(0, slash));
        if (slash == std::string_view::npos) break;
        pattern.remove_prefix(slash + 1);
    }
    return segments;
}

/// Two patterns that the same paths meet with the same preference.
bool same_shape(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::ranges::equal(a, b, [](const std::string& x, const std::string& y) {
        return x == y || (is_name(x) && is_name(y) && is_rest(x) == is_rest(y));
    });
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& segments) {
    const bool rest = is_rest(pattern.back());
    if (rest ? segments.size() < pattern.size() : segments.size() != pattern.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (is_rest(pattern[i])) return true;
        if (is_name(pattern[i]) ? segments[i].empty() : pattern[i] != segments[i]) return false;
    }
    return true;
}

/// Whether `a` is the closer description: at the first segment where they differ, a text before a name before a rest.
bool closer(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    const auto rank = [](const std::string& segment) { return is_rest(segment) ? 2 : is_name(segment) ? 1 : 0; };
    return std::ranges::lexicographical_compare(a, b, {}, rank, rank);
}

Parameters parameters_of(const std::vector<std::string>& pattern, const std::vector<std::string>& segments) {
    Parameters parameters;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (!is_name(pattern[i])) continue;
        const bool rest = is_rest(pattern[i]);
        auto value = segments[i];
        if (rest)
            for (std::size_t more = i + 1; more < segments.size(); ++more) value += "/" + segments[more];
        parameters.add(pattern[i].substr(1, pattern[i].size() - (rest ? 5 : 2)), std::move(value));
    }
    return parameters;
}

}  // namespace

void Router::add(Method method, std::string_view pattern, Handler handler, RouteOptions options) {
    auto route =
        std::make_unique<Route>(Route{method, std::string(pattern), split(pattern), std::move(handler), options});
    for (const auto& other : routes_)
        ANJIE_ASSERT(other->method != method || !same_shape(other->segments, route->segments));
    routes_.push_back(std::move(route));
}

void Router::add_async(Method method, std::string_view pattern, AsyncHandler handler, RouteOptions options) {
    add(method, pattern, Handler{}, options);
    routes_.back()->handler = std::move(handler);
}

Router::Match Router::match(Method method, const std::vector<std::string>& segments) const {
    const Route* best = nullptr;  // Of any method: it says which pattern the path meets.
    const auto better = [&](const std::unique_ptr<Route>& route) {
        return fits(route->segments, segments) && (best == nullptr || closer(route->segments, best->segments));
    };
    for (const auto& route : routes_)
        if (better(route)) best = route.get();
    if (best == nullptr) return {};

    Match match;
    const auto allow = [&](Method also) {
        if (!match.allow.empty()) match.allow += ", ";
        match.allow += to_string(also);
    };
    for (const auto& route : routes_) {
        if (!same_shape(route->segments, best->segments) || !fits(route->segments, segments)) continue;
        allow(route->method);
        if (route->method == Method::get) allow(Method::head);
        const bool wanted = route->method == method || (method == Method::head && route->method == Method::get);
        if (wanted && (match.route == nullptr || route->method == method)) match.route = route.get();
    }
    if (match.route != nullptr) match.parameters = parameters_of(match.route->segments, segments);
    return match;
}

}  // namespace anjie::http
