#include <expat.h>
#include <fmt/format.h>

#include <array>

#include "adapters/spreadsheet/detail/xml_reader.hpp"

namespace anjie::spreadsheet::detail {
namespace {

constexpr char namespace_mark = '|';
constexpr std::size_t chunk_bytes = std::size_t{16} << 10;

std::string_view local_name(std::string_view name) {
    const auto mark = name.rfind(namespace_mark);
    return mark == std::string_view::npos ? name : name.substr(mark + 1);
}

}  // namespace

std::optional<std::string_view> Attributes::find(std::string_view name) const {
    for (auto at = pairs_; *at != nullptr; at += 2)
        if (name == *at) return at[1];
    return std::nullopt;
}

std::optional<std::string_view> Attributes::find_qualified(std::string_view name) const {
    for (auto at = pairs_; *at != nullptr; at += 2) {
        const std::string_view whole(*at);
        if (whole.contains(namespace_mark) && local_name(whole) == name) return at[1];
    }
    return std::nullopt;
}

Complaint damaged(std::string_view part, const Text& what) {
    return {.sentence = {fmt::format("工作簿已损坏：{} {}", part, what.zh),
                         fmt::format("the workbook is damaged: {} {}", part, what.en)},
            .remedy = {"请用 Excel 或 WPS 打开，另存为新的 .xlsx 文件后再导入",
                       "open it in a spreadsheet program, save it as a new .xlsx file and import that"}};
}

Obstacle obstacle_of(const Error& error) {
    if (error.code == ErrorCode::not_found || error.code == ErrorCode::unavailable) return error;
    return Complaint{.sentence = {fmt::format("不是完好的 .xlsx 文件（{}）", error.detail),
                                  fmt::format("not a sound .xlsx file ({})", error.detail)},
                     .remedy = {"请用 Excel 或 WPS 打开，另存为新的 .xlsx 文件后再导入",
                                "open it in a spreadsheet program, save it as a new .xlsx file and import that"}};
}

struct XmlReader::Impl {
    struct Free {
        void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
    };

    zip::EntryStream stream;
    std::string part;
    XmlHandler& handler;
    const Limits limits;
    std::unique_ptr<std::remove_pointer_t<XML_Parser>, Free> parser{XML_ParserCreateNS(nullptr, namespace_mark)};
    std::size_t depth{};
    std::uint64_t fed{};
    bool suspended{}, at_end{};

    void obey() {
        if (handler.refusal_)
            XML_StopParser(parser.get(), XML_FALSE);
        else if (handler.paused_)
            XML_StopParser(parser.get(), XML_TRUE);
    }

    static Impl& self(void* user) { return *static_cast<Impl*>(user); }

    static void XMLCALL on_start(void* user, const XML_Char* name, const XML_Char** attributes) {
        auto& me = self(user);
        if (++me.depth > me.limits.depth_max) me.handler.refuse(damaged(me.part, {"嵌套过深", "is nested too deeply"}));
        if (!me.handler.refusal_) me.handler.start(local_name(name), Attributes(attributes));
        me.obey();
    }
    static void XMLCALL on_end(void* user, const XML_Char* name) {
        auto& me = self(user);
        --me.depth;
        if (!me.handler.refusal_) me.handler.end(local_name(name));
        me.obey();
    }
    static void XMLCALL on_text(void* user, const XML_Char* text, int length) {
        auto& me = self(user);
        if (!me.handler.refusal_) me.handler.text({text, static_cast<std::size_t>(length)});
        me.obey();
    }
    static void XMLCALL on_doctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
        auto& me = self(user);
        me.handler.refuse(damaged(me.part, {"含有文档类型声明 (DTD)，这类文件不予读取",
                                            "has a document type declaration; such files are not read"}));
        me.obey();
    }

    [[nodiscard]] Obstacle failed() const {
        if (handler.refusal_) return *handler.refusal_;
        return damaged(part, {fmt::format("第 {} 行不是正确的 XML（{}）", XML_GetCurrentLineNumber(parser.get()),
                                          XML_ErrorString(XML_GetErrorCode(parser.get()))),
                              fmt::format("line {} is not well-formed XML ({})", XML_GetCurrentLineNumber(parser.get()),
                                          XML_ErrorString(XML_GetErrorCode(parser.get())))});
    }

    /// Gives the parser the next piece. What it holds back, an unfinished tag, is bounded.
    Expected<XML_Status> feed() {
        const auto understood = XML_GetCurrentByteIndex(parser.get());
        if (fed > 0 && fed - static_cast<std::uint64_t>(std::max<XML_Index>(understood, 0)) > limits.tag_bytes_max)
            return std::unexpected<Obstacle>(damaged(part, {"含有过长的标记", "has too long a tag"}));
        std::array<std::byte, chunk_bytes> chunk;
        const auto got = stream.read(chunk);
        if (!got) return std::unexpected(obstacle_of(got.error()));
        at_end = *got == 0;
        fed += *got;
        return XML_Parse(parser.get(), reinterpret_cast<const char*>(chunk.data()), static_cast<int>(*got), at_end);
    }
};

XmlReader::XmlReader(zip::EntryStream stream, std::string part, XmlHandler& handler, const Limits& limits)
    : impl_(std::make_unique<Impl>(std::move(stream), std::move(part), handler, limits)) {
    auto* parser = impl_->parser.get();
    XML_SetUserData(parser, impl_.get());
    XML_SetElementHandler(parser, Impl::on_start, Impl::on_end);
    XML_SetCharacterDataHandler(parser, Impl::on_text);
    XML_SetStartDoctypeDeclHandler(parser, Impl::on_doctype);
}

XmlReader::~XmlReader() = default;

Expected<bool> XmlReader::run() {
    auto& self = *impl_;
    self.handler.paused_ = false;
    for (;;) {
        XML_Status status{};
        if (self.suspended) {
            self.suspended = false;
            status = XML_ResumeParser(self.parser.get());
        } else if (self.at_end) {
            return false;
        } else {
            auto fed = self.feed();
            if (!fed) return std::unexpected(std::move(fed).error());
            status = *fed;
        }
        if (status == XML_STATUS_ERROR || self.handler.refusal_) return std::unexpected(self.failed());
        if (status == XML_STATUS_SUSPENDED) {
            self.suspended = true;
            return true;
        }
    }
}

}  // namespace anjie::spreadsheet::detail
