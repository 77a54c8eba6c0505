#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/json/reader.hpp"
#include "adapters/sinks/runner.hpp"

namespace anjie::sinks {

/// What a sink is told about where it is.
struct SinkPlace {
    std::string name;
    std::filesystem::path root;  ///< The data directory: relative paths in the settings are meant from here.
    const Clock& clock;          ///< Lifetime: the sink's.
};

/// Makes a sink of one kind from the member "to" of its settings. Errors: `invalid`, naming the place in the settings.
/// May not reach out: the other side may be away when the program starts.
using SinkFactory = std::function<Result<std::unique_ptr<Sink>>(const json::Node& to, const SinkPlace& place)>;
/// By the name of the kind, as `kind` in the settings.
using SinkKinds = std::map<std::string, SinkFactory, std::less<>>;

/// A sink as configured, ready to run.
struct ConfiguredSink {
    RunnerSettings settings;
    std::unique_ptr<Sink> sink;
};

/// Reads sinks.json:
/// {"type_prefix": "cn.gov.540629",
///  "sinks": [{"name": "centre", "kind": "files", "to": {"folder": "/srv/anjie/out"}, "events": [...], ...}]}.
/// `events`, `fields`, `sealed`, `organisation`, `actor` as `FieldList::read`; `retry`: {"first_s": 1, "longest_s":
/// 900, "attempts": 12}; `batch`: events at once. No file: no sinks. Errors: `invalid`, naming file and place;
/// `unavailable` (cannot be read).
[[nodiscard]] Result<std::vector<ConfiguredSink>> read_configuration(const std::filesystem::path& file,
                                                                     const SinkKinds& kinds, std::string_view origin,
                                                                     const Clock& clock, std::uint64_t seed);

/// A path in settings, from the data directory when it is relative.
[[nodiscard]] Result<std::filesystem::path> read_path(const json::Node& node, const SinkPlace& place);
/// The first line of a file that only its owner may read. Errors: `invalid` (anybody else may read it, empty),
/// `not_found`. The message never has the secret.
[[nodiscard]] Result<std::string> read_secret(const json::Node& node, const SinkPlace& place);

}  // namespace anjie::sinks
