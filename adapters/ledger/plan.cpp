#include "adapters/ledger/plan.hpp"

#include <algorithm>

namespace anjie::ledger {
namespace {

using namespace dispute;

SealedField sealed(PartyNumber subject, SealedCode field, std::string text) {
    return {subject, static_cast<std::uint16_t>(field), std::move(text)};
}

/// Builds the plan front to back; the result is then put in the order of the days.
class Planner {
public:
    Planner(const LedgerRow& row, const Header& header, const PlanContext& context)
        : row_(row), header_(header), context_(context) {}

    Plan plan() {
        derive();
        intake();
        if (row_.result == LedgerResult::refused) {
            refuse();
        } else {
            acceptance();
            const auto first_of_mediation = out_.steps.size();
            mediation();
            in_order_of_days(first_of_mediation);
            conclusion();
            const bool known_at_revisit = performed_before_revisit();
            if (known_at_revisit) performance();
            revisit();
            if (!known_at_revisit) performance();
        }
        file();
        return std::move(out_);
    }

private:
    struct Day {
        Date on;
        bool stated{};
        Column column{};
    };

    /// Sessions, extension, suspension and resumption may follow each other in any order; everything else stands in the
    /// order of the procedure, so that a day out of order is refused by the rule that it breaks.
    void in_order_of_days(std::size_t first) {
        std::ranges::stable_sort(out_.steps.begin() + static_cast<std::ptrdiff_t>(first), out_.steps.end(), {},
                                 &Step::on);
    }

    [[nodiscard]] bool performed_before_revisit() const {
        return !performed_ || !row_.revisit_on || performed_->on <= *row_.revisit_on;
    }

    void say(Severity severity, Column column, Text sentence, Text remedy) {
        out_.messages.push_back({.severity = severity,
                                 .column = header_.name(column),
                                 .sentence = std::move(sentence),
                                 .remedy = std::move(remedy)});
    }

    Step& add(std::string_view name, Command command, const Day& day, std::uint16_t ordinal = 1) {
        out_.steps.push_back({.name = name,
                              .ordinal = ordinal,
                              .command = std::move(command),
                              .on = day.on,
                              .stated = day.stated,
                              .column = day.column});
        return out_.steps.back();
    }

    static void seal(Step& step, PartyNumber subject, SealedCode field, const std::string& text) {
        if (!text.empty()) step.sealed.push_back(sealed(subject, field, text));
    }

    /// Days that follow from others.
    void derive() {
        registered_ = row_.registered_on ? Day{*row_.registered_on, true, Column::registered_on}
                                         : Day{*row_.accepted_on, true, Column::accepted_on};
        if (row_.accepted_on) accepted_ = Day{*row_.accepted_on, true, Column::accepted_on};
        for (const Date day : row_.sessions) sessions_.push_back({day, true, Column::sessions});
        if (row_.agreement_on) {
            agreement_ = Day{*row_.agreement_on, true, Column::agreement_on};
        } else if (row_.result == LedgerResult::succeeded && !sessions_.empty()) {
            agreement_ = Day{sessions_.back().on, false, Column::sessions};
            say(Severity::note, Column::agreement_on,
                {"没有协议日期, 以最后一次调解的日期为准", "no agreement day is given; the last session's is taken"},
                {"如不是同一天, 请补填协议日期", "fill in the agreement day if it was another"});
        } else if (row_.result == LedgerResult::succeeded) {
            say(Severity::error, Column::agreement_on,
                {"调解结果是成功, 但没有协议日期, 也没有调解日期",
                 "the result is success, but neither agreement nor session has a day"},
                {"请填写调解日期和协议日期", "fill in the days of mediation and agreement"});
        }
        if (agreement_ && sessions_.empty()) sessions_.push_back({agreement_->on, false, Column::agreement_on});
    }

