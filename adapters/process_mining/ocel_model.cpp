#include "adapters/process_mining/ocel_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "workflows/dispute/dispute.hpp"

namespace anjie::process_mining {
namespace {

using namespace dispute;

Attribute flag_attribute(std::string_view name, bool value) {
    return {.name = name, .type = AttributeType::boolean, .text = value ? "true" : "false", .time = {}};
}
Attribute time_attribute(std::string_view name, Instant value) {
    return {.name = name, .type = AttributeType::time, .text = {}, .time = value};
}
template <Coded E>
Attribute code_attribute(std::string_view name, E value) {
    return text_attribute(name, code_of(value));
}

std::vector<Attribute> attributes_of(const State& state, bool with_number) {
    std::vector<Attribute> values;
    values.push_back(text_attribute("number", with_number ? to_string(state.number) : std::string{}));
    values.push_back(text_attribute("jurisdiction", is_code(state.jurisdiction) ? state.jurisdiction : std::string{}));
    values.push_back(code_attribute("source", state.source));
    values.push_back(code_attribute("channel", state.channel));
    values.push_back(code_attribute("type", state.type));
    values.push_back(code_attribute("difficulty", state.difficulty));
    values.push_back(integer_attribute("people_count", state.people_count));
    values.push_back(money_attribute("amount", state.amount));
    values.push_back(code_attribute("procedure", state.procedure));
    values.push_back(code_attribute("revisit", state.revisit));
    values.push_back(code_attribute("confirmation", state.confirmation));
    values.push_back(code_attribute("file", state.file));
    values.push_back(text_attribute("result", state.result ? code_of(*state.result) : ""));
    return values;
}

std::vector<Attribute> attributes_of(const ObligationState& owed) {
    return {code_attribute("kind", owed.obligation.kind), money_attribute("amount", owed.obligation.amount),
            day_attribute("due", owed.obligation.due), code_attribute("phase", owed.phase),
            money_attribute("performed", owed.performed)};
}

std::vector<Attribute> attributes_of(const PartyState& party) {
    return {integer_attribute("number", party.party.number), code_attribute("role", party.party.role),
            code_attribute("kind", party.party.kind),
            text_attribute("consent", party.refusal   ? "refused"
                                      : party.consent ? "given"
                                                      : "")};
}

std::vector<Attribute> attributes_of(const AgreementState& agreement) {
    std::vector<Attribute> values{code_attribute("form", agreement.form), flag_attribute("partial", agreement.partial),
                                  integer_attribute("copies", agreement.copies),
                                  money_attribute("amount", agreement.amount)};
    if (agreement.effective) values.push_back(day_attribute("effective_on", agreement.effective.on));
    return values;
}

}  // namespace

/// Folds one history, and notes beside each event which objects it concerns and what it changed in them.
class CaseBuilder {
public:
    CaseBuilder(OcelModel& model, const CaseHistory& history) : model_(model), id_(model.pseudonyms_.dispute(history)) {
        object(ObjectType::dispute_case, id_);
    }

    void take(const HistoryEvent& recorded) {
        const auto& header = recorded.header;
        // Late entries tell of earlier days; what an object was follows the order in which it became known.
        changed_at_ = std::max(changed_at_, header.occurred_at.at);
        Dispute::evolve(state_, recorded.event, view_of(header));
        note_changes();
        OcelEvent event{.id = fmt::format("event:{}", header.position),
                        .kind = &kind_of(recorded.event),
                        .at = header.occurred_at.at,
                        .attributes = {},
                        .relations = {}};
        event.attributes = envelope_of(*event.kind, header);
        for (auto& one : process_mining::attributes_of(recorded.event, model_.pseudonyms_))
            event.attributes.push_back(std::move(one));
        relations_ = &event.relations;
        relate(id_, "case");
        relate(committee(header.organisation), "recorded_by");
        std::visit(
            [&](const auto& e) {
                relate_fields(e);
                relate_further(e);
            },
            recorded.event);
        made_.events.push_back(std::move(event));
    }

    OcelCase finish() {
        made_.objects.reserve(order_.size());
        for (const auto& id : order_) made_.objects.push_back(std::move(objects_.at(id)));
        return std::move(made_);
    }

private:
    static EventHeaderView view_of(const EventHeader& header) {
        EventHeaderView view;
        view.position = header.position;
        view.case_id = header.case_id;
        view.version = header.version;
        view.workflow = header.workflow;
        view.type = header.type;
        view.schema = header.schema;
        view.occurred_at = header.occurred_at;
        view.recorded_at = header.recorded_at;
        view.command_id = header.command_id;
        view.actor = header.actor;
        view.organisation = header.organisation;
        view.rule_version = header.rule_version;
        return view;
    }

