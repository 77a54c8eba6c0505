#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "adapters/sinks/webhook/address_guard.hpp"

namespace anjie::sinks::detail {

/// What came back. Bodies of answers are not read.
struct PostAnswer {
    long status{};        ///< 0: none came.
    std::string trouble;  ///< Why none came.
    std::optional<std::chrono::microseconds> retry_after;
};

/// One place to post to: keeps its connection, follows no redirect, uses no proxy, connects only where the guard lets.
/// Threads: one at a time.
class HttpPost {
public:
    HttpPost(std::string url, bool in_clear, AddressGuard guard, std::chrono::seconds timeout, std::string ca_file);
    ~HttpPost();
    HttpPost(const HttpPost&) = delete;
    HttpPost& operator=(const HttpPost&) = delete;

    [[nodiscard]] PostAnswer post(const std::string& body, const std::vector<std::string>& headers,
                                  const std::stop_token& stop);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// A URL's parts that matter; errors in words.
struct Url {
    std::string scheme;
    std::string shown;  ///< Without query: what people and ledgers see.
};
[[nodiscard]] std::optional<Url> parse_url(const std::string& text);

}  // namespace anjie::sinks::detail
