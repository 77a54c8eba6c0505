#pragma once

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#include <boost/mpl/push_back.hpp>
#include <boost/mpl/vector.hpp>
#include <boost/msm/back/metafunctions.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>
#include <deque>
#include <utility>

#include "workflows/dispute/phases/region.hpp"

/// How a region writes its machine and walks it. Only the regions' .cpp files include this: MSM is slow to compile.
namespace anjie::dispute::phases {

namespace mp11 = boost::mp11;

template <auto P>
struct In : boost::msm::front::state<> {
    static constexpr auto phase = P;
};

/// `From<p>::To<q, E...>`: each E leads from p to q. `From<p>::Stays<E...>`: each E may happen in p and changes nothing.
template <auto P>
struct From {
    template <auto Q, class... E>
    using To = mp11::mp_list<boost::msm::front::Row<In<P>, E, In<Q>>...>;
    template <class... E>
    using Stays = mp11::mp_list<boost::msm::front::Row<In<P>, E, boost::msm::front::none>...>;
};

template <class Sequence, class... Row>
struct AsMpl {
    using type = Sequence;
};
template <class Sequence, class First, class... Rest>
struct AsMpl<Sequence, First, Rest...> {
    using type = typename AsMpl<typename boost::mpl::push_back<Sequence, First>::type, Rest...>::type;
};
template <class List>
struct MplRows;
template <class... Row>
struct MplRows<mp11::mp_list<Row...>> {
    using type = typename AsMpl<boost::mpl::vector0<>, Row...>::type;
};

/// The machine itself. `Rows` is an mp_list of MSM rows; it begins in `Start`.
template <auto Start, class Rows>
struct Region : boost::msm::front::state_machine_def<Region<Start, Rows>> {
    using initial_state = In<Start>;
    struct transition_table : MplRows<Rows>::type {};

    bool refused{};

    template <class Machine, class E>
    void no_transition(const E&, Machine&, int) {
        refused = true;
    }
};

template <class Row>
using event_of = typename Row::Evt;

/// Walks a machine breadth first from its initial state and writes down what it does with each event in each phase.
template <class Phase, std::size_t PhaseCount, auto Start, class Rows>
class Explorer {
    using Machine = boost::msm::back::state_machine<Region<Start, Rows>>;
    using Table = PhaseTable<Phase, PhaseCount>;
    using Events = mp11::mp_unique<mp11::mp_transform<event_of, Rows>>;

public:
    Explorer() {
        for (auto& known : id_to_phase_) known = static_cast<Phase>(0);
        name_phases(std::make_index_sequence<PhaseCount>{});
    }

    [[nodiscard]] Table explore() const {
        Table table;
        mp11::mp_for_each<mp11::mp_transform<mp11::mp_identity, Events>>(
            [&](auto event) { table.set_concerned(trigger<typename decltype(event)::type>); });

        std::array<bool, PhaseCount> seen{};
        std::deque<Machine> open;
        Machine first;
        first.start();
        seen[static_cast<std::size_t>(phase_of(first))] = true;
        open.push_back(std::as_const(first));  // MSM copies only from const: else it makes a fresh machine.
        while (!open.empty()) {
            const Machine here = std::as_const(open.front());
            open.pop_front();
            const Phase from = phase_of(here);
            mp11::mp_for_each<mp11::mp_transform<mp11::mp_identity, Events>>([&](auto event) {
                using E = typename decltype(event)::type;
                Machine there(here);
                there.refused = false;
                there.process_event(E{});
                if (there.refused) return;
                const Phase to = phase_of(there);
                table.set_next(from, trigger<E>, to);
                if (std::exchange(seen[static_cast<std::size_t>(to)], true)) return;
                open.push_back(std::as_const(there));
            });
        }
        return table;
    }

    /// Drives one fresh machine through `events` and says where it ends; nullopt once it refuses one.
    [[nodiscard]] std::optional<Phase> drive(const std::vector<Trigger>& events) const {
        Machine machine;
        machine.start();
        for (const auto wanted : events) {
            bool known = false;
            machine.refused = false;
            mp11::mp_for_each<mp11::mp_transform<mp11::mp_identity, Events>>([&](auto event) {
                using E = typename decltype(event)::type;
                if (known || trigger<E> != wanted) return;
                known = true;
                machine.process_event(E{});
            });
            if (!known || machine.refused) return std::nullopt;
        }
        return phase_of(machine);
    }

private:
    [[nodiscard]] Phase phase_of(const Machine& machine) const {
        return id_to_phase_[static_cast<std::size_t>(machine.current_state()[0])];
    }
    template <std::size_t... I>
    void name_phases(std::index_sequence<I...>) {
        using Stt = typename Machine::stt;
        ((id_to_phase_[static_cast<std::size_t>(
              boost::msm::back::get_state_id<Stt, In<static_cast<Phase>(I)>>::type::value)] = static_cast<Phase>(I)),
         ...);
    }

    std::array<Phase, PhaseCount> id_to_phase_{};
};

}  // namespace anjie::dispute::phases
