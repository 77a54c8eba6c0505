#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"
#include "engine/time.hpp"

/// Reading JSON that people write by hand: every complaint says which file, where in it, what stands there and what
/// should.
namespace anjie::json {

/// Errors: invalid, with `name`, line and column, when `text` is not one JSON value, or an object names a member twice.
[[nodiscard]] Result<boost::json::value> parse(std::string_view text, std::string_view name);

/// A value in a document, and the way to it ("CN.json: days[3].date").
/// Errors: all readers answer invalid, naming the place, the value and what was expected.
/// Lifetime: the document outlives its nodes.
class Node {
public:
    /// The root of the document called `name`.
    Node(const boost::json::value& document, std::string_view name) : value_(&document), name_(name) {}

    /// A member that has to be there.
    [[nodiscard]] Result<Node> at(std::string_view key) const;
    /// A member that may be left out.
    [[nodiscard]] Result<std::optional<Node>> find(std::string_view key) const;
    /// That this is an object without other members than these: a misspelt one must not pass unnoticed.
    [[nodiscard]] Result<void> has_only(std::initializer_list<std::string_view> keys) const;
    [[nodiscard]] Result<void> has_only(std::span<const std::string_view> keys) const;
    /// The elements of an array, in order.
    [[nodiscard]] Result<std::vector<Node>> items() const;

    /// A string that is not empty.
    [[nodiscard]] Result<std::string> text() const;
    [[nodiscard]] Result<bool> flag() const;
    /// A whole number from `low` to `high`.
    [[nodiscard]] Result<std::int64_t> integer(std::int64_t low, std::int64_t high) const;
    /// A text that is one of `names`: its index in them.
    [[nodiscard]] Result<std::size_t> one_of(std::initializer_list<std::string_view> names) const;
    /// "2024-03-05".
    [[nodiscard]] Result<Date> date() const;

    [[nodiscard]] const boost::json::value& value() const { return *value_; }
    /// For what only the caller can judge: "<place>: <value>: <advice>".
    [[nodiscard]] std::unexpected<Error> complaint(std::string_view advice) const;

private:
    Node(const boost::json::value& value, std::string name, std::string path)
        : value_(&value), name_(std::move(name)), path_(std::move(path)) {}
    [[nodiscard]] Node member(std::string_view key, const boost::json::value& value) const;

    const boost::json::value* value_;
    std::string name_;
    std::string path_;
};

}  // namespace anjie::json
