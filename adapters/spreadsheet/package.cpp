#include "adapters/spreadsheet/detail/package.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "adapters/spreadsheet/detail/xml_reader.hpp"

namespace anjie::spreadsheet::detail {
namespace {

constexpr std::size_t relations_max = 10'000;

Complaint too_many(std::string_view part) { return damaged(part, {"内容过多", "holds too much"}); }

unsigned number_of(std::optional<std::string_view> text) {
    unsigned value{};
    if (text) std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
}

bool is_true(std::optional<std::string_view> text) {
    return text && (*text == "1" || *text == "true" || *text == "on");
}

/// One relation: from a part to another by an id, of a kind.
struct Relation {
    std::string id, kind, target;
};

class RelationHandler final : public XmlHandler {
public:
    explicit RelationHandler(std::string part) : part_(std::move(part)) {}

    void start(std::string_view name, const Attributes& attributes) override {
        if (name != "Relationship" || attributes.find("TargetMode") == "External") return;
        if (relations.size() == relations_max) return refuse(too_many(part_));
        const std::string_view type = attributes.find("Type").value_or("");
        relations.push_back({.id = std::string(attributes.find("Id").value_or("")),
                             .kind = std::string(type.substr(type.rfind('/') + 1)),
                             .target = std::string(attributes.find("Target").value_or(""))});
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}

    std::vector<Relation> relations;

private:
    std::string part_;
};

class WorkbookHandler final : public XmlHandler {
public:
    struct Sheet {
        std::string name, relation;
        bool hidden{};
    };

    WorkbookHandler(std::string part, const Limits& limits) : part_(std::move(part)), sheets_max_(limits.sheets_max) {}

    void start(std::string_view name, const Attributes& attributes) override {
        if (!is_workbook && name != "workbook")
            return refuse({.sentence = {"这不是工作簿", "this is not a workbook"},
                           .remedy = {"请另存为 .xlsx 后再导入", "save it as .xlsx and import that"}});
        is_workbook = true;
        if (name == "workbookPr") from_1904 = is_true(attributes.find("date1904"));
        if (name != "sheet") return;
        if (sheets.size() == sheets_max_) return refuse(too_many(part_));
        sheets.push_back({.name = std::string(attributes.find("name").value_or("")),
                          .relation = std::string(attributes.find_qualified("id").value_or("")),
                          .hidden = attributes.find("state").value_or("visible") != "visible"});
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}

    std::vector<Sheet> sheets;
    bool from_1904{}, is_workbook{};

private:
    std::string part_;
    std::size_t sheets_max_;
};

class StyleHandler final : public XmlHandler {
public:
    StyleHandler(std::string part, const Limits& limits) : part_(std::move(part)), styles_max_(limits.styles_max) {}

    void start(std::string_view name, const Attributes& attributes) override {
        if (name == "numFmt") {
            if (codes_.size() == styles_max_) return refuse(too_many(part_));
            codes_[number_of(attributes.find("numFmtId"))] = format_of_code(attributes.find("formatCode").value_or(""));
        } else if (name == "cellXfs") {
            in_cells_ = true;
        } else if (name == "xf" && in_cells_) {
            if (formats.size() == styles_max_) return refuse(too_many(part_));
            const auto id = number_of(attributes.find("numFmtId"));
            const auto own = codes_.find(id);
            formats.push_back(own == codes_.end() ? built_in_format(id) : own->second);
        }
    }
    void end(std::string_view name) override {
        if (name == "cellXfs") in_cells_ = false;
    }
    void text(std::string_view) override {}

