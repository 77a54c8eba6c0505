#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "adapters/process_mining/case_history.hpp"

namespace anjie::process_mining {

/// Letters, digits, '-', '_' and '.', at most 40: what an office gives as a code. A Chinese name is not one.
[[nodiscard]] bool is_code(std::string_view text);

/// What stands for an official or an organisation in one export. A code stays as it is. Whatever is not shaped like
/// a code may be a name, and a code that an import derived from a name could be found again from a list of names:
/// both become numbers in the order in which they first appear, so the same log gives the same numbers.
class Pseudonyms {
public:
    /// `number_all`: codes are replaced too, for readers who know whose they are.
    explicit Pseudonyms(bool number_all = false) : number_all_(number_all) {}

    /// The case's id, or, since an id follows from the case's number, its place in this export.
    [[nodiscard]] std::string dispute(const CaseHistory& history) const;
    /// Lifetime: as long as this.
    [[nodiscard]] const std::string& person(std::string_view recorded) {
        return stand_in(people_, "person-", recorded);
    }
    [[nodiscard]] const std::string& organisation(std::string_view recorded) {
        return stand_in(organisations_, "organisation-", recorded);
    }
    [[nodiscard]] bool numbers_all() const { return number_all_; }

private:
    using Known = std::map<std::string, std::string, std::less<>>;
    [[nodiscard]] const std::string& stand_in(Known& known, std::string_view prefix, std::string_view recorded) const;

    bool number_all_;
    Known people_;
    Known organisations_;
};

}  // namespace anjie::process_mining
