#include "tests/adapters/rpc/wire.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <chrono>

namespace anjie::rpc::test {

DeafStream::DeafStream(kj::Own<kj::AsyncIoStream> inner) : inner_(kj::mv(inner)), opened_(nullptr) {
    auto pair = kj::newPromiseAndFulfiller<void>();
    opener_ = kj::mv(pair.fulfiller);
    opened_ = pair.promise.fork();
}

kj::Promise<std::size_t> DeafStream::tryRead(void* buffer, std::size_t least, std::size_t most) {
    return opened_.addBranch().then([this, buffer, least, most] { return inner_->tryRead(buffer, least, most); });
}

RawSocket::RawSocket(const std::string& address) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    REQUIRE(fd_ >= 0);
    const auto colon = address.rfind(':');
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1))));
    REQUIRE(inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr) == 1);
    REQUIRE(::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0);
}

RawSocket::~RawSocket() { ::close(fd_); }

bool RawSocket::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void RawSocket::end_sending() const { ::shutdown(fd_, SHUT_WR); }

bool RawSocket::is_closed_by_peer() const {
    const auto latest = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    std::array<char, 4096> dropped{};
    while (std::chrono::steady_clock::now() < latest) {
        pollfd look{fd_, POLLIN, 0};
        if (::poll(&look, 1, 1000) <= 0) continue;
        if (::recv(fd_, dropped.data(), dropped.size(), 0) <= 0) return true;
    }
    return false;
}

}  // namespace anjie::rpc::test
