#include "adapters/sinks/event_words.hpp"

#include <algorithm>
#include <array>

#include "adapters/json/dispute_event.hpp"
#include "adapters/json/values.hpp"
#include "workflows/dispute/dispute.hpp"
#include "workflows/screening/screening.hpp"

namespace anjie::sinks {
namespace {

/// Texts that are codes or versions of tables: nobody types words into them.
constexpr std::array<std::string_view, 7> plain_texts{"jurisdiction", "rules",    "type_table", "area",
                                                      "organiser",    "calendar", "rule"};

template <class Field>
bool is_free_text(std::string_view name);

template <json::Described T>
bool has_free_text() {
    bool found = false;
    T::describe([&](std::string_view name, auto member) {
        found = found || is_free_text<json::FieldType<decltype(member)>>(name);
    });
    return found;
}

template <class Field>
bool is_free_text(std::string_view name) {
    if constexpr (std::is_same_v<Field, std::string>)
        return std::ranges::find(plain_texts, name) == plain_texts.end();
    else if constexpr (std::is_same_v<Field, dispute::CaseNumber>)
        return false;  // 案号 is what offices call the case by.
    else if constexpr (json::is_list<Field>)
        return is_free_text<typename Field::value_type>(name);
    else if constexpr (requires(Field value) { value.has_value(); })
        return is_free_text<typename Field::value_type>(name);
    else if constexpr (json::Described<Field>)
        return has_free_text<Field>();
    else
        return false;
}

template <class E>
EventWord word_of(std::string_view workflow) {
    EventWord word{.name = std::string(workflow) + '.' + std::string(E::name), .type = E::event_type, .fields = {}};
    E::describe([&](std::string_view name, auto member) {
        word.fields.push_back({name, is_free_text<json::FieldType<decltype(member)>>(name)});
    });
    return word;
}

template <class Definition, class SealedCode>
class Words final : public WorkflowWords {
public:
    Words() {
        using Events = json::Alternatives<typename Definition::Event>;
        Events::any([&]<class E>() {
            events_.push_back(word_of<E>(Definition::name));
            return false;
        });
        for (const auto& entry : code_table(SealedCode{}))
            sealed_.emplace_back(std::to_underlying(entry.value), entry.code);
    }

    [[nodiscard]] WorkflowId workflow() const override { return Definition::id; }
    [[nodiscard]] std::string_view name() const override { return Definition::name; }
    [[nodiscard]] const std::vector<EventWord>& events() const override { return events_; }
    [[nodiscard]] const std::vector<std::pair<std::uint16_t, std::string_view>>& sealed() const override {
        return sealed_;
    }
    [[nodiscard]] Result<boost::json::object> read(const EventView& event) const override {
        ANJIE_TRY(const auto decoded, Definition::decode(event.header.type, event.header.schema, event.payload));
        return std::visit([]<class E>(const E& value) { return json::object_of(value); }, decoded);
    }

private:
    std::vector<EventWord> events_;
    std::vector<std::pair<std::uint16_t, std::string_view>> sealed_;
};

}  // namespace

const std::vector<const WorkflowWords*>& all_words() {
    static const Words<dispute::Dispute, dispute::SealedCode> disputes;
    static const Words<screening::Screening, screening::SealedCode> screenings;
    static const std::vector<const WorkflowWords*> all{&disputes, &screenings};
    return all;
}

const WorkflowWords* words_of(WorkflowId workflow) {
    const auto found = std::ranges::find(all_words(), workflow, &WorkflowWords::workflow);
    return found == all_words().end() ? nullptr : *found;
}

const EventWord* find_event(const WorkflowWords& words, EventType type) {
    const auto found = std::ranges::find(words.events(), type, &EventWord::type);
    return found == words.events().end() ? nullptr : &*found;
}

}  // namespace anjie::sinks
