#include "tests/adapters/http/running_server.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>

namespace anjie::http::test {

RunningServer::RunningServer(Router router, ServerOptions options) {
    auto listening = Server::listen(std::move(router), std::move(options));
    if (!listening) FAIL(listening.error().detail);
    server_ = std::move(*listening);
    thread_ = std::thread([this] { (void)server_->run(); });
}

RunningServer::~RunningServer() { stop(); }

void RunningServer::stop() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
}

RawClient::RawClient(std::uint16_t port, int receive_buffer)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    REQUIRE(socket_ >= 0);
    if (receive_buffer > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    ::sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket_, reinterpret_cast<const ::sockaddr*>(&address), sizeof address) == 0);
}

RawClient::~RawClient() { ::close(socket_); }

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void RawClient::shut() { ::shutdown(socket_, SHUT_WR); }

bool RawClient::receive(std::chrono::steady_clock::time_point until) {
    if (ended_) return false;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
    ::pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
    if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) <= 0) return false;
    char piece[65'536];
    const auto size = ::recv(socket_, piece, sizeof piece, 0);
    if (size <= 0) {  // Closed, or cut.
        ended_ = true;
        return false;
    }
    received_.append(piece, static_cast<std::size_t>(size));
    return true;
}

std::optional<std::string> RawClient::read_to_end(std::chrono::milliseconds within) {
    const auto until = std::chrono::steady_clock::now() + within;
    while (receive(until)) {
    }
    if (!ended_) return std::nullopt;
    return std::exchange(received_, {});
}

std::string RawClient::read_until(std::string_view text, std::chrono::milliseconds within) {
    const auto until = std::chrono::steady_clock::now() + within;
    while (received_.find(text) == std::string::npos && receive(until)) {
    }
    const auto found = received_.find(text);
    if (found == std::string::npos) return std::exchange(received_, {});
    auto all = received_.substr(0, found + text.size());
    received_.erase(0, found + text.size());
    return all;
}

std::string RawClient::read_answer() {
    auto head = read_until("\r\n\r\n");
    const auto length = header_of(head, "Content-Length");
    const auto size =
        length.empty() ? std::size_t{0} : static_cast<std::size_t>(std::strtoul(length.c_str(), nullptr, 10));
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (received_.size() < size && receive(until)) {
    }
    head += received_.substr(0, size);
    received_.erase(0, size);
    return head;
}

unsigned status_of(std::string_view answer) {
    if (!answer.starts_with("HTTP/1.1 ") || answer.size() < 12) return 0;
    return static_cast<unsigned>(std::strtoul(std::string(answer.substr(9, 3)).c_str(), nullptr, 10));
}

std::string header_of(std::string_view answer, std::string_view name) {
    const auto head = answer.substr(0, answer.find("\r\n\r\n"));
    const auto wanted = "\r\n" + std::string(name) + ": ";
    const auto at = head.find(wanted);
    if (at == std::string_view::npos) return {};
    const auto value = head.substr(at + wanted.size());
    return std::string(value.substr(0, value.find("\r\n")));
}

std::string body_of(std::string_view answer) {
    const auto end = answer.find("\r\n\r\n");
    return end == std::string_view::npos ? std::string{} : std::string(answer.substr(end + 4));
}

}  // namespace anjie::http::test
