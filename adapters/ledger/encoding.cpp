#include "adapters/ledger/encoding.hpp"

#include <fmt/format.h>
#include <iconv.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

namespace anjie::ledger {
namespace {

constexpr std::size_t chunk_bytes = 64 * 1024;

/// Looks at bytes as they come and remembers what may still follow (Unicode 15, table 3-7).
class Utf8Validator {
public:
    void feed(std::string_view bytes) {
        for (const char c : bytes) feed_byte(static_cast<unsigned char>(c));
    }
    [[nodiscard]] bool valid_so_far() const { return valid_; }
    [[nodiscard]] bool complete() const { return valid_ && pending_ == 0; }

private:
    void feed_byte(unsigned char byte) {
        if (!valid_) return;
        if (pending_ > 0) {
            valid_ = byte >= low_ && byte <= high_;
            low_ = 0x80;
            high_ = 0xBF;
            --pending_;
            return;
        }
        if (byte < 0x80) return;
        if (byte >= 0xC2 && byte <= 0xDF) return expect(1, 0x80, 0xBF);
        if (byte == 0xE0) return expect(2, 0xA0, 0xBF);
        if (byte == 0xED) return expect(2, 0x80, 0x9F);
        if (byte >= 0xE1 && byte <= 0xEF) return expect(2, 0x80, 0xBF);
        if (byte == 0xF0) return expect(3, 0x90, 0xBF);
        if (byte >= 0xF1 && byte <= 0xF3) return expect(3, 0x80, 0xBF);
        if (byte == 0xF4) return expect(3, 0x80, 0x8F);
        valid_ = false;
    }
    void expect(int count, unsigned char low, unsigned char high) {
        pending_ = count;
        low_ = low;
        high_ = high;
    }

    bool valid_{true};
    int pending_{};
    unsigned char low_{0x80}, high_{0xBF};
};

Message not_a_table(std::string_view what_zh, std::string_view what_en) {
    return {.sentence = {fmt::format("文件不是文本表格, 而是{}", what_zh),
                         fmt::format("the file is not a text table but {}", what_en)},
            .remedy = {"请在表格软件中用“另存为”选择“CSV UTF-8 (逗号分隔)”, 再导入该 CSV 文件",
                       "open it in the spreadsheet program, save it as \"CSV UTF-8\" and import that file"}};
}

struct Signature {
    std::string_view bytes;
    std::string_view zh, en;
};
constexpr std::array<Signature, 6> signatures{{
    {"PK\x03\x04", "Excel 工作簿 (xlsx) 或压缩包", "an Excel workbook (xlsx) or an archive"},
    {"\xD0\xCF\x11\xE0", "旧版 Excel 工作簿 (xls)", "an old Excel workbook (xls)"},
    {"%PDF", "PDF 文档", "a PDF document"},
    {"\x89PNG", "图片", "a picture"},
    {"\xFF\xD8\xFF", "图片", "a picture"},
    {"\x1F\x8B", "压缩包", "an archive"},
}};

}  // namespace

std::string_view to_string(Encoding encoding) {
    switch (encoding) {
        case Encoding::utf8:
            return "UTF-8";
        case Encoding::gb18030:
            return "GB18030";
        case Encoding::utf16_le:
            return "UTF-16LE";
        case Encoding::utf16_be:
            return "UTF-16BE";
    }
    return "UTF-8";
}

std::expected<Encoding, Obstacle> detect_encoding(ByteSource& source) {
    if (auto rewound = source.rewind(); !rewound) return std::unexpected(rewound.error());
    std::vector<char> buffer(chunk_bytes);
    Utf8Validator validator;
    std::uint64_t offset = 0;
    std::optional<Encoding> by_mark;
    for (;;) {
        const auto count = source.read(buffer);
        if (!count) return std::unexpected(count.error());
        if (*count == 0) break;
        const std::string_view bytes(buffer.data(), *count);
        if (offset == 0) {
            for (const auto& signature : signatures)
                if (bytes.starts_with(signature.bytes)) return std::unexpected(not_a_table(signature.zh, signature.en));
            if (bytes.starts_with("\xFF\xFE")) by_mark = Encoding::utf16_le;
            if (bytes.starts_with("\xFE\xFF")) by_mark = Encoding::utf16_be;
            if (by_mark) break;
        }
        if (bytes.find('\0') != std::string_view::npos)
            return std::unexpected(
                not_a_table(fmt::format("二进制数据 (第 {} 字节为 NUL)", offset + bytes.find('\0') + 1),
                            fmt::format("binary data (byte {} is NUL)", offset + bytes.find('\0') + 1)));
        validator.feed(bytes);
        offset += *count;
    }
    if (auto rewound = source.rewind(); !rewound) return std::unexpected(rewound.error());
    if (by_mark) return *by_mark;
    return validator.complete() ? Encoding::utf8 : Encoding::gb18030;
}

struct Utf8Stream::Impl {
    ByteSource& source;
    Encoding encoding;
    iconv_t converter{reinterpret_cast<iconv_t>(-1)};
    std::vector<char> input = std::vector<char>(chunk_bytes);
    std::size_t kept{};  ///< Bytes of an unfinished character at the front of `input`.
    std::string output{};
    std::uint64_t lines{1};
    bool first{true}, ended{};