    void intake() {
        RegisterCase order{.number = row_.number,
                           .jurisdiction = context_.jurisdiction,
                           .committee = row_.committee.value_or(context_.committee),
                           .source = *row_.source,
                           .channel = channel(),
                           .type = *row_.type,
                           .type_detail = row_.type_detail,
                           .difficulty = row_.difficulty.value_or(Difficulty::ordinary),
                           .parties = {},
                           .people_count = std::max(row_.people_count, static_cast<std::uint32_t>(row_.parties.size())),
                           .amount = row_.amount,
                           .origin = {}};
        for (const auto& party : row_.parties) order.parties.push_back(party.party);
        Step& step = add("register", std::move(order), registered_);
        for (const auto& party : row_.parties) {
            const auto subject = party.party.number;
            seal(step, subject, SealedCode::name, party.name);
            seal(step, subject, SealedCode::identity_number, party.identity_number);
            seal(step, subject, SealedCode::phone, party.phone);
            seal(step, subject, SealedCode::address, party.address);
        }
        seal(step, 0, SealedCode::title, row_.title);
        seal(step, 0, SealedCode::summary, row_.summary);
        seal(step, 0, SealedCode::request, row_.request);
        seal(step, 0, SealedCode::note, row_.note);
    }

    [[nodiscard]] Channel channel() const {
        if (row_.channel) return *row_.channel;
        if (*row_.source == CaseSource::application) return Channel::oral;
        return *row_.source == CaseSource::own_initiative ? Channel::screening : Channel::transferred;
    }

    void refuse() {
        const Day day =
            row_.ended_on ? Day{*row_.ended_on, true, Column::ended_on} : Day{registered_.on, false, Column::result};
        const auto ground = row_.consent == false ? std::optional(RefusalGround::party_refuses)
                                                  : parse_value<RefusalGround>(row_.result_reason);
        if (row_.consent == false) refuse_consent(day);
        if (!ground)
            return say(Severity::error, Column::result_reason,
                       {"不予受理没有写明法定事由", "the ground of refusal is missing"},
                       {"可填: " + choices<RefusalGround>(false), "one of: " + choices<RefusalGround>(true)});
        Step& step = add("refuse_acceptance", RefuseAcceptance{.ground = *ground, .routes_told = row_.routes}, day);
        step.column = Column::result;
        seal(step, 0, SealedCode::reason, row_.result_reason);
    }

    void refuse_consent(const Day& day) {
        const auto other = std::ranges::find_if(
            row_.parties, [](const LedgerParty& party) { return party.party.role != PartyRole::applicant; });
        const PartyNumber who = other == row_.parties.end() ? PartyNumber{1} : other->party.number;
        add("refuse_consent", RefuseConsent{.party = who}, Day{day.on, false, Column::consent});
    }

    void acceptance() {
        const bool concluded_unconsented = row_.consent == false;
        if (accepted_) {
            add("request_consent", RequestConsent{}, Day{registered_.on, false, Column::accepted_on});
            for (const auto& party : row_.parties)
                if (!concluded_unconsented)
                    add("give_consent", GiveConsent{.party = party.party.number},
                        Day{accepted_->on, false, Column::accepted_on}, party.party.number);
            if (concluded_unconsented) refuse_consent(registered_);
            add("accept", AcceptCase{}, *accepted_);
        } else if (concluded_unconsented) {
            add("request_consent", RequestConsent{}, Day{registered_.on, false, Column::consent});
            refuse_consent(registered_);
        }
        if (!row_.mediator) return;
        Day day =
            accepted_ ? Day{accepted_->on, false, Column::mediator} : Day{registered_.on, false, Column::mediator};
        if (row_.assigned_on) day = {*row_.assigned_on, true, Column::assigned_on};
        if (!accepted_ && !row_.assigned_on && sessions_.empty()) return;
        assign("assign", row_.mediator, MediatorRole::presiding, day);
        if (row_.assistant) assign("assign_assistant", row_.assistant, MediatorRole::assisting, day);
    }

    void assign(std::string_view name, const Person& person, MediatorRole role, const Day& day) {
        Step& step =
            add(name, AssignMediator{.mediator = person.code, .role = role, .basis = AssignmentBasis::designated}, day);
        seal(step, 0, SealedCode::name, person.name);
    }

