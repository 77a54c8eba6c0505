#pragma once

#include <catch2/catch.hpp>

#include <string>

#include "engine/calendar.hpp"
#include "engine/id.hpp"
#include "engine/result.hpp"
#include "engine/time.hpp"

/// How Catch prints the engine's values when a comparison fails.
namespace Catch {

template <>
struct StringMaker<anjie::Date> {
    static std::string convert(anjie::Date day) { return anjie::to_string(day); }
};

template <>
struct StringMaker<anjie::Instant> {
    static std::string convert(anjie::Instant at) { return anjie::to_string(at); }
};

template <>
struct StringMaker<anjie::OccurredAt> {
    static std::string convert(const anjie::OccurredAt& when) { return anjie::to_string(when); }
};

template <>
struct StringMaker<anjie::Uuid> {
    static std::string convert(const anjie::Uuid& id) { return anjie::to_string(id); }
};

template <>
struct StringMaker<anjie::CaseId> {
    static std::string convert(const anjie::CaseId& id) { return anjie::to_string(id); }
};

template <>
struct StringMaker<anjie::CommandId> {
    static std::string convert(const anjie::CommandId& id) { return anjie::to_string(id); }
};

template <>
struct StringMaker<anjie::Period> {
    static std::string convert(anjie::Period period) { return anjie::to_string(period); }
};

template <>
struct StringMaker<anjie::DueDay> {
    static std::string convert(const anjie::DueDay& due) {
        return anjie::to_string(due.raw) + " -> " + anjie::to_string(due.rolled) +
               (due.provisional ? " (provisional)" : "");
    }
};

template <>
struct StringMaker<anjie::Error> {
    static std::string convert(const anjie::Error& error) {
        return std::string(anjie::to_string(error.code)) + ": " + error.detail;
    }
};

}  // namespace Catch
