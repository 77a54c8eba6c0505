#include "engine/detail/command_processor.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "engine/detail/case_folder.hpp"

namespace anjie::detail {
namespace {

/// What a stored record holds beside its payload and texts, generously.
constexpr std::size_t record_overhead = 512;
/// Of a field that is alone of its subject: commitment, nonce, tag, padding, numbers.
constexpr std::size_t sealed_field_overhead = 112;

std::size_t size_of(const std::vector<SealedField>& sealed) {
    std::size_t bytes = 0;
    for (const auto& field : sealed) bytes += field.text.size() + sealed_field_overhead;
    return bytes;
}

std::size_t size_of(const NewEvent& event) { return event.payload.size() + size_of(event.sealed); }

/// The answer given before, if the case's history holds the command. The newest commands are the likeliest.
const PastCommand* find_past(const CachedCase& entry, const CommandId& id) {
    const auto found = std::find_if(entry.commands.rbegin(), entry.commands.rend(),
                                    [&](const PastCommand& past) { return past.id == id; });
    return found == entry.commands.rend() ? nullptr : &*found;
}

Error other_workflow(const CachedCase& entry, const Workflow& wanted) {
    return {ErrorCode::invalid, fmt::format("case {} belongs to workflow {}, not to {}", to_string(entry.id),
                                            entry.workflow->name(), wanted.name())};
}

Error stale_version(const CachedCase& entry, Version expected) {
    return {ErrorCode::conflict, fmt::format("case {} is at version {}, not at {}: read it again, then decide again",
                                             to_string(entry.id), entry.version, expected)};
}

}  // namespace

std::size_t size_of(const Command& command) {
    return sizeof(PendingCommand) + command.actor.size() + command.organisation.size() + size_of(command.sealed);
}

void PreparedBatch::join(PreparedBatch&& next) {
    number = next.number;
    bytes += next.bytes;
    events.insert(events.end(), std::make_move_iterator(next.events.begin()),
                  std::make_move_iterator(next.events.end()));
    answers.insert(answers.end(), std::make_move_iterator(next.answers.begin()),
                   std::make_move_iterator(next.answers.end()));
}

void answer(PreparedBatch& batch) {
    for (auto& [done, committed, refusal] : batch.answers) {
        if (refusal)
            done(std::unexpected(std::move(*refusal)));
        else
            done(committed);
    }
}

void answer_failed(PreparedBatch& batch, const Error& error) {
    for (auto& waiting : batch.answers) waiting.done(std::unexpected(error));
}

CommandProcessor::CommandProcessor(EventStore& store, const Clock& clock, const WorkflowSet& workflows,
                                   const EngineLimits& limits)
    : store_(store), clock_(clock), workflows_(workflows), limits_(limits), cache_(limits.cached_cases_max) {
    reset();
}

std::size_t CommandProcessor::decide_batch(std::span<PendingCommand> waiting, PreparedBatch& batch) {
    recorded_at_ = std::max(recorded_at_, clock_.now());
    batch.number = ++last_batch_;
    std::size_t decided = 0;
    for (auto& [command, done, bytes] : waiting) {
        const bool full = batch.answers.size() >= limits_.batch_commands_max || batch.bytes >= limits_.batch_bytes_max;
        if (full && decided > 0) break;
        auto outcome = decide(command, batch);
        if (outcome)
            batch.answers.push_back({std::move(done), *outcome, nullptr});
        else
            batch.answers.push_back({std::move(done), {}, std::make_unique<Refused>(std::move(outcome).error())});
        ++decided;
    }
    cache_.evict(durable_batch_.load(std::memory_order_acquire));
    return decided;
}

Result<void> CommandProcessor::commit(const PreparedBatch& batch) {
    if (!batch.events.empty()) ANJIE_CHECK(store_.append(batch.events));
    durable_batch_.store(batch.number, std::memory_order_release);
    return {};
}

void CommandProcessor::reset() {
    cache_.clear();
    last_position_ = store_.head();
    recorded_at_ = store_.last_recorded_at();
    durable_batch_.store(last_batch_, std::memory_order_release);
}

CommandProcessor::Decided CommandProcessor::decide(Command& command, PreparedBatch& batch) {
    const auto* workflow = workflows_.find(command.workflow);
    if (!workflow)
        return std::unexpected(Error{
            ErrorCode::invalid, fmt::format("no workflow has number {}", static_cast<unsigned>(command.workflow))});
    if (!command.body || command.case_id.is_nil() || command.id.is_nil())
        return std::unexpected(Error{ErrorCode::invalid, "a command needs an id, a case and a body"});
    const auto text_bytes = size_of(command.sealed) + command.actor.size() + command.organisation.size();
    if (text_bytes > limits_.sealed_bytes_max)
        return std::unexpected(Error{
            ErrorCode::invalid,
            fmt::format("the texts of one command may have {} bytes, not {}", limits_.sealed_bytes_max, text_bytes)});

    auto found = find_or_load(command.case_id);
    if (!found) return std::unexpected(std::move(found).error());
    auto& entry = **found;
    if (entry.version == 0 && entry.workflow != workflow) {
        entry.workflow = workflow;
        entry.state = workflow->new_state();
    }
    if (entry.workflow != workflow) return std::unexpected(other_workflow(entry, *workflow));
    if (const auto* past = find_past(entry, command.id))
        return Committed{entry.id, past->first, past->last, past->position, true};
    if (command.expected_version && *command.expected_version != entry.version)
        return std::unexpected(stale_version(entry, *command.expected_version));

    sealed_subjects_.clear();
    for (const auto& field : command.sealed) sealed_subjects_.push_back(field.subject);
    const DecisionContext context{recorded_at_,         command.occurred_at, command.actor,
                                  command.organisation, entry.version,       sealed_subjects_};
    auto events = workflow->decide(*entry.state, *command.body, context);
    if (!events) return std::unexpected(std::move(events).error());
    return accept(command, entry, std::move(*events), batch);
}

CommandProcessor::Decided CommandProcessor::accept(Command& command, CachedCase& entry, std::vector<NewEvent> events,
                                                   PreparedBatch& batch) {
    const auto first = entry.version + 1;
    if (events.empty()) return Committed{entry.id, first, entry.version, entry.position, false};

    auto& sealed = events.front().sealed;
    sealed.insert(sealed.end(), std::make_move_iterator(command.sealed.begin()),
                  std::make_move_iterator(command.sealed.end()));
    const auto rule_version = entry.workflow->rule_version(*entry.state);
    const auto header_bytes =
        record_overhead + command.actor.size() + command.organisation.size() + rule_version.size();
    for (const auto& event : events) {
        if (size_of(event) + header_bytes <= EventStore::record_bytes_max) continue;
        entry.spoiled = true;
        return std::unexpected(Error{ErrorCode::invalid, fmt::format("an event may have {} bytes with its texts",
                                                                     EventStore::record_bytes_max)});
    }

    for (auto& event : events) {
        batch.bytes += size_of(event) + header_bytes;
        auto& added = batch.events.emplace_back();
        added.header = {++last_position_, entry.id,      ++entry.version,      entry.workflow->id(),
                        event.type,       event.schema,  command.occurred_at,  recorded_at_,
                        command.id,       command.actor, command.organisation, std::string(rule_version)};
        added.body = std::move(event);
    }
    entry.position = last_position_;
    entry.last_batch = batch.number;
    entry.commands.push_back({command.id, first, entry.version, entry.position});
    return Committed{entry.id, first, entry.version, entry.position, false};
}

Result<CachedCase*> CommandProcessor::find_or_load(const CaseId& id) {
    auto* entry = cache_.find(id);
    if (entry && entry->spoiled) {
        if (entry->last_batch > durable_batch_.load(std::memory_order_acquire))
            return failure(ErrorCode::unavailable, fmt::format("case {} is being written: try again", to_string(id)));
        cache_.erase(id);
        entry = nullptr;
    }
    if (entry) return entry;
    ANJIE_TRY(auto loaded, load(id));
    return &cache_.insert(std::move(loaded));
}

Result<CachedCase> CommandProcessor::load(const CaseId& id) const {
    CachedCase loaded;
    loaded.id = id;
    CaseFolder folder(workflows_);
    Result<void> folded;
    ANJIE_CHECK(store_.read_case(id, 0, [&](const EventView& event) {
        folded = folder.add(event);
        if (!folded) return false;
        const auto& header = event.header;
        if (loaded.commands.empty() || loaded.commands.back().id != header.command_id)
            loaded.commands.push_back({header.command_id, header.version, header.version, header.position});
        loaded.commands.back().last = header.version;
        loaded.commands.back().position = header.position;
        return true;
    }));
    if (!folded) return std::unexpected(std::move(folded).error());
    loaded.workflow = folder.workflow();
    loaded.version = folder.version();
    loaded.position = folder.position();
    loaded.state = folder.take_state();
    return loaded;
}

}  // namespace anjie::detail
