#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/random.hpp"
#include "workflows/dispute/commands.hpp"

namespace anjie::test {

/// An order and the day it is said to have happened on.
struct DatedOrder {
    Date day;
    dispute::Command order;
};

/// Lives of disputes from a seed: whole plausible ones, which every rule set that lets the parties sign by hand
/// accepts order by order, and wild ones, in which every order may come at any time.
class DisputeGenerator {
public:
    DisputeGenerator(Random random, std::string jurisdiction)
        : random_(random), jurisdiction_(std::move(jurisdiction)) {}

    /// One life from registration in `year` to the end; about one in eight ends without an agreement.
    std::vector<DatedOrder> life(int year, std::uint32_t serial) {
        using namespace dispute;
        orders_.clear();
        day_ = make_date(year, 1, 1) + std::chrono::days{random_.below(300)};
        const bool invited = random_.one_in(4);
        begin(year, serial, invited);
        if (random_.one_in(30)) {
            add(RefuseConsent{2});
            later(2);
            add(RefuseAcceptance{RefusalGround::party_refuses, {Route::litigation}});
            return close();
        }
        for (PartyNumber party = 1; party <= parties_; ++party)
            if (invited || party > 1) add(GiveConsent{party});
        later(3);
        add(AcceptCase{});
        add(AssignMediator{mediator(), MediatorRole::presiding, AssignmentBasis::designated});
        add(GiveRightsNotice{});
        later(8);
        add(HoldSession{});
        if (random_.one_in(12)) {
            add(SuspendMediation{SuspensionReason::appraisal});
            later(40);
            add(ResumeMediation{});
        }
        if (random_.one_in(10)) {
            add(FailMediation{FailureReason::no_common_ground, {Route::litigation}});
            if (random_.one_in(2)) add(revisit(false));
            return close();
        }
        agree();
        afterwards();
        return close();
    }

    /// Any order at all, with values that are sometimes right.
    dispute::Command wild() { return wild_of(random_.below(std::variant_size_v<dispute::Command>)); }
    [[nodiscard]] Random& random() { return random_; }

private:
    void add(dispute::Command order) { orders_.push_back({day_, std::move(order)}); }
    void later(std::uint64_t days_max) { day_ += std::chrono::days{random_.below(days_max + 1)}; }
    std::string mediator() { return "mediator-" + std::to_string(random_.below(5) + 1); }
    std::vector<DatedOrder> close() {
        later(5);
        add(dispute::FileDocument{dispute::DocumentKind::identity_proof, 2});
        add(dispute::FileDocument{dispute::DocumentKind::back_cover, 1});
        add(dispute::CloseCase{});
        later(20);
        add(dispute::ArchiveCase{"volume-" + std::to_string(random_.below(1000)), dispute::Retention::long_term});
        return std::move(orders_);
    }

    void begin(int year, std::uint32_t serial, bool invited) {
        using namespace dispute;
        constexpr std::array types{DisputeType::marriage_family, DisputeType::neighbour,       DisputeType::contract,
                                   DisputeType::migrant_wages,   DisputeType::forest_land,     DisputeType::damages,
                                   DisputeType::medical,         DisputeType::traffic_accident};
        constexpr std::array entrusted{CaseSource::own_initiative, CaseSource::court, CaseSource::public_security};
        parties_ = static_cast<PartyNumber>(2 + (random_.one_in(6) ? 1 : 0));
        RegisterCase order{.number = {.prefix = "尼阿调", .year = static_cast<std::uint16_t>(year), .serial = serial},
                           .jurisdiction = jurisdiction_,
                           .committee = CommitteeKind::township,
                           .source = invited ? random_.pick(entrusted) : CaseSource::application,
                           .channel = Channel::oral,
                           .type = random_.pick(types),
                           .difficulty = Difficulty::ordinary};
        for (PartyNumber party = 1; party <= parties_; ++party)
            order.parties.push_back(
                {.number = party, .role = party == 1 ? PartyRole::applicant : PartyRole::respondent});
        amount_ = static_cast<std::int64_t>(1 + random_.below(500)) * 10'000;
        order.amount = {amount_};
        add(std::move(order));
    }

