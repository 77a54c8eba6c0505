#include "adapters/cli/console.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <variant>

namespace anjie::cli {
namespace {

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view{} : std::string_view{value};
}

bool terminal_shows_colour(int descriptor) {
    if (!environment("NO_COLOR").empty() || environment("TERM") == "dumb") return false;
    if (!environment("FORCE_COLOR").empty()) return true;
    return isatty(descriptor) == 1;
}

}  // namespace

Language language_from_environment() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const auto value = environment(name); !value.empty())
            return value.starts_with("zh") ? Language::zh : Language::en;
    return Language::en;
}

Exit exit_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::not_found:
            return Exit::not_found;
        case ErrorCode::conflict:
            return Exit::conflict;
        case ErrorCode::unavailable:
            return Exit::unavailable;
        case ErrorCode::corrupt:
            return Exit::verification_failed;
        case ErrorCode::invalid:
            return Exit::usage;
    }
    return Exit::failure;
}

void Console::print(std::string_view text) const { std::fwrite(text.data(), 1, text.size(), stdout); }

void Console::line(std::string_view text) const {
    print(text);
    std::fputc('\n', stdout);
}

void Console::note(std::string_view text) const {
    if (quiet) return;
    std::fflush(stdout);
    fmt::print(stderr, "{}\n", text);
}

void Console::error(std::string_view text) const {
    std::fflush(stdout);
    const bool colour = colour_allowed && terminal_shows_colour(STDERR_FILENO);
    fmt::print(stderr, "{}anjie: {}{}{}\n", colour ? "\033[31m" : "", pick("错误：", "error: "),
               colour ? "\033[0m" : "", text);
}

std::string Console::styled(Style style, std::string_view text) const {
    static constexpr std::string_view codes[] = {"", "1", "2", "31", "33", "32"};
    if (style == Style::plain || json || !colour_allowed || !terminal_shows_colour(STDOUT_FILENO))
        return std::string(text);
    return fmt::format("\033[{}m{}\033[0m", codes[static_cast<std::size_t>(style)], text);
}

Exit Console::fail(const Error& failed) const {
    error(failed.detail);
    return exit_of(failed.code);
}

Exit Console::refuse(const Rejection& rejection) const {
    error(fmt::format("{}  [{}]", pick(rejection.message), rejection.code));
    std::string facts;
    for (const auto version : rejection.facts)
        fmt::format_to(std::back_inserter(facts), "{}v{}", facts.empty() ? "" : ", ", version);
    if (!rejection.rule.id.empty())
        note(fmt::format("  {}{} [{}: {}]", pick("依据：", "rule:   "), pick(rejection.rule.title),
                         to_string(rejection.rule.mark), rejection.rule.id));
    if (!facts.empty()) note(fmt::format("  {}{}", pick("事实：", "facts:  "), facts));
    if (!pick(rejection.remedy).empty())
        note(fmt::format("  {}{}", pick("办法：", "do:     "), pick(rejection.remedy)));
    return Exit::conflict;
}

Exit Console::explain(const std::variant<Rejection, Error>& why) const {
    if (const auto* rejection = std::get_if<Rejection>(&why)) return refuse(*rejection);
    return fail(std::get<Error>(why));
}

}  // namespace anjie::cli
