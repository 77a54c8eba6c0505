#pragma once

#include <string>
#include <vector>

#include "adapters/cli/console.hpp"

namespace anjie {

/// The figures of a bench run, in the order in which they are printed.
class BenchFigures {
public:
    explicit BenchFigures(const cli::Console& console) : console_(console) {}

    /// `beside` names the raw limit of the same run. Says so at once, too: a run takes minutes.
    void add(std::string id, std::string_view zh, std::string_view en, double value, std::string unit,
             std::string beside = {});
    void print() const;

private:
    struct Row {
        std::string id, name;
        double value{};
        std::string unit, beside;
    };
    const cli::Console& console_;
    std::vector<Row> rows_;
};

}  // namespace anjie
