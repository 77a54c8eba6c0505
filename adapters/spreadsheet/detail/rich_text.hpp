#pragma once

#include <string>
#include <string_view>

namespace anjie::spreadsheet::detail {

/// Puts a text together from its runs; what tells how a character is read aloud is no part of it.
class RichText {
public:
    /// A text longer than `bytes_max` is kept one byte too long.
    explicit RichText(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    void start(std::string_view element) {
        if (element == "rPh") ++phonetic_;
        if (element == "t" || element == "v") collecting_ = phonetic_ == 0;
    }
    void end(std::string_view element) {
        if (element == "rPh" && phonetic_ > 0) --phonetic_;
        if (element == "t" || element == "v") collecting_ = false;
    }
    void add(std::string_view piece) {
        if (collecting_ && text_.size() <= bytes_max_) text_.append(piece.substr(0, bytes_max_ + 1 - text_.size()));
    }
    void clear() {
        text_.clear();
        phonetic_ = 0;
        collecting_ = false;
    }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::size_t bytes_max_;
    std::string text_;
    int phonetic_{};
    bool collecting_{};
};

}  // namespace anjie::spreadsheet::detail
