#include "adapters/json/reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>
#include <set>
#include <utility>

namespace anjie::json {
namespace {

namespace bj = boost::json;

constexpr std::size_t shown_bytes_max = 80;

// The value as it stands in the file, cut off at a whole character where it is long.
std::string shown(const bj::value& value) {
    std::string text = bj::serialize(value);
    if (text.size() <= shown_bytes_max) return text;
    std::size_t end = shown_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end) + "...";
}

/// Where the next byte stands, for people.
std::string place_after(std::string_view before, std::string_view name) {
    const auto line = std::ranges::count(before, '\n') + 1;
    const auto line_start = before.rfind('\n');
    const auto column = before.size() - (line_start == std::string_view::npos ? 0 : line_start + 1) + 1;
    return fmt::format("{}: line {}, column {}", name, line, column);
}

/// Stops at a name that an object has already. The parser would keep the last value and say nothing of the others.
class NamesOnce {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    [[nodiscard]] const std::string& twice() const { return key_; }

    bool on_document_begin(bj::error_code&) { return true; }
    bool on_document_end(bj::error_code&) { return true; }
    bool on_object_begin(bj::error_code&) {
        names_.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t, bj::error_code&) {
        names_.pop_back();
        return true;
    }
    bool on_array_begin(bj::error_code&) { return true; }
    bool on_array_end(std::size_t, bj::error_code&) { return true; }
    bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) {
        key_ += part;
        return true;
    }
    bool on_key(bj::string_view part, std::size_t, bj::error_code& failed) {
        key_ += part;
        if (!names_.back().insert(key_).second) {
            failed = bj::error::exception;
            return false;
        }
        key_.clear();
        return true;
    }
    bool on_string_part(bj::string_view, std::size_t, bj::error_code&) { return true; }
    bool on_string(bj::string_view, std::size_t, bj::error_code&) { return true; }
    bool on_number_part(bj::string_view, bj::error_code&) { return true; }
    bool on_int64(std::int64_t, bj::string_view, bj::error_code&) { return true; }
    bool on_uint64(std::uint64_t, bj::string_view, bj::error_code&) { return true; }
    bool on_double(double, bj::string_view, bj::error_code&) { return true; }
    bool on_bool(bool, bj::error_code&) { return true; }
    bool on_null(bj::error_code&) { return true; }
    bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
    bool on_comment(bj::string_view, bj::error_code&) { return true; }

private:
    std::vector<std::set<std::string, std::less<>>> names_;
    std::string key_;
};

}  // namespace

Result<bj::value> parse(std::string_view text, std::string_view name) try {
    bj::parser parser;
    bj::error_code error;
    const std::size_t read = parser.write_some(text.data(), text.size(), error);
    const std::size_t rest = text.find_first_not_of(" \t\r\n", read);
    if (error || rest != std::string_view::npos)
        return failure(ErrorCode::invalid, fmt::format("{}: not JSON ({}); correct the text there",
                                                       place_after(text.substr(0, error ? read : rest), name),
                                                       error ? error.message() : "text after the value"));
    bj::basic_parser<NamesOnce> names(bj::parse_options{});
    const std::size_t until = names.write_some(false, text.data(), text.size(), error);
    if (error)
        return failure(ErrorCode::invalid,
                       fmt::format("{}: \"{}\" is named a second time; leave one",
                                   place_after(text.substr(0, until), name), names.handler().twice()));
    return parser.release();
} catch (const std::exception& thrown) {
    return failure(ErrorCode::invalid, fmt::format("{}: cannot be read as JSON: {}", name, thrown.what()));
}

Node Node::member(std::string_view key, const bj::value& value) const {
    return {value, name_, path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key)};
}

std::unexpected<Error> Node::complaint(std::string_view advice) const {
    return failure(ErrorCode::invalid,
                   fmt::format("{}: {}{}{}: {}", name_, path_, path_.empty() ? "" : ": ", shown(*value_), advice));
}

Result<std::optional<Node>> Node::find(std::string_view key) const {
    const auto* object = value_->if_object();
    if (object == nullptr) return complaint("write an object, {...}");
    const auto* value = object->if_contains(key);
    if (value == nullptr) return std::nullopt;
    return member(key, *value);
}

Result<Node> Node::at(std::string_view key) const {
    ANJIE_TRY(auto found, find(key));
    if (!found) return complaint(fmt::format("add \"{}\", which is missing", key));
    return *found;
}

Result<void> Node::has_only(std::initializer_list<std::string_view> keys) const {
    return has_only(std::span(keys.begin(), keys.size()));
}

Result<void> Node::has_only(std::span<const std::string_view> keys) const {
    const auto* object = value_->if_object();
    if (object == nullptr) return complaint("write an object, {...}");
    for (const auto& entry : *object) {
        const std::string_view key = entry.key();
        if (std::ranges::find(keys, key) == keys.end())
            return member(key, entry.value())
                .complaint(fmt::format("unknown name; the names here are {}", fmt::join(keys, ", ")));
    }
    return {};
}

Result<std::vector<Node>> Node::items() const {
    const auto* array = value_->if_array();
    if (array == nullptr) return complaint("write an array, [...]");
    std::vector<Node> nodes;
    nodes.reserve(array->size());
    for (const auto& value : *array) nodes.push_back(Node{value, name_, fmt::format("{}[{}]", path_, nodes.size())});
    return nodes;
}

Result<std::string> Node::text() const {
    const auto* string = value_->if_string();
    if (string == nullptr || string->empty()) return complaint("write a text in quotes, not empty");
    return std::string(string->data(), string->size());
}

Result<bool> Node::flag() const {
    const auto* flag = value_->if_bool();
    if (flag == nullptr) return complaint("write true or false");
    return *flag;
}

Result<std::int64_t> Node::integer(std::int64_t low, std::int64_t high) const {
    // A document made by a program may hold unsigned numbers, a parsed one does only beyond the signed ones.
    const auto* number = value_->if_int64();
    const auto* large = value_->if_uint64();
    if (number != nullptr && *number >= low && *number <= high) return *number;
    if (large != nullptr && std::cmp_greater_equal(*large, low) && std::cmp_less_equal(*large, high))
        return static_cast<std::int64_t>(*large);
    return complaint(fmt::format("write a whole number from {} to {}", low, high));
}

Result<std::size_t> Node::one_of(std::initializer_list<std::string_view> names) const {
    const auto* string = value_->if_string();
    const auto found = string == nullptr ? names.end() : std::ranges::find(names, std::string_view(*string));
    if (found == names.end()) return complaint(fmt::format("write one of {}", fmt::join(names, ", ")));
    return static_cast<std::size_t>(found - names.begin());
}

Result<Date> Node::date() const {
    const auto* string = value_->if_string();
    const auto date = string == nullptr ? std::nullopt : parse_date(std::string_view(*string));
    if (!date) return complaint("write an existing day as \"YYYY-MM-DD\"");
    return *date;
}

}  // namespace anjie::json
