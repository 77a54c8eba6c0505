#pragma once

#include <array>
#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/http/server.hpp"
#include "engine/result.hpp"

namespace anjie {

/// How `anjie serve` serves.
struct ServeSettings {
    http::Address http;
    std::optional<http::Address> operation;  ///< Where /metrics is; none: nowhere.
    std::optional<http::Address> rpc;        ///< Where Cap'n Proto RPC is; none: nowhere.
    std::optional<http::TlsFiles> tls;
    bool insecure_plaintext{};
    http::Limits limits;
    bool log_requests{};
    bool public_log{};  ///< Checkpoint, keys and tiles of hashes for whoever may ask at all; entries never.
    std::chrono::seconds checkpoint_every{};
};

/// One setting: how it is called, what it is without a word, and what it means.
struct ServeSetting {
    enum class Kind { address, address_or_off, file, flag, number };
    std::string_view name;  ///< In serve.json; ANJIE_SERVE_<NAME> in the environment.
    std::string_view otherwise;
    Kind kind{};
    std::int64_t least{}, most{};  ///< `number`.
    std::string_view zh, en;
};
[[nodiscard]] std::span<const ServeSetting> serve_settings_table();

/// Where each setting's value comes from.
struct ServeSources {
    std::filesystem::path file;  ///< Read if it is there; has to be there when `file_is_asked_for`.
    bool file_is_asked_for{};
    std::function<std::optional<std::string>(const std::string& variable)> environment;
    std::vector<std::pair<std::string, std::string>> command_line;  ///< Setting and text.
};

/// A setting as it holds, and who said so.
struct ServeValue {
    const ServeSetting* setting{};
    std::string text;
    std::string from;  ///< "default", "serve.json:3", "ANJIE_SERVE_HTTP", "--http".
};

/// Command line before environment before file before defaults, in the table's order.
/// Errors: `invalid`, with file and line (or variable, or flag), what stands there and what is allowed.
[[nodiscard]] Result<std::vector<ServeValue>> resolve_serve_settings(const ServeSources& sources);
/// The values together. Errors: `invalid` when they do not go together (half of TLS, an open address in the clear).
[[nodiscard]] Result<ServeSettings> serve_settings(const std::vector<ServeValue>& values);
/// A serve.json that says what holds.
[[nodiscard]] std::string to_json(const std::vector<ServeValue>& values);

}  // namespace anjie
