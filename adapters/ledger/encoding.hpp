#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/ledger/byte_source.hpp"
#include "adapters/ledger/message.hpp"

namespace anjie::ledger {

enum class Encoding { utf8, gb18030, utf16_le, utf16_be };

/// "UTF-8", "GB18030" ...
[[nodiscard]] std::string_view to_string(Encoding encoding);

/// Why a file cannot be read: what is wrong with it, its line in the sentence; or, when `error` is set, the world's
/// fault.
struct Obstacle {
    Obstacle(Message what) : message(std::move(what)) {}
    Obstacle(Error what) : error(std::move(what)) {}

    Message message{};
    std::optional<Error> error{};
};

/// UTF-16 by its byte order mark; UTF-8 if all bytes are; else GB18030 (of which GBK and GB2312 are part).
/// Reads the source to its end and rewinds it. Errors: not a text at all (xlsx, xls, PDF, NUL bytes).
[[nodiscard]] std::expected<Encoding, Obstacle> detect_encoding(ByteSource& source);

/// The source's text in UTF-8, chunk by chunk, without a byte order mark.
class Utf8Stream {
public:
    Utf8Stream(ByteSource& source, Encoding encoding);
    ~Utf8Stream();
    Utf8Stream(const Utf8Stream&) = delete;
    Utf8Stream& operator=(const Utf8Stream&) = delete;

    /// Empty at the end. Lifetime: until the next call. Errors: bytes that are no character, with line and bytes.
    [[nodiscard]] std::expected<std::string_view, Obstacle> next();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace anjie::ledger
