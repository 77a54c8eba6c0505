#pragma once

#include "adapters/handover/courier.hpp"

namespace anjie::handover {

/// Delivers over HTTP with libcurl: POST to the peer's url, its token in the Authorization header; certificates are
/// checked always, redirects are not followed, nothing but http and https is spoken. The token file is read anew each
/// time, so a token can be changed while the program runs.
[[nodiscard]] Post curl_post();

}  // namespace anjie::handover
