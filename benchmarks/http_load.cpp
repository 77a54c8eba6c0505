// http_load PORT TARGET CONNECTIONS SECONDS [TOKEN BODY]: keep-alive requests as fast as they are answered, one under way
// on each connection; prints answers per second and latencies. With a token and a body: POST instead of GET. A target
// that begins with @ is a file of targets, one a line, taken in turn. Runs as a second process beside the server that
// it loads.
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

/// Each order is another one: its key is its number in this run.
constexpr std::string_view key_header = "Idempotency-Key: ";
constexpr char key_room[] = "0000000000000000";

struct Client {
    int socket{-1};
    std::string received;
    Clock::time_point sent;
};

[[noreturn]] void fail(const char* what) {
    std::perror(what);
    std::exit(1);
}

int connected(int port) {
    const int made = ::socket(AF_INET, SOCK_STREAM, 0);
    ::sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (made < 0 || ::connect(made, reinterpret_cast<const ::sockaddr*>(&address), sizeof address) != 0)
        fail("connect");
    return made;
}

void send_request(Client& client, const std::string& request) {
    client.sent = Clock::now();
    if (::send(client.socket, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
        fail("send");
}

/// Takes what came; answers whether a whole answer was there.
bool receive(Client& client) {
    char piece[16'384];
    const auto size = ::recv(client.socket, piece, sizeof piece, 0);
    if (size <= 0) fail("the server closed");
    client.received.append(piece, static_cast<std::size_t>(size));
    const auto head = client.received.find("\r\n\r\n");
    if (head == std::string::npos) return false;
    if (!client.received.starts_with("HTTP/1.1 2")) fail("not 2xx");
    const auto length = client.received.find("Content-Length: ");
    const auto body =
        length == std::string::npos || length > head
            ? 0
            : std::strtoul(client.received.c_str() + length + std::strlen("Content-Length: "), nullptr, 10);
    if (client.received.size() < head + 4 + body) return false;
    client.received.erase(0, head + 4 + body);
    return true;
}

std::vector<std::string> requests_to(const std::string& target, const char* token, const char* body) {
    std::vector<std::string> targets;
    if (target.starts_with('@')) {
        std::ifstream file(target.substr(1));
        for (std::string line; std::getline(file, line);) targets.push_back(line);
    } else {
        targets.push_back(target);
    }
    if (targets.empty()) fail("no target");
    std::vector<std::string> requests;
    for (const auto& one : targets) {
        auto& request = requests.emplace_back((body == nullptr ? "GET " : "POST ") + one +
                                              " HTTP/1.1\r\nHost: localhost\r\n");
        if (token != nullptr) request += "Authorization: Bearer " + std::string(token) + "\r\n";
        if (body != nullptr)
            request += "Content-Type: application/json\r\nIf-Match: *\r\n" + std::string(key_header) + key_room +
                       "\r\nContent-Length: " +
                       std::to_string(std::strlen(body)) + "\r\n";
        request += "\r\n";
        if (body != nullptr) request += body;
    }
    return requests;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5 && argc != 7) {
        std::fprintf(stderr, "http_load PORT TARGET CONNECTIONS SECONDS [TOKEN BODY]\n");
        return 2;
    }
    auto requests = requests_to(argv[2], argc == 7 ? argv[5] : nullptr, argc == 7 ? argv[6] : nullptr);
    std::size_t turn = 0;
    const auto next = [&]() -> const std::string& {
        auto& request = requests[turn % requests.size()];
        if (const auto key = request.find(key_header); key != std::string::npos) {
            char digits[sizeof key_room];
            std::snprintf(digits, sizeof digits, "%016zu", turn);
            request.replace(key + key_header.size(), std::strlen(digits), digits);
        }
        ++turn;
        return request;
    };
    std::vector<Client> clients(static_cast<std::size_t>(std::atoi(argv[3])));
    std::vector<::pollfd> polled;
    for (auto& client : clients) {
        client.socket = connected(std::atoi(argv[1]));
        polled.push_back({client.socket, POLLIN, 0});
        send_request(client, next());
    }
    std::vector<double> micros;
    const auto begun = Clock::now();
    const auto until = begun + std::chrono::seconds{std::atoi(argv[4])};
    while (Clock::now() < until) {
        if (::poll(polled.data(), polled.size(), 1'000) < 0) fail("poll");
        for (std::size_t i = 0; i < clients.size(); ++i) {
            if ((polled[i].revents & (POLLIN | POLLHUP)) == 0 || !receive(clients[i])) continue;
            micros.push_back(std::chrono::duration<double, std::micro>(Clock::now() - clients[i].sent).count());
            send_request(clients[i], next());
        }
    }
    const auto seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    if (micros.empty()) return 1;
    std::ranges::sort(micros);
    const auto at = [&](double share) {
        return micros[static_cast<std::size_t>(share * static_cast<double>(micros.size() - 1))];
    };
    std::printf("%zu connections: %.0f answers/s; latency us p50 %.0f p99 %.0f max %.0f\n", clients.size(),
                static_cast<double>(micros.size()) / seconds, at(0.5), at(0.99), micros.back());
    return 0;
}
