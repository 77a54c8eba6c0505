#!/usr/bin/env python3
"""A person is forgotten, and nothing else: privacy_test.py ANJIE SOURCE_DIRECTORY

Plants what one person told, erases it, and reads every byte of every file of the data directory for it.
"""
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ANJIE = sys.argv.pop(1)
SOURCE = pathlib.Path(sys.argv.pop(1))
LEDGER = SOURCE / "examples" / "asuo-2024.csv"
OFFICE = ["--org", "540629-102", "--jurisdiction", "540629", "--prefix", "尼阿调"]
# The search index keeps each Chinese letter by itself, where three bytes may be found by chance; a word stays whole.
RARE = "wangdui"
NAME, OTHER = "南木加措" + RARE, "格桑曲珍"
PERSONAL = {"1.name": NAME, "1.identity_number": "540229198001011234", "1.phone": "13989070001", "1.address": "阿索乡扎果村九组"}
STORY = "两家为圈草场时的界桩争执"
BASIS = "个人信息保护法第47条：当事人撤回同意"


def environment(data):
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "ANJIE_ACTOR": "tester"}
    if data is not None:
        env["ANJIE_DATA"] = str(data)
    return env


def anjie(*words, code=0, data=None):
    done = subprocess.run([ANJIE, *map(str, words)], capture_output=True, text=True, env=environment(data), timeout=120, check=False)
    if done.returncode != code:
        raise AssertionError(f"{words}: exit {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}")
    return done.stdout + done.stderr if code else done.stdout


def found_in(root, text):
    """The files of a directory that hold a text in UTF-8 or UTF-16, with or without spaces between its letters."""
    needles = {text.encode(), text.encode("utf-16-le")}

    def holds(path):
        content = path.read_bytes()
        return any(needle in content or needle in content.replace(b" ", b"") for needle in needles)

    return [path for path in sorted(root.rglob("*")) if path.is_file() and holds(path)]


