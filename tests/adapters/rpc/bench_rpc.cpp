// Durable orders a second and a single order's time over RPC from a second process, beside the same without a wire in
// the same run, and how fast a feed is (docs/performance.md). Not a test: nothing here can fail for being slow.
//
//   ORDERS=20000 CLIENTS=2 bench_rpc "[.bench]"
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <new>

#include "tests/adapters/rpc/office.hpp"

using namespace anjie;
using namespace anjie::rpc;
using namespace anjie::rpc::test;

namespace {

using Moment = std::chrono::steady_clock::time_point;

double seconds_since(Moment begun) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

double median_us(std::vector<double>& times) {
    std::ranges::sort(times);
    return times[times.size() / 2] * 1e6;
}

constexpr std::size_t cases = 8'192;  ///< So that each stays as short as cases are.
constexpr std::size_t singles = 1'000;

/// What the other process has to know.
struct Task {
    char address[64];
    char token[256];
    char ids[cases][37];
    std::size_t orders;
};

std::vector<client::Order> orders_of(const Task& task) {
    std::vector<client::Order> orders;
    for (std::size_t i = 0; i < task.orders; ++i) orders.push_back(order(task.ids[i % cases], "record_investigation"));
    return orders;
}

/// One client of the load: its answers a second, and a single order's median.
void load(const Task& task, int results, bool measures_singles) {
    auto client = client::Client::connect({.address = task.address}, {.token = task.token});
    double figures[3]{};
    if (client) {
        const auto orders = orders_of(task);
        if (measures_singles) {
            std::vector<double> times;
            for (std::size_t i = 0; i < singles; ++i) {
                const auto begun = std::chrono::steady_clock::now();
                if (!(*client)->submit(orders[i % orders.size()])) break;
                times.push_back(seconds_since(begun));
            }
            figures[2] = times.empty() ? 0 : median_us(times);
        } else {
            const auto begun = std::chrono::steady_clock::now();
            for (const auto& reply : (*client)->submit_all(orders)) figures[0] += reply ? 1 : 0;
            figures[1] = seconds_since(begun);
        }
    }
    (void)!write(results, figures, sizeof figures);
}

/// A feed from the beginning to the head.
void listen(const Task& task, int results) {
    auto client = client::Client::connect({.address = task.address}, {.token = task.token});
    double figures[3]{};
    if (client) {
        const auto begun = std::chrono::steady_clock::now();
        (void)(*client)->follow(
            {.after = 0},
            [&](const client::FeedEvent&) {
                figures[0] += 1;
                return true;
            },
            [](const client::FeedProgress& feed) { return feed.next < feed.head; });
        figures[1] = seconds_since(begun);
    }
    (void)!write(results, figures, sizeof figures);
}

/// A process that waits for its task, does it and ends.
class Other {
public:
    Other(const Task& task, void (*work)(const Task&, int)) {
        if (pipe(task_) != 0 || pipe(results_) != 0) std::abort();
        pid_ = fork();
        if (pid_ != 0) return;
        char go = 0;
        if (read(task_[0], &go, 1) == 1) work(task, results_[1]);
        _exit(0);
    }
    void begin() const { (void)!write(task_[1], "!", 1); }
    [[nodiscard]] std::array<double, 3> end() const {
        std::array<double, 3> figures{};
        (void)!read(results_[0], figures.data(), sizeof figures);
        waitpid(pid_, nullptr, 0);
        return figures;
    }

private:
    int task_[2]{}, results_[2]{};
    pid_t pid_{};
};

/// As many cases as there are, accepted for mediation.
void accept_cases(client::Client& client, Task& task) {
    std::vector<client::Order> orders(cases, registration_order());
    const auto wave = [&] {
        auto replies = client.submit_all(orders);
        for (const auto& reply : replies)
            if (!reply) FAIL(reply.error().code + ": " + reply.error().message.en);
        return replies;
    };
    std::size_t number = 0;
    for (const auto& reply : wave()) {
        const auto id = to_string(reply->case_id);
        id.copy(task.ids[number], sizeof task.ids[number] - 1);
        orders[number++] = {.reference = id, .command = R"({"command": "give_consent", "party": 2})"};
    }
    (void)wave();
    for (std::size_t i = 0; i < cases; ++i) orders[i] = order(task.ids[i], "accept_case");
    (void)wave();
}

double in_process(Office& office, const Task& task, std::size_t in_flight_max) {
    const service::Caller caller{office.access().local("bench"), {"local", "bench"}, {}};
    const auto command = boost::json::parse(R"({"command": "record_investigation"})").as_object();
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t in_flight = 0;
    const auto begun = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < task.orders; ++i) {
        {
            std::unique_lock lock(mutex);
            changed.wait(lock, [&] { return in_flight < in_flight_max; });
            ++in_flight;
        }
        service::SubmitOrder one;
        one.reference = task.ids[i % cases];
        one.command = command;
        office.service().submit(caller, std::move(one), [&](const service::Answer<service::Submitted>&) {
            const std::scoped_lock lock(mutex);
            --in_flight;
            changed.notify_one();
        });
    }
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return in_flight == 0; });
    return static_cast<double>(task.orders) / seconds_since(begun);
}

