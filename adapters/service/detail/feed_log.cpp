#include "adapters/service/detail/feed_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "adapters/json/screening_event.hpp"
#include "workflows/screening/screening.hpp"

namespace anjie::service::detail {
namespace {

constexpr std::size_t cases_max = 8'192;
constexpr std::size_t events_per_reading = 1'024;

/// The event as it is stored, out of the visitor's reach.
struct Held {
    EventHeader header;
    Bytes payload;
};

std::string_view workflow_name(const CaseLook& look) { return look.workflow->name(); }

std::shared_ptr<const FeedEvent> made(const EventHeaderView& header, BytesView payload, const CaseLook& look) {
    auto event = std::make_shared<FeedEvent>();
    event->header = views::owned(header);
    event->workflow = workflow_name(look);
    event->case_number = look.entry.number;
    event->scope = scope_of(look.entry);
    event->payload.assign(payload.begin(), payload.end());
    boost::json::object json;
    if (header.workflow == dispute::workflow_id) {
        if (const auto decoded = dispute::Dispute::decode(header.type, header.schema, payload)) {
            event->name = views::event_name(*decoded);
            json = views::event_json(header, *decoded);
        }
    }
    if (event->name.empty()) {
        event->name = fmt::format("{}.{}", event->workflow, static_cast<unsigned>(header.type));
        json = {{"version", header.version},
                {"position", header.position},
                {"event", event->name},
                {"occurred_at", to_string(header.occurred_at)},
                {"recorded_at", to_string(header.recorded_at)},
                {"actor", header.actor},
                {"organisation", header.organisation},
                {"rule_version", header.rule_version},
                {"command_id", to_string(header.command_id)},
                {"data", nullptr}};
        if (header.workflow == screening::workflow_id)
            if (const auto decoded = screening::Screening::decode(header.type, header.schema, payload)) {
                auto data = anjie::json::event_to_json(*decoded);
                event->name = std::string_view(data.at("event").as_string());
                data.erase("event");
                json["event"] = event->name;
                json["data"] = std::move(data);
            }
    }
    json["case_id"] = to_string(header.case_id);
    json["case"] = event->case_number;
    json["workflow"] = event->workflow;
    event->json = boost::json::serialize(json);
    return event;
}

}  // namespace

Result<const CaseLook*> FeedLog::known(const EventView& event) {
    const auto& header = event.header;
    if (const auto found = followed_cases_.find(header.case_id); found != followed_cases_.end()) {
        order_.splice(order_.begin(), order_, found->second);
        auto& look = found->second->look;
        if (header.version <= look.version) return &look;
        if (header.version == look.version + 1) {
            const auto before = scope_of(look.entry);
            ANJIE_CHECK(look.workflow->evolve(*look.state, event));
            look.version = header.version;
            look.entry = look.workflow->describe(*look.state, {});
            const auto now = scope_of(look.entry);
            // What was made ready under the old scope may not be shown under it any more: it is read anew.
            if (now.organisation != before.organisation || now.confidentiality != before.confidentiality)
                recent_.clear();
            return &look;
        }
        order_.erase(found->second);
        followed_cases_.erase(found);
    }
    ANJIE_TRY(auto look, look_at(workspace_.events(), workspace_.workflows(), header.case_id));
    order_.push_front({header.case_id, std::move(look)});
    followed_cases_[header.case_id] = order_.begin();
    if (order_.size() > cases_max) {
        followed_cases_.erase(order_.back().id);
        order_.pop_back();
    }
    return &order_.front().look;
}

Result<void> FeedLog::follow() {
    const auto& events = workspace_.events();
    if (!begun_) {
        const auto head = events.head();
        followed_ = head > recent_max_ ? head - recent_max_ : 0;
        begun_ = true;
    }
    while (followed_ < events.head()) {
        std::optional<Error> failed;
        const auto before = followed_;
        ANJIE_CHECK(events.read_feed(followed_, events_per_reading, [&](const EventView& event) {
            const auto look = known(event);
            if (!look) {
                failed = look.error();
                return false;
            }
            recent_.push_back(made(event.header, event.payload, **look));
            followed_ = event.header.position;
            while (recent_.size() > recent_max_) recent_.pop_front();
            return true;
        }));
        if (failed) return std::unexpected(*failed);
        if (followed_ == before) break;
    }
    return {};
}

Result<FeedLog::Batch> FeedLog::read_store(Position after, std::size_t limit) {
    std::vector<Held> held;
    ANJIE_CHECK(workspace_.events().read_feed(after, limit, [&](const EventView& event) {
        held.push_back({views::owned(event.header), Bytes(event.payload.begin(), event.payload.end())});
        return true;
    }));
    // As each case stands now: who may see an old event is decided by today's confidentiality.
    std::unordered_map<CaseId, std::shared_ptr<const CaseLook>> looks;
    Batch batch;
    batch.reserve(held.size());
    for (const auto& one : held) {
        auto found = looks.find(one.header.case_id);
        if (found == looks.end()) {
            ANJIE_TRY(auto look, cases_.at_head(one.header.case_id));
            found = looks.emplace(one.header.case_id, std::move(look)).first;
        }
        batch.push_back(made(views::view_of(one.header), one.payload, *found->second));
    }
    return batch;
}

Result<FeedLog::Batch> FeedLog::read(Position after, std::size_t limit) {
    {
        const std::scoped_lock lock(mutex_);
        ANJIE_CHECK(follow());
        if (after >= followed_) return Batch{};
        if (!recent_.empty() && after + 1 >= recent_.front()->header.position) {
            const auto skip = static_cast<std::size_t>(after + 1 - recent_.front()->header.position);
            const auto count = std::min(limit, recent_.size() - skip);
            const auto first = recent_.begin() + static_cast<std::ptrdiff_t>(skip);
            return Batch(first, first + static_cast<std::ptrdiff_t>(count));
        }
    }
    return read_store(after, limit);
}

}  // namespace anjie::service::detail
