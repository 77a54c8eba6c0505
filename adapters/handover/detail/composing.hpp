#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/handover/message.hpp"
#include "engine/event_store.hpp"
#include "workflows/dispute/dispute.hpp"

/// From a case's events to messages, and from messages to orders.
namespace anjie::handover::detail {

/// A case as of one version.
struct CaseAt {
    dispute::State state{};
    dispute::Event event{};  ///< The one of that version.
    OccurredAt occurred_at{};
    std::vector<SealedField> sealed{};  ///< Of all its events so far, as they can be read now.
};

/// Folds a case up to and including `until` (0: to its end; then `event` is the last). `with_texts`: personal data too.
/// Errors: as the store; `not_found` when the case has no such version.
[[nodiscard]] Result<CaseAt> read_case_at(const EventStore& events, CaseId id, Version until, bool with_texts);

/// What an event says to the other side. Requires: it is one that says something. Texts are not in it.
[[nodiscard]] Message message_of(const CaseAt& at, std::string_view own_organisation);
/// The texts that may travel: readable, of a field in `fields`, the newest of each subject and field.
[[nodiscard]] std::vector<SealedField> travelling(const std::vector<SealedField>& sealed,
                                                  const std::vector<dispute::SealedCode>& fields);

/// The order that records what a message says about a case that is known here. Requires: it is no offer.
[[nodiscard]] dispute::Command order_of(const Message& message);

/// What is to be done with a message when the case's custody stands like this.
enum class Step { record, past, out_of_turn };
/// Requires: it is no offer.
[[nodiscard]] Step step_of(const Message& message, const dispute::State& state);

}  // namespace anjie::handover::detail
