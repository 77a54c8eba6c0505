#include "adapters/rpc/detail/case_worker_office.hpp"

#include "adapters/rpc/values.hpp"

namespace anjie::rpc::detail {
namespace {

using service::Answer;
using service::Submitted;

struct Read {
    service::SubmitOrder order;
    std::string command;
};

Result<Read> order_of(schema::Order::Reader asked, std::string reference) {
    Read read;
    read.command = text_of(asked.getCommand());
    auto& order = read.order;
    order.reference = std::move(reference);
    for (const auto text : asked.getSealed())
        order.sealed.push_back(
            {.subject = text.getSubject(), .field = text.getField(), .text = text_of(text.getText())});
    if (asked.hasOccurredAt()) {
        ANJIE_TRY(const auto when, occurred_at_of(asked.getOccurredAt()));
        order.occurred_at = to_string(when);
    }
    order.organisation = text_of(asked.getOrganisation());
    if (asked.hasExpects()) order.expected_version = asked.getExpects().getVersion();
    order.key = text_of(asked.getKey());
    return read;
}

void write(schema::Receipt::Builder to, const Submitted& submitted) {
    const auto& committed = submitted.committed;
    rpc::write(to.initId(), committed.case_id);
    to.setNumber(text_of(submitted.number));
    to.setFirst(committed.first);
    to.setLast(committed.last);
    to.setPosition(committed.position);
    to.setRepeated(committed.repeated);
}

kj::Promise<Answer<Submitted>> sent(Desk& desk, Office office, schema::Order::Reader asked, std::string reference) {
    auto read = order_of(asked, std::move(reference));
    if (!read) return Answer<Submitted>(std::unexpected(service::Trouble{std::move(read).error()}));
    return desk.order(office, std::move(read->order), std::move(read->command));
}

/// One case, or why there is none.
class CaseOffice final : public schema::Case::Server {
public:
    CaseOffice(std::shared_ptr<Desk> desk, Office office, Answer<std::string> reference, Use use)
        : desk_(std::move(desk)), office_(office), reference_(std::move(reference)), use_(std::move(use)) {}

    kj::Promise<void> submit(SubmitContext context) override {
        auto results = context.getResults();
        if (!given(results, reference_)) return kj::READY_NOW;
        return sent(*desk_, office_, context.getParams().getOrder(), *reference_)
            .then([results](const Answer<Submitted>& answer) mutable {
                if (given(results, answer)) write(results.initReceipt(), *answer);
            });
    }
    kj::Promise<void> show(ShowContext context) override {
        auto results = context.getResults();
        if (!given(results, reference_)) return kj::READY_NOW;
        const auto asked = context.getParams();
        return shown_case(*desk_, office_,
                          {.reference = *reference_, .until = text_of(asked.getUntil()), .sealed = asked.getSealed()})
            .then([results](const Answer<ShownCase>& shown) mutable {
                if (given(results, shown)) detail::write(results.initAnswer(), *shown);
            });
    }
    kj::Promise<void> actions(ActionsContext context) override {
        auto results = context.getResults();
        if (!given(results, reference_)) return kj::READY_NOW;
        return case_actions(*desk_, office_, *reference_).then([results](const Answer<ShownCase>& shown) mutable {
            if (!given(results, shown)) return;
            results.setVersion(shown->version);
            results.setActions(text_of(shown->view));
        });
    }

private:
    std::shared_ptr<Desk> desk_;
    Office office_;
    Answer<std::string> reference_;
    Use use_;
};

/// Answers with the trouble as long as capabilities can be handed out; beyond, one that counts nothing would be a way
/// around the limit, so there is none.
template <class Results>
void hand_out_case(Results& results, const std::shared_ptr<Desk>& desk, Office office, Answer<std::string> reference) {
    auto use = desk->hand_out();
    if (!use) return;
    results.setCase(kj::heap<CaseOffice>(desk, office, std::move(reference), std::move(*use)));
}

}  // namespace

kj::Promise<void> CaseWorkerOffice::registerCase(RegisterCaseContext context) {
    auto results = context.getResults();
    if (auto room = desk_->hand_out(); !given(results, room)) return kj::READY_NOW;
    return sent(*desk_, office_, context.getParams().getOrder(), {})
        .then([this, results](Answer<Submitted> answer) mutable {
            if (given(results, answer)) write(results.initReceipt(), *answer);
            hand_out_case(results, desk_, office_,
                          answer ? Answer<std::string>(to_string(answer->committed.case_id))
                                 : Answer<std::string>(std::unexpected(std::move(answer).error())));
        });
}

kj::Promise<void> CaseWorkerOffice::submit(SubmitContext context) {
    const auto asked = context.getParams();
    auto answer = sent(*desk_, office_, asked.getOrder(), text_of(asked.getReference()));
    context.releaseParams();
    return answer.then([context](const Answer<Submitted>& submitted) mutable {
        auto results = context.getResults();
        if (given(results, submitted)) write(results.initReceipt(), *submitted);
    });
}

kj::Promise<void> CaseWorkerOffice::actions(ActionsContext context) {
    return case_actions(*desk_, office_, text_of(context.getParams().getReference()))
        .then([context](const Answer<ShownCase>& shown) mutable {
            auto results = context.getResults();
            if (!given(results, shown)) return;
            results.setVersion(shown->version);
            results.setActions(text_of(shown->view));
        });
}

kj::Promise<void> CaseWorkerOffice::open(OpenContext context) {
    auto results = context.getResults();
    hand_out_case(results, desk_, office_, text_of(context.getParams().getReference()));
    return kj::READY_NOW;
}

}  // namespace anjie::rpc::detail