    void mediation() {
        if (row_.notice_on)
            add("rights_notice", GiveRightsNotice{}, Day{*row_.notice_on, true, Column::notice_on});
        else if (!sessions_.empty())
            add("rights_notice", GiveRightsNotice{}, Day{sessions_.front().on, false, Column::sessions});
        std::uint16_t ordinal = 0;
        for (const Day& day : sessions_) add("session", HoldSession{.present = all_parties()}, day, ++ordinal);

        if (row_.extension) {
            Day day = sessions_.empty() ? accepted_.value_or(registered_) : sessions_.front();
            for (const Day& session : sessions_)
                if (!agreement_ || session.on < agreement_->on) day = session;
            day = {day.on, false, Column::extension};
            if (row_.extended_on) day = {*row_.extended_on, true, Column::extended_on};
            add("extend", AgreeExtension{.parties = all_parties(), .period = *row_.extension}, day);
        }
        if (row_.suspended_on) {
            Step& step =
                add("suspend", SuspendMediation{.reason = row_.suspension_reason.value_or(SuspensionReason::appraisal)},
                    Day{*row_.suspended_on, true, Column::suspended_on});
            step.column = Column::suspended_on;
        }
        if (row_.resumed_on) add("resume", ResumeMediation{}, Day{*row_.resumed_on, true, Column::resumed_on});
    }

    void conclusion() {
        switch (row_.result) {
            case LedgerResult::not_reached:
                return end(
                    FailMediation{
                        .reason = row_.result_reason.empty()
                                      ? FailureReason::no_common_ground
                                      : parse_value<FailureReason>(row_.result_reason).value_or(FailureReason::other),
                        .routes_told = row_.routes},
                    "fail");
            case LedgerResult::terminated:
                return end(
                    TerminateMediation{
                        .cause =
                            parse_value<TerminationCause>(row_.result_reason).value_or(TerminationCause::other_lawful),
                        .routes_told = row_.routes},
                    "terminate");
            case LedgerResult::withdrawn:
                return end(WithdrawApplication{.party = 1}, "withdraw");
            case LedgerResult::settled_privately:
                return end(dispute::SettlePrivately{}, "settle_privately");
            case LedgerResult::transferred:
                return end(
                    TransferCase{
                        .target = parse_value<TransferTarget>(row_.result_reason).value_or(TransferTarget::other),
                        .to = row_.result_reason},
                    "transfer");
            case LedgerResult::refused:
                return;
            case LedgerResult::pending:
            case LedgerResult::succeeded:
                if (agreement_) agreement();
        }
    }

    void end(Command command, std::string_view name) {
        std::optional<Day> day;
        if (row_.ended_on)
            day = Day{*row_.ended_on, true, Column::ended_on};
        else if (!sessions_.empty())
            day = Day{sessions_.back().on, false, Column::result};
        else if (row_.closed_on)
            day = Day{*row_.closed_on, false, Column::result};
        if (!day)
            return say(Severity::error, Column::ended_on,
                       {"没有调解结束的日期", "the day on which the mediation ended is missing"},
                       {"请填写调解结束日期", "fill in the day it ended"});
        Step& step = add(name, std::move(command), *day);
        seal(step, 0, SealedCode::reason, row_.result_reason);
    }

    void agreement() {
        auto form = row_.agreement_form;
        if (!form && !row_.agreement_number.empty()) form = AgreementForm::written;
        if (!form)
            return say(Severity::error, Column::agreement_form,
                       {"没有写明协议是书面还是口头", "whether the agreement is written or oral is missing"},
                       {"请填: 书面 / 口头", "write 书面 (written) or 口头 (oral)"});
        DraftAgreement order{.form = *form,
                             .partial = false,
                             .number = row_.agreement_number,
                             .copies = static_cast<std::uint16_t>(row_.parties.size() + 1),
                             .obligations = obligations(),
                             .amount = row_.agreement_amount.value_or(Money{})};
        has_obligation_ = !order.obligations.empty();
        Step& step = add("agree", std::move(order), *agreement_);
        seal(step, 0, SealedCode::agreement_text, row_.agreement_text);
        if (*form == AgreementForm::oral) return;
        const Day signing{agreement_->on, agreement_->stated, agreement_->column};
        const auto method = row_.signing_method.value_or(SigningMethod::handwritten);
        for (const auto& party : row_.parties)
            add("sign_as_party", SignAsParty{.party = party.party.number, .method = method}, signing,
                party.party.number);
        add("sign_as_mediator", SignAsMediator{.mediator = row_.mediator.code, .method = SigningMethod::handwritten},
            signing);
        add("seal", AffixSeal{}, signing);
    }

