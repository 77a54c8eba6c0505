#!/usr/bin/env python3
"""Gives what Anjie signs and proves to a verifier that is not ours, then damages it and expects each damage found.

third_party_test.py TRUST_MATERIAL CACHE_DIRECTORY go|npm|openssl
Exit 77: that verifier is not on this machine.
"""
import base64
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
NOT_HERE = 77


def go_command(work, cache):
    program = work / "verify"
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(cache / "go"), "GOFLAGS": "", "CGO_ENABLED": "0"}
    subprocess.run(["go", "build", "-o", program, HERE / "go" / "verify.go"], check=True, env=environment, timeout=500)
    return [program]


def npm_command(_work, _cache):
    npm = shutil.which("npm")
    roots = [pathlib.Path(npm).resolve().parent.parent] if npm else []
    roots += [pathlib.Path("/usr/lib/node_modules/npm"), pathlib.Path("/usr/share/nodejs/npm"), pathlib.Path("/usr/share/nodejs")]
    for root in roots:
        for verifier in (root / "node_modules/@sigstore/verify", root / "@sigstore/verify"):
            if (verifier / "dist/tlog/checkpoint.js").exists():
                return ["node", HERE / "npm_verify.js"], verifier
    print("npm here carries no @sigstore/verify with dist/tlog/checkpoint.js: nothing was checked")
    sys.exit(NOT_HERE)


def openssl_command(_work, _cache):
    return ["sh", HERE / "openssl_verify.sh"]


def replace(file, change):
    content = file.read_bytes()
    changed = change(content)
    assert changed != content, f"{file} was not damaged"
    file.write_bytes(changed)


def flipped(text, part):
    """The base64 word that ends at `part` of its bytes, with one bit of it turned."""
    data = bytearray(base64.b64decode(text))
    data[int(len(data) * part)] ^= 1
    return base64.b64encode(bytes(data))


def turn_signature(name, line):
    def change(content):
        lines = content.split(b"\n")
        at = [i for i, text in enumerate(lines) if text.startswith("\u2014".encode())][line]
        head, word = lines[at].rsplit(b" ", 1)
        lines[at] = head + b" " + flipped(word, 0.5)
        return b"\n".join(lines)
    return lambda material: replace(material / name, change)


def turn_hash(name, line):
    """Damages the last hash of that line, or of the first below it that has one."""
    def change(content):
        lines = content.split(b"\n")
        at = next(i for i in range(line, len(lines)) if lines[i].endswith(b"="))
        words = lines[at].split(b" ")
        words[-1] = flipped(words[-1], 0.3)
        lines[at] = b" ".join(words)
        return b"\n".join(lines)
    return lambda material: replace(material / name, change)


def put(name, before, after):
    return lambda material: replace(material / name, lambda content: content.replace(before, after, 1))


def another_key(material):
    shutil.copy(material / "vkey-stranger", material / "vkey")


def turn_byte(name, at):
    def change(content):
        data = bytearray(content)
        data[at] ^= 0x10
        return bytes(data)
    return lambda material: replace(material / name, change)


PROOF = "event-111.tlog-proof"
DAMAGES = {
    "go": {
        "another key": another_key,
        "a signature": turn_signature("checkpoint-300", 0),
        "a size": put("checkpoint-257", b"\n257\n", b"\n256\n"),
        "an inclusion proof": turn_hash("inclusion.txt", 40),
        "an inclusion proof's index": put("inclusion.txt", b"\n8 300 ", b"\n9 300 "),
        "a consistency proof": turn_hash("consistency.txt", 20),
        "a full tile": turn_byte("tile/0/000", 1000),
        "a partial tile": turn_byte("tile/0/001.p/44", 700),
        "a tile above": turn_byte("tile/1/000.p/1", 3),
        "a tile cut short": lambda material: replace(material / "tile/0/001.p/44", lambda content: content[:-32]),
    },
    "npm": {
        "another key": another_key,
        "a signature": turn_signature(PROOF, 0),
        "a hash": turn_hash(PROOF, 3),
        "the index": put(PROOF, b"index 111\n", b"index 110\n"),
        "the size": put(PROOF, b"\n300\n", b"\n301\n"),
    },
    "openssl": {
        "another key": another_key,
        "the Ed25519 signature": turn_signature("checkpoint-300", 0),
        "the SM2 signature": turn_signature("checkpoint-300", 1),
        "the text": put("checkpoint-300", b"\n300\n", b"\n301\n"),
    },
}


def main():
    tool, cache, which = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    found = 0
    with tempfile.TemporaryDirectory(prefix="anjie-third-party-") as folder:
        work = pathlib.Path(folder)
        command = {"go": go_command, "npm": npm_command, "openssl": openssl_command}[which](work, cache)
        command, extra = command if isinstance(command, tuple) else (command, None)
        material = work / "material"
        subprocess.run([tool, material], check=True, timeout=100)

        def verify(directory):
            words = [*command, directory] + ([extra] if extra else [])
            return subprocess.run(words, capture_output=True, text=True, timeout=100, check=False)

        sound = verify(material)
        print(sound.stdout.strip())
        if sound.returncode != 0:
            print(f"the verifier refuses what Anjie made:\n{sound.stderr}")
            return 1
        for name, damage in DAMAGES[which].items():
            copy = work / "copy"
            shutil.copytree(material, copy)
            damage(copy)
            done = verify(copy)
            if done.returncode == 0:
                print(f"damage not found: {name}")
            found += done.returncode != 0
            shutil.rmtree(copy)
    print(f"{found} of {len(DAMAGES[which])} damages found")
    return 0 if found == len(DAMAGES[which]) else 1


if __name__ == "__main__":
    sys.exit(main())
