#include "adapters/http/json_body.hpp"

#include <fmt/format.h>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>
#include <cmath>
#include <set>
#include <string>
#include <vector>

namespace anjie::http {
namespace {

namespace json = boost::json;

/// Counts what comes along while a text is read, before anything is built of it.
class Counting {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    explicit Counting(const JsonLimits& limits) : limits_(limits) {}
    [[nodiscard]] const std::string& complaint() const { return complaint_; }

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&) {
        members_.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t, json::error_code&) {
        members_.pop_back();
        return true;
    }
    bool on_array_begin(json::error_code&) { return true; }
    bool on_array_end(std::size_t count, json::error_code& failed) {
        return count <= limits_.array_items_max ||
               refuse(failed, fmt::format("an array of more than {} items", limits_.array_items_max));
    }
    bool on_key_part(json::string_view part, std::size_t length, json::error_code& failed) {
        if (length > limits_.string_bytes_max) return too_long(failed);
        key_ += part;
        return true;
    }
    bool on_key(json::string_view part, std::size_t length, json::error_code& failed) {
        if (length > limits_.string_bytes_max) return too_long(failed);
        key_ += part;
        auto& members = members_.back();
        if (!members.insert(std::move(key_)).second) return refuse(failed, "a member named twice");
        key_.clear();
        return members.size() <= limits_.members_max ||
               refuse(failed, fmt::format("an object of more than {} members", limits_.members_max));
    }
    bool on_string_part(json::string_view, std::size_t length, json::error_code& failed) {
        return length <= limits_.string_bytes_max || too_long(failed);
    }
    bool on_string(json::string_view, std::size_t length, json::error_code& failed) {
        return length <= limits_.string_bytes_max || too_long(failed);
    }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t, json::string_view, json::error_code&) { return true; }
    bool on_uint64(std::uint64_t, json::string_view, json::error_code&) { return true; }
    bool on_double(double number, json::string_view, json::error_code& failed) {
        return std::isfinite(number) || refuse(failed, "a number too large");
    }
    bool on_bool(bool, json::error_code&) { return true; }
    bool on_null(json::error_code&) { return true; }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

private:
    bool too_long(json::error_code& failed) {
        return refuse(failed, fmt::format("a text of more than {} bytes", limits_.string_bytes_max));
    }
    bool refuse(json::error_code& failed, std::string why) {
        complaint_ = std::move(why);
        failed = json::error::exception;
        return false;
    }

    const JsonLimits& limits_;
    std::vector<std::set<std::string, std::less<>>> members_;
    std::string key_;
    std::string complaint_;
};

}  // namespace

Result<json::value> parse_json(std::string_view body, const JsonLimits& limits) {
    json::parse_options options;
    options.max_depth = limits.depth_max;
    json::basic_parser<Counting> counting(options, limits);
    json::error_code failed;
    const auto read = counting.write_some(false, body.data(), body.size(), failed);
    if (!failed && read < body.size()) failed = json::error::extra_data;
    if (failed) {
        const auto& why = counting.handler().complaint();
        return failure(ErrorCode::invalid,
                       fmt::format("not acceptable JSON at byte {}: {}", read, why.empty() ? failed.message() : why));
    }
    auto value = json::parse(json::string_view(body.data(), body.size()), failed, {}, options);
    if (failed) return failure(ErrorCode::invalid, fmt::format("not acceptable JSON: {}", failed.message()));
    return value;
}

}  // namespace anjie::http
