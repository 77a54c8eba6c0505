#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/spreadsheet/complaint.hpp"
#include "adapters/spreadsheet/limits.hpp"
#include "adapters/zip/reader.hpp"

namespace anjie::spreadsheet::detail {

/// The attributes of an element, by their names without a namespace. Lifetime: the call that is given them.
class Attributes {
public:
    explicit Attributes(const char* const* pairs) : pairs_(pairs) {}
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    /// The attribute of another namespace than the element's, as r:id is.
    [[nodiscard]] std::optional<std::string_view> find_qualified(std::string_view name) const;

private:
    const char* const* pairs_;
};

/// Told what an XML text holds; names come without their namespace.
class XmlHandler {
public:
    virtual ~XmlHandler() = default;
    virtual void start(std::string_view name, const Attributes& attributes) = 0;
    virtual void end(std::string_view name) = 0;
    virtual void text(std::string_view piece) = 0;

    /// Asks the reader to stop after what is being told: for a while, or for good with a reason.
    void pause() { paused_ = true; }
    void refuse(Complaint reason) {
        if (!refusal_) refusal_ = std::move(reason);
    }

private:
    friend class XmlReader;
    bool paused_{};
    std::optional<Complaint> refusal_;
};

/// Reads one part of a workbook piece by piece. No document type, no entities of its own, bounded depth and tags.
class XmlReader {
public:
    /// Lifetime: the handler outlives it.
    XmlReader(zip::EntryStream stream, std::string part, XmlHandler& handler, const Limits& limits);
    ~XmlReader();
    XmlReader(const XmlReader&) = delete;
    XmlReader& operator=(const XmlReader&) = delete;

    /// Whether the handler paused it; false at the end. Errors: not well formed, refused, damaged archive.
    [[nodiscard]] Expected<bool> run();

    /// Expat's callbacks and what they share.
    struct Impl;

private:
    std::unique_ptr<Impl> impl_;
};

/// A part of the file is not as it must be.
[[nodiscard]] Complaint damaged(std::string_view part, const Text& what);
/// What the archive's reader says, in this library's words.
[[nodiscard]] Obstacle obstacle_of(const Error& error);

}  // namespace anjie::spreadsheet::detail
