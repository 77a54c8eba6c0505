#!/usr/bin/env python3
"""The tour of docs/api.md works as it is printed, and its table of problems is the program's: tour_test.py ANJIE SOURCE_DIRECTORY"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from documented_steps import run_steps, steps_of

ANJIE, SOURCE = pathlib.Path(sys.argv.pop(1)).resolve(), pathlib.Path(sys.argv.pop(1)).resolve()
TEXT = (SOURCE / "docs" / "api.md").read_text(encoding="utf-8")


class TheTour(unittest.TestCase):
    @unittest.skipUnless(shutil.which("curl"), "there is no curl")
    @unittest.skipUnless(b"\n  user " in subprocess.run([ANJIE, "--lang", "en", "--help"], capture_output=True, check=False).stdout,
                         "this program has no people yet")
    def test_every_step_works_in_one_shell(self):
        self.assertGreater(len(steps_of(TEXT)), 6)
        with tempfile.TemporaryDirectory(prefix="anjie-tour-") as folder:
            code, out, err = run_steps(TEXT, ANJIE, SOURCE, folder, seconds=120)
            self.assertEqual(code, 0, out[-3000:] + err[-3000:])
            self.assertIn('"case_registered"', out)
            self.assertIn("c2sp.org/tlog-proof@v1", (pathlib.Path(folder) / "event.tlog-proof").read_text())
            self.assertIn("event: case_closed", (pathlib.Path(folder) / "events").read_text())

    def test_the_table_of_problems_is_that_of_the_program(self):
        program = (SOURCE / "adapters" / "api" / "problems.cpp").read_text(encoding="utf-8")
        known = {(code, status) for code, status in re.findall(r'ProblemKind\{\s*"([a-z-]+)",\s*(\d+)', program)}
        told = set(re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", TEXT, re.M))
        self.assertEqual(told, known)
        self.assertGreater(len(known), 15)
        # And what the HTTP server refuses by itself is among them.
        sources = "".join(file.read_text(encoding="utf-8") for file in (SOURCE / "adapters" / "http").rglob("*.cpp"))
        refused = {(code, status) for status, code in re.findall(r'\b([45][0-9][0-9]),\s*"([a-z-]+)"', sources)}
        self.assertLessEqual(refused, known)
        self.assertGreater(len(refused), 18)
        self.assertIn(("internal", "500"), known)


if __name__ == "__main__":
    unittest.main()
