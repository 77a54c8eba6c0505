#include "engine/rejection.hpp"

namespace anjie {

std::string_view to_string(SourceMark mark) {
    switch (mark) {
        case SourceMark::confirmed: return "C";
        case SourceMark::secondary: return "S";
        case SourceMark::configuration: return "M";
    }
    return "M";
}

}  // namespace anjie
