#!/usr/bin/env python3
"""The log's signed head as an office, an auditor and a witness use it: checkpoints_test.py ANJIE SOURCE_DIRECTORY"""
import json
import os
import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

ANJIE = sys.argv.pop(1)
SOURCE = pathlib.Path(sys.argv.pop(1))
LEDGER = SOURCE / "examples" / "asuo-2024.csv"
ORIGIN = "cases.example.org/log1"
OFFICE = ["--org", "540629-102", "--jurisdiction", "540629", "--prefix", "尼阿调", "--origin", ORIGIN]
CASE = "尼阿调〔2024〕3号"


def anjie(*words, code=0, data=None):
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "ANJIE_ACTOR": "tester"}
    if data is not None:
        env["ANJIE_DATA"] = str(data)
    done = subprocess.run([ANJIE, *map(str, words)], capture_output=True, text=True, env=env, timeout=120, check=False)
    if done.returncode != code:
        raise AssertionError(f"{words}: exit {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}")
    return done.stdout + done.stderr if code else done.stdout


class Checkpoints(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.top = pathlib.Path(tempfile.mkdtemp(prefix="anjie-checkpoints-"))
        cls.imported = cls.top / "imported"
        anjie("init", cls.imported, *OFFICE)
        anjie("import", LEDGER, data=cls.imported)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.top, ignore_errors=True)

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=self.top))
        self.office = self.folder / "office"
        shutil.copytree(self.imported, self.office)

    def key(self, office=None):
        return anjie("checkpoint", "keys", data=office or self.office).splitlines()[0]

    def size(self, office=None):
        return json.loads(anjie("checkpoint", "show", "--json", data=office or self.office))["size"]

    def note_something(self, office=None):
        anjie("case", "do", CASE, "record_late_fact", data=office or self.office)

    def test_every_command_that_appends_signs_and_the_key_is_secret(self):
        before = self.size()
        self.note_something()
        notes = sorted((self.office / "checkpoints").iterdir())
        self.assertEqual(int(notes[-1].stem), before + 1)
        self.assertEqual(notes[-1].read_text().splitlines()[:2], [ORIGIN, str(before + 1)])
        key = self.office / "keys" / "log.key"
        self.assertEqual(stat.S_IMODE(key.stat().st_mode), 0o600)
        key.chmod(0o644)
        self.assertIn("chmod 600", anjie("checkpoint", "show", code=2, data=self.office))

    def test_an_auditor_who_kept_a_checkpoint_sees_the_directory_rolled_back(self):
        yesterday = self.folder / "yesterday"
        shutil.copytree(self.office, yesterday)
        key = self.key()
        self.note_something()
        held = self.folder / "held.note"
        anjie("checkpoint", "export", held, data=self.office)
        self.assertIn("0 findings", anjie("verify", self.office, "--checkpoint", held, "--key", key))
        # Rolled back whole, a directory agrees with itself; only what was kept outside shows it.
        anjie("verify", yesterday)
        answer = anjie("verify", yesterday, "--checkpoint", held, "--key", key, code=3)
        self.assertIn(f"the log ends at position 316, but the held checkpoint of {ORIGIN} at 317", answer)
        # The log alone rolled back contradicts the checkpoints beside it, and signs nothing more.
        shutil.rmtree(self.office / "log")
        shutil.copytree(yesterday / "log", self.office / "log")
        self.assertIn(f"the checkpoint of {ORIGIN} at 317", anjie("verify", self.office, code=3))
        self.assertIn("rolled back", anjie("checkpoint", "show", code=3, data=self.office))

    def test_whoever_holds_the_key_can_replace_what_nobody_outside_has_seen(self):
        yesterday = self.folder / "yesterday"
        shutil.copytree(self.office, yesterday)
        key = self.key()
        self.note_something()
        held = self.folder / "held.note"
        anjie("checkpoint", "export", held, data=self.office)
        # The office goes back to yesterday, forgets that it ever signed, and writes another today.
        shutil.rmtree(yesterday / "checkpoints")
        self.note_something(office=yesterday)
        anjie("verify", yesterday)
        answer = anjie("verify", yesterday, "--checkpoint", held, "--key", key, code=3)
        self.assertIn("the first 317 events are not those that the held checkpoint", answer)

    def test_a_held_checkpoint_needs_a_key_that_is_believed(self):
        held = self.folder / "held.note"
        anjie("checkpoint", "export", held, data=self.office)
        self.assertIn("--key", anjie("verify", self.office, "--checkpoint", held, code=2))
        other = self.folder / "other"
        anjie("init", other, *OFFICE)
        anjie("verify", self.office, "--checkpoint", held, "--key", self.key(other), code=3)
        forged = held.read_text().replace("316", "315")
        held.write_text(forged)
        anjie("verify", self.office, "--checkpoint", held, "--key", self.key(), code=3)

    def test_a_checkpoint_that_was_tampered_with_is_a_finding(self):
        note = sorted((self.office / "checkpoints").iterdir())[-1]
        note.write_text(note.read_text().replace("316", "317"))
        self.assertIn("is no checkpoint of this log", anjie("verify", self.office, code=3))

    def test_keys_rotate_by_a_checkpoint_with_both_signatures(self):
        old = self.key()
        held = self.folder / "held.note"
        anjie("checkpoint", "export", held, data=self.office)
        self.note_something()
        new = anjie("checkpoint", "rotate-key", data=self.office).strip()
        self.assertNotEqual(old, new)
        both = self.folder / "both.note"
        anjie("checkpoint", "export", both, data=self.office)
        for key in (old, new):
            anjie("verify", self.office, "--checkpoint", both, "--key", key)
        self.note_something()
        after = self.folder / "after.note"
        anjie("checkpoint", "export", after, data=self.office)
        anjie("verify", self.office, "--checkpoint", after, "--key", new)
        anjie("verify", self.office, "--checkpoint", after, "--key", old, code=3)
        anjie("verify", self.office, "--checkpoint", held, "--key", old)
        self.assertEqual(set(anjie("checkpoint", "keys", data=self.office).split()), {old, new})

    def test_an_sm2_signature_stands_beside_the_first(self):
        first = self.key()
        sm2 = anjie("checkpoint", "add-sm2-key", data=self.office).strip()
        self.note_something()
        held = self.folder / "held.note"
        anjie("checkpoint", "export", held, data=self.office)
        self.assertEqual(held.read_text().count("— " + ORIGIN), 2)
        for key in (first, sm2):
            anjie("verify", self.office, "--checkpoint", held, "--key", key)
        anjie("checkpoint", "add-sm2-key", code=4, data=self.office)

    def test_a_witness_cosigns_growth_and_refuses_a_fork(self):
        witness = self.folder / "witness"
        wkey = anjie("witness", "init", witness, "--name", "witness.example.org/w1").split()[0]
        anjie("witness", "trust", witness, self.key())
        request, lines = self.folder / "request", self.folder / "lines"
        fork = self.folder / "fork"
        shutil.copytree(self.office, fork)
        anjie("checkpoint", "request", request, data=self.office)
        lines.write_text(anjie("witness", "cosign", witness, request))
        anjie("checkpoint", "cosign", lines, "--witness", wkey, data=self.office)
        held = self.folder / "held.note"
        anjie("checkpoint", "export", held, data=self.office)
        anjie("verify", self.office, "--checkpoint", held, "--key", self.key(), "--key", wkey)
        size = self.size()
        self.note_something()
        anjie("checkpoint", "request", request, "--from", size, data=self.office)
        anjie("witness", "cosign", witness, request)
        # The other copy grows differently: nothing it can send is a proof from what the witness signed.
        self.note_something(office=fork)
        anjie("checkpoint", "request", request, "--from", size + 1, data=fork)
        self.assertIn("422", anjie("witness", "cosign", witness, request, code=3))
        anjie("checkpoint", "request", request, "--from", size, data=fork)
        anjie("witness", "cosign", witness, request, code=4)

    def test_origins_that_cannot_stand_in_a_note_are_refused_and_two_offices_never_share_one(self):
        anjie("init", self.folder / "bad", *OFFICE[:-1], "a b", code=2)
        origins = set()
        for name in ("a", "b"):
            anjie("init", self.folder / name, *OFFICE[:-2])
            origins.add(self.key(self.folder / name).split("+")[0])
        self.assertEqual(len(origins), 2)


if __name__ == "__main__":
    unittest.main(verbosity=1)
