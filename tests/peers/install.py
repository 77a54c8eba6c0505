#!/usr/bin/env python3
"""Brings the packages of package-lock.json into a folder of the build, once: install.py FOLDER | --self-test

The first time it needs the network. Whoever is asked again finds them there: a stamp holds the hash of the lock file. When
they cannot be brought, that is a failure and no skip: a peer that was not asked has not agreed.
"""
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# What anybody may use for anything. One package is held to its own licence: MPL-2.0 asks that changes of its files be
# published; it is used as it came, in tests, and is part of nothing that is handed on.
PERMISSIVE = {"MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Unlicense"}
NAMED = {"ical.js": "MPL-2.0"}
ATTEMPTS = 3
ADDRESS = re.compile(r'"resolved"|\.tgz')


def licence_faults(modules):
    """What is there, and a sentence for each package that may not be."""
    found, faults = 0, []
    for file in sorted(modules.rglob("package.json")):
        if file.parent.parent.name != "node_modules" and not file.parent.parent.name.startswith("@"):
            continue  # A package's own sub-folder.
        package = json.loads(file.read_text(encoding="utf-8"))
        if "name" not in package or "version" not in package:
            continue
        found += 1
        licence = package.get("license")
        if licence not in PERMISSIVE and (licence is None or NAMED.get(package["name"]) != licence):
            faults.append(f"{package['name']} {package['version']}: licence {licence!r}")
    return found, faults


def lock_faults(text):
    """A lock file says what, by version and hash; never from where."""
    lock = json.loads(text)
    faults = [f"line {number}: {line.strip()}" for number, line in enumerate(text.splitlines(), 1) if ADDRESS.search(line)]
    faults += [f"{name}: no hash" for name, package in lock["packages"].items() if name and not package.get("integrity")]
    exact = lock["packages"][""]["dependencies"]
    faults += [f"{name}: {version} is no exact version" for name, version in exact.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)]
    return faults


def npm(folder, *words):
    """Runs npm; answers why it failed, or nothing."""
    command = ["npm", *words, "--cache", str(folder / "npm-cache"), "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline",
               "--fetch-retries=2", "--fetch-retry-mintimeout=2000", "--fetch-retry-maxtimeout=10000", "--fetch-timeout=60000"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=240, check=False)
    except subprocess.TimeoutExpired:
        return "npm did not end within 240 s"
    return "" if done.returncode == 0 else (done.stdout + done.stderr)[-2000:] or f"npm: exit {done.returncode}"


def bring(folder, exact):
    """Installs what the lock says, and fills npm's cache with what docs/integration.md asks for, so that its steps need
    no network a second time."""
    trouble = npm(folder, "ci")
    if trouble:
        return trouble
    shown = folder / "shown"
    shutil.rmtree(shown, ignore_errors=True)
    shown.mkdir()
    (shown / "package.json").write_text("{}")
    return npm(folder, "install", "--prefix", str(shown), *(f"{name}@{exact[name]}" for name in ("cloudevents", "standardwebhooks")))


def self_test():
    """What is wrong is found: in lock files, and in packages."""
    text = (pathlib.Path(__file__).parent / "package-lock.json").read_text(encoding="utf-8")
    damages = [lambda lock: lock["packages"]["node_modules/nats"].update(resolved="https://example.org/nats.tgz"),
               lambda lock: lock["packages"]["node_modules/nats"].pop("integrity"),
               lambda lock: lock["packages"][""]["dependencies"].update(nats="^2.29.3")]
    missed = ["the lock file as it is"] if lock_faults(text) else []
    for number, damage in enumerate(damages):
        lock = json.loads(text)
        damage(lock)
        if not lock_faults(json.dumps(lock, indent=2)):
            missed.append(f"damage {number} of the lock file")
    with tempfile.TemporaryDirectory(prefix="anjie-peers-") as folder:
        for name, licence, fine in (("a", "MIT", True), ("b", "GPL-3.0", False), ("c", None, False), ("d", "MPL-2.0", False), ("ical.js", "MPL-2.0", True)):
            modules = pathlib.Path(folder) / name / "node_modules"
            (modules / name).mkdir(parents=True)
            (modules / name / "package.json").write_text(json.dumps({"name": name, "version": "1.0.0", "license": licence}))
            found, faults = licence_faults(modules)
            if found != 1 or bool(faults) == fine:
                missed.append(f"{name} under {licence}")
    print("wrongly judged:" if missed else "all judged rightly", *missed)
    return 1 if missed else 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    folder = pathlib.Path(sys.argv[1])
    text = (folder / "package-lock.json").read_text(encoding="utf-8")
    faults = lock_faults(text)
    if faults:
        print("package-lock.json is not as it has to be (npm install --omit-lockfile-registry-resolved):", *faults, sep="\n  ")
        return 1
    stamp, hashed = folder / "installed", hashlib.sha256(text.encode()).hexdigest()
    if stamp.is_file() and stamp.read_text() == hashed and (folder / "node_modules").is_dir():
        print("they are here")
        return 0
    stamp.unlink(missing_ok=True)
    if shutil.which("npm") is None or shutil.which("node") is None:
        print("node and npm are not installed: ./dev test installs them")
        return 1
    exact = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    for attempt in range(1, ATTEMPTS + 1):
        trouble = bring(folder, exact)
        if not trouble:
            break
        print(f"attempt {attempt} of {ATTEMPTS}: {trouble}")
    else:
        print("The packages of tests/peers/package-lock.json cannot be installed, so what others wrote was NOT asked. The first run "
              "needs the network; later ones find the packages in the build folder.")
        return 1
    found, faults = licence_faults(folder / "node_modules")
    if faults or found < len(exact):
        print(f"{found} packages; not permissively licensed:", *faults, sep="\n  ")
        return 1
    stamp.write_text(hashed)
    print(f"{found} packages, all permissively licensed but those named: {', '.join(NAMED)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
