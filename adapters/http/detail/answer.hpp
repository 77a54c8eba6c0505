#pragma once

#include <memory>
#include <string>

#include "adapters/http/router.hpp"

namespace anjie::http::detail {

struct Core;
class Connection;

/// What the head of an answer says beside the answer's own fields.
struct HeadForm {
    bool keep_alive{};
    bool chunked{};    ///< The body comes in chunks.
    bool unbounded{};  ///< The body ends with the connection.
    bool tls{};
};
/// Status line and fields, with the security headers that the answer does not set itself.
[[nodiscard]] std::string head_text(const Response& response, const Request& request, const HeadForm& form);

/// One chunk; nothing for no bytes, since an empty chunk is the end.
[[nodiscard]] std::string chunk(std::string_view bytes);
inline constexpr std::string_view last_chunk = "0\r\n\r\n";

/// Asks middleware and handler on a worker thread; the answer goes to the connection if it still waits for it.
[[nodiscard]] std::function<void()> job(std::shared_ptr<Core> core, std::weak_ptr<Connection> connection,
                                        std::shared_ptr<Request> request, const Router::Route& route);

}  // namespace anjie::http::detail
