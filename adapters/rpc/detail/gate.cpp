#include "adapters/rpc/detail/gate.hpp"

#include <kj/debug.h>

#include "adapters/rpc/detail/auditor_office.hpp"
#include "adapters/rpc/detail/case_worker_office.hpp"
#include "adapters/rpc/detail/feed_office.hpp"
#include "adapters/rpc/detail/supervisor_office.hpp"
#include "adapters/rpc/values.hpp"

namespace anjie::rpc::detail {
namespace {

using service::Answer;
using SessionPtr = std::shared_ptr<Session>;

constexpr std::size_t program_bytes_max = 128;
constexpr std::size_t purpose_bytes_max = 1'024;

std::string cut(std::string text, std::size_t bytes_max) {
    if (text.size() > bytes_max) {
        while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xC0) == 0x80) --bytes_max;
        text.resize(bytes_max);
    }
    return text;
}

Shown shown_of(schema::Credentials::Reader credentials, access::Client client) {
    Shown shown;
    if (credentials.isToken()) {
        shown.token = text_of(credentials.getToken());
    } else {
        shown.name = text_of(credentials.getPerson().getName());
        shown.password = text_of(credentials.getPerson().getPassword());
    }
    client.program = cut(text_of(credentials.getProgram()), program_bytes_max);
    shown.client = std::move(client);
    shown.purpose = cut(text_of(credentials.getPurpose()), purpose_bytes_max);
    return shown;
}

void write(schema::Who::Builder to, const access::Access& access, const access::Principal& principal) {
    to.setId(text_of(principal.id));
    to.setDisplayName(text_of(principal.display_name));
    auto roles = to.initRoles(static_cast<unsigned>(principal.roles.size()));
    for (unsigned i = 0; i < roles.size(); ++i) roles.set(i, text_of(std::string(access::code_of(principal.roles[i]))));
    auto organisations = to.initOrganisations(static_cast<unsigned>(principal.organisations.size()));
    for (unsigned i = 0; i < organisations.size(); ++i) organisations.set(i, text_of(principal.organisations[i]));
    std::vector<Office> open;
    for (const auto office : all_offices)
        if (is_open(access, principal, office)) open.push_back(office);
    auto offices = to.initOffices(static_cast<unsigned>(open.size()));
    for (unsigned i = 0; i < offices.size(); ++i) offices.set(i, wire(open[i]));
}

}  // namespace

kj::Promise<Answer<SessionPtr>> Gate::shown(Shown shown) {
    const bool is_password = shown.token.empty();
    auto open = [house = &house_, shown = std::move(shown)]() mutable {
        return house->on_worker<SessionPtr>(
            [access = &house->service.access(), shown = std::move(shown)] { return Session::open(*access, shown); });
    };
    if (!is_password) return open();
    if (house_.log_ins->waiting() >= house_.limits.log_ins_waiting_max)
        return Answer<SessionPtr>(
            std::unexpected(over_limit("too many are logging in; try again", "登录人数过多，请稍后再试")));
    return house_.log_ins->enter().then(
        [open = std::move(open)](Turnstile::Turn turn) mutable { return open().attach(kj::mv(turn)); });
}

kj::Promise<void> Gate::logIn(LogInContext context) {
    auto shown_now = shown_of(context.getParams().getCredentials(), client_);
    context.releaseParams();
    if (++allowance_->log_ins > house_.limits.log_ins_max) {
        allowance_->ended = "too many log-ins over one connection";
        return KJ_EXCEPTION(DISCONNECTED, "too many log-ins over one connection");
    }
    if (house_.closing) {
        detail::write(context.getResults().initTrouble(),
                      over_limit("the office is closing; connect again", "系统正在关闭，请稍后重新连接"));
        return kj::READY_NOW;
    }
    Use call(allowance_, allowance_->calls);
    Use of_all(nullptr, house_.calls);
    return shown(std::move(shown_now))
        .then([this, context](Answer<SessionPtr> opened) mutable {
            auto results = context.getResults();
            ++house_.figures.calls;
            if (opened) {
                allowance_->logged_in = true;
                return let_in(results, std::move(*opened));
            }
            ++house_.figures.troubles;
            detail::write(results.initTrouble(), opened.error());
            let_in(results, std::make_shared<Session>(house_.service.access(), std::move(opened).error()));
        })
        .attach(std::move(call), std::move(of_all));
}

void Gate::let_in(schema::Gate::LogInResults::Builder results, SessionPtr session) {
    const auto desk = std::make_shared<Desk>(house_, allowance_, lane_, session);
    if (!results.hasTrouble()) write(results.initWho(), house_.service.access(), session->principal());
    const auto use = [this] { return Use(allowance_, allowance_->capabilities); };
    results.setCaseWorker(kj::heap<CaseWorkerOffice>(desk, Office::case_worker, use()));
    results.setSupervisor(kj::heap<SupervisorOffice>(desk, use()));
    results.setAuditor(kj::heap<AuditorOffice>(desk, use()));
    results.setFeed(kj::heap<FeedOffice>(desk, use()));
}

}  // namespace anjie::rpc::detail
