#include "adapters/rpc/detail/readings.hpp"

#include <boost/json/serialize.hpp>

#include "adapters/rpc/values.hpp"

namespace anjie::rpc::detail {
namespace {

using service::Answer;
using service::Caller;
using service::Service;

void write(schema::Deadline::Builder to, const Deadline& deadline) {
    to.setKind(deadline.kind);
    to.setItem(deadline.item);
    auto due = to.initDue();
    due.setRaw(static_cast<std::int32_t>(deadline.due.raw.time_since_epoch().count()));
    due.setRolled(static_cast<std::int32_t>(deadline.due.rolled.time_since_epoch().count()));
    due.setProvisional(deadline.due.provisional);
}

void write(schema::CaseRow::Builder to, const DirectoryEntry& entry) {
    rpc::write(to.initId(), entry.case_id);
    to.setWorkflow(static_cast<std::uint16_t>(entry.workflow));
    to.setVersion(entry.version);
    to.setNumber(text_of(entry.number));
    to.setOrganisation(text_of(entry.organisation));
    to.setType(text_of(entry.type));
    to.setPhase(text_of(entry.phase));
    to.setHolder(text_of(entry.holder));
    if (entry.opened) rpc::write(to.initOpened(), *entry.opened);
    if (entry.closed) rpc::write(to.initClosed(), *entry.closed);
    to.initAmount().setFen(entry.amount_minor);
    auto deadlines = to.initDeadlines(static_cast<unsigned>(entry.deadlines.size()));
    for (unsigned i = 0; i < deadlines.size(); ++i) write(deadlines[i], entry.deadlines[i]);
}

Result<service::CaseQuery> query_of(schema::CaseQuery::Reader asked) {
    service::CaseQuery query;
    auto& filter = query.filter;
    filter.organisation = text_of(asked.getOrganisation());
    filter.type = text_of(asked.getType());
    filter.phase = text_of(asked.getPhase());
    filter.holder = text_of(asked.getHolder());
    if (asked.hasOpenedFrom()) {
        ANJIE_TRY(filter.opened_from, date_of(asked.getOpenedFrom()));
    }
    if (asked.hasOpenedTo()) {
        ANJIE_TRY(filter.opened_to, date_of(asked.getOpenedTo()));
    }
    if (asked.getState() != schema::CaseQuery::State::ALL)
        filter.open = asked.getState() == schema::CaseQuery::State::OPEN;
    filter.search = text_of(asked.getWords());
    if (asked.hasAfter()) filter.after = to_string(uuid_of(asked.getAfter()));
    if (asked.getLimit() != 0) filter.limit = asked.getLimit();
    return query;
}

Result<service::DueQuery> query_of(schema::DueQuery::Reader asked) {
    service::DueQuery query;
    if (asked.hasWithin() && asked.getWithin().size() != 0) query.within = text_of(asked.getWithin());
    query.overdue = asked.getOverdue();
    query.organisation = text_of(asked.getOrganisation());
    query.holder = text_of(asked.getHolder());
    if (asked.hasOn()) {
        ANJIE_TRY(query.on, date_of(asked.getOn()));
    }
    if (asked.getLimit() != 0) query.limit = asked.getLimit();
    return query;
}

service::CaseRequest request_of(schema::CaseRequest::Reader asked) {
    return {.reference = text_of(asked.getReference()),
            .until = text_of(asked.getUntil()),
            .sealed = asked.getSealed(),
            .diff = asked.getDiff()};
}

service::ReportRequest request_of(schema::ReportRequest::Reader asked) {
    service::ReportRequest request;
    request.year = asked.getYear();
    request.half = asked.getHalf();
    request.quarter = asked.getQuarter();
    request.month = asked.getMonth();
    request.from = text_of(asked.getFrom());
    request.to = text_of(asked.getTo());
    request.organisation = text_of(asked.getOrganisation());
    request.as_of = text_of(asked.getAsOf());
    request.public_view = asked.getPublicView();
    return request;
}

Result<service::FindingsRequest> request_of(schema::FindingsRequest::Reader asked) {
    service::FindingsRequest request;
    if (asked.hasFrom()) {
        ANJIE_TRY(request.from, date_of(asked.getFrom()));
    }
    if (asked.hasTo()) {
        ANJIE_TRY(request.to, date_of(asked.getTo()));
    }
    request.organisation = text_of(asked.getOrganisation());
    for (const auto kind : asked.getKinds()) request.kinds.push_back(text_of(kind));
    return request;
}

Answer<ShownCase> shown(Answer<service::CaseAnswer> answer) {
    ANJIE_ASK(const auto found, std::move(answer));
    return ShownCase{found.case_id, found.version, boost::json::serialize(found.view)};
}

}  // namespace

kj::Promise<service::Answer<ShownCase>> shown_case(Desk& desk, Office office, service::CaseRequest request) {
    return desk.ask<ShownCase>(office, [request = std::move(request)](Service& service, const Caller& caller) {
        return shown(service.show_case(caller, request));
    });
}

void write(schema::CaseAnswer::Builder to, const ShownCase& shown) {
    rpc::write(to.initId(), shown.id);
    to.setVersion(shown.version);
    to.setView(text_of(shown.view));
}

kj::Promise<service::Answer<ShownCase>> case_actions(Desk& desk, Office office, std::string reference) {
    return desk.ask<ShownCase>(
        office, [reference = std::move(reference)](Service& service, const Caller& caller) -> Answer<ShownCase> {
            service::CaseRequest request;
            request.reference = reference;
            ANJIE_ASK(const auto found, service.show_case(caller, request));
            boost::json::object actions;
            for (const auto* key : {"actions", "allowed", "refused"})
                if (const auto* part = found.view.if_contains(key)) actions[key] = *part;
            return ShownCase{found.case_id, found.version, boost::json::serialize(actions)};
        });
}

kj::Promise<void> Readings::list(ListContext context) {
    const auto asked = context.getParams().getQuery();
    auto query = query_of(asked);
    auto page = desk_->ask<service::CasePage>(
        office_,
        [query = std::move(query)](Service& service, const Caller& caller) -> Answer<service::CasePage> {
            if (!query) return std::unexpected(service::Trouble{query.error()});
            return service.list_cases(caller, *query);
        },
        asked.getWaitFor());
    context.releaseParams();
    return page.then([context](const Answer<service::CasePage>& answer) mutable {
        auto results = context.getResults();
        if (!given(results, answer)) return;
        auto rows = results.initRows(static_cast<unsigned>(answer->entries.size()));
        for (unsigned i = 0; i < rows.size(); ++i) write(rows[i], answer->entries[i]);
        if (answer->next) rpc::write(results.initNext(), *answer->next);
    });
}

kj::Promise<void> Readings::show(ShowContext context) {
    auto answer = shown_case(*desk_, office_, request_of(context.getParams().getRequest()));
    context.releaseParams();
    return answer.then([context](const Answer<ShownCase>& shown) mutable {
        auto results = context.getResults();
        if (given(results, shown)) detail::write(results.initAnswer(), *shown);
    });
}

kj::Promise<void> Readings::history(HistoryContext context) {
    auto request = request_of(context.getParams().getRequest());
    context.releaseParams();
    return desk_
        ->ask<ShownCase>(office_,
                         [request = std::move(request)](Service& service, const Caller& caller) {
                             return shown(service.history(caller, request));
                         })
        .then([context](const Answer<ShownCase>& answer) mutable {
            auto results = context.getResults();
            if (given(results, answer)) detail::write(results.initAnswer(), *answer);
        });
}

kj::Promise<void> Readings::due(DueContext context) {
    const auto asked = context.getParams().getQuery();
    auto query = query_of(asked);
    auto due = desk_->ask<service::DueAnswer>(
        office_,
        [query = std::move(query)](Service& service, const Caller& caller) -> Answer<service::DueAnswer> {
            if (!query) return std::unexpected(service::Trouble{query.error()});
            return service.due(caller, *query);
        },
        asked.getWaitFor());
    context.releaseParams();
    return due.then([context](const Answer<service::DueAnswer>& answer) mutable {
        auto results = context.getResults();
        if (!given(results, answer)) return;
        rpc::write(results.initToday(), answer->today);
        auto rows = results.initRows(static_cast<unsigned>(answer->entries.size()));
        for (unsigned i = 0; i < rows.size(); ++i) {
            write(rows[i].initCase(), answer->entries[i].entry);
            write(rows[i].initDeadline(), answer->entries[i].deadline);
        }
    });
}

kj::Promise<void> FiguresOffice::report(ReportContext context) {
    const auto asked = context.getParams().getRequest();
    auto report = asked_->ask<std::string>(
        of_,
        [request = request_of(asked)](Service& service, const Caller& caller) -> Answer<std::string> {
            ANJIE_ASK(const auto figures, service.report(caller, request));
            return boost::json::serialize(figures);
        },
        asked.getWaitFor());
    context.releaseParams();
    return report.then([context](const Answer<std::string>& answer) mutable {
        auto results = context.getResults();
        if (given(results, answer)) results.setReport(text_of(*answer));
    });
}

kj::Promise<void> FiguresOffice::findings(FindingsContext context) {
    auto request = request_of(context.getParams().getRequest());
    context.releaseParams();
    return asked_
        ->ask<std::string>(
            of_,
            [request = std::move(request)](Service& service, const Caller& caller) -> Answer<std::string> {
                ANJIE_ASK(const auto wanted, request);
                ANJIE_ASK(const auto found, service.findings(caller, wanted));
                return boost::json::serialize(found);
            })
        .then([context](const Answer<std::string>& answer) mutable {
            auto results = context.getResults();
            if (given(results, answer)) results.setFindings(text_of(*answer));
        });
}

}  // namespace anjie::rpc::detail
