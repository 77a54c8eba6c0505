#pragma once

#include <cstdint>

namespace anjie {

/// How closely a case is kept (密级): who may see it besides those of its organisation's roles. The numbers are stored.
enum class Confidentiality : std::uint8_t {
    ordinary = 0,      ///< 一般: everybody whose role and organisation fit.
    confidential = 1,  ///< 不公开: closed at the parties' will; only those cleared for it.
    restricted = 2,    ///< 严格限制: for example minors or sexual violence; only the few cleared for it.
};

}  // namespace anjie