    std::vector<NumberFormat> formats;

private:
    std::string part_;
    std::size_t styles_max_;
    std::map<unsigned, NumberFormat> codes_;
    bool in_cells_{};
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Parts are found whatever their letters' case, as the standard has it.
const zip::Entry* find_part(const zip::Reader& archive, std::string_view name) {
    const auto same = [&](const zip::Entry& entry) { return std::ranges::equal(entry.name, name, {}, lower, lower); };
    const auto found = std::ranges::find_if(archive.entries(), same);
    return found == archive.entries().end() ? nullptr : &*found;
}

/// "../media/a" seen from "xl/worksheets/sheet1.xml" is "xl/media/a"; "/xl/a" is "xl/a".
std::string resolved(std::string_view from, std::string_view target) {
    std::string out;
    if (target.starts_with('/')) {
        target.remove_prefix(1);
    } else {
        const auto folder = from.rfind('/');
        out = folder == std::string_view::npos ? "" : from.substr(0, folder);
    }
    while (!target.empty()) {
        const auto slash = std::min(target.find('/'), target.size());
        const auto step = target.substr(0, slash);
        target.remove_prefix(std::min(slash + 1, target.size()));
        if (step == "..")
            out.resize(out.rfind('/') == std::string::npos ? 0 : out.rfind('/'));
        else if (step != "." && !step.empty())
            out += (out.empty() ? "" : "/") + std::string(step);
    }
    return out;
}

Expected<void> read_part(const zip::Reader& archive, std::string_view part, XmlHandler& handler, const Limits& limits) {
    const auto* entry = find_part(archive, part);
    if (entry == nullptr) return std::unexpected<Obstacle>(damaged(part, {"不存在", "is missing"}));
    auto stream = archive.stream(entry->name);
    if (!stream) return std::unexpected(obstacle_of(stream.error()));
    XmlReader reader(std::move(*stream), entry->name, handler, limits);
    ANJIE_TRY(bool more, reader.run());
    while (more) {
        ANJIE_TRY(more, reader.run());
    }
    return {};
}

/// Where a part's relations are written down: xl/_rels/workbook.xml.rels.
Expected<std::vector<Relation>> relations_of(const zip::Reader& archive, std::string_view part, const Limits& limits) {
    const auto slash = part.rfind('/');
    const auto folder = slash == std::string_view::npos ? "" : part.substr(0, slash + 1);
    const auto name = slash == std::string_view::npos ? part : part.substr(slash + 1);
    const auto place = fmt::format("{}_rels/{}.rels", folder, name);
    RelationHandler handler(place);
    ANJIE_CHECK(read_part(archive, place, handler, limits));
    for (auto& relation : handler.relations) relation.target = resolved(part, relation.target);
    return std::move(handler.relations);
}

Complaint not_a_workbook(std::string_view zh, std::string_view en) {
    return {.sentence = {fmt::format("这是{}，不是 .xlsx 工作簿", zh),
                         fmt::format("this is {}, not an .xlsx workbook", en)},
            .remedy = {"请用 Excel 或 WPS 打开，另存为“Excel 工作簿 (*.xlsx)”后再导入",
                       "open it in a spreadsheet program, save it as .xlsx and import that"}};
}

Expected<std::string> workbook_part(const zip::Reader& archive, const Limits& limits) {
    if (find_part(archive, "content.xml") != nullptr && find_part(archive, "mimetype") != nullptr)
        return std::unexpected<Obstacle>(not_a_workbook("OpenDocument 文件 (.ods)", "an OpenDocument file (.ods)"));
    if (find_part(archive, "_rels/.rels") == nullptr)
        return std::unexpected<Obstacle>(not_a_workbook("普通的压缩包", "an ordinary zip archive"));
    ANJIE_TRY(const auto relations, relations_of(archive, "", limits));
    const auto found = std::ranges::find(relations, "officeDocument", &Relation::kind);
    if (found == relations.end())
        return std::unexpected<Obstacle>(not_a_workbook("另一种文件", "another kind of file"));
    if (found->target.ends_with(".bin"))
        return std::unexpected<Obstacle>(not_a_workbook("二进制工作簿 (.xlsb)", "a binary workbook (.xlsb)"));
    if (found->target.starts_with("word/") || found->target.starts_with("ppt/"))
        return std::unexpected<Obstacle>(not_a_workbook("文档或演示文稿", "a document or a presentation"));
    return found->target;
}

}  // namespace

Expected<Package> read_package(const zip::Reader& archive, const Limits& limits) {
    ANJIE_TRY(const auto workbook, workbook_part(archive, limits));
    WorkbookHandler listed(workbook, limits);
    ANJIE_CHECK(read_part(archive, workbook, listed, limits));
    ANJIE_TRY(const auto relations, relations_of(archive, workbook, limits));
    Package package;
    package.from_1904 = listed.from_1904;
    for (auto& sheet : listed.sheets) {
        const auto found = std::ranges::find(relations, sheet.relation, &Relation::id);
        if (found == relations.end() || found->kind != "worksheet") continue;
        const auto* part = find_part(archive, found->target);
        if (part == nullptr) return std::unexpected<Obstacle>(damaged(found->target, {"不存在", "is missing"}));
        package.sheets.push_back({std::move(sheet.name), sheet.hidden, part->name});
    }
    for (const auto& relation : relations) {
        const auto* part = find_part(archive, relation.target);
        if (part == nullptr) continue;
        if (relation.kind == "sharedStrings") package.shared_texts = part->name;
        if (relation.kind == "styles") {
            StyleHandler styles(part->name, limits);
            ANJIE_CHECK(read_part(archive, part->name, styles, limits));
            package.formats = std::move(styles.formats);
        }
    }
    return package;
}

}  // namespace anjie::spreadsheet::detail
