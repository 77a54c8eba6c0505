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

/// `From<p>::To<q, E...>`: each E leads from p to q. `From<p>::Stays<E...>`: each E may happen in p and changes
/// nothing.
template <auto P>
struct From {
    template <auto Q, class... E>
    using To = mp11::mp_list<boost::msm::front::Row<In<P>, E, In<Q>>...>;
    template <class... E>
    using Stays = mp11::mp_list<boost::msm::front::Row<In<P>, E, boost::msm::front::none>...>;
};

/// Events that a machine treats alike: one MSM event stands for all of them, or the machine would take minutes to
/// compile. A type may stand alone in one phase and in a group in another.
template <class... E>
struct Alike {
    using members = mp11::mp_list<E...>;
};

template <class E>
struct MembersOf {
    using type = mp11::mp_list<E>;
};
template <class E>
requires requires { typename E::members; }
struct MembersOf<E> {
    using type = typename E::members;
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

/// What every region's machine is made of; the region adds its rows and its initial state.
template <class Derived>
struct Region : boost::msm::front::state_machine_def<Derived> {
    bool refused{};

    template <class Machine, class E>
    void no_transition(const E&, Machine&, int) {
        refused = true;
    }
};

template <class Row>
using event_of = typename Row::Evt;

/// Walks a machine breadth first from its initial state and writes down what it does with each event in each phase.
/// `Front` is a `Region` with `Rows`, an mp_list of MSM rows.
template <class Table, class Phase, class Front>
class Explorer {
    using Machine = boost::msm::back::state_machine<Front>;

public:
    Explorer() { name_phases(std::make_index_sequence<Table::phase_count>{}); }

    [[nodiscard]] Table explore() const {
        Table table;
        for_each_event([&]<class E>(mp11::mp_identity<E>) {
            for_each_member<E>([&](Trigger member) { table.set_concerned(member); });
        });
        std::array<bool, Table::phase_count> seen{};
        std::deque<Machine> open;
        Machine first;
        first.start();
        seen[static_cast<std::size_t>(phase_of(first))] = true;
        open.push_back(std::as_const(first));  // MSM copies only from const: else it makes a fresh machine.
        while (!open.empty()) {
            const Machine here(std::as_const(open.front()));
            open.pop_front();
            for_each_event([&]<class E>(mp11::mp_identity<E>) {
                Machine there(here);
                there.refused = false;
                there.process_event(E{});
                if (there.refused) return;
                const Phase to = phase_of(there);
                for_each_member<E>([&](Trigger member) { table.set_next(phase_of(here), member, to); });
                if (!std::exchange(seen[static_cast<std::size_t>(to)], true)) open.push_back(std::as_const(there));
            });
        }
        return table;
    }

    /// Drives one fresh machine through `events` and says where it ends; nullopt once it refuses one.
    [[nodiscard]] std::optional<Phase> drive(const std::vector<Trigger>& events) const {
        Machine machine;
        machine.start();
        for (const auto wanted : events) {
            bool taken = false;
            for_each_event([&]<class E>(mp11::mp_identity<E>) {
                bool member_wanted = false;
                for_each_member<E>([&](Trigger member) { member_wanted |= member == wanted; });
                if (taken || !member_wanted) return;
                machine.refused = false;
                machine.process_event(E{});
                taken = !machine.refused;
            });
            if (!taken) return std::nullopt;
        }
        return phase_of(machine);
    }

private:
    template <class List>
    struct Walk;
    template <class... E>
    struct Walk<mp11::mp_list<E...>> {
        static void run(const auto& visit) { (visit(mp11::mp_identity<E>{}), ...); }
    };
    static void for_each_event(const auto& visit) {
        Walk<mp11::mp_unique<mp11::mp_transform<event_of, typename Front::Rows>>>::run(visit);
    }
    template <class E>
    static void for_each_member(const auto& visit) {
        Walk<typename MembersOf<E>::type>::run(
            [&]<class Member>(mp11::mp_identity<Member>) { visit(trigger<Member>); });
    }
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

    std::array<Phase, Table::phase_count> id_to_phase_{};
};

}  // namespace anjie::dispute::phases
