#pragma once

#include "engine/trust/crypto.hpp"

namespace anjie {

/// SHA-256, AES-256-GCM, Ed25519 and SM2 by OpenSSL 3. Lifetime: the program's.
[[nodiscard]] const CryptoSuite& openssl_suite();

}  // namespace anjie
