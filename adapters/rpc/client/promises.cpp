#include "adapters/rpc/client/promises.hpp"

#include <fmt/format.h>
#include <kj/compat/tls.h>
#include <kj/debug.h>

#include <fstream>
#include <iterator>

#include "adapters/rpc/values.hpp"

namespace anjie::rpc::client {
namespace {

Receipt receipt_of(schema::Receipt::Reader receipt) {
    return {.case_id = CaseId{uuid_of(receipt.getId())},
            .number = text_of(receipt.getNumber()),
            .first = receipt.getFirst(),
            .last = receipt.getLast(),
            .position = receipt.getPosition(),
            .repeated = receipt.getRepeated()};
}

template <class Response>
Reply<Receipt> receipt_of_response(const Response& response) {
    if (response.hasTrouble()) return std::unexpected(trouble_of(response.getTrouble()));
    return receipt_of(response.getReceipt());
}

void write(schema::Order::Builder to, const Order& order) {
    to.setCommand(text_of(order.command));
    auto sealed = to.initSealed(static_cast<unsigned>(order.sealed.size()));
    for (unsigned i = 0; i < sealed.size(); ++i) {
        sealed[i].setSubject(order.sealed[i].subject);
        sealed[i].setField(order.sealed[i].field);
        sealed[i].setText(text_of(order.sealed[i].text));
    }
    if (order.occurred_at) rpc::write(to.initOccurredAt(), *order.occurred_at);
    to.setOrganisation(text_of(order.organisation));
    if (order.expected_version) to.initExpects().setVersion(*order.expected_version);
    to.setKey(text_of(order.key));
}

std::vector<std::string> texts_of(capnp::List<capnp::Text>::Reader list) {
    std::vector<std::string> texts;
    for (const auto text : list) texts.push_back(text_of(text));
    return texts;
}

Who who_of(schema::Who::Reader from) {
    Who who{.id = text_of(from.getId()),
            .display_name = text_of(from.getDisplayName()),
            .roles = texts_of(from.getRoles()),
            .organisations = texts_of(from.getOrganisations())};
    for (const auto office : from.getOffices()) {
        who.case_worker |= office == schema::Office::CASE_WORKER;
        who.supervisor |= office == schema::Office::SUPERVISOR;
        who.auditor |= office == schema::Office::AUDITOR;
        who.feed |= office == schema::Office::FEED;
    }
    return who;
}

FeedEvent event_of(schema::FeedEvent::Reader from) {
    FeedEvent event;
    auto& header = event.header;
    header.position = from.getPosition();
    header.case_id = CaseId{uuid_of(from.getCase())};
    header.version = from.getVersion();
    header.workflow = WorkflowId{from.getWorkflow()};
    header.type = EventType{from.getType()};
    header.schema = from.getSchema();
    header.occurred_at = {{from.getOccurredAt().getMicroseconds()}, from.getOccurredAt().getDayOnly()};
    header.recorded_at = {from.getRecordedAt().getMicroseconds()};
    header.command_id = CommandId{uuid_of(from.getCommand())};
    header.actor = text_of(from.getActor());
    header.organisation = text_of(from.getOrganisation());
    header.rule_version = text_of(from.getRuleVersion());
    event.workflow = text_of(from.getWorkflowName());
    event.name = text_of(from.getName());
    event.case_number = text_of(from.getCaseNumber());
    event.payload = bytes_of(from.getPayload());
    event.json = text_of(from.getJson());
    return event;
}

/// What the office pushes to. Everything it refers to outlives the promise of `follow`, which drops it.
struct Following {
    FeedVisitor visit;
    ProgressVisitor progress;
    Position& next;
    kj::Own<kj::PromiseFulfiller<Followed>> over;
    bool is_over{};

    void end(std::optional<Trouble> why) {
        is_over = true;
        over->fulfill(Followed{.next = next, .stopped = !why, .ended = std::move(why)});
    }
};

class Sink final : public schema::FeedSink::Server {
public:
    explicit Sink(std::shared_ptr<Following> following) : following_(std::move(following)) {}

