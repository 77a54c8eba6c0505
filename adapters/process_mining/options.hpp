#pragma once

#include "adapters/process_mining/case_history.hpp"

namespace anjie::process_mining {

struct ExportOptions {
    Selection selection{};
    Language language{Language::zh};  ///< Of the names of activities and types; codes are the same in both.
    bool number_people{};             ///< Numbers for people and organisations; no case numbers.
};

}  // namespace anjie::process_mining
