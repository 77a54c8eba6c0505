#include "adapters/ledger/message.hpp"

namespace anjie::ledger {

std::string shortened(std::string_view value) {
    constexpr int characters_max = 60;
    std::string out;
    int characters = 0;
    for (const char c : value) {
        const bool starts_character = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
        if (starts_character && ++characters > characters_max) return out + "…";
        const auto byte = static_cast<unsigned char>(c);
        out.push_back(byte < 0x20 || byte == 0x7F ? ' ' : c);
    }
    return out;
}

}  // namespace anjie::ledger
