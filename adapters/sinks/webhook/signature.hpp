#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/event.hpp"
#include "engine/result.hpp"

namespace anjie::sinks {

/// The bytes of "whsec_<base64>". Errors: `invalid` unless they are 24 to 64 (Standard Webhooks 1.0.0); the message
/// does not have the secret.
[[nodiscard]] Result<Bytes> parse_webhook_secret(std::string_view text);

/// The value of `webhook-signature`: "v1,<base64>" of HMAC-SHA256 over "<id>.<seconds>.<body>" for each secret, spaces
/// between. Two secrets while receivers move from one to the other.
[[nodiscard]] std::string webhook_signature(const std::vector<Bytes>& secrets, std::string_view id,
                                            std::int64_t seconds, std::string_view body);

/// The value of `webhook-id` of a message with these events: 16 hexadecimal digits of the source, and of what is in
/// it. The same events, the same id.
[[nodiscard]] std::string webhook_id(std::string_view source, const std::vector<std::string_view>& ids);

}  // namespace anjie::sinks
