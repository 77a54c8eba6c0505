#include "engine/detail/timer_rows.hpp"

#include <algorithm>

#include "engine/detail/case_key.hpp"

namespace anjie::detail {
namespace {

constexpr std::size_t due_key_size = 1 + 8 + 16 + 2 + 2 + 1;
constexpr std::size_t due_value_size = 2;
constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63;

void put(std::string& bytes, std::uint64_t value, int width) {
    for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(value >> shift));
}

std::uint64_t get(std::string_view& bytes, std::size_t width) {
    std::uint64_t value = 0;
    for (const char byte : bytes.substr(0, width)) value = value << 8 | static_cast<std::uint8_t>(byte);
    bytes.remove_prefix(width);
    return value;
}

}  // namespace

std::string due_from(Instant due) {
    std::string key(1, due_prefix);
    put(key, static_cast<std::uint64_t>(due.microseconds) ^ sign_bit, 8);
    return key;
}

std::string due_key(const TimerIndex::Entry& entry) {
    auto key = due_from(entry.due);
    key += key_of(entry.case_id);
    put(key, entry.kind, 2);
    put(key, entry.item, 2);
    put(key, static_cast<std::uint8_t>(entry.level), 1);
    return key;
}

std::string due_value(const TimerIndex::Entry& entry) {
    std::string value;
    put(value, static_cast<std::uint16_t>(entry.workflow), 2);
    return value;
}

std::string case_key(const CaseId& id) { return std::string(1, case_prefix) + key_of(id); }

Result<TimerIndex::Entry> read_due_row(std::string_view key, std::string_view value) {
    if (key.size() != due_key_size || key.front() != due_prefix || value.size() != due_value_size)
        return failure(ErrorCode::corrupt, "the timer index holds a row that is not an alarm: rebuild it");
    TimerIndex::Entry entry;
    key.remove_prefix(1);
    entry.due = {static_cast<std::int64_t>(get(key, 8) ^ sign_bit)};
    entry.case_id = case_of(key);
    key.remove_prefix(16);
    entry.kind = static_cast<std::uint16_t>(get(key, 2));
    entry.item = static_cast<std::uint16_t>(get(key, 2));
    entry.level = static_cast<AlarmLevel>(get(key, 1));
    entry.workflow = static_cast<WorkflowId>(get(value, 2));
    return entry;
}

std::optional<std::string> case_value(const std::vector<TimerIndex::Entry>& alarms) {
    if (alarms.empty()) return std::nullopt;
    std::string value;
    for (const auto& alarm : alarms) value += due_key(alarm) + due_value(alarm);
    return value;
}

Result<std::vector<TimerIndex::Entry>> read_case_row(std::string_view value) {
    std::vector<TimerIndex::Entry> alarms;
    constexpr auto size = due_key_size + due_value_size;
    for (; !value.empty(); value.remove_prefix(std::min(size, value.size()))) {
        const auto row = value.substr(0, size);
        ANJIE_TRY(const auto alarm,
                  read_due_row(row.substr(0, due_key_size), row.size() < due_key_size ? "" : row.substr(due_key_size)));
        alarms.push_back(alarm);
    }
    return alarms;
}

std::vector<TimerIndex::Entry> alarms_of(const Workflow& workflow, const CaseState& state, const CaseId& id) {
    std::vector<TimerIndex::Entry> alarms;
    for (const auto& deadline : workflow.deadlines(state)) {
        if (!deadline.next_alarm) continue;
        alarms.push_back({*deadline.next_alarm, id, workflow.id(), deadline.kind, deadline.item, deadline.next_level});
    }
    std::ranges::sort(alarms);
    return alarms;
}

Result<void> replace_alarms(const CaseId& id, const std::optional<std::string>& stored,
                            const std::vector<TimerIndex::Entry>& alarms, std::vector<DerivedWrite>& writes) {
    auto value = case_value(alarms);
    if (value == stored) return {};
    std::vector<TimerIndex::Entry> stale;
    if (stored) {
        ANJIE_TRY(stale, read_case_row(*stored));
    }
    for (const auto& alarm : stale)
        if (!std::ranges::binary_search(alarms, alarm)) writes.push_back({due_key(alarm), std::nullopt});
    for (const auto& alarm : alarms)
        if (!std::ranges::binary_search(stale, alarm)) writes.push_back({due_key(alarm), due_value(alarm)});
    writes.push_back({case_key(id), std::move(value)});
    return {};
}

}  // namespace anjie::detail
