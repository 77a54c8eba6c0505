#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace anjie::dossier::detail {

/// JSON for people: members on lines of their own, two spaces deeper; lists of plain values on one line.
[[nodiscard]] std::string pretty(const boost::json::value& value);

}  // namespace anjie::dossier::detail
