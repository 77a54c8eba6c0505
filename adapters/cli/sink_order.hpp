#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace anjie::cli {

/// What is asked about the sinks of a data directory; main knows what sinks there are.
struct SinkOrder {
    enum class Verb { list, held, ledger, pause, resume, resend, retry, drop, run };
    Verb verb{};
    std::filesystem::path root;    ///< The data directory.
    std::string name;              ///< Empty: all of them, where that makes sense.
    std::string case_id;           ///< Number or id; `retry`: empty for every parked one.
    std::uint64_t from{};          ///< `resend`
    std::uint64_t wait_seconds{};  ///< `run`
};

}  // namespace anjie::cli
