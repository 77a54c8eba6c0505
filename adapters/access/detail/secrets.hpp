#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/trust/hash.hpp"

namespace anjie::access::detail {

/// Unpredictable bytes, as lower-case base32 (a-z 2-7). Aborts when the machine has none: nothing may go on then.
[[nodiscard]] std::string random_text(std::size_t bytes);
[[nodiscard]] Bytes random_bytes(std::size_t bytes);

[[nodiscard]] Hash sha256(std::string_view text);
[[nodiscard]] Hash hmac_sha256(BytesView key, std::string_view text);
/// Takes as long whatever differs.
[[nodiscard]] bool equal_in_constant_time(BytesView a, BytesView b);

/// 256 random bits between a prefix and six characters that check it, so that a scanner for leaked secrets can tell it
/// from chance: "anjie_" + 52 + 6 characters.
[[nodiscard]] std::string new_secret(std::string_view prefix);
/// Whether `text` has the form and check of a secret with this prefix: what does not is not looked up.
[[nodiscard]] bool is_secret(std::string_view text, std::string_view prefix);

inline constexpr std::string_view token_prefix = "anjie_";
inline constexpr std::string_view address_prefix = "anjiecal_";

/// A text that is overwritten when it goes.
class Wiped {
public:
    explicit Wiped(std::string text) : text_(std::move(text)) {}
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;
    ~Wiped();
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string text_;
};

}  // namespace anjie::access::detail
