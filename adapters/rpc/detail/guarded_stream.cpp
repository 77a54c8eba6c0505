#include "adapters/rpc/detail/guarded_stream.hpp"

#include <capnp/rpc.capnp.h>
#include <kj/debug.h>

namespace anjie::rpc::detail {
namespace {

constexpr auto look_again = 5 * kj::MILLISECONDS;

}  // namespace

kj::Promise<void> GuardedStream::room() {
    if (allowance_->outgoing() <= allowance_->limits.answer_bytes_max) return kj::READY_NOW;
    return timer_.afterDelay(look_again).then([this] { return room(); });
}

kj::Promise<kj::Maybe<capnp::MessageReaderAndFds>> GuardedStream::tryReadMessage(
    kj::ArrayPtr<kj::AutoCloseFd> descriptors, capnp::ReaderOptions, kj::ArrayPtr<capnp::word> scratch) {
    using Read = kj::Maybe<capnp::MessageReaderAndFds>;
    const auto read = [this, descriptors, scratch]() {
        const auto& limits = allowance_->limits;
        capnp::ReaderOptions options;
        const auto bytes = allowance_->logged_in ? limits.message_bytes_max : limits.first_message_bytes_max;
        options.traversalLimitInWords = bytes / sizeof(capnp::word);
        options.nestingLimit = limits.nesting_max;
        return inner_.tryReadMessage(descriptors, options, scratch).then([this](Read&& got) -> Read {
            KJ_IF_MAYBE (message, got) count(*message->reader);
            return kj::mv(got);
        });
    };
    if (allowance_->outgoing() <= allowance_->limits.answer_bytes_max) return read();
    return room().then(read);
}

void GuardedStream::count(capnp::MessageReader& message) {
    auto& allowance = *allowance_;
    ++allowance.messages;
    switch (message.getRoot<capnp::rpc::Message>().which()) {
        case capnp::rpc::Message::BOOTSTRAP:
        case capnp::rpc::Message::CALL:
            ++allowance.questions;
            break;
        case capnp::rpc::Message::FINISH:
            if (allowance.questions > 0) --allowance.questions;
            break;
        default:
            break;
    }
    const auto max = allowance.logged_in ? allowance.limits.questions_max : allowance.limits.first_questions_max;
    KJ_REQUIRE(allowance.questions <= max, "too many calls that were not finished");
}

}  // namespace anjie::rpc::detail