    std::vector<Attribute> envelope_of(const EventKind& kind, const EventHeader& header) {
        return {text_attribute("code", kind.code),
                text_attribute("actor", model_.pseudonyms_.person(header.actor)),
                time_attribute("recorded_at", header.recorded_at),
                flag_attribute("day_only", header.occurred_at.day_only),
                integer_attribute("position", static_cast<std::int64_t>(header.position)),
                integer_attribute("version", header.version)};
    }

    // Names of objects.

    [[nodiscard]] std::string numbered(std::string_view kind, std::uint32_t number) const {
        return fmt::format("{}:{}:{}", kind, id_, number);
    }
    [[nodiscard]] std::string party(PartyNumber number) const { return numbered("party", number); }
    [[nodiscard]] std::string obligation(ObligationNumber number) const { return numbered("obligation", number); }
    [[nodiscard]] std::string agreement(std::uint16_t number) const { return numbered("agreement", number); }
    std::string mediator(std::string_view code) {
        if (code.empty()) return {};
        auto id = "mediator:" + model_.pseudonyms_.person(code);
        model_.mediators_.insert(id);
        return id;
    }
    std::string committee(std::string_view code) {
        if (code.empty()) return {};
        auto id = "committee:" + model_.pseudonyms_.organisation(code);
        model_.committees_.try_emplace(id);
        return id;
    }

    // What objects are.

    OcelObject& object(ObjectType type, const std::string& id) {
        const auto [found, fresh] = objects_.try_emplace(id);
        if (fresh) {
            found->second.type = type;
            found->second.id = id;
            order_.push_back(id);
        }
        return found->second;
    }
    void join(const std::string& from, const std::string& to, std::string_view qualifier) {
        const auto found = objects_.find(from);
        if (to.empty() || found == objects_.end()) return;
        auto& relations = found->second.relations;
        Relation relation{to, qualifier};
        if (std::ranges::find(relations, relation) == relations.end()) relations.push_back(std::move(relation));
    }
    /// The values an object has now: its first ones, or what differs from those before.
    void describe(OcelObject& object, std::vector<Attribute> values) {
        auto& known = known_[object.id];
        if (known.empty() && object.initial.empty()) {
            for (const auto& value : values)
                if (value.type == AttributeType::time || !value.text.empty()) object.initial.push_back(value);
        } else {
            for (const auto& value : values)
                if (std::ranges::find(known, value) == known.end()) change(object, value);
        }
        known = std::move(values);
    }
    /// An attribute has one value at one time: of several on the same day the last one stands.
    void change(OcelObject& object, const Attribute& value) const {
        for (auto& one : object.changes)
            if (one.at == changed_at_ && one.attribute.name == value.name) {
                one.attribute = value;
                return;
            }
        object.changes.push_back({changed_at_, value});
    }

    void note_changes() {
        describe(object(ObjectType::dispute_case, id_), attributes_of(state_, !model_.pseudonyms_.numbers_all()));
        const auto held_by = committee(state_.organisation);
        if (!held_by.empty()) model_.committees_[held_by] = code_of(state_.committee);
        join(id_, held_by, "handled_by");
        for (const auto& one : state_.parties) {
            const auto id = party(one.party.number);
            describe(object(ObjectType::party, id), attributes_of(one));
            join(id_, id, code_of(one.party.role));
        }
        for (const auto& one : state_.mediators) join(id_, mediator(one.mediator), "mediated_by");
        for (const auto* one : {&state_.agreement, &state_.draft})
            if (one->number != 0) {
                const auto id = agreement(one->number);
                describe(object(ObjectType::agreement, id), attributes_of(*one));
                join(id_, id, "agreement");
            }
        for (const auto& one : state_.obligations) note(one);
    }
    void note(const ObligationState& owed) {
        const auto id = obligation(owed.obligation.number);
        auto& made = object(ObjectType::obligation, id);
        if (made.initial.empty()) {
            join(agreement(state_.agreement.number), id, "obligation");
            if (is_party(owed.obligation.debtor)) join(id, party(owed.obligation.debtor), "debtor");
            if (is_party(owed.obligation.creditor)) join(id, party(owed.obligation.creditor), "creditor");
        }
        describe(made, attributes_of(owed));
    }
    [[nodiscard]] bool is_party(PartyNumber number) const { return objects_.contains(party(number)); }

    // What the event concerns.

    void relate(const std::string& id, std::string_view qualifier) {
        if (id.empty()) return;
        Relation relation{id, qualifier};
        if (std::ranges::find(*relations_, relation) == relations_->end()) relations_->push_back(std::move(relation));
    }
    void relate_known(const std::string& id, std::string_view qualifier) {
        if (objects_.contains(id)) relate(id, qualifier);
    }

    static std::string_view qualifier_of(std::string_view field) {
        if (field == "parties") return "party";
        if (field == "from") return "replaced";
        if (field == "to") return "replacement";
        return field;
    }

