#pragma once

#include <capnp/blob.h>

#include <optional>
#include <string>
#include <string_view>

#include "adapters/rpc/office.capnp.h"
#include "engine/event.hpp"
#include "engine/id.hpp"
#include "engine/rejection.hpp"
#include "engine/result.hpp"
#include "engine/time.hpp"

/// Values of the engine as they travel, and back.
namespace anjie::rpc {

[[nodiscard]] inline std::string text_of(capnp::Text::Reader text) { return {text.begin(), text.size()}; }
/// Lifetime: that of `text`.
[[nodiscard]] inline capnp::Text::Reader text_of(const std::string& text) { return {text.c_str(), text.size()}; }
/// Lifetime: that of `bytes`.
[[nodiscard]] capnp::Data::Reader data_of(BytesView bytes);
[[nodiscard]] capnp::Data::Reader data_of(const std::string& bytes);
[[nodiscard]] Bytes bytes_of(capnp::Data::Reader data);

[[nodiscard]] Uuid uuid_of(schema::Uuid::Reader id);
void write(schema::Uuid::Builder to, const Uuid& id);

/// Errors: `invalid` outside the years 1900 to 2199.
[[nodiscard]] Result<Date> date_of(schema::Day::Reader day);
void write(schema::Day::Builder to, Date day);

/// Errors: `invalid` outside the years 1900 to 2199.
[[nodiscard]] Result<OccurredAt> occurred_at_of(schema::OccurredAt::Reader when);
void write(schema::OccurredAt::Builder to, const OccurredAt& when);

[[nodiscard]] Text words_of(schema::Words::Reader words);
void write(schema::Words::Builder to, const Text& words);

}  // namespace anjie::rpc
