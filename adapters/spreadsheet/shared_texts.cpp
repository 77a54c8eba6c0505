#include "adapters/spreadsheet/detail/shared_texts.hpp"

#include "adapters/spreadsheet/detail/cell_values.hpp"
#include "adapters/spreadsheet/detail/rich_text.hpp"
#include "adapters/spreadsheet/detail/xml_reader.hpp"

namespace anjie::spreadsheet::detail {
namespace {

class TextHandler final : public XmlHandler {
public:
    TextHandler(std::string part, const Limits& limits)
        : part_(std::move(part)), limits_(limits), one_(limits.cell_bytes_max) {}

    void start(std::string_view name, const Attributes&) override {
        if (name == "si") one_.clear();
        one_.start(name);
    }
    void end(std::string_view name) override {
        one_.end(name);
        if (name != "si") return;
        bytes += unescaped(one_.text());
        ends.push_back(bytes.size());
        if (ends.size() > limits_.shared_texts_max || bytes.size() > limits_.shared_bytes_max)
            refuse({.sentence = {"工作簿的文字过多", "the workbook holds too much text"},
                    .remedy = {"请按年份或单位拆成几个文件", "split it by year or organisation"}});
    }
    void text(std::string_view piece) override { one_.add(piece); }

    std::string bytes;
    std::vector<std::uint64_t> ends;

private:
    std::string part_;
    const Limits& limits_;
    RichText one_;
};

}  // namespace

Expected<SharedTexts> SharedTexts::read(const zip::Reader& archive, const std::string& part, const Limits& limits) {
    SharedTexts texts;
    if (part.empty()) return texts;
    auto stream = archive.stream(part);
    if (!stream) return std::unexpected(obstacle_of(stream.error()));
    TextHandler handler(part, limits);
    XmlReader reader(std::move(*stream), part, handler, limits);
    ANJIE_TRY(bool more, reader.run());
    while (more) {
        ANJIE_TRY(more, reader.run());
    }
    texts.bytes_ = std::move(handler.bytes);
    texts.ends_ = std::move(handler.ends);
    return texts;
}

std::optional<std::string_view> SharedTexts::at(std::uint64_t index) const {
    if (index >= ends_.size()) return std::nullopt;
    const auto begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(bytes_).substr(begin, ends_[index] - begin);
}

}  // namespace anjie::spreadsheet::detail