class Privacy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.top = pathlib.Path(tempfile.mkdtemp(prefix="anjie-privacy-"))
        cls.planted = cls.top / "planted"
        anjie("init", cls.planted, *OFFICE)
        anjie("import", LEDGER, data=cls.planted)
        cls.case = json.loads(anjie("case", "new", "--type", "neighbour", "--applicant", NAME, "--respondent", OTHER, "--summary",
                                    STORY, "--json", data=cls.planted))["case"]
        words = [word for field, text in PERSONAL.items() if field != "1.name" for word in ("--text", f"{field}={text}")]
        anjie("case", "do", cls.case, "give_consent", "--party", "1", *words, data=cls.planted)
        anjie("case", "show", cls.case, data=cls.planted)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.top, ignore_errors=True)

    def setUp(self):
        self.office = pathlib.Path(tempfile.mkdtemp(dir=self.top)) / "office"
        shutil.copytree(self.planted, self.office)

    def erase(self, subject="1", *words, code=0, office=None):
        return anjie("erase", "--case", self.case, "--subject", subject, "--basis", BASIS, "--yes", *words, code=code,
                     data=office or self.office)

    def assert_forgotten(self, office=None):
        office = office or self.office
        for text in [*PERSONAL.values(), RARE]:
            self.assertEqual(found_in(office, text), [], text)
        shown = anjie("case", "show", self.case, data=office)
        self.assertIn("[erased]", shown)
        self.assertNotIn(NAME, shown)
        self.assertIn(OTHER, shown)
        self.assertIn(STORY, shown)

    def test_after_an_erasure_no_byte_of_the_directory_holds_the_person(self):
        # The search can find: a name stands in the directory's file, and only there.
        for text in (NAME, RARE, PERSONAL["1.phone"]):
            self.assertEqual({path.name.split("-")[0] for path in found_in(self.office, text)}, {"directory.sqlite"})
        report = anjie("report", "--year", "2024", "--json", data=self.office)
        dossier = self.office.parent / "before.zip"
        anjie("export", "dossier", self.case, dossier, data=self.office)
        key = anjie("checkpoint", "keys", data=self.office).splitlines()[0]
        held = self.office.parent / "held.note"
        anjie("checkpoint", "export", held, data=self.office)
        self.erase()
        self.assert_forgotten()
        self.assertEqual([path.name for path in (self.office / "keys").glob("kek-*")], ["kek-2"])
        # Every proof and every figure stays as it was.
        anjie("verify", self.office, "--checkpoint", held, "--key", key)
        anjie("verify", dossier, "--key", key)
        after, before = (json.loads(text) for text in (anjie("report", "--year", "2024", "--json", data=self.office), report))
        self.assertEqual(after.pop("as_of")["position"], before.pop("as_of")["position"] + 1)
        self.assertEqual(after, before)
        # What was done, and why, is in the history; doing it again changes nothing.
        history = anjie("replay", self.case, data=self.office)
        self.assertIn(BASIS, history)
        self.assertNotIn(NAME, history)
        head = json.loads(anjie("checkpoint", "show", "--json", data=self.office))["size"]
        self.erase()
        self.assertEqual(json.loads(anjie("checkpoint", "show", "--json", data=self.office))["size"], head)
        listed = json.loads(anjie("case", "list", "--search", OTHER, "--json", data=self.office))
        self.assertEqual(len(listed), 1)
        self.assertEqual(json.loads(anjie("case", "list", "--search", NAME, "--json", data=self.office)), [])

    def test_everybody_and_the_story_can_be_erased(self):
        self.erase("all")
        for text in [*PERSONAL.values(), OTHER, STORY]:
            self.assertEqual(found_in(self.office, text), [], text)
        anjie("verify", self.office)

    def test_an_order_that_is_refused_changes_nothing(self):
        before = sorted(path.name for path in (self.office / "keys").iterdir())
        self.assertIn("--subject", self.erase("7", code=5))
        self.assertIn("--subject", self.erase("neighbour", code=2))
        anjie("erase", "--case", self.case, "--subject", "1", "--basis", "", "--yes", code=4, data=self.office)
        self.assertIn("--yes", anjie("erase", "--case", self.case, "--subject", "1", "--basis", BASIS, code=2, data=self.office))
        anjie("erase", "--case", self.case, "--subject", "1", "--basis", BASIS, "--dry-run", data=self.office)
        self.assertIn("anjie erase", anjie("case", "do", self.case, "record_erasure", "--subject", "1", "--basis", "x", code=2, data=self.office))
        self.assertEqual(sorted(path.name for path in (self.office / "keys").iterdir()), before)
        self.assertFalse((self.office / "key-change").exists())
        self.assertIn(NAME, anjie("case", "show", self.case, data=self.office))

    def test_killed_at_any_moment_an_erasure_is_done_or_not_begun(self):
        chance = random.Random(20241123)
        erased = 0
        started = time.monotonic()
        self.erase(office=shutil.copytree(self.planted, self.office.parent / "timed"))
        whole = time.monotonic() - started
        for number in range(25):
            office = self.office.parent / f"killed-{number}"
            shutil.copytree(self.planted, office)
            process = subprocess.Popen([ANJIE, "erase", "--case", self.case, "--subject", "1", "--basis", BASIS, "--yes"],
                                       env=environment(office), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0, whole * 1.1))
            process.send_signal(signal.SIGKILL)
            process.wait()
            # The next command, whatever it is, finds the one or the other and nothing between.
            shown = anjie("case", "show", self.case, data=office)
            events = json.loads(anjie("replay", self.case, "--json", data=office))
            ordered = "personal_data_erased" in json.dumps(events)
            self.assertEqual("[erased]" in shown, ordered)
            self.assertFalse((office / "key-change").exists())
            if ordered:
                erased += 1
                self.assert_forgotten(office)
            else:
                self.assertIn(NAME, shown)
                self.erase(office=office)
                self.assert_forgotten(office)
            anjie("verify", office)
            shutil.rmtree(office)
        self.assertGreater(erased, 0)
        self.assertLess(erased, 25)

    def test_restricted_data_are_stored_and_nothing_else(self):
        report = json.loads(anjie("report", "--year", "2024", "--json", data=self.office))
        anjie("restrict", "--case", self.case, "--subject", "1", "--basis", BASIS, data=self.office)
        shown = anjie("case", "show", self.case, data=self.office)
        self.assertIn("[restricted]", shown)
        self.assertNotIn(NAME, shown)
        self.assertNotIn(NAME, anjie("replay", self.case, data=self.office))
        self.assertEqual(found_in(self.office, NAME), [])
        self.assertIn("only be stored", anjie("case", "do", self.case, "refuse_consent", "--party", "2", "--text", "1.name=别名", code=4,
                                              data=self.office))
        now = json.loads(anjie("report", "--year", "2024", "--json", data=self.office))
        self.assertEqual(now["figures"], report["figures"])
        anjie("unrestrict", "--case", self.case, "--subject", "1", "--basis", BASIS, data=self.office)
        self.assertIn(NAME, anjie("case", "show", self.case, data=self.office))
        anjie("verify", self.office)

    def test_a_ledger_imported_again_does_not_bring_an_erased_person_back(self):
        case = "尼阿调〔2024〕3号"
        anjie("erase", "--case", case, "--subject", "all", "--basis", BASIS, "--yes", data=self.office)
        head = json.loads(anjie("checkpoint", "show", "--json", data=self.office))["size"]
        anjie("import", LEDGER, data=self.office)
        self.assertEqual(json.loads(anjie("checkpoint", "show", "--json", data=self.office))["size"], head)
        self.assertIn("[erased]", anjie("case", "show", case, data=self.office))


if __name__ == "__main__":
    unittest.main(verbosity=1)
