#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <memory>

#include "storage/memory/memory_store.hpp"
#include "storage/rocksdb/rocksdb_store.hpp"
#include "tests/storage/temporary_directory.hpp"

namespace anjie::test {

/// Each store that must behave as the ports say is wrapped like this.
struct MemoryUnderTest {
    MemoryStore store;

    EventStore& events() { return store; }
    DerivedStore& derived() { return store; }
    void reopen() { store.reopen(); }
};

struct RocksDbUnderTest {
    TemporaryDirectory directory;
    std::unique_ptr<RocksDbStore> store = open();

    EventStore& events() { return *store; }
    DerivedStore& derived() { return *store; }
    void reopen() {
        store.reset();
        store = open();
    }
    [[nodiscard]] std::unique_ptr<RocksDbStore> open() const {
        auto opened = RocksDbStore::open(directory.path() / "store", {.create_if_missing = true});
        if (!opened) FAIL(opened.error().detail);
        return std::move(*opened);
    }
};

}  // namespace anjie::test

/// The list of stores that the conformance tests run on.
#define ANJIE_STORES_UNDER_TEST anjie::test::MemoryUnderTest, anjie::test::RocksDbUnderTest
