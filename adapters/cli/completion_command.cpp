#include <fmt/format.h>

#include "adapters/cli/session.hpp"

namespace anjie::cli {
namespace {

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
    return app.get_subcommands([](const CLI::App*) { return true; });
}

std::string words_of(const CLI::App& app) {
    std::string words;
    for (const auto* sub : commands_of(app)) words += sub->get_name() + " ";
    for (const auto* option : app.get_options())
        for (const auto& name : option->get_lnames()) words += "--" + name + " ";
    if (!words.empty()) words.pop_back();
    return words;
}

/// One line per command path: "anjie projection" -> its words.
void collect(const CLI::App& app, const std::string& path, std::vector<std::pair<std::string, std::string>>& out) {
    out.emplace_back(path, words_of(app));
    for (const auto* sub : commands_of(app)) collect(*sub, path + " " + sub->get_name(), out);
}

std::string bash_script(const CLI::App& root) {
    std::vector<std::pair<std::string, std::string>> paths;
    collect(root, "anjie", paths);
    std::string cases;
    for (const auto& [path, words] : paths) cases += fmt::format("        '{}') words='{}' ;;\n", path, words);
    return fmt::format(
        R"(# anjie completion bash > /etc/bash_completion.d/anjie
_anjie() {{
    local path=anjie words='' next word
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        next="$path $word"
        case "$next" in
{})    path=$next ;;
        esac
    done
    case "$path" in
{}    esac
    COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
    [ ${{#COMPREPLY[@]}} -gt 0 ] || COMPREPLY=($(compgen -f -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -F _anjie anjie
)",
        [&] {
            std::string known;
            for (const auto& [path, words] : paths)
                known += fmt::format("{}'{}'", known.empty() ? "        " : " | ", path);
            return known;
        }(),
        cases);
}

std::string zsh_script(const CLI::App& root) {
    return "autoload -U +X bashcompinit && bashcompinit\n" + bash_script(root);
}

std::string fish_script(const CLI::App& root) {
    std::string out = "# anjie completion fish > ~/.config/fish/completions/anjie.fish\n";
    for (const auto* sub : commands_of(root)) {
        out += fmt::format("complete -c anjie -n __fish_use_subcommand -a {} -d '{}'\n", sub->get_name(),
                           sub->get_description());
        for (const auto* nested : commands_of(*sub))
            out += fmt::format("complete -c anjie -n '__fish_seen_subcommand_from {}' -a {} -d '{}'\n", sub->get_name(),
                               nested->get_name(), nested->get_description());
        for (const auto* option : sub->get_options())
            for (const auto& name : option->get_lnames())
                out +=
                    fmt::format("complete -c anjie -n '__fish_seen_subcommand_from {}' -l {}\n", sub->get_name(), name);
    }
    return out;
}

}  // namespace

void add_completion_command(CLI::App& app, Session& session) {
    auto shell = std::make_shared<std::string>("bash");
    auto* command = add_command(app, session, "completion", "输出 bash、zsh 或 fish 的补全脚本",
                                "Print a completion script for bash, zsh or fish", [&app, &session, shell] {
                                    session.console.print(*shell == "zsh"    ? zsh_script(app)
                                                          : *shell == "fish" ? fish_script(app)
                                                                             : bash_script(app));
                                    return Exit::ok;
                                });
    command->add_option("shell", *shell)->check(CLI::IsMember({"bash", "zsh", "fish"}))->capture_default_str();
}

}  // namespace anjie::cli
