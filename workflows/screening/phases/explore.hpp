#pragma once

#include <boost/mpl/push_back.hpp>
#include <boost/mpl/vector.hpp>
#include <boost/msm/back/metafunctions.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>
#include <deque>
#include <utility>

#include "workflows/screening/phases/region.hpp"

/// How a region writes its machine and walks it. Only the regions' .cpp files include this: MSM is slow to compile.
namespace anjie::screening::phases {

template <auto P>
struct In : boost::msm::front::state<> {};

template <class... Row>
struct Rows {};

/// `To<p, q, E...>`: each E leads from p to q. `Stays<p, E...>`: each E may happen in p and changes nothing.
template <auto P, auto Q, class... E>
using To = Rows<boost::msm::front::Row<In<P>, E, In<Q>>...>;
template <auto P, class... E>
using Stays = Rows<boost::msm::front::Row<In<P>, E, boost::msm::front::none>...>;

/// All rows of several lists in one MPL sequence, as MSM wants it.
template <class Sequence, class... Lists>
struct Joined {
    using type = Sequence;
};
template <class Sequence, class... Lists>
struct Joined<Sequence, Rows<>, Lists...> : Joined<Sequence, Lists...> {};
template <class Sequence, class First, class... Rest, class... Lists>
struct Joined<Sequence, Rows<First, Rest...>, Lists...>
    : Joined<typename boost::mpl::push_back<Sequence, First>::type, Rows<Rest...>, Lists...> {};

template <auto Start, class... Lists>
struct Region : boost::msm::front::state_machine_def<Region<Start, Lists...>> {
    using initial_state = In<Start>;
    struct transition_table : Joined<boost::mpl::vector0<>, Lists...>::type {};

    bool refused{};

    template <class Machine, class E>
    void no_transition(const E&, Machine&, int) {
        refused = true;
    }
};

/// Walks a machine breadth first from its initial state and writes down what it does with each event in each phase.
template <class Table, class Phase, Phase Start, class... Lists>
class Explorer {
    using Machine = boost::msm::back::state_machine<Region<Start, Lists...>>;

public:
    Explorer() { name_phases(std::make_index_sequence<Table::phase_count>{}); }

    [[nodiscard]] Table explore() const {
        Table table;
        std::array<bool, Table::phase_count> seen{};
        std::deque<Machine> open;
        Machine first;
        first.start();
        seen[static_cast<std::size_t>(Start)] = true;
        open.push_back(std::as_const(first));  // MSM copies only from const: else it makes a fresh machine.
        while (!open.empty()) {
            const Machine here = std::as_const(open.front());
            open.pop_front();
            for (Trigger event = 0; event < trigger_count; ++event) {
                Machine there(here);
                const auto to = step(there, event);
                if (!to) continue;
                table.set_next(phase_of(here), event, *to);
                if (!std::exchange(seen[static_cast<std::size_t>(*to)], true)) open.push_back(std::as_const(there));
            }
        }
        return table;
    }

    /// Drives one fresh machine through `events` and says where it ends; nullopt once it refuses one.
    [[nodiscard]] std::optional<Phase> drive(const std::vector<Trigger>& events) const {
        Machine machine;
        machine.start();
        std::optional<Phase> phase = Start;
        for (const Trigger event : events) {
            phase = step(machine, event);
            if (!phase) return std::nullopt;
        }
        return phase;
    }

private:
    [[nodiscard]] std::optional<Phase> step(Machine& machine, Trigger event) const {
        return step_indexed(machine, event, std::make_index_sequence<trigger_count>{});
    }
    template <std::size_t... I>
    [[nodiscard]] std::optional<Phase> step_indexed(Machine& machine, Trigger event, std::index_sequence<I...>) const {
        machine.refused = false;
        ((event == I ? static_cast<void>(machine.process_event(std::variant_alternative_t<I, Event>{}))
                     : static_cast<void>(0)),
         ...);
        if (machine.refused) return std::nullopt;
        return phase_of(machine);
    }
    [[nodiscard]] Phase phase_of(const Machine& machine) const {
        return id_to_phase_[static_cast<std::size_t>(machine.current_state()[0])];
    }
    template <std::size_t... I>
    void name_phases(std::index_sequence<I...>) {
        ((id_to_phase_[static_cast<std::size_t>(
              boost::msm::back::get_state_id<typename Machine::stt, In<static_cast<Phase>(I)>>::type::value)] =
              static_cast<Phase>(I)),
         ...);
    }

    std::array<Phase, Table::phase_count> id_to_phase_{};
};

}  // namespace anjie::screening::phases