    [[nodiscard]] Message bad_bytes(const char* at, std::size_t left) const {
        std::string hex;
        for (std::size_t i = 0; i < std::min<std::size_t>(left, 4); ++i)
            hex += fmt::format("{}{:02X}", i ? " " : "", static_cast<unsigned char>(at[i]));
        return {.value = hex,
                .sentence = {fmt::format("第 {} 行有不是 {} 字符的字节 {}", lines, to_string(encoding), hex),
                             fmt::format("line {} holds bytes that are no {} character: {}", lines, to_string(encoding),
                                         hex)},
                .remedy = {"请把文件另存为 UTF-8 编码的 CSV 后再导入",
                           "save the file as CSV in UTF-8 and import it again"}};
    }

    /// Converts what stands in `input[0, count)` and keeps an unfinished character for the next call.
    std::expected<void, Obstacle> convert(std::size_t count, bool last) {
        output.resize(count * 3 + 16);
        char* in = input.data();
        std::size_t in_left = count;
        char* out = output.data();
        std::size_t out_left = output.size();
        const auto converted = iconv(converter, &in, &in_left, &out, &out_left);
        const int problem = errno;
        output.resize(output.size() - out_left);
        for (const char c : output) lines += c == '\n';
        const bool unfinished = converted == static_cast<std::size_t>(-1) && problem == EINVAL && !last;
        if (converted == static_cast<std::size_t>(-1) && !unfinished) return std::unexpected(bad_bytes(in, in_left));
        std::memmove(input.data(), in, in_left);
        kept = in_left;
        return {};
    }
};

Utf8Stream::Utf8Stream(ByteSource& source, Encoding encoding)
    : impl_(std::make_unique<Impl>(Impl{.source = source, .encoding = encoding})) {
    if (encoding != Encoding::utf8) impl_->converter = iconv_open("UTF-8", std::string(to_string(encoding)).c_str());
}

Utf8Stream::~Utf8Stream() {
    if (impl_->converter != reinterpret_cast<iconv_t>(-1)) iconv_close(impl_->converter);
}

std::expected<std::string_view, Obstacle> Utf8Stream::next() {
    auto& self = *impl_;
    if (self.encoding != Encoding::utf8 && self.converter == reinterpret_cast<iconv_t>(-1))
        return std::unexpected(
            Error{ErrorCode::unavailable,
                  fmt::format("本机缺少 {0} 编码转换 / this system cannot convert {0}", to_string(self.encoding))});
    while (!self.ended) {
        const auto count = self.source.read(std::span(self.input).subspan(self.kept));
        if (!count) return std::unexpected(count.error());
        self.ended = *count == 0;
        const std::size_t available = self.kept + *count;
        if (available == 0) break;
        std::string_view text;
        if (self.encoding == Encoding::utf8) {
            text = {self.input.data(), available};
        } else {
            if (auto converted = self.convert(available, self.ended); !converted)
                return std::unexpected(std::move(converted).error());
            text = self.output;
        }
        if (self.first && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
        self.first = self.first && text.empty();
        if (!text.empty()) return text;
    }
    return std::string_view{};
}

}  // namespace anjie::ledger
