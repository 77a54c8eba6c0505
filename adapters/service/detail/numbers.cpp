#include "adapters/service/detail/numbers.hpp"

namespace anjie::service::detail {

Result<bool> NumberBook::is_taken(const dispute::CaseNumber& number) const {
    bool found = false;
    ANJIE_CHECK(workspace_.events().read_case(dispute::case_id_of(workspace_.settings().organisation, number), 0,
                                              [&](const EventView&) {
                                                  found = true;
                                                  return false;
                                              }));
    return found;
}

/// Doubles ahead, then halves back.
Result<std::uint32_t> NumberBook::first_free(int year) const {
    dispute::CaseNumber number{workspace_.settings().number_prefix, static_cast<std::uint16_t>(year), 1};
    std::uint32_t last_taken = 0;
    while (true) {
        ANJIE_TRY(const bool taken, is_taken(number));
        if (!taken) break;
        last_taken = number.serial;
        number.serial *= 2;
    }
    auto free = number.serial;
    while (free - last_taken > 1) {
        number.serial = last_taken + (free - last_taken) / 2;
        ANJIE_TRY(const bool taken, is_taken(number));
        (taken ? last_taken : free) = number.serial;
    }
    return free;
}

Result<dispute::CaseNumber> NumberBook::give(int year) {
    const std::scoped_lock lock(mutex_);
    auto& book = years_[year];
    if (book.next == 0) {
        ANJIE_TRY(book.next, first_free(year));
    }
    dispute::CaseNumber number{workspace_.settings().number_prefix, static_cast<std::uint16_t>(year), 0};
    // Somebody may have registered a case under a number of his own choice.
    while (!book.returned.empty()) {
        number.serial = *book.returned.begin();
        book.returned.erase(book.returned.begin());
        ANJIE_TRY(const bool taken, is_taken(number));
        if (!taken) return number;
    }
    while (true) {
        number.serial = book.next++;
        ANJIE_TRY(const bool taken, is_taken(number));
        if (!taken) return number;
    }
}

void NumberBook::settle(const dispute::CaseNumber& number, bool taken) {
    const std::scoped_lock lock(mutex_);
    if (taken) return;
    auto& book = years_[number.year];
    if (number.serial + 1 == book.next)
        --book.next;
    else if (number.serial < book.next)
        book.returned.insert(number.serial);
}

}  // namespace anjie::service::detail