    kj::Promise<void> push(PushContext context) override {
        auto& following = *following_;
        const auto batch = context.getParams().getBatch();
        for (const auto event : batch.getEvents()) {
            // What comes a second time after a new subscription has been seen.
            if (following.is_over || event.getPosition() <= following.next) continue;
            const bool go_on = following.visit(event_of(event));
            following.next = event.getPosition();
            if (!go_on) following.end({});
        }
        if (following.is_over) return kj::READY_NOW;
        following.next = std::max(following.next, batch.getNext());
        if (following.progress && !following.progress({following.next, batch.getHead()})) following.end({});
        return kj::READY_NOW;
    }
    kj::Promise<void> ended(EndedContext context) override {
        const auto said = context.getParams();
        auto& following = *following_;
        if (!following.is_over) following.end(trouble_of(said.getTrouble()));
        return kj::READY_NOW;
    }

private:
    std::shared_ptr<Following> following_;
};

kj::Own<kj::TlsContext> tls_context(const std::filesystem::path& trusted) {
    std::ifstream file(trusted, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    KJ_REQUIRE(!file.fail() && !text.empty(), "cannot read the trusted certificate", trusted.string().c_str());
    const kj::TlsCertificate certificate(kj::StringPtr(text.c_str(), text.size()));
    kj::TlsContext::Options options;
    options.useSystemTrustStore = false;
    options.trustedCertificates = kj::arrayPtr(&certificate, 1);
    options.minVersion = kj::TlsVersion::TLS_1_2;
    return kj::heap<kj::TlsContext>(kj::mv(options));
}

}  // namespace

std::shared_ptr<kj::AsyncIoContext> loop_of_thread() {
    thread_local std::weak_ptr<kj::AsyncIoContext> known;
    auto loop = known.lock();
    if (!loop) known = loop = std::make_shared<kj::AsyncIoContext>(kj::setupAsyncIo());
    return loop;
}

Connection::Connection(kj::Own<kj::AsyncIoStream> stream) : stream_(kj::mv(stream)), client_(*stream_) {}

kj::Promise<kj::Own<Connection>> Connection::open(kj::Network& network, Endpoint endpoint) {
    auto resolved = network.parseAddress(kj::StringPtr(endpoint.address.c_str()));
    return resolved
        .then([](kj::Own<kj::NetworkAddress> address) {
            auto connected = address->connect();
            return connected.attach(kj::mv(address));
        })
        .then([endpoint = std::move(endpoint)](kj::Own<kj::AsyncIoStream> stream) -> kj::Promise<kj::Own<Connection>> {
            if (endpoint.trusted.empty()) return kj::heap<Connection>(kj::mv(stream));
            auto tls = tls_context(endpoint.trusted);
            auto name = endpoint.server_name.empty() ? endpoint.address.substr(0, endpoint.address.rfind(':'))
                                                     : endpoint.server_name;
            auto safe = tls->wrapClient(kj::mv(stream), kj::StringPtr(name.c_str(), name.size()));
            return safe.then([](kj::Own<kj::AsyncIoStream> wrapped) { return kj::heap<Connection>(kj::mv(wrapped)); })
                .attach(kj::mv(tls), std::move(name));
        });
}

Trouble trouble_of(schema::Trouble::Reader from) {
    Trouble trouble;
    switch (from.getKind()) {
        case schema::Trouble::Kind::REFUSAL:
            trouble.kind = Trouble::Kind::refusal;
            break;
        case schema::Trouble::Kind::REJECTION:
            trouble.kind = Trouble::Kind::rejection;
            break;
        case schema::Trouble::Kind::CLASH:
            trouble.kind = Trouble::Kind::clash;
            break;
        default:
            trouble.kind = Trouble::Kind::error;
    }
    trouble.code = text_of(from.getCode());
    trouble.message = words_of(from.getMessage());
    trouble.retryable = from.getRetryable();
    trouble.retry_after = std::chrono::seconds(from.getRetryAfterSeconds());
    trouble.rule = text_of(from.getRule().getId());
    trouble.rule_mark = text_of(from.getRule().getMark());
    for (const auto fact : from.getFacts()) trouble.facts.push_back(fact);
    trouble.remedy = words_of(from.getRemedy());
    trouble.current_version = from.getCurrentVersion();
    return trouble;
}

Trouble trouble_of(const kj::Exception& why) {
    const bool lost =
        why.getType() == kj::Exception::Type::DISCONNECTED || why.getType() == kj::Exception::Type::OVERLOADED;
    const std::string said = why.getDescription().cStr();
    return {.kind = Trouble::Kind::connection,
            .code = lost ? "connection_lost" : "protocol_broken",
            .message = {"连接中断或协议出错：" + said, "the connection was lost or the protocol broken: " + said},
            .retryable = lost,
            .retry_after = {},
            .rule = {},
            .rule_mark = {},
            .facts = {},
            .remedy = {},
            .current_version = {}};
}

LoggedIn log_in(schema::Gate::Client gate, const Credentials& credentials) {
    auto request = gate.logInRequest();
    auto shown = request.initCredentials();
    if (credentials.token.empty()) {
        auto person = shown.initPerson();
        person.setName(text_of(credentials.name));
        person.setPassword(text_of(credentials.password));
    } else {
        shown.setToken(text_of(credentials.token));
    }
    shown.setProgram(text_of(credentials.program));
    shown.setPurpose(text_of(credentials.purpose));
    auto answer = request.send();
    auto case_worker = answer.getCaseWorker();
    auto supervisor = answer.getSupervisor();
    auto auditor = answer.getAuditor();
    auto feed = answer.getFeed();
    auto who = answer.then([](capnp::Response<schema::Gate::LogInResults>&& response) -> Reply<Who> {
        if (response.hasTrouble()) return std::unexpected(trouble_of(response.getTrouble()));
        return who_of(response.getWho());
    });
    return {kj::mv(who), kj::mv(case_worker), kj::mv(supervisor), kj::mv(auditor), kj::mv(feed)};
}

Registered register_case(schema::CaseWorker::Client office, const Order& order) {
    auto request = office.registerCaseRequest();
    write(request.initOrder(), order);
    auto answer = request.send();
    auto registered = answer.getCase();
    return {answer.then([](auto&& response) { return receipt_of_response(response); }), kj::mv(registered)};
}

kj::Promise<Reply<Receipt>> submit(schema::CaseWorker::Client office, const Order& order) {
    if (order.reference.empty()) return register_case(kj::mv(office), order).receipt;
    auto request = office.submitRequest();
    request.setReference(text_of(order.reference));
    write(request.initOrder(), order);
    return request.send().then([](auto&& response) { return receipt_of_response(response); });
}

kj::Promise<Reply<Receipt>> submit(schema::Case::Client to, const Order& order) {
    auto request = to.submitRequest();
    write(request.initOrder(), order);
    return request.send().then([](auto&& response) { return receipt_of_response(response); });
}

kj::Promise<Reply<ShownCase>> show(schema::Reading::Client office, const std::string& reference,
                                   const std::string& until, bool sealed) {
    auto request = office.showRequest();
    auto asked = request.initRequest();
    asked.setReference(text_of(reference));
    asked.setUntil(text_of(until));
    asked.setSealed(sealed);
    return request.send().then([](auto&& response) -> Reply<ShownCase> {
        if (response.hasTrouble()) return std::unexpected(trouble_of(response.getTrouble()));
        const auto answer = response.getAnswer();
        return ShownCase{CaseId{uuid_of(answer.getId())}, answer.getVersion(), text_of(answer.getView())};
    });
}

kj::Promise<Followed> follow(schema::Feed::Client feed, const FollowOptions& options, FeedVisitor visit,
                             ProgressVisitor progress, Position& next) {
    next = options.after;
    auto over = kj::newPromiseAndFulfiller<Followed>();
    auto following = std::make_shared<Following>(
        Following{std::move(visit), std::move(progress), next, kj::mv(over.fulfiller), false});
    auto request = feed.subscribeRequest();
    request.setAfter(options.after);
    auto wanted = request.initOptions();
    wanted.initFilter().setOrganisation(text_of(options.organisation));
    auto types = wanted.getFilter().initTypes(static_cast<unsigned>(options.types.size()));
    for (unsigned i = 0; i < types.size(); ++i) types.set(i, text_of(options.types[i]));
    wanted.setJson(options.json);
    wanted.setWithoutPayload(!options.payload);
    wanted.setBatchEventsMax(options.batch_events_max);
    wanted.setWindowBytes(options.window_bytes);
    wanted.setHeartbeatSeconds(options.heartbeat_seconds);
    request.setSink(kj::heap<Sink>(following));
    return request.send().then(
        [&next, following, over = kj::mv(over.promise)](
            capnp::Response<schema::Feed::SubscribeResults>&& response) mutable -> kj::Promise<Followed> {
            if (response.hasTrouble()) {
                following->is_over = true;
                return Followed{.next = next, .stopped = false, .ended = trouble_of(response.getTrouble())};
            }
            // Dropped with the promise, and the office then stops pushing.
            auto subscription = response.getSubscription();
            return over.attach(kj::mv(subscription), kj::defer([following] { following->is_over = true; }));
        });
}

}  // namespace anjie::rpc::client
