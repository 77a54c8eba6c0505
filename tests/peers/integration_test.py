"""The steps of docs/integration.md work as they are printed: integration_test.py ANJIE SOURCE_DIRECTORY"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import peers

ANJIE, SOURCE = pathlib.Path(sys.argv.pop(1)).resolve(), pathlib.Path(sys.argv.pop(1)).resolve()

from documented_steps import run_steps, steps_of  # noqa: E402

PAGE = (SOURCE / "docs" / "integration.md").read_text(encoding="utf-8")


def frames(text):
    """Ids of the events of a feed that have come whole."""
    return [int(re.search(r"^id: (\d+)$", frame, re.M).group(1)) for frame in text.split("\n\n")[:-1] if re.search(r"^data: ", frame, re.M)]


class TenMinutes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="anjie-integration-"))
        # The packages come from where the fixture has put them; a reader's npm fetches the same versions.
        offline = {"npm_config_cache": str(peers.PACKAGES / "npm-cache"), "npm_config_offline": "true"}
        cls.code, cls.out, cls.err = run_steps(PAGE, ANJIE, SOURCE, cls.folder, seconds=240, environment=offline)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    def setUp(self):
        self.assertEqual(self.code, 0, self.out[-3000:] + self.err[-3000:])

    def read(self, name):
        return (self.folder / name).read_text(encoding="utf-8")

    def received(self):
        return [json.loads(line) for line in self.read("received").splitlines()]

    def test_the_feed_goes_on_without_a_loss_or_a_repeat(self):
        position = json.loads(self.read("registered"))["position"]
        before, after = frames(self.read("events")), frames(self.read("more"))
        self.assertGreaterEqual(before[-1], 199)
        together = before + after
        self.assertEqual(together[:position], list(range(1, position + 1)))
        self.assertEqual(len(set(together)), len(together))

    def test_the_receiver_has_every_event_once_and_nothing_that_was_forged(self):
        position = json.loads(self.read("registered"))["position"]
        events = self.received()
        self.assertEqual(sorted(int(event["id"]) for event in events), list(range(1, len(events) + 1)))
        self.assertGreaterEqual(len(events), position)
        self.assertNotIn("forged", self.read("received"))
        self.assertEqual(re.findall(r"^(?:401\n){3}refused: ", self.out, re.M), ["401\n" * 3 + "refused: "], self.out[-3000:])
        refused = self.read("refused").splitlines()
        self.assertEqual(len(refused), 3)
        for line, reason in zip(refused, ("Missing required headers", "No matching signature", "too old")):
            self.assertIn(reason, line)

    def test_the_dossier_is_proved_and_says_what_was_received(self):
        self.assertIn("PROVED", self.out)
        self.assertNotIn("NOT PROVED", self.out)
        self.assertRegex(self.out, r"\n[1-9]\d+ received events are the proved ones\n")
        self.assertIn("c2sp.org/tlog-proof@v1", self.read("event.tlog-proof"))

    def test_the_path_is_checked_without_our_program_and_damage_to_any_part_is_found(self):
        self.assertRegex(self.out, r"\nevent 1 stands in anjie/540629-102/\w+, of \d+ events\n")
        self.assertEqual(self.run_script("path.mjs", {}).returncode, 0)
        proof = self.read("event.tlog-proof")
        lines = proof.split("\n")
        first = lines[2]
        size = lines[lines.index("") + 2]
        key = self.read("office.key")
        record = bytearray((self.folder / "entries").read_bytes())
        record[100] ^= 1
        for files, reason in (({"entries": bytes(record)}, "leads elsewhere"),
                              ({"event.tlog-proof": proof.replace("index 0\n", "index 1\n")}, "leads elsewhere"),
                              ({"event.tlog-proof": proof.replace(first + "\n", "")}, "leads elsewhere"),
                              ({"event.tlog-proof": proof.replace(first + "\n", first + "\n" + first + "\n")}, "leads elsewhere|too long"),
                              ({"event.tlog-proof": proof.replace(f"\n{size}\n", f"\n{int(size) + 1}\n")}, "the signature"),
                              ({"office.key": re.sub("540629-102", "540629-103", key)}, "the signature"),
                              ({"office.key": re.sub(r"\+(\S{20})(\S)", lambda m: "+" + m[1] + ("A" if m[2] != "A" else "B"), key)}, "signature")):
            with self.subTest(files=list(files), reason=reason):
                done = self.run_script("path.mjs", files)
                self.assertNotEqual(done.returncode, 0)
                self.assertRegex(done.stderr, f"not proved: .*({reason})")

    def run_script(self, script, files):
        """A script of the page in a copy of its folder, where some files say something else."""
        with tempfile.TemporaryDirectory(dir=self.folder) as copy:
            for name in (script, "event.tlog-proof", "office.key", "entries"):
                shutil.copy(self.folder / name, copy)
            for name, content in files.items():
                before = (self.folder / name).read_bytes()
                after = content if isinstance(content, bytes) else content.encode()
                self.assertNotEqual(before, after, f"{name} was not damaged")
                (pathlib.Path(copy) / name).write_bytes(after)
            return subprocess.run(["node", script], cwd=copy, capture_output=True, text=True, timeout=60, check=False)

    def test_the_comparison_and_the_verification_can_fail(self):
        copy = self.folder / "copy"
        shutil.copytree(self.folder, copy, ignore=shutil.ignore_patterns("node_modules", "office"))
        case = json.loads(self.read("case/history.json"))["case"]
        lines = self.received()
        changed = next(event for event in lines if event["subject"] == case)
        changed["data"]["difficulty"] = "difficult"
        (copy / "received").write_text("".join(json.dumps(event) + "\n" for event in lines), encoding="utf-8")
        done = subprocess.run(["node", "compare.mjs"], cwd=copy, capture_output=True, text=True, timeout=60, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(f"event {changed['id']} is not the one", done.stderr)
        another = self.read("office.key").replace("anjie/540629-102/", "anjie/540629-103/")
        (copy / "another.key").write_text(another)
        done = subprocess.run([ANJIE, "verify", copy / "case.zip", "--key", copy / "another.key"], capture_output=True, timeout=60, check=False,
                              env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"})
        self.assertNotEqual(done.returncode, 0)

    def test_the_page_names_the_versions_that_the_tests_use(self):
        exact = json.loads((SOURCE / "tests/peers/package.json").read_text(encoding="utf-8"))["dependencies"]
        named = re.findall(r"([a-z]+)@(\d+\.\d+\.\d+)", next(step for step in steps_of(PAGE) if "npm install" in step))
        self.assertEqual({name for name, _ in named}, {"cloudevents", "standardwebhooks"})
        self.assertEqual({name: exact[name] for name, _ in named}, dict(named))

    def test_every_page_it_leads_to_is_there(self):
        for link in re.findall(r"\]\(([^)#]+)\)", PAGE):
            if not link.startswith("https://"):
                self.assertTrue((SOURCE / "docs" / link).is_file(), link)


if __name__ == "__main__":
    unittest.main()