    void agree() {
        using namespace dispute;
        later(6);
        const auto instalments = random_.below(3);
        DraftAgreement draft{.form = AgreementForm::written, .amount = {amount_}};
        for (std::uint64_t i = 0; i < instalments; ++i)
            draft.obligations.push_back({.debtor = 2,
                                         .creditor = 1,
                                         .kind = ObligationKind::payment,
                                         .amount = {amount_ / static_cast<std::int64_t>(instalments)},
                                         .due = day_ + std::chrono::days{10 + 20 * static_cast<int>(i)}});
        instalments_ = static_cast<ObligationNumber>(instalments);
        add(std::move(draft));
        for (PartyNumber party = 1; party <= parties_; ++party) add(SignAsParty{party, SigningMethod::fingerprint});
        add(SignAsMediator{"", SigningMethod::handwritten});
        add(AffixSeal{});
    }

    void afterwards() {
        using namespace dispute;
        for (ObligationNumber number = 1; number <= instalments_; ++number) {
            later(9);
            if (random_.one_in(5)) add(UrgePerformance{number});
            add(PerformObligation{number, {}, false});
        }
        later(10);
        if (random_.one_in(6)) add(RecordUnreachable{"", RevisitMethod::phone, day_ + std::chrono::days{3}});
        const bool problem = random_.one_in(8);
        add(revisit(problem));
        if (!problem) return;
        add(OpenFollowUp{mediator(), RevisitProblem::mood_relapse});
        later(9);
        add(ResolveFollowUp{});
    }

    dispute::MakeRevisit revisit(bool problem) {
        using namespace dispute;
        return {.method = random_.one_in(2) ? RevisitMethod::phone : RevisitMethod::home_visit,
                .satisfaction = problem ? Satisfaction::dissatisfied : Satisfaction::satisfied,
                .fulfilment = Fulfilment::fulfilled,
                .residual_risk = problem ? ResidualRisk::low : ResidualRisk::none,
                .problem = problem ? RevisitProblem::mood_relapse : RevisitProblem::none};
    }

    // Wild orders: each field gets a small value, a code of its table, or a name that may be known.
    template <std::size_t I = 0>
    dispute::Command wild_of(std::size_t index) {
        if constexpr (I < std::variant_size_v<dispute::Command>) {
            if (index != I) return wild_of<I + 1>(index);
            std::variant_alternative_t<I, dispute::Command> order{};
            fill(order);
            return order;
        } else {
            return dispute::CloseCase{};
        }
    }
    template <class T>
    void fill(T& value) {
        using namespace dispute;
        if constexpr (std::is_same_v<T, bool>) {
            value = random_.one_in(2);
        } else if constexpr (std::is_integral_v<T>) {
            value = static_cast<T>(random_.below(4));
        } else if constexpr (Coded<T>) {
            value = random_.pick(code_table(T{})).value;
        } else if constexpr (std::is_enum_v<T>) {
            value = static_cast<T>(random_.below(4));
        } else if constexpr (std::is_same_v<T, std::string>) {
            value = random_.one_in(3) ? std::string{} : "mediator-" + std::to_string(random_.below(3) + 1);
        } else if constexpr (std::is_same_v<T, Money>) {
            value.fen = random_.between(-1, 3) * 1000;
        } else if constexpr (std::is_same_v<T, Date>) {
            value = make_date(2024, 3, 1) + std::chrono::days{random_.below(200)};
        } else if constexpr (std::is_same_v<T, Instant>) {
            value = start_of_day(make_date(2024, 3, 1) + std::chrono::days{random_.below(200)});
        } else if constexpr (std::is_same_v<T, Period>) {
            value = {.count = static_cast<std::int32_t>(random_.below(20)), .unit = PeriodUnit::days};
        } else if constexpr (requires { value.push_back(value.front()); }) {
            value.resize(random_.below(4));
            for (auto& one : value) fill(one);
            if constexpr (std::is_same_v<T, std::vector<Party>>)
                for (std::size_t i = 0; i < value.size(); ++i) value[i].number = static_cast<PartyNumber>(i + 1);
        } else {
            T::describe([&](std::string_view, auto member) { fill(value.*member); });
            if constexpr (std::is_same_v<T, RegisterCase>) value.jurisdiction = jurisdiction_;
        }
    }

    Random random_;
    std::string jurisdiction_;
    std::vector<DatedOrder> orders_{};
    Date day_{};
    dispute::PartyNumber parties_{2};
    std::int64_t amount_{};
    dispute::ObligationNumber instalments_{};
};

}  // namespace anjie::test
