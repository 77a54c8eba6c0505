#include "adapters/rpc/detail/desk.hpp"

#include <utility>

namespace anjie::rpc::detail {
namespace {

constexpr auto look_again = 2 * kj::MILLISECONDS;

kj::Promise<bool> followed(House& house, Position position, kj::TimePoint until) {
    if (house.service.wait_for(position, std::chrono::milliseconds(0))) return true;
    if (house.timer.now() >= until) return false;
    return house.timer.afterDelay(look_again).then([&house, position, until] {
        return followed(house, position, until);
    });
}

}  // namespace

Desk::~Desk() {
    // When the workers have no room the session ends by its idle time.
    static_cast<void>(house_.workers.post([session = session_] { session->close(); }));
}

service::Answer<Desk::Call> Desk::begin() {
    if (house_.closing)
        return std::unexpected(over_limit("the office is closing; connect again", "系统正在关闭，请稍后重新连接"));
    if (allowance_->calls >= house_.limits.calls_max)
        return std::unexpected(over_limit("too many calls in flight", "同时进行的请求过多"));
    return Call{Use(allowance_, allowance_->calls), Use(nullptr, house_.calls)};
}

kj::Promise<service::Answer<void>> Desk::reached(Position position) {
    if (position == 0) return service::Answer<void>{};
    const auto most = house_.limits.wait_time.count() * kj::MILLISECONDS;
    return followed(house_, position, house_.timer.now() + most).then([](bool reached) -> service::Answer<void> {
        if (reached) return {};
        return std::unexpected(over_limit("lists have not followed the log so far yet", "列表尚未跟上日志"));
    });
}

kj::Promise<service::Answer<service::Submitted>> Desk::order(Office office, service::SubmitOrder order,
                                                             std::string command) {
    using Answer = service::Answer<service::Submitted>;
    auto call = begin();
    if (!call) return counted<service::Submitted>(std::unexpected(std::move(call).error()));
    auto pair = kj::newPromiseAndFulfiller<Answer>();
    OrderWork work{session_, office, std::move(order), std::move(command),
                   [mailbox = house_.mailbox, fulfiller = kj::mv(pair.fulfiller)](Answer answer) mutable {
                       mailbox->post([fulfiller = kj::mv(fulfiller), answer = std::move(answer)]() mutable {
                           fulfiller->fulfill(std::move(answer));
                       });
                   }};
    if (!lane_->post(std::move(work)))
        return counted<service::Submitted>(
            std::unexpected(over_limit("the office is too busy; try again", "系统繁忙，请稍后再试")));
    return pair.promise.then([this](Answer answer) { return counted<service::Submitted>(std::move(answer)); })
        .attach(std::move(*call));
}

service::Answer<Use> Desk::hand_out() {
    if (allowance_->capabilities >= house_.limits.capabilities_max)
        return std::unexpected(over_limit("too many capabilities held; drop some", "持有的能力过多"));
    return Use(allowance_, allowance_->capabilities);
}

}  // namespace anjie::rpc::detail
