#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/spreadsheet/workbook_reader.hpp"

namespace anjie::spreadsheet::testing {

/// A workbook written down by hand, part by part.
class Book {
public:
    /// One visible sheet "台账" whose sheetData is given.
    explicit Book(std::string_view sheet_data);

    Book& part(std::string name, std::string content) {
        parts_[std::move(name)] = std::move(content);
        return *this;
    }
    Book& without(const std::string& name) {
        parts_.erase(name);
        return *this;
    }
    Book& shared(std::string_view items);
    /// The formats of styles 0, 1, 2 ...: the ids of built-in ones, or codes.
    Book& styles(const std::vector<std::string>& formats);
    Book& workbook(std::string_view properties, std::string_view sheets);

    [[nodiscard]] Bytes bytes() const;

private:
    std::map<std::string, std::string> parts_;
};

/// A sheet's part around its rows and what follows them.
[[nodiscard]] std::string sheet(std::string_view sheet_data, std::string_view after = {});

struct Read {
    std::vector<SheetRow> rows;
    std::string problem;  ///< The English sentence, or empty.
    std::string remedy;
};
[[nodiscard]] Read read_all(BytesView bytes, std::string_view name = {}, const Limits& limits = {});

}  // namespace anjie::spreadsheet::testing
