#pragma once

#include <cstring>
#include <deque>
#include <map>
#include <shared_mutex>

#include "engine/event_store.hpp"

namespace anjie::test {

/// The log in a list.
class PlainStore final : public EventStore {
public:
    Result<void> append(std::span<const AppendEvent> batch) override {
        const std::unique_lock lock(mutex_);
        for (const auto& event : batch) {
            if (event.header.position != log_.size() + 1) return failure(ErrorCode::conflict, "not the next position");
            cases_[event.header.case_id].push_back(log_.size());
            log_.push_back(event);
        }
        return {};
    }
    Result<void> read_case(CaseId id, Version after, const EventVisitor& visit) const override {
        std::vector<std::size_t> places;
        {
            const std::shared_lock lock(mutex_);
            if (const auto found = cases_.find(id); found != cases_.end()) places = found->second;
        }
        for (const auto place : places)
            if (at(place).header.version > after && !visit(view(at(place)))) break;
        return {};
    }
    Result<void> read_feed(Position after, std::size_t limit, const EventVisitor& visit) const override {
        const auto end = std::min<Position>(head(), after + limit);
        for (auto place = after; place < end; ++place)
            if (!visit(view(at(place)))) break;
        return {};
    }
    Result<void> scan(const CaseRange& range, const EventVisitor& visit) const override {
        std::vector<CaseId> ids;
        {
            const std::shared_lock lock(mutex_);
            for (const auto& [id, places] : cases_)
                if (id >= range.from && (!range.to || id < *range.to)) ids.push_back(id);
        }
        for (const auto& id : ids) {
            bool go_on = true;
            ANJIE_CHECK(read_case(id, 0, [&](const EventView& event) { return go_on = visit(event); }));
            if (!go_on) break;
        }
        return {};
    }
    Result<std::vector<CaseRange>> split(std::size_t) const override {
        return std::vector<CaseRange>{{CaseId{}, std::nullopt}};
    }
    Position head() const override {
        const std::shared_lock lock(mutex_);
        return log_.size();
    }
    Instant last_recorded_at() const override {
        const std::shared_lock lock(mutex_);
        return log_.empty() ? Instant{} : log_.back().header.recorded_at;
    }
    Result<std::vector<SealedField>> unseal(const EventView& event) const override {
        return at(event.header.position - 1).body.sealed;
    }

private:
    const AppendEvent& at(std::size_t place) const {
        const std::shared_lock lock(mutex_);
        return log_[place];
    }
    static EventView view(const AppendEvent& event) {
        const auto& h = event.header;
        return {{h.position, h.case_id, h.version, h.workflow, h.type, h.schema, h.occurred_at, h.recorded_at,
                 h.command_id, h.actor, h.organisation, h.rule_version},
                event.body.payload,
                {},
                {}};
    }
    mutable std::shared_mutex mutex_;
    std::deque<AppendEvent> log_;
    std::map<CaseId, std::vector<std::size_t>> cases_;
};

}  // namespace anjie::test
