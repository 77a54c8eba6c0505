#include "adapters/handover/token.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace anjie::handover {
namespace {

constexpr std::size_t token_bytes_max = 4'096;

bool is_visible(char c) { return c > 0x20 && c < 0x7F; }

}  // namespace

Result<std::string> read_token(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string token{std::istreambuf_iterator<char>(in), {}};
    if (!in) return failure(ErrorCode::unavailable, file.string() + ": the token cannot be read / 无法读取令牌");
    while (!token.empty() && (token.back() == '\n' || token.back() == '\r' || token.back() == ' ')) token.pop_back();
    if (token.empty() || token.size() > token_bytes_max || !std::ranges::all_of(token, is_visible))
        return failure(ErrorCode::invalid, file.string() + ": this is not a token / 不是令牌");
    return token;
}

}  // namespace anjie::handover
