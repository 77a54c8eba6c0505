#include "adapters/ledger/differences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <concepts>

#include "adapters/text_forms/text_forms.hpp"

namespace anjie::ledger {
namespace {

using namespace dispute;

template <Coded E>
std::string text_of(E value) {
    return std::string(code_of(value));
}
template <std::integral N>
std::string text_of(N value) {
    return std::to_string(value);
}
std::string text_of(const std::string& value) { return value; }
std::string text_of(Money value) { return text_forms::to_text(value); }

struct FieldValue {
    std::string_view field;
    std::string recorded, planned;
};

/// Fields by name in which the order says something (not its zero value) and the event says something else.
class Comparison {
public:
    template <class T>
    void operator()(std::string_view field, const T& recorded, const T& planned) {
        if (planned != T{}) values_.push_back({field, text_of(recorded), text_of(planned)});
    }
    [[nodiscard]] std::vector<FieldValue> take() { return std::move(values_); }

private:
    std::vector<FieldValue> values_;
};

void compare(const AssignMediator& order, const MediatorAssigned& event, Comparison& same) {
    same("mediator", event.mediator, order.mediator);
}
void compare(const SuspendMediation& order, const MediationSuspended& event, Comparison& same) {
    same("reason", event.reason, order.reason);
}
void compare(const DraftAgreement& order, const AgreementDrafted& event, Comparison& same) {
    same("form", event.form, order.form);
    same("number", event.number, order.number);
    same("amount", event.amount, order.amount);
}
void compare(const SignAsParty& order, const PartySigned& event, Comparison& same) {
    same("method", event.method, order.method);
}
void compare(const PerformObligation& order, const ObligationPerformed& event, Comparison& same) {
    same("amount", event.amount, order.amount);
}
void compare(const MakeRevisit& order, const RevisitMade& event, Comparison& same) {
    same("agreement_number", event.agreement_number, order.agreement_number);
    same("revisitor", event.revisitor, order.revisitor);
    same("method", event.method, order.method);
    same("satisfaction", event.satisfaction, order.satisfaction);
    same("fulfilment", event.fulfilment, order.fulfilment);
    same("residual_risk", event.residual_risk, order.residual_risk);
    same("problem", event.problem, order.problem);
}
void compare(const OpenFollowUp& order, const FollowUpOpened& event, Comparison& same) {
    same("assignee", event.assignee, order.assignee);
    same("problem", event.problem, order.problem);
}
void compare(const FailMediation& order, const MediationFailed& event, Comparison& same) {
    same("reason", event.reason, order.reason);
}
void compare(const TerminateMediation& order, const MediationTerminated& event, Comparison& same) {
    same("cause", event.cause, order.cause);
}
void compare(const RefuseAcceptance& order, const AcceptanceRefused& event, Comparison& same) {
    same("ground", event.ground, order.ground);
}
void compare(const ArchiveCase& order, const CaseArchived& event, Comparison& same) {
    same("volume", event.volume, order.volume);
    same("retention", event.retention, order.retention);
}

std::vector<FieldValue> compared_fields(const Command& command, const Event& event) {
    return std::visit(
        [&]<class Order>(const Order& order) {
            Comparison comparison;
            std::visit(
                [&]<class Fact>(const Fact& fact) {
                    if constexpr (requires { compare(order, fact, comparison); }) compare(order, fact, comparison);
                },
                event);
            return comparison.take();
        },
        command);
}

Column column_of(std::string_view field, Column otherwise) {
    constexpr std::pair<std::string_view, Column> columns[]{{"mediator", Column::mediator},
                                                            {"form", Column::agreement_form},
                                                            {"number", Column::agreement_number},
                                                            {"amount", Column::agreement_amount},
                                                            {"method", Column::revisit_method},
                                                            {"satisfaction", Column::satisfaction},
                                                            {"fulfilment", Column::revisit_fulfilment},
                                                            {"residual_risk", Column::residual_risk},
                                                            {"problem", Column::problem},
                                                            {"revisitor", Column::revisitor},
                                                            {"agreement_number", Column::agreement_number},
                                                            {"assignee", Column::follow_up_by}};
    const auto* found = std::ranges::find(columns, field, &std::pair<std::string_view, Column>::first);
    return found == std::end(columns) ? otherwise : found->second;
}

/// The effective value of a field: the recorded one, or what it was corrected to last.
struct Effective {
    std::string value;
    Version since;
};
Effective effective(const CaseHistory& history, Version version, std::string_view field, std::string recorded) {
    const auto found = history.corrections.find({version, std::string(field)});
    if (found == history.corrections.end()) return {std::move(recorded), version};
    return {found->second.value, found->second.version};
}

void correct_field(std::vector<Correction>& out, const CaseHistory& history, const RecordedStep& recorded,
                   std::string_view field, std::string before, std::string after, Column column) {
    const auto now = effective(history, recorded.version, field, std::move(before));
    if (now.value == after) return;
    out.push_back({.command = CorrectFact{.corrects = recorded.version, .field = std::string(field), .value = after},
                   .identity = fmt::format("correct|{}|{}|{}|{}", recorded.version, field, now.since, after),
                   .column = column,
                   .before = now.value,
                   .after = after,
                   .sealed = {}});
}

void correct_details(std::vector<Correction>& out, const CaseHistory& history, const RegisterCase& order) {
    const State& now = history.state;
    CorrectDetails wanted{.type = order.type,
                          .source = order.source,
                          .difficulty = order.difficulty,
                          .people_count = order.people_count,
                          .amount = order.amount.fen != 0 ? order.amount : now.amount};
    const CorrectDetails current{now.type, now.source, now.difficulty, now.people_count, now.amount};
    if (wanted == current) return;
    const auto shown = [](const CorrectDetails& one) {
        return fmt::format("{} {} {} {} {}", code_of(one.type), code_of(one.source), code_of(one.difficulty),
                           one.people_count, text_of(one.amount));
    };
    const Column column = wanted.type != current.type                   ? Column::type
                          : wanted.source != current.source             ? Column::source
                          : wanted.amount != current.amount             ? Column::amount
                          : wanted.people_count != current.people_count ? Column::people_count
                                                                        : Column::difficulty;
    out.push_back({.command = wanted,
                   .identity = fmt::format("details|{}|{}", history.details_version, shown(wanted)),
                   .column = column,
                   .before = shown(current),
                   .after = shown(wanted),
                   .sealed = {}});
}

void correct_sealed(std::vector<Correction>& out, const CaseHistory& history, const Step& step,
                    const RecordedStep& recorded) {
    std::vector<SealedField> changed;
    std::string digest;
    for (const auto& field : step.sealed) {
        const auto same = std::ranges::find_if(recorded.sealed, [&](const SealedField& known) {
            return known.subject == field.subject && known.field == field.field;
        });
        // What was erased, or may only be stored, is not taken up again from the ledger.
        if (same != recorded.sealed.end() && (same->readability != Readability::readable || same->text == field.text))
            continue;
        // Never the text: the identity becomes a command's id, and names could be guessed from it.
        digest += fmt::format("|{}.{}", field.subject, field.field);
        changed.push_back(field);
    }
    if (changed.empty()) return;
    const auto since = effective(history, recorded.version, "", {}).since;
    out.push_back({.command = CorrectFact{.corrects = recorded.version, .field = {}, .value = {}},
                   .identity = fmt::format("sealed|{}|{}{}", recorded.version, since, digest),
                   .column = step.column,
                   .before = {},
                   .after = {},
                   .sealed = std::move(changed)});
}

}  // namespace

std::vector<Correction> differences(const Step& step, const RecordedStep& recorded, const CaseHistory& history) {
    std::vector<Correction> out;
    if (const auto* order = std::get_if<RegisterCase>(&step.command)) correct_details(out, history, *order);
    for (auto& value : compared_fields(step.command, recorded.event))
        correct_field(out, history, recorded, value.field, std::move(value.recorded), std::move(value.planned),
                      column_of(value.field, step.column));
    if (step.stated)
        correct_field(out, history, recorded, "occurred_at", anjie::to_string(recorded.on), anjie::to_string(step.on),
                      step.column);
    correct_sealed(out, history, step, recorded);
    return out;
}

}  // namespace anjie::ledger
