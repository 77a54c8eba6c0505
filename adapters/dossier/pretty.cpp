#include <algorithm>
#include <boost/json.hpp>

#include "adapters/dossier/detail/pretty.hpp"

namespace anjie::dossier::detail {
namespace {

bool is_plain(const boost::json::value& value) { return !value.is_object() && !value.is_array(); }

void write(const boost::json::value& value, std::size_t depth, std::string& out) {
    const auto line = [&](std::size_t at) {
        out += '\n';
        out.append(2 * at, ' ');
    };
    const auto list = [&](const auto& items, char open, char close, const auto& item) {
        out += open;
        bool first = true;
        for (const auto& each : items) {
            if (!first) out += ',';
            first = false;
            line(depth + 1);
            item(each);
        }
        if (!first) line(depth);
        out += close;
    };
    if (const auto* object = value.if_object()) {
        list(*object, '{', '}', [&](const auto& member) {
            out += boost::json::serialize(boost::json::value(member.key())) + ": ";
            write(member.value(), depth + 1, out);
        });
    } else if (const auto* array = value.if_array(); array != nullptr && !std::ranges::all_of(*array, is_plain)) {
        list(*array, '[', ']', [&](const auto& item) { write(item, depth + 1, out); });
    } else {
        out += boost::json::serialize(value);
    }
}

}  // namespace

std::string pretty(const boost::json::value& value) {
    std::string out;
    write(value, 0, out);
    return out + '\n';
}

}  // namespace anjie::dossier::detail
