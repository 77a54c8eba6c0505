#!/usr/bin/env python3
"""What did we know then: as_of_test.py ANJIE SOURCE_DIRECTORY

Takes every answer at a moment, lets corrections, late facts and back-dated entries arrive, and asks again for that
moment: the answers must be the same bytes.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ANJIE = pathlib.Path(sys.argv.pop(1))
SOURCE = pathlib.Path(sys.argv.pop(1))
LEDGER = SOURCE / "examples" / "asuo-2024.csv"
OFFICE = ["--org", "540629-102", "--jurisdiction", "540629", "--committee", "township", "--prefix", "尼阿调"]
CASE = "尼阿调〔2024〕3号"
PERIODS = [["--year", "2024"], ["--year", "2024", "--half", "1"], ["--year", "2024", "--month", "4"], ["--year", "2024", "--org", "540629"]]


class WhatWasKnown(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="anjie-as-of-"))
        self.data = self.folder / "office"
        self.run_anjie("init", self.data, *OFFICE)
        self.run_anjie("import", LEDGER)

    def tearDown(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def run_anjie(self, *words):
        env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "ANJIE_ACTOR": "tester", "ANJIE_DATA": str(self.data)}
        done = subprocess.run([str(ANJIE), *map(str, words)], capture_output=True, text=True, env=env, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, (words, done.stdout, done.stderr))
        return done.stdout

    def moment(self):
        """The moment of a report of now, which everything so far was recorded before."""
        return json.loads(self.run_anjie("report", "--year", "2024", "--json"))["as_of"]["at"]

    def answers(self, report=(), replay=()):
        """Everything a person can ask, without the lines that say as of which time."""
        out = {}
        for period in PERIODS:
            asked = json.loads(self.run_anjie("report", *period, *report, "--json"))
            as_of = asked.pop("as_of")
            out["position"] = as_of["position"]
            out["report", *period] = json.dumps(asked, ensure_ascii=False)
            text = self.run_anjie("report", *period, *report).splitlines()
            out["text", *period] = [line for line in text if not line.startswith("As of log position")]
            self.assertEqual(len(text), len(out["text", *period]) + 1)
            table = self.run_anjie("report", *period, *report, "--csv", "-").splitlines()
            out["csv", *period] = [line for line in table if not line.startswith("as-of time,")]
            self.assertEqual(len(table), len(out["csv", *period]) + 1)
        out["cases"] = self.run_anjie("report", "--year", "2024", *report, "--cases", "total")
        out["replay"] = self.run_anjie("replay", CASE, "--diff", *replay)
        out["replay json"] = self.run_anjie("replay", CASE, "--diff", "--json", *replay)
        return out

    def arrive_later(self):
        agreed = next(event["version"] for event in json.loads(self.run_anjie("replay", CASE, "--json"))["events"]
                      if event["event"] == "agreement_effective")
        self.run_anjie("case", "do", CASE, "correct_fact", "--corrects", agreed, "--field", "on", "--value", "2023-12-20")
        self.run_anjie("case", "do", CASE, "correct_fact", "--corrects", "1", "--field", "people_count", "--value", "99")
        self.run_anjie("case", "do", CASE, "record_late_fact", "--at", "2024-06-01")
        self.run_anjie("case", "do", CASE, "make_revisit", "--at", "2024-05-01", "--method", "phone", "--satisfaction", "dissatisfied",
                       "--fulfilment", "fulfilled", "--residual_risk", "none", "--problem", "none")
        # A case of that year, entered as if it had been known all along.
        new = json.loads(self.run_anjie("case", "new", "--type", "neighbour", "--applicant", "甲", "--respondent", "乙",
                                        "--at", "2024-03-01", "--json"))
        number = new["case"]
        self.run_anjie("case", "do", number, "give_consent", "--party", "2", "--at", "2024-03-02")
        self.run_anjie("case", "do", number, "accept_case", "--at", "2024-03-03")

    def test_an_answer_as_of_a_moment_is_the_answer_given_at_that_moment(self):
        then = self.answers()
        moment = self.moment()
        self.arrive_later()
        now = self.answers()
        # Negative control: what arrived would have changed every one of them.
        for question in then:
            if question[0] not in ("report", "text", "csv") or "--month" not in question:
                self.assertNotEqual(then[question], now[question], question)
        again = self.answers(["--as-of", moment], ["--until", moment])
        for question in then:
            self.assertEqual(then[question], again[question], question)

    def test_each_moment_of_the_record_has_its_own_answer(self):
        told = []
        for _ in range(3):
            told.append((self.moment(), self.answers()))
            self.run_anjie("case", "do", CASE, "record_late_fact")
            self.run_anjie("case", "do", CASE, "record_harm_prevented", "--kind", "suicide", "--people", "2")
        for moment, then in told:
            self.assertEqual(self.answers(["--as-of", moment], ["--until", moment]), then)

    def test_a_version_is_answered_with_the_events_up_to_it_whatever_came_later(self):
        then = json.loads(self.run_anjie("replay", CASE, "--diff", "--json"))["events"]
        self.arrive_later()
        for version in (1, 5, len(then)):
            asked = json.loads(self.run_anjie("replay", CASE, "--diff", "--json", "--until", version))["events"]
            self.assertEqual(asked, then[:version])
            self.assertEqual(self.run_anjie("replay", CASE, "--until", f"v{version}"), self.run_anjie("replay", CASE, "--until", version))

    def test_a_what_if_knows_what_was_known_then(self):
        rules = self.folder / "rules.json"
        rules.write_text('{"deadlines": [{"kind": "revisit", "period": "20d"}]}', encoding="utf-8")

        def ask(*words):
            asked = json.loads(self.run_anjie("whatif", "--rules", rules, "--year", "2024", "--cases", "--json", *words))
            return asked.pop("as_of")["position"], asked

        then, moment = ask(), self.moment()
        self.arrive_later()
        self.assertNotEqual(ask(), then)
        self.assertEqual(ask("--as-of", moment), then)


if __name__ == "__main__":
    unittest.main(verbosity=1)
