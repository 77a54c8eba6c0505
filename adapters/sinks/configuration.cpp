#include "adapters/sinks/configuration.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <set>

namespace anjie::sinks {
namespace {

constexpr std::size_t configuration_bytes_max = 1u << 20;
constexpr std::size_t secret_bytes_max = 4096;

/// Nullopt when there is no such file.
Result<std::optional<std::string>> read_file(const std::filesystem::path& file, std::size_t bytes_max, bool secret) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        if (errno == ENOENT) return std::nullopt;
        return failure(ErrorCode::unavailable, fmt::format("cannot open {}: {}", file.string(), std::strerror(errno)));
    }
    struct stat found{};
    std::string text(bytes_max + 1, '\0');
    const bool known = ::fstat(descriptor, &found) == 0;
    const auto count = ::read(descriptor, text.data(), text.size());
    ::close(descriptor);
    if (!known || count < 0)
        return failure(ErrorCode::unavailable, fmt::format("cannot read {}: {}", file.string(), std::strerror(errno)));
    if (secret && (found.st_mode & 0077) != 0)
        return failure(
            ErrorCode::invalid,
            fmt::format("{} may be read by others than its owner; chmod 600 it / 文件权限须为 600", file.string()));
    text.resize(static_cast<std::size_t>(count));
    if (text.size() > bytes_max)
        return failure(ErrorCode::invalid, fmt::format("{} is longer than {} bytes", file.string(), bytes_max));
    return text;
}

Result<std::string> read_name(const json::Node& node) {
    ANJIE_TRY(auto name, node.text());
    const auto fine = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
    };
    if (name.size() > 40 || !std::ranges::all_of(name, fine))
        return node.complaint("write at most 40 of a-z, 0-9 and - / 名称只能用小写字母、数字和短横线");
    return name;
}

/// What the types of events begin with, as names of hosts are written: it goes into subjects and headers of others.
Result<std::string> read_type_prefix(const json::Node& node) {
    ANJIE_TRY(auto prefix, node.text());
    const auto fine = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-' || letter == '.';
    };
    if (!std::ranges::all_of(prefix, fine) || prefix.starts_with('.') || prefix.ends_with('.') ||
        prefix.find("..") != std::string::npos)
        return node.complaint("write words of a-z, 0-9 and - with dots between: cn.gov.540629 / 写点分小写前缀");
    return prefix;
}

Result<RetryPlan> read_retry(const json::Node& node) {
    ANJIE_CHECK(node.has_only({"first_s", "longest_s", "attempts"}));
    RetryPlan plan;
    const auto seconds = [&](std::string_view key, std::chrono::microseconds& into) -> Result<void> {
        ANJIE_TRY(const auto found, node.find(key));
        if (!found) return {};
        ANJIE_TRY(const auto number, found->integer(1, 86'400));
        into = std::chrono::seconds{number};
        return {};
    };
    ANJIE_CHECK(seconds("first_s", plan.first));
    ANJIE_CHECK(seconds("longest_s", plan.longest));
    ANJIE_TRY(const auto attempts, node.find("attempts"));
    if (attempts) {
        ANJIE_TRY(const auto number, attempts->integer(1, 1000));
        plan.attempts_max = static_cast<std::uint32_t>(number);
    }
    return plan;
}

Result<ConfiguredSink> read_sink(const json::Node& node, const SinkKinds& kinds, const CloudNames& names,
                                 const std::filesystem::path& root, const Clock& clock) {
    ANJIE_CHECK(
        node.has_only({"name", "kind", "to", "events", "fields", "sealed", "organisation", "actor", "retry", "batch"}));
    ANJIE_TRY(const auto name_node, node.at("name"));
    ANJIE_TRY(const auto kind_node, node.at("kind"));
    ANJIE_TRY(const auto to, node.at("to"));
    ConfiguredSink made;
    made.settings.names = names;
    ANJIE_TRY(made.settings.name, read_name(name_node));
    ANJIE_TRY(made.settings.kind, kind_node.text());
    ANJIE_TRY(made.settings.fields, FieldList::read(node));
    ANJIE_TRY(const auto retry, node.find("retry"));
    if (retry) {
        ANJIE_TRY(made.settings.retry, read_retry(*retry));
    }
    ANJIE_TRY(const auto batch, node.find("batch"));
    if (batch) {
        ANJIE_TRY(const auto count, batch->integer(1, 10'000));
        made.settings.limits.batch_events_max = static_cast<std::size_t>(count);
    }
    const auto kind = kinds.find(made.settings.kind);
    if (kind == kinds.end()) {
        std::string known;
        for (const auto& [word, unused] : kinds) known += (known.empty() ? "" : ", ") + word;
        return kind_node.complaint(fmt::format("write one of / 可写: {}", known));
    }
    ANJIE_TRY(made.sink, kind->second(to, {made.settings.name, root, clock}));
    return made;
}

}  // namespace

Result<std::vector<ConfiguredSink>> read_configuration(const std::filesystem::path& file, const SinkKinds& kinds,
                                                       std::string_view origin, const Clock& clock,
                                                       std::uint64_t seed) {
    std::vector<ConfiguredSink> all;
    ANJIE_TRY(const auto text, read_file(file, configuration_bytes_max, false));
    if (!text) return all;
    ANJIE_TRY(const auto document, json::parse(*text, file.string()));
    const json::Node root(document, file.string());
    ANJIE_CHECK(root.has_only({"type_prefix", "sinks"}));
    CloudNames names{.source = source_of(origin), .type_prefix = "anjie"};
    ANJIE_TRY(const auto prefix, root.find("type_prefix"));
    if (prefix) {
        ANJIE_TRY(names.type_prefix, read_type_prefix(*prefix));
    }
    ANJIE_TRY(const auto list, root.at("sinks"));
    ANJIE_TRY(const auto items, list.items());
    std::set<std::string, std::less<>> taken;
    for (const auto& item : items) {
        ANJIE_TRY(auto sink, read_sink(item, kinds, names, file.parent_path(), clock));
        if (!taken.insert(sink.settings.name).second)
            return item.complaint(fmt::format("there are two sinks called {} / 名称重复", sink.settings.name));
        sink.settings.seed = seed + all.size();
        all.push_back(std::move(sink));
    }
    return all;
}

Result<std::filesystem::path> read_path(const json::Node& node, const SinkPlace& place) {
    ANJIE_TRY(const auto text, node.text());
    const std::filesystem::path path(text);
    return path.is_absolute() ? path : place.root / path;
}

Result<std::string> read_secret(const json::Node& node, const SinkPlace& place) {
    ANJIE_TRY(const auto path, read_path(node, place));
    const auto text = read_file(path, secret_bytes_max, true);
    if (!text) return node.complaint(text.error().detail);
    if (!*text) return node.complaint("there is no such file / 没有这个文件");
    auto line = (*text)->substr(0, (*text)->find_first_of("\r\n"));
    if (line.empty()) return node.complaint("the file is empty / 文件为空");
    return line;
}

}  // namespace anjie::sinks
