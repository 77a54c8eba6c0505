#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace anjie::rpc {

/// Every bound of the RPC server has a name. What passes one is answered as `unavailable`, or waits, or loses its
/// connection, as said; nothing grows with what a client sends.
struct Limits {
    std::size_t connections_max{512};  ///< One more is closed at once.
    std::size_t connections_per_address_max{128};
    std::size_t message_bytes_max{1u << 20};         ///< More: the connection is ended.
    std::size_t first_message_bytes_max{64u << 10};  ///< As above, before a log-in has succeeded.
    int nesting_max{32};
    std::size_t questions_max{16'384};       ///< Calls not finished by the client. More: the connection is ended.
    std::size_t first_questions_max{64};     ///< As above, before a log-in has succeeded.
    std::size_t calls_max{8'192};            ///< In flight for one connection; one more is answered `unavailable`.
    std::size_t call_bytes_max{4u << 20};    ///< Of those. More: nothing is read until some are answered.
    std::size_t answer_bytes_max{4u << 20};  ///< Waiting to be sent. More: nothing is read, no reading is begun.
    std::size_t readings_max{4};             ///< Questions of one connection looked up at once; others wait.
    std::size_t capabilities_max{4'096};     ///< Handed out to one connection and not dropped.
    std::size_t log_ins_max{16};             ///< Attempts of one connection; then it is ended.
    std::size_t log_ins_waiting_max{64};     ///< For all; passwords are checked one at a time.

    std::size_t subscriptions_max{16};          ///< Of one connection.
    std::size_t feed_window_bytes{256u << 10};  ///< Pushed to one connection's sinks and not answered, for each sink.
    std::size_t feed_events_max{512};           ///< Of one batch.

    std::size_t workers{4};                ///< Threads that ask the service.
    std::size_t queued_works_max{65'536};  ///< For a worker; one more is answered `unavailable`.

    std::chrono::milliseconds log_in_time{10'000};  ///< From connecting, TLS included, to a log-in that succeeds.
    std::chrono::milliseconds idle_time{600'000};   ///< Without a message, a call in flight or a subscription.
    std::chrono::milliseconds heartbeat{15'000};    ///< A feed says at least so often that it is alive.
    std::chrono::milliseconds wait_time{10'000};    ///< Of `waitFor`.
    std::chrono::milliseconds stop_time{10'000};    ///< For calls in flight once the server is to stop.
};

}  // namespace anjie::rpc
