#!/usr/bin/env python3
"""Backups made while others write, and directories restored from them: backup_test.py ANJIE SOURCE_DIRECTORY"""
import json
import os
import pathlib
import resource
import shutil
import signal
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


def environment(data=None):
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "ANJIE_ACTOR": "tester"}
    if data is not None:
        env["ANJIE_DATA"] = str(data)
    return env


def anjie(*words, code=0, data=None, both=False, **more):
    done = subprocess.run([ANJIE, *map(str, words)], capture_output=True, text=True, env=environment(data), timeout=120,
                          check=False, **more)
    if done.returncode != code:
        raise AssertionError(f"{words}: exit {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}")
    return done.stdout + done.stderr if code or both else done.stdout


def files_below(folder):
    """Without the companions that SQLite makes and removes as it likes."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.name.startswith("access.sqlite-"))


def small_files():
    """A disk that is full: no file may grow beyond 8 KiB, and the attempt is an error instead of a signal."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))


class Backups(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.top = pathlib.Path(tempfile.mkdtemp(prefix="anjie-backup-"))
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
        self.backup = self.folder / "backup"
        self.restored = self.folder / "restored"

    def key(self, office=None):
        return anjie("checkpoint", "keys", data=office or self.office).splitlines()[0]

    def size(self, office=None):
        return json.loads(anjie("checkpoint", "show", "--json", data=office or self.office))["size"]

    def note_something(self, office=None):
        anjie("case", "do", CASE, "record_late_fact", data=office or self.office)

    def test_a_restored_directory_verifies_and_gives_the_same_report_and_names(self):
        report = anjie("report", "--year", "2024", "--json", data=self.office)
        case = anjie("case", "show", CASE, data=self.office)
        made = json.loads(anjie("backup", self.backup, "--json", data=self.office))
        self.assertEqual((made["origin"], made["events"], made["with_keys"]), (ORIGIN, 316, True))
        self.assertIn("bring back a person erased later", anjie("backup", self.folder / "b2", data=self.office, both=True))
        # What was done after the backup is not in it.
        self.note_something()
        said = anjie("restore", self.backup, self.restored, both=True)
        self.assertIn("after event 316", said)
        self.assertIn("have to be repeated", said)
        self.assertIn(f"{ORIGIN}/r2 continues {ORIGIN}", said)
        self.assertIn("0 findings", anjie("verify", self.restored))
        self.assertEqual(case, anjie("case", "show", CASE, data=self.restored))
        # The same figures as before, and as the office that went on gives for the moment of the backup.
        for again in (anjie("report", "--year", "2024", "--json", data=self.restored),
                      anjie("report", "--year", "2024", "--json", "--as-of", made["last_recorded_at"], data=self.office)):
            self.assertEqual(json.loads(report)["figures"], json.loads(again)["figures"])
        self.note_something(self.restored)
        self.assertIn("317 events, 0 findings", anjie("verify", self.restored))

    def test_keys_are_for_their_owner_alone_and_the_signing_key_stays_behind(self):
        anjie("backup", self.backup, data=self.office)
        self.assertEqual([path.name for path in (self.backup / "keys").iterdir()], ["kek-1"])
        anjie("restore", self.backup, self.restored)
        for place in (self.backup, self.restored):
            self.assertEqual(stat.S_IMODE((place / "keys").stat().st_mode), 0o700)
            for key in (place / "keys").iterdir():
                self.assertEqual(stat.S_IMODE(key.stat().st_mode), 0o600, key)
        self.assertNotEqual((self.office / "keys/log.key").read_bytes(), (self.restored / "keys/log.key").read_bytes())

    def test_backups_made_while_another_process_writes_are_whole(self):
        writer = subprocess.Popen(
            ["sh", "-c", f'while "{ANJIE}" case do "{CASE}" record_late_fact; do :; done'],
            env=environment(self.office), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            ends = []
            for number in range(6):
                made = json.loads(anjie("backup", self.folder / f"b{number}", "--json", data=self.office))
                ends.append(made["events"])
        finally:
            os.killpg(writer.pid, signal.SIGKILL)
            writer.wait()
        self.assertEqual(ends, sorted(ends))
        self.assertGreater(self.size(), 316)  # The negative control: the other process was writing.
        for number, end in enumerate(ends):
            place = self.folder / f"r{number}"
            anjie("restore", self.folder / f"b{number}", place)
            self.assertIn(f"{end} events, 0 findings", anjie("verify", place))

    def test_a_restored_log_continues_the_old_one_and_its_checkpoints_still_verify(self):
        old = self.key()
        held = self.folder / "held.note"
        anjie("checkpoint", "export", held, data=self.office)
        anjie("backup", self.backup, data=self.office)
        anjie("restore", self.backup, self.restored)
        self.assertIn(f"continues {ORIGIN} at 316", anjie("checkpoint", "show", data=self.restored, both=True))
        anjie("verify", self.restored, "--checkpoint", held, "--key", old)
        shown = json.loads(anjie("checkpoint", "show", "--json", data=self.restored))
        self.assertEqual((shown["origin"], shown["continues"]["origin"], shown["continues"]["size"]),
                         (ORIGIN + "/r2", ORIGIN, 316))
        self.note_something(self.restored)
        second = self.folder / "second"
        anjie("backup", self.folder / "b2", data=self.restored)
        anjie("restore", self.folder / "b2", second)
        self.assertTrue(self.key(second).startswith(ORIGIN + "/r3+"))
        anjie("verify", second, "--checkpoint", held, "--key", old)
        self.assertIn(f"continues {ORIGIN}/r2 at 317", anjie("checkpoint", "show", data=second, both=True))
        # What the old log signed is held against the restored one: put another log under it, and it is found.
        self.note_something()
        later = sorted((self.office / "checkpoints").glob("*.note"))[-1]
        shutil.copy(later, second / "checkpoints" / "earlier" / "1" / later.name)
        self.assertIn(f"not those that the checkpoint of {ORIGIN} at 317", anjie("verify", second, code=3))

    def test_a_newer_checkpoint_tells_how_much_is_certainly_lost(self):
        anjie("backup", self.backup, data=self.office)
        for _ in range(2):
            self.note_something()
        held = self.folder / "held.note"
        anjie("checkpoint", "export", held, data=self.office)
        with_kept = ["--newest-checkpoint", held, "--key"]
        self.assertIn("2 at least are certainly lost",
                      anjie("restore", self.backup, self.restored, *with_kept, self.key(), both=True))
        other = self.folder / "other"
        anjie("init", other, *OFFICE[:-1], "cases.example.org/other")
        anjie("restore", self.backup, self.folder / "r2", *with_kept, self.key(other), code=3)
        self.assertFalse((self.folder / "r2").exists())

    def test_a_witness_sees_a_new_log(self):
        anjie("backup", self.backup, data=self.office)
        anjie("restore", self.backup, self.restored)
        witness, request = self.folder / "witness", self.folder / "request"
        anjie("witness", "init", witness, "--name", "witness.example.org/w1")
        anjie("witness", "trust", witness, self.key())
        anjie("checkpoint", "request", request, data=self.office)
        anjie("witness", "cosign", witness, request)
        anjie("checkpoint", "request", request, data=self.restored)
        anjie("witness", "cosign", witness, request, code=5)  # Not trusted until it is told to.
        anjie("witness", "trust", witness, self.key(self.restored))
        anjie("witness", "cosign", witness, request)

    def test_without_keys_nothing_opens_before_they_are_put_back(self):
        said = anjie("backup", self.backup, "--without-keys", data=self.office, both=True)
        self.assertIn("no name can be read", said)
        self.assertFalse((self.backup / "keys").exists())
        self.assertIn("no name can be read", anjie("restore", self.backup, self.restored, both=True))
        self.assertIn("kek-1 is missing", anjie("case", "show", CASE, code=5, data=self.restored))
        shutil.copy(self.office / "keys" / "kek-1", self.restored / "keys" / "kek-1")
        self.assertEqual(anjie("case", "show", CASE, data=self.restored), anjie("case", "show", CASE, data=self.office))
        self.assertIn("0 findings", anjie("verify", self.restored))
        anjie("restore", self.backup, self.folder / "r2", "--keys", self.office / "keys")
        self.assertIn("0 findings", anjie("verify", self.folder / "r2"))
        other = self.folder / "other"
        anjie("init", other, *OFFICE)
        self.assertIn("not the key", anjie("restore", self.backup, self.folder / "r3", "--keys", other / "keys", code=2))

    def test_a_damaged_backup_is_refused_with_a_reason(self):
        anjie("backup", self.backup, data=self.office)
        tables = sorted((self.backup / "log" / "rocksdb").glob("*.sst"), key=lambda path: path.stat().st_size)
        content = bytearray(tables[-1].read_bytes())
        content[len(content) // 3] ^= 1
        tables[-1].write_bytes(content)
        self.assertRegex(anjie("restore", self.backup, self.restored, code=3), "(?i)checksum|corrupt|damaged")
        self.assertEqual(files_below(self.folder), [name for name in files_below(self.folder) if "restored" not in name])

    def test_half_a_backup_and_a_taken_place_are_refused(self):
        anjie("backup", self.backup, data=self.office)
        anjie("backup", self.backup, code=4, data=self.office)
        anjie("backup", self.office / "within", code=2, data=self.office)
        anjie("restore", self.backup, self.office, code=4)
        anjie("restore", self.backup, self.restored, "--origin", ORIGIN, code=2)
        anjie("restore", self.backup, self.restored, "--origin", "a b", code=2)
        (self.backup / "backup.json").unlink()
        self.assertIn("half of one", anjie("restore", self.backup, self.restored, code=5))
        self.assertFalse(self.restored.exists())

    def test_a_full_disk_leaves_nothing_behind(self):
        before = files_below(self.folder)
        anjie("backup", self.backup, code=6, data=self.office, preexec_fn=small_files, restore_signals=False)
        self.assertEqual(before, files_below(self.folder))
        anjie("backup", self.backup, data=self.office)
        before = files_below(self.folder)
        anjie("restore", self.backup, self.restored, code=6, preexec_fn=small_files, restore_signals=False)
        self.assertEqual(before, files_below(self.folder))


if __name__ == "__main__":
    unittest.main(verbosity=1)
