#include "adapters/json/screening_event.hpp"

#include "adapters/json/values.hpp"

namespace anjie::json {

boost::json::object event_to_json(const screening::Event& event) {
    return std::visit([]<class E>(const E& value) { return object_of(value, {{"event", E::name}}); }, event);
}

}  // namespace anjie::json
