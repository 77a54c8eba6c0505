#pragma once

#include <functional>
#include <memory>
#include <string>

#include "adapters/rpc/detail/house.hpp"
#include "adapters/rpc/detail/session.hpp"

namespace anjie::rpc::detail {

/// What asks the service on behalf of one log-in, within the limits of its connection. On the loop's thread.
class Desk {
public:
    template <class T>
    using Question = std::move_only_function<service::Answer<T>(service::Service&, const service::Caller&)>;

    Desk(House& house, std::shared_ptr<Allowance> allowance, std::shared_ptr<OrderLane> lane,
         std::shared_ptr<Session> session)
        : house_(house), allowance_(std::move(allowance)), lane_(std::move(lane)), session_(std::move(session)) {}
    ~Desk();
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    /// Asks on a worker, as whoever this is at that moment; first waits until lists follow the log up to `wait_for`.
    /// Errors: also those of the limits and of the office that is not open.
    template <class T>
    [[nodiscard]] kj::Promise<service::Answer<T>> ask(Office office, Question<T> question, Position wait_for = 0) {
        auto call = begin();
        if (!call) return counted<T>(std::unexpected(std::move(call).error()));
        return reached(wait_for)
            .then([this, office, question = std::move(question)](
                      service::Answer<void> may) mutable -> kj::Promise<service::Answer<T>> {
                if (!may) return service::Answer<T>(std::unexpected(std::move(may).error()));
                return allowance_->readings->enter().then(
                    [this, office, question = std::move(question)](Turnstile::Turn turn) mutable {
                        return put<T>(office, std::move(question), true).attach(kj::mv(turn));
                    });
            })
            .then([this](service::Answer<T> answer) { return counted<T>(std::move(answer)); })
            .attach(std::move(*call));
    }
    /// As above, but neither counted nor delayed: for feeds, which ask one thing at a time. `paced`: held against the
    /// rate of whoever asks.
    template <class T>
    [[nodiscard]] kj::Promise<service::Answer<T>> put(Office office, Question<T> question, bool paced) {
        return house_.on_worker<T>([session = session_, office, paced, question = std::move(question),
                                    &service = house_.service]() mutable -> service::Answer<T> {
            ANJIE_ASK(const auto caller, session->caller());
            if (paced) ANJIE_DEMAND(session->keep_pace(caller));
            ANJIE_DEMAND(session->enter(caller, office));
            return question(service, caller);
        });
    }
    /// Gives an order to the log, after those that came before it over this connection.
    [[nodiscard]] kj::Promise<service::Answer<service::Submitted>> order(Office office, service::SubmitOrder order,
                                                                         std::string command);

    [[nodiscard]] House& house() { return house_; }
    [[nodiscard]] Allowance& allowance() { return *allowance_; }
    /// One more capability handed out. Errors: too many.
    [[nodiscard]] service::Answer<Use> hand_out();
    [[nodiscard]] Use count(std::size_t& what) { return Use(allowance_, what); }

private:
    /// Both counts of a call in flight.
    struct Call {
        Use of_connection, of_house;
    };
    [[nodiscard]] service::Answer<Call> begin();
    [[nodiscard]] kj::Promise<service::Answer<void>> reached(Position position);
    template <class T>
    [[nodiscard]] service::Answer<T> counted(service::Answer<T> answer) {
        ++house_.figures.calls;
        if (!answer) ++house_.figures.troubles;
        return answer;
    }

    House& house_;
    std::shared_ptr<Allowance> allowance_;
    std::shared_ptr<OrderLane> lane_;
    std::shared_ptr<Session> session_;
};

}  // namespace anjie::rpc::detail