    /// What is known about performance: a day agreed, a day performed, or that it was done.
    [[nodiscard]] std::vector<Obligation> obligations() {
        const bool reported = row_.fulfilment == Fulfilment::fulfilled || row_.fulfilment == Fulfilment::partly;
        if (!row_.due_on && !row_.performed_on && !reported) return {};
        if (row_.on_the_spot) performed_ = Day{agreement_->on, false, Column::fulfilment};
        if (row_.performed_on) performed_ = Day{*row_.performed_on, true, Column::performed_on};
        if (!performed_ && row_.fulfilment == Fulfilment::fulfilled) {
            const auto known = row_.revisit_on ? row_.revisit_on : row_.closed_on;
            if (known)
                performed_ = Day{*known, false, Column::fulfilment};
            else
                say(Severity::error, Column::performed_on,
                    {"已履行, 但没有履行日期", "performed, but the day is missing"},
                    {"请填写履行日期, 当场履行的写“当场履行”", "fill in the day, or write 当场履行 (on the spot)"});
        }
        Date due = agreement_->on;
        if (performed_) due = std::max(due, performed_->on);
        if (row_.due_on) due = *row_.due_on;
        const Money amount = row_.agreement_amount.value_or(Money{});
        const auto debtor = std::ranges::find_if(
            row_.parties, [](const LedgerParty& party) { return party.party.role == PartyRole::respondent; });
        return {Obligation{.number = 1,
                           .debtor = debtor == row_.parties.end() ? PartyNumber{1} : debtor->party.number,
                           .creditor = 1,
                           .kind = amount.fen > 0 ? ObligationKind::payment : ObligationKind::act,
                           .amount = amount,
                           .due = due}};
    }

    void performance() {
        if (!performed_ || !has_obligation_) return;
        add("perform",
            PerformObligation{
                .obligation = 1, .amount = row_.agreement_amount.value_or(Money{}), .on_the_spot = row_.on_the_spot},
            *performed_);
    }

    void revisit() {
        if (!row_.revisit_on) {
            if (row_.problem != RevisitProblem::none || row_.resolved_on || row_.follow_up_on)
                say(Severity::error, Column::revisit_on,
                    {"有回访问题或跟进, 但没有回访日期", "a problem or follow-up is given, but no revisit day"},
                    {"请填写回访日期", "fill in the revisit day"});
            return;
        }
        if (!row_.revisit_method)
            say(Severity::warning, Column::revisit_method,
                {"没有回访方式, 记为“其他”", "no method of revisit is given; taken as other"},
                {"请补填: " + choices<RevisitMethod>(false), "one of: " + choices<RevisitMethod>(true)});
        const Person& who = row_.revisitor ? row_.revisitor : row_.mediator;
        const auto risk = row_.problem == RevisitProblem::none ? ResidualRisk::none : ResidualRisk::low;
        Step& step = add("revisit",
                         MakeRevisit{.agreement_number = row_.agreement_number,
                                     .revisitor = who.code,
                                     .method = row_.revisit_method.value_or(RevisitMethod::other),
                                     .satisfaction = row_.satisfaction.value_or(Satisfaction::not_stated),
                                     .fulfilment = fulfilment_at_revisit(),
                                     .residual_risk = row_.residual_risk.value_or(risk),
                                     .problem = row_.problem,
                                     .parties = all_parties()},
                         Day{*row_.revisit_on, true, Column::revisit_on});
        seal(step, 0, SealedCode::note, row_.revisit_note);
        seal(step, 0, SealedCode::reason, row_.problem_text);
        follow_up(who);
    }

