#include "engine/result.hpp"

#include "engine/assert.hpp"

namespace anjie {

std::string_view to_string(ErrorCode code) {
    switch (code) {
        case ErrorCode::not_found:
            return "not_found";
        case ErrorCode::conflict:
            return "conflict";
        case ErrorCode::unavailable:
            return "unavailable";
        case ErrorCode::corrupt:
            return "corrupt";
        case ErrorCode::invalid:
            return "invalid";
    }
    ANJIE_ASSERT(!"an error code outside the enumeration");
}

}  // namespace anjie
