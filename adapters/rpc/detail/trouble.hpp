#pragma once

#include "adapters/rpc/office.capnp.h"
#include "adapters/service/answer.hpp"

namespace anjie::rpc::detail {

/// As a client gets it. What is `corrupt` is told without its detail, which stays inside.
void write(schema::Trouble::Builder to, const service::Trouble& trouble);

/// What was not admitted, as a trouble.
template <class T>
[[nodiscard]] service::Answer<T> answer_of(access::Admitted<T> admitted) {
    if (admitted) return std::move(*admitted);
    if (const auto* refused = admitted.error().refusal()) return std::unexpected(service::Trouble{*refused});
    return std::unexpected(service::Trouble{*admitted.error().error()});
}

/// A limit was met: the same later may succeed.
[[nodiscard]] service::Trouble over_limit(std::string_view en, std::string_view zh);

}  // namespace anjie::rpc::detail