    template <class E>
    void relate_fields(const E& event) {
        E::describe([&](std::string_view field, auto member) {
            using Field = std::remove_cvref_t<decltype(event.*member)>;
            const auto qualifier = qualifier_of(field);
            const auto& value = event.*member;
            if constexpr (std::is_same_v<Field, std::vector<Party>>) {
                for (const auto& one : value) relate_known(party(one.number), qualifier);
            } else if constexpr (std::is_same_v<Field, std::vector<PartyNumber>>) {
                for (const auto one : value) relate_known(party(one), qualifier);
            } else if constexpr (std::is_same_v<Field, std::string>) {
                if (names_person(E::name, field)) relate(mediator(value), qualifier);
            } else if constexpr (std::is_same_v<Field, std::uint16_t>) {
                if (field == "party") relate_known(party(value), qualifier);
                if (field == "obligation") relate_known(obligation(value), qualifier);
                if (field == "agreement") relate_known(agreement(value), qualifier);
            }
        });
    }

    template <class E>
    void relate_further(const E& event) {
        constexpr bool session =
            std::is_same_v<E, SessionScheduled> || std::is_same_v<E, SessionHeld> || std::is_same_v<E, SessionMissed>;
        constexpr bool signing = std::is_same_v<E, PartySigned> || std::is_same_v<E, MediatorSigned> ||
                                 std::is_same_v<E, SealAffixed> || std::is_same_v<E, SigningRefused>;
        if constexpr (session)
            for (const auto& one : state_.mediators) relate(mediator(one.mediator), "mediator");
        if constexpr (signing) relate_known(agreement(state_.draft.number), "agreement");
        if constexpr (E::name.starts_with("confirmation_"))
            relate_known(agreement(state_.agreement.number), "agreement");
        if constexpr (E::name.starts_with("follow_up_")) relate_follow_up(E::name.substr(10));
        if constexpr (std::is_same_v<E, AgreementEffective>)
            for (const auto& one : state_.agreement.obligations) relate_known(obligation(one.number), "obligation");
        if constexpr (std::is_same_v<E, AlarmRaised>)
            if (event.kind == DeadlineKind::performance) relate_known(obligation(event.item), "obligation");
        if constexpr (std::is_same_v<E, RevisitMade>) relate_revisit(event);
        if constexpr (std::is_same_v<E, DocumentFiled>) relate_document(event);
    }

    void relate_revisit(const RevisitMade& made) {
        const auto id = numbered("revisit", ++revisits_);
        object(ObjectType::revisit, id).initial = {
            code_attribute("method", made.method), code_attribute("satisfaction", made.satisfaction),
            code_attribute("fulfilment", made.fulfilment), code_attribute("residual_risk", made.residual_risk),
            code_attribute("problem", made.problem)};
        join(id_, id, "revisit");
        join(id, mediator(made.revisitor), "made_by");
        if (state_.agreement.number != 0) join(id, agreement(state_.agreement.number), "agreement");
        relate(id, "revisit");
    }
    void relate_follow_up(std::string_view step) {
        if (revisits_ == 0) return;
        const auto id = numbered("revisit", revisits_);
        change(objects_.at(id), text_attribute("follow_up", step));
        relate(id, "revisit");
    }
    void relate_document(const DocumentFiled& filed) {
        const auto id = numbered("document", ++documents_);
        object(ObjectType::document, id).initial = {code_attribute("kind", filed.kind),
                                                    integer_attribute("pages", filed.pages)};
        join(id_, id, "document");
        relate(id, "document");
    }

    OcelModel& model_;
    std::string id_;
    State state_{};
    Instant changed_at_{};
    std::uint32_t revisits_{};
    std::uint32_t documents_{};
    std::map<std::string, OcelObject> objects_{};
    std::vector<std::string> order_{};
    std::map<std::string, std::vector<Attribute>> known_{};
    std::vector<Relation>* relations_{};
    OcelCase made_{};
};

OcelCase OcelModel::take(const CaseHistory& history) {
    CaseBuilder builder(*this, history);
    for (const auto& event : history.events) builder.take(event);
    return builder.finish();
}

std::vector<OcelObject> OcelModel::shared() const {
    std::vector<OcelObject> objects;
    const auto add = [&](ObjectType type, const std::string& id, std::vector<Attribute> initial) {
        objects.push_back({.type = type, .id = id, .initial = std::move(initial), .changes = {}, .relations = {}});
    };
    for (const auto& id : mediators_) add(ObjectType::mediator, id, {});
    for (const auto& [id, kind] : committees_)
        add(ObjectType::committee, id,
            kind.empty() ? std::vector<Attribute>{} : std::vector{text_attribute("kind", kind)});
    return objects;
}

}  // namespace anjie::process_mining
