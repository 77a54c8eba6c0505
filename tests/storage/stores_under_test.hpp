#pragma once

#include <optional>

#include "storage/memory/memory_store.hpp"

namespace anjie::test {

/// Each store that must behave as the ports say is wrapped like this.
struct MemoryUnderTest {
    MemoryStore store;

    EventStore& events() { return store; }
    DerivedStore& derived() { return store; }
    void reopen() { store.reopen(); }
};

}  // namespace anjie::test

/// The list of stores that the conformance tests run on.
#define ANJIE_STORES_UNDER_TEST anjie::test::MemoryUnderTest