double single_in_process(Office& office, const Task& task) {
    const service::Caller caller{office.access().local("bench"), {"local", "bench"}, {}};
    const auto command = boost::json::parse(R"({"command": "record_investigation"})").as_object();
    std::vector<double> times;
    for (std::size_t i = 0; i < singles; ++i) {
        service::SubmitOrder one;
        one.reference = task.ids[i % cases];
        one.command = command;
        const auto begun = std::chrono::steady_clock::now();
        (void)office.service().submit(caller, std::move(one));
        times.push_back(seconds_since(begun));
    }
    return median_us(times);
}

}  // namespace

TEST_CASE("figures of RPC", "[.bench]") {
    const auto* orders_text = std::getenv("ORDERS");
    const auto* clients_text = std::getenv("CLIENTS");
    const auto clients = clients_text == nullptr ? std::size_t{2} : std::stoul(clients_text);
    void* shared = mmap(nullptr, sizeof(Task), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    REQUIRE(shared != MAP_FAILED);
    auto& task = *new (shared) Task{};
    // Made before this process has threads.
    std::vector<Other> pipelined;
    for (std::size_t i = 0; i < clients; ++i)
        pipelined.emplace_back(task, [](const Task& given, int results) { load(given, results, false); });
    const Other single(task, [](const Task& given, int results) { load(given, results, true); });
    const Other feed(task, [](const Task& given, int results) { listen(given, results); });

    Office office;
    office.add("head", {access::Role::head});
    task.orders = orders_text == nullptr ? 20'000 : std::stoul(orders_text);
    office.address().copy(task.address, sizeof task.address - 1);
    office.token({access::Action::work_on_case, access::Action::read_case, access::Action::read_feed})
        .secret.copy(task.token, sizeof task.token - 1);
    {
        const auto setup = office.client(office.person("head"));
        accept_cases(*setup, task);
    }
    const auto direct = in_process(office, task, 8'192);
    const auto begun = std::chrono::steady_clock::now();
    for (const auto& one : pipelined) one.begin();
    double answered = 0;
    for (const auto& one : pipelined) answered += one.end()[0];
    const auto wired = answered / seconds_since(begun);
    CHECK(answered == static_cast<double>(task.orders * clients));
    const auto single_direct = single_in_process(office, task);
    single.begin();
    const auto single_wired = single.end()[2];
    feed.begin();
    const auto fed = feed.end();
    CHECK(fed[0] == static_cast<double>(office.service().head()));
    fmt::print(
        "orders/s in process        {:.0f}\norders/s over RPC          {:.0f} ({} clients, ratio {:.2f})\n"
        "one order in process, p50  {:.0f} us\none order over RPC, p50    {:.0f} us\nfeed events/s              "
        "{:.0f}\n",
        direct, wired, clients, wired / direct, single_direct, single_wired, fed[0] / fed[1]);
}
