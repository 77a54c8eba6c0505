#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "adapters/views/language.hpp"
#include "engine/command.hpp"
#include "engine/rejection.hpp"
#include "engine/result.hpp"

/// What the command line shows and how it ends.
namespace anjie::cli {

/// The contract with scripts.
enum class Exit : int {
    ok = 0,
    failure = 1,
    usage = 2,
    verification_failed = 3,
    conflict = 4,
    not_found = 5,
    unavailable = 6
};

using views::Language;

/// From --lang, else LC_ALL, LC_MESSAGES, LANG: Chinese when it begins with "zh", else English.
[[nodiscard]] Language language_from_environment();

/// Data goes to stdout, everything else to stderr; colours only where a terminal shows them and nobody objects
/// (NO_COLOR, TERM=dumb, --no-color).
class Console {
public:
    Language language{Language::en};
    bool json{};
    bool colour_allowed{true};
    bool quiet{};

    /// The sentence in the reader's language.
    [[nodiscard]] std::string_view pick(std::string_view zh, std::string_view en) const {
        return language == Language::zh ? zh : en;
    }
    [[nodiscard]] std::string_view pick(const Text& text) const { return pick(text.zh, text.en); }

    /// Data.
    void print(std::string_view text) const;
    void line(std::string_view text = {}) const;
    /// A message for the person, not for the next program.
    void note(std::string_view text) const;
    void error(std::string_view text) const;

    enum class Style { plain, bold, dim, red, yellow, green };
    /// The text in a style on stdout, or plain where colours are off. Never the only carrier of a meaning.
    [[nodiscard]] std::string styled(Style style, std::string_view text) const;

    [[nodiscard]] Exit fail(const Error& error) const;
    [[nodiscard]] Exit refuse(const Rejection& rejection) const;
    /// Prints why a command did not go through.
    [[nodiscard]] Exit explain(const std::variant<Rejection, Error>& why) const;
};

[[nodiscard]] Exit exit_of(ErrorCode code);

}  // namespace anjie::cli
