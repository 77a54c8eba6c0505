#pragma once

#include <expected>
#include <optional>
#include <string>
#include <utility>

#include "engine/rejection.hpp"
#include "engine/result.hpp"

namespace anjie::spreadsheet {

/// What is wrong with a workbook or a cell of it, and what a person can do about it.
struct Complaint {
    std::string value{};  ///< What stands there, when that helps.
    Text sentence{};
    Text remedy{};

    bool operator==(const Complaint&) const = default;
};

/// Why a workbook cannot be read: what is wrong with it; or, when `error` is set, the world's fault.
struct Obstacle {
    Obstacle(Complaint what) : complaint(std::move(what)) {}
    Obstacle(Error what) : error(std::move(what)) {}

    Complaint complaint{};
    std::optional<Error> error{};
};

template <class T>
using Expected = std::expected<T, Obstacle>;

}  // namespace anjie::spreadsheet
