#pragma once

#include <string_view>

#include "engine/rejection.hpp"

namespace anjie::views {

/// The two languages in which everything is said to people.
enum class Language { zh, en };

[[nodiscard]] constexpr std::string_view pick(Language language, std::string_view zh, std::string_view en) {
    return language == Language::zh ? zh : en;
}
[[nodiscard]] inline std::string_view pick(Language language, const Text& text) {
    return pick(language, text.zh, text.en);
}

}  // namespace anjie::views
