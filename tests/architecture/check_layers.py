#!/usr/bin/env python3
"""Fails when a folder includes what design says it must not know.

Link lists alone do not hold the layers: Debian's headers are all in /usr/include, so an engine that includes RocksDB
would build. `--self-test` is the negative control: it feeds forbidden lines and expects each to be found.
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')

THIRD_PARTY = {
    "rocksdb": re.compile(r"^rocksdb/"),
    "capnp": re.compile(r"^(capnp|kj)/|\.capnp\.h$"),
    "sqlite": re.compile(r"^sqlite3"),
    "msm": re.compile(r"^boost/(msm|mpl|mp11)(/|\.hpp)"),
    "json": re.compile(r"^boost/json"),
    "asio": re.compile(r"^boost/(asio|beast)"),
    "boost": re.compile(r"^boost/"),
    "cli11": re.compile(r"^CLI/"),
    "xxhash": re.compile(r"^xxhash"),
    "fmt": re.compile(r"^fmt/"),
    "benchmark": re.compile(r"^benchmark/"),
    "openssl": re.compile(r"^openssl/"),
    "iconv": re.compile(r"^iconv\.h$"),
    "zip": re.compile(r"^zip\.h$"),
    "argon2": re.compile(r"^argon2\.h$"),
    "curl": re.compile(r"^curl/"),
    "nats": re.compile(r"^nats/"),
    "kafka": re.compile(r"^librdkafka/"),
    "postgresql": re.compile(r"^(postgresql/)?libpq"),
    "xlsxwriter": re.compile(r"^xlsxwriter"),
    "expat": re.compile(r"^expat\.h$"),
}

# Building blocks that the other adapters may use: text forms of values, an opened data directory, who may do what, the
# HTTP server, what an office answers to whoever asks.
SHARED_ADAPTERS = {"json", "sqlite", "text_forms", "rulebook", "zip", "workspace", "tables", "calendar_feed", "views", "access", "http", "service"}
# What one adapter may know beyond what all may.
OWN_THIRD_PARTY = {
    "zip": {"fmt", "zip"},
    "process_mining": {"fmt", "sqlite"},  # One of the formats that leave is a database.
    "sqlite": {"fmt", "sqlite"},
    "access": {"fmt", "json", "openssl", "argon2"},
    "http": {"fmt", "json", "asio", "boost", "openssl"},
    "rpc": {"fmt", "json", "capnp"},
    "handover": {"fmt", "json", "boost", "curl"},
    "spreadsheet": {"fmt", "xlsxwriter", "expat"},
}
# One folder a sink; each knows its own client library only.
SINK_THIRD_PARTY = {"webhook": {"curl", "openssl"}, "nats": {"nats"}, "kafka": {"kafka"}, "postgresql": {"postgresql"}}
# The one folder that sees everything.
MAIN = "adapters/anjie/"


def allowed_third_party(path):
    if path.startswith("engine/"):
        return {"fmt"}
    if path.startswith("workflows/"):
        return {"fmt", "msm", "capnp"}
    if path.startswith("storage/rocksdb/"):
        return {"fmt", "rocksdb", "xxhash"}
    if path.startswith("storage/crypto/"):
        return {"fmt", "openssl"}
    if path.startswith("storage/record/"):
        return {"fmt", "capnp", "xxhash"}
    if path.startswith("storage/sqlite/"):
        return {"fmt", "sqlite"}
    if path.startswith("storage/"):
        return {"fmt", "xxhash"}
    if path.startswith(MAIN):
        return set(THIRD_PARTY)
    adapter = path.split("/")[1]
    if adapter == "sinks":
        return {"fmt", "json", "boost"} | SINK_THIRD_PARTY.get(path.split("/")[2], set())
    if adapter in OWN_THIRD_PARTY:
        return OWN_THIRD_PARTY[adapter]
    return {"fmt", "json", "asio", "boost", "cli11", "iconv"}


def allowed_own(path, target):
    """Whether a file at `path` may include our header `target`."""
    if target.startswith("engine/detail/"):
        return path.startswith("engine/") or path.startswith("tests/")
    if path.startswith("engine/"):
        return target.startswith("engine/")
    parts = path.split("/")
    if parts[0] == "workflows":
        return target.startswith("engine/") or target.startswith(f"workflows/{parts[1]}/")
    if parts[0] == "storage":
        own = target.startswith(f"storage/{parts[1]}/")
        return own or target.startswith("engine/") or target.startswith(("storage/record/", "storage/crypto/", "storage/sealing/"))
    if path.startswith(MAIN):
        return True
    if parts[0] == "adapters":
        if target.startswith("adapters/"):
            return target.split("/")[1] in SHARED_ADAPTERS | {parts[1]}
        return target.startswith(("engine/", "workflows/"))
    return True


def complaints(path, line):
    found = INCLUDE.match(line)
    if not found:
        return []
    bracket, target = found.groups()
    out = []
    own = target.split("/")[0] in {"engine", "workflows", "storage", "adapters"}
    if bracket == "<" and own:
        out.append(f"{target}: our own headers are included in quotes")
    if own and not target.endswith(".capnp.h") and not allowed_own(path, target):
        out.append(f"may not know {target}")
    detail = re.match(r"(.+)/detail/", target)
    if detail and not path.startswith(detail.group(1)) and not path.startswith("tests/"):
        out.append(f"{target} is private to {detail.group(1)}/")
    for name, pattern in THIRD_PARTY.items():
        if pattern.search(target) and name not in allowed_third_party(path):
            if name == "boost" and any(p.search(target) for n, p in THIRD_PARTY.items()
                                       if n != "boost" and n in allowed_third_party(path)):
                continue
            out.append(f"may not know {name} ({target})")
    return out


def check(root):
    failed = 0
    seen = 0
    for top in ("engine", "workflows", "storage", "adapters"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in {".hpp", ".cpp"}:
                continue
            seen += 1
            path = str(file.relative_to(root))
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                for complaint in complaints(path, line):
                    print(f"{path}:{number}: {complaint}")
                    failed += 1
                if re.search(r"TODO\(now\)", line):
                    print(f"{path}:{number}: unfinished work marked for now")
                    failed += 1
    print(f"{seen} files looked at, {failed} complaints")
    return 1 if failed or seen == 0 else 0


def self_test():
    forbidden = [
        ("engine/engine.cpp", "#include <rocksdb/db.h>"),
        ("engine/engine.cpp", "#include <boost/asio.hpp>"),
        ("engine/engine.cpp", '#include "workflows/dispute/state.hpp"'),
        ("workflows/dispute/decide.cpp", '#include "workflows/screening/screening.hpp"'),
        ("workflows/dispute/decide.cpp", '#include "storage/memory/memory_store.hpp"'),
        ("workflows/dispute/decide.cpp", "#include <boost/asio.hpp>"),
        ("storage/rocksdb/store.cpp", '#include "workflows/dispute/state.hpp"'),
        ("storage/memory/store.cpp", "#include <rocksdb/db.h>"),
        ("storage/rocksdb/store.cpp", "#include <openssl/evp.h>"),
        ("engine/trust/merkle.cpp", "#include <openssl/sha.h>"),
        ("adapters/cli/due.cpp", '#include "adapters/ledger/import.hpp"'),
        ("adapters/cli/due.cpp", '#include "storage/rocksdb/rocksdb_store.hpp"'),
        ("adapters/cli/due.cpp", '#include "engine/detail/command_processor.hpp"'),
        ("adapters/cli/due.cpp", "#include <engine/time.hpp>"),
        ("adapters/cli/due.cpp", "#include <zip.h>"),
        ("adapters/cli/due.cpp", "#include <sqlite3.h>"),
        ("adapters/process_mining/xes.cpp", '#include "adapters/cli/console.hpp"'),
        ("adapters/http/server.cpp", '#include "adapters/cli/console.hpp"'),
        ("adapters/sinks/nats/sink.cpp", "#include <curl/curl.h>"),
        ("adapters/cli/due.cpp", "#include <argon2.h>"),
    ]
    fine = [
        ("engine/engine.cpp", "#include <fmt/format.h>"),
        ("workflows/dispute/phases/file.cpp", "#include <boost/msm/back/state_machine.hpp>"),
        ("adapters/cli/due.cpp", "#include <boost/json.hpp>"),
        ("adapters/process_mining/ocel_database.cpp", "#include <sqlite3.h>"),
        ("adapters/anjie/main.cpp", '#include "storage/rocksdb/rocksdb_store.hpp"'),
    ]
    bad = [case for case in forbidden if not complaints(*case)] + [case for case in fine if complaints(*case)]
    for case in bad:
        print("wrongly judged:", *case)
    print(f"{len(forbidden) + len(fine)} cases judged, {len(bad)} wrongly")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(self_test() if sys.argv[1:] == ["--self-test"] else check(pathlib.Path(sys.argv[1])))