    [[nodiscard]] Fulfilment fulfilment_at_revisit() const {
        if (row_.revisit_fulfilment) return *row_.revisit_fulfilment;
        if (performed_ && performed_->on <= *row_.revisit_on) return Fulfilment::fulfilled;
        if (!performed_ && row_.fulfilment) return *row_.fulfilment;
        return row_.due_on && *row_.due_on < *row_.revisit_on ? Fulfilment::not_fulfilled : Fulfilment::not_yet_due;
    }

    void follow_up(const Person& revisitor) {
        if (row_.problem == RevisitProblem::none) {
            if (row_.resolved_on || row_.follow_up_on)
                say(Severity::error, Column::problem,
                    {"有跟进, 但没有写发现的问题", "a follow-up is given, but no problem"},
                    {"请填写发现问题, 例如 执行难点", "fill in the problem, for example 执行难点"});
            return;
        }
        if (!row_.follow_up_on && !row_.resolved_on && row_.follow_up_note.empty() && !row_.follow_up_by) return;
        Day opened{*row_.revisit_on, false, Column::problem};
        if (row_.follow_up_on) opened = {*row_.follow_up_on, true, Column::follow_up_on};
        const Person& who = row_.follow_up_by ? row_.follow_up_by : row_.mediator ? row_.mediator : revisitor;
        Step& open = add("open_follow_up", OpenFollowUp{.assignee = who.code, .problem = row_.problem}, opened);
        seal(open, 0, SealedCode::name, who.name);
        if (!row_.resolved_on) {
            seal(open, 0, SealedCode::note, row_.follow_up_note);
            return;
        }
        Step& resolve = add("resolve_follow_up", ResolveFollowUp{}, Day{*row_.resolved_on, true, Column::resolved_on});
        seal(resolve, 0, SealedCode::note, row_.follow_up_note);
    }

    void file() {
        if (row_.closed_on) {
            const Day day{*row_.closed_on, true, Column::closed_on};
            for (const DocumentKind kind : documents())
                add("document", FileDocument{.kind = kind, .pages = 1}, Day{day.on, false, Column::documents},
                    static_cast<std::uint16_t>(kind));
            add("close", CloseCase{}, day);
        }
        if (row_.archived_on)
            add("archive",
                ArchiveCase{.volume = row_.volume.empty() ? dispute::to_string(row_.number) : row_.volume,
                            .retention = row_.retention.value_or(Retention::long_term)},
                Day{*row_.archived_on, true, Column::archived_on});
    }

    [[nodiscard]] std::vector<DocumentKind> documents() const {
        std::vector<DocumentKind> kinds = row_.documents;
        if (row_.documents_complete && context_.rules != nullptr) {
            const auto* rules =
                context_.rules->in_force(context_.jurisdiction, accepted_ ? accepted_->on : registered_.on);
            const bool oral = row_.agreement_form == AgreementForm::oral;
            if (rules != nullptr)
                for (const DocumentKind kind : rules->mandatory_documents) {
                    if (kind == DocumentKind::agreement && !agreement_) continue;
                    kinds.push_back(kind == DocumentKind::agreement && oral ? DocumentKind::oral_agreement_register
                                                                            : kind);
                }
        }
        std::ranges::sort(kinds);
        kinds.erase(std::ranges::unique(kinds).begin(), kinds.end());
        return kinds;
    }

    [[nodiscard]] std::vector<PartyNumber> all_parties() const {
        std::vector<PartyNumber> numbers;
        for (const auto& party : row_.parties) numbers.push_back(party.party.number);
        return numbers;
    }

    const LedgerRow& row_;
    const Header& header_;
    const PlanContext& context_;
    Plan out_;
    Day registered_{};
    std::optional<Day> accepted_, agreement_, performed_;
    std::vector<Day> sessions_;
    bool has_obligation_{};
};

}  // namespace

bool Plan::has_error() const {
    return std::ranges::find(messages, Severity::error, &Message::severity) != messages.end();
}

Plan plan_row(const LedgerRow& row, const Header& header, const PlanContext& context) {
    return Planner(row, header, context).plan();
}

}  // namespace anjie::ledger
