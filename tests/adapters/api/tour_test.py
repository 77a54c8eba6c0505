#!/usr/bin/env python3
"""The tour of docs/api.md works as it is printed, and its table of problems is the program's: tour_test.py ANJIE SOURCE_DIRECTORY"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ANJIE, SOURCE = pathlib.Path(sys.argv.pop(1)).resolve(), pathlib.Path(sys.argv.pop(1)).resolve()
TEXT = (SOURCE / "docs" / "api.md").read_text(encoding="utf-8")


class TheTour(unittest.TestCase):
    @unittest.skipUnless(shutil.which("curl"), "there is no curl")
    @unittest.skipUnless(b"\n  user " in subprocess.run([ANJIE, "--lang", "en", "--help"], capture_output=True, check=False).stdout,
                         "this program has no people yet")
    def test_every_step_works_in_one_shell(self):
        steps = re.findall(r"```sh\n(.*?)```", TEXT, re.S)
        self.assertGreater(len(steps), 6)
        script = "set -eu\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n" + "".join(f"echo '--- step {n}'\n{step}" for n, step in enumerate(steps, 1))
        with tempfile.TemporaryDirectory(prefix="anjie-tour-") as folder:
            env = {"PATH": f"{ANJIE.parent}:{os.environ['PATH']}", "LANG": "C.UTF-8", "SOURCE": str(SOURCE), "HOME": folder}
            done = subprocess.run(["bash", "-c", script], cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False)
            self.assertEqual(done.returncode, 0, done.stdout[-3000:] + done.stderr[-3000:])
            self.assertIn('"case_registered"', done.stdout)
            self.assertIn("c2sp.org/tlog-proof@v1", (pathlib.Path(folder) / "event.tlog-proof").read_text())
            self.assertIn("event: case_closed", (pathlib.Path(folder) / "events").read_text())

    def test_the_table_of_problems_is_that_of_the_program(self):
        program = (SOURCE / "adapters" / "api" / "problems.cpp").read_text(encoding="utf-8")
        known = {(code, status) for code, status in re.findall(r'ProblemKind\{\s*"([a-z-]+)",\s*(\d+)', program)}
        told = set(re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", TEXT, re.M))
        self.assertEqual(told, known)
        self.assertGreater(len(known), 15)


if __name__ == "__main__":
    unittest.main()
