#include "adapters/rpc/detail/session.hpp"

#include <exception>

#include "adapters/http/json_body.hpp"
#include "adapters/rpc/detail/trouble.hpp"

namespace anjie::rpc::detail {
namespace {

constexpr std::size_t orders_per_turn = 256;

}  // namespace

Session::Session(access::Access& access, service::Trouble refused) : access_(access), refused_(std::move(refused)) {}

service::Answer<std::shared_ptr<Session>> Session::open(access::Access& access, const Shown& shown) {
    ANJIE_DEMAND(access.allow_rate(shown.client));
    std::shared_ptr<Session> session(new Session(access));
    session->client_ = shown.client;
    session->purpose_ = shown.purpose;
    if (!shown.token.empty()) {
        session->token_ = shown.token;
        ANJIE_ASK(auto caller, session->caller());
        session->principal_ = std::move(caller.principal);
        return session;
    }
    ANJIE_ASK(auto issued, answer_of(access.log_in(shown.name, shown.password, shown.client)));
    session->cookie_ = std::move(issued.cookie);
    session->principal_ = std::move(issued.principal);
    return session;
}

service::Answer<service::Caller> Session::caller() const {
    if (refused_) return std::unexpected(*refused_);
    ANJIE_ASK(auto principal, answer_of(token_.empty() ? access_.session_of(cookie_) : access_.token_of(token_)));
    return service::Caller{std::move(principal), client_, purpose_};
}

service::Answer<void> Session::enter(const service::Caller& caller, Office office) const {
    ANJIE_DEMAND(detail::enter(access_, caller.principal, office, caller.client));
    return {};
}

service::Answer<void> Session::keep_pace(const service::Caller& caller) const {
    ANJIE_DEMAND(access_.allow_rate(caller.principal));
    return {};
}

void Session::close() const {
    // A session that could not be ended ends by itself when its idle time is over.
    if (!cookie_.empty()) static_cast<void>(access_.log_out(cookie_, client_));
}

bool OrderLane::post(OrderWork work) {
    const std::scoped_lock lock(mutex_);
    if (!running_ && !workers_.post([self = shared_from_this()] { self->drain(); })) return false;
    running_ = true;
    waiting_.push_back(std::move(work));
    return true;
}

void OrderLane::drain() {
    std::deque<OrderWork> turn;
    {
        const std::scoped_lock lock(mutex_);
        while (!waiting_.empty() && turn.size() < orders_per_turn) {
            turn.push_back(std::move(waiting_.front()));
            waiting_.pop_front();
        }
    }
    // All of these came before this moment, so one look at the rights serves them all.
    const Session* looked_at = nullptr;
    service::Answer<service::Caller> caller = service::trouble(ErrorCode::unavailable, {});
    for (auto& work : turn) {
        if (work.session.get() != looked_at) {
            looked_at = work.session.get();
            caller = looked_at->caller();
        }
        give(work, caller);
    }
    const std::scoped_lock lock(mutex_);
    if (!waiting_.empty() && workers_.post([self = shared_from_this()] { self->drain(); })) return;
    running_ = false;
    for (auto& work : waiting_)
        work.done(std::unexpected(over_limit("the office is too busy; try again", "系统繁忙，请稍后再试")));
    waiting_.clear();
}

void OrderLane::give(OrderWork& work, const service::Answer<service::Caller>& caller) {
    if (!caller) return work.done(std::unexpected(caller.error()));
    for (const auto& may : {work.session->keep_pace(*caller), work.session->enter(*caller, work.office)})
        if (!may) return work.done(std::unexpected(may.error()));
    auto command = http::parse_json(work.command);
    if (!command) return work.done(std::unexpected(service::Trouble{std::move(command).error()}));
    if (!command->is_object())
        return work.done(service::trouble(ErrorCode::invalid, "command: write a JSON object / 命令应为JSON对象"));
    work.order.command = std::move(command->as_object());
    service_.submit(*caller, std::move(work.order), std::move(work.done));
}

}  // namespace anjie::rpc::detail
