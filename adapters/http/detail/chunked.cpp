#include "adapters/http/detail/chunked.hpp"

#include <algorithm>

namespace anjie::http::detail {
namespace {

std::unexpected<Refusal> malformed() {
    return refuse(400, "malformed-chunks", "分块编码不正确",
                  "the chunked body is malformed, or has extensions or trailers");
}

}  // namespace

Accepted<void> ChunkedBody::step(char c) {
    const auto expect = [&](char wanted, At next) -> Accepted<void> {
        if (c != wanted) return malformed();
        at_ = next;
        return {};
    };
    switch (at_) {
        case At::size: {
            if (c == '\r' && digits_ > 0) {
                at_ = At::size_line_feed;
                return {};
            }
            const auto digit = std::string_view("0123456789abcdef").find(static_cast<char>(c >= 'A' ? c | 0x20 : c));
            if (digit == std::string_view::npos || ++digits_ > 8) return malformed();
            left_ = left_ * 16 + digit;
            return {};
        }
        case At::size_line_feed:
            digits_ = 0;
            total_ += left_;
            if (total_ > bytes_max_) return refuse(413, "body-too-long", "请求体过长", "the body is too long");
            return expect('\n', left_ == 0 ? At::last_return : At::data);
        case At::data_return:
            return expect('\r', At::data_line_feed);
        case At::data_line_feed:
            return expect('\n', At::size);
        case At::last_return:
            return expect('\r', At::last_line_feed);
        case At::last_line_feed:
            return expect('\n', At::end);
        case At::data:
        case At::end:
            break;
    }
    return malformed();
}

Accepted<std::size_t> ChunkedBody::take(std::string_view more, std::string& body) {
    std::size_t taken = 0;
    while (taken < more.size() && at_ != At::end) {
        if (at_ == At::data) {
            const auto part = more.substr(taken, left_);
            body += part;
            taken += part.size();
            left_ -= part.size();
            if (left_ == 0) at_ = At::data_return;
            continue;
        }
        if (auto fine = step(more[taken]); !fine) return std::unexpected(fine.error());
        ++taken;
    }
    return taken;
}

}  // namespace anjie::http::detail
