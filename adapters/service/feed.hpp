#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/access/principal.hpp"
#include "engine/event.hpp"

namespace anjie::service {

/// One event as subscribers get it: never with a sealed text. Shared by all subscribers, so made once.
struct FeedEvent {
    EventHeader header;
    std::string workflow;     ///< "dispute".
    std::string name;         ///< "agreement_effective".
    std::string case_number;  ///< 尼阿调〔2024〕3号; empty where the workflow has none.
    access::CaseScope scope;  ///< Of the case now, which decides who may see the event.
    std::string json;         ///< The whole as one JSON object, for the feeds that speak JSON.
    Bytes payload;            ///< The clear part in the workflow's own encoding.
};

struct FeedFilter {
    std::string organisation;        ///< With all below it; empty: all that the principal may see.
    std::vector<std::string> types;  ///< Names of events; empty: all.

    bool operator==(const FeedFilter&) const = default;
};

struct FeedBatch {
    std::vector<std::shared_ptr<const FeedEvent>> events;  ///< In log order.
    Position next{};  ///< Where to go on reading: past what was looked at, also what the filter or the rights left out.
};

}  // namespace anjie::service
