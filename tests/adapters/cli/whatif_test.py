#!/usr/bin/env python3
"""Asks "what if" as people do: whatif_test.py ANJIE SOURCE_DIRECTORY"""
import csv
import datetime
import io
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
RULES = SOURCE / "adapters" / "rulebook" / "data" / "rules"
OFFICE = ["--org", "540629-102", "--jurisdiction", "540629", "--committee", "township", "--prefix", "尼阿调"]


def anjie(*words, data=None, lang="en", code=0):
    env = {"PATH": os.environ["PATH"], "LANG": "zh_CN.UTF-8" if lang == "zh" else "C.UTF-8", "ANJIE_ACTOR": "tester"}
    command = [str(ANJIE)] + (["-C", str(data)] if data else []) + [str(word) for word in words]
    done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=120, check=False)
    if done.returncode != code:
        raise AssertionError(f"{' '.join(command)}: exit {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}")
    return done.stdout, done.stderr


class WhatIf(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="anjie-whatif-"))
        cls.data = cls.folder / "office"
        anjie("init", cls.data, *OFFICE)
        anjie("import", LEDGER, data=cls.data)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    def rules(self, content, name="RULES.json"):
        file = self.folder / name
        file.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return file

    def ask(self, content, *words, **options):
        out, _ = anjie("whatif", "--rules", self.rules(content), *words, "--json", data=self.data, **options)
        asked = json.loads(out)
        asked["by_id"] = {figure["id"]: figure for figure in asked["figures"]}
        return asked

    def revisits(self):
        """Effective and revisit days as the ledger has them, by number."""
        def day(text):
            for mark in "年月/.":
                text = text.replace(mark, "-")
            return datetime.date(*map(int, text.rstrip("日").split("-")))
        with LEDGER.open(encoding="utf-8-sig", newline="") as file:
            return {row["案号"]: (day(row["协议日期"]), day(row["回访日期"])) for row in csv.DictReader(file) if row.get("回访日期")}

    def test_a_shorter_revisit_moves_the_cases_that_the_ledgers_own_days_say(self):
        asked = self.ask({"deadlines": [{"kind": "revisit", "period": "20d"}]}, "--year", "2024", "--cases")
        changed = {case["number"]: case for case in asked["by_id"]["revisit.on_time"]["cases"]}
        late = {number for number, (agreed, revisited) in self.revisits().items() if (revisited - agreed).days > 20 + 8}
        maybe = {number for number, (agreed, revisited) in self.revisits().items() if (revisited - agreed).days > 20}
        self.assertTrue(late <= set(changed) <= maybe, (late, set(changed), maybe))
        self.assertTrue(changed)
        for case in changed.values():
            due = case["causes"][0]
            self.assertLessEqual(due["fact"], due["recorded"]["first"])
            self.assertGreater(due["fact"], due["judged"]["first"])
            self.assertIn(due["judged"]["first"], case["why"]["en"])
            self.assertEqual((case["recorded"], case["judged"]), (1, 0))
        figure = asked["by_id"]["revisit.on_time"]
        self.assertEqual(figure["difference"], -len(changed))
        self.assertEqual(figure["recorded"]["value"] - len(changed), figure["judged"]["value"])
        self.assertEqual(asked["by_id"]["revisit.made"]["difference"], 0)

    def test_one_side_is_the_report_and_nothing_is_written(self):
        before = json.loads(anjie("verify", "--json", data=self.data)[0])["events"]
        report = json.loads(anjie("report", "--year", "2024", "--json", data=self.data)[0])
        asked = self.ask({"deadlines": [{"kind": "revisit", "period": "15d"}, {"kind": "mediation", "period": "60d"}]}, "--year", "2024")
        for figure in report["figures"]:
            self.assertEqual(asked["by_id"][figure["id"]]["recorded"]["text"], figure["text"], figure["id"])
        for rate in report["rates"]:
            self.assertEqual(asked["by_id"][rate["definition"]]["recorded"]["text"], rate["percent"], rate["definition"])
        self.assertEqual(asked["by_id"]["revisit_on_time/1"]["judged"]["text"], "0%")
        self.assertEqual(asked["by_id"]["mediation.on_time"]["difference"], 2)
        self.assertEqual(json.loads(anjie("verify", "--json", data=self.data)[0])["events"], before)

    def test_the_rules_that_gave_way_are_named_with_their_marks(self):
        asked = self.ask({"deadlines": [{"kind": "revisit", "period": "15d"}, {"kind": "mediation", "period": "60d"}]}, "--year", "2024")
        (pair,) = asked["rules"]
        self.assertEqual((pair["recorded"], pair["judged"], pair["cases"]), ("540629-2024.1", "540629-2024.1", 12))
        by_kind = {one["kind"]: one for one in pair["deadlines"]}
        self.assertEqual((by_kind["revisit"]["recorded"]["mark"], by_kind["revisit"]["recorded"]["period"]), ("M", "1m"))
        self.assertEqual(by_kind["revisit"]["judged"]["period"], "15d")
        self.assertEqual((by_kind["mediation"]["recorded"]["mark"], by_kind["mediation"]["judged"]["period"]), ("C", "60d"))
        text, _ = anjie("whatif", "--rules", self.folder / "RULES.json", "--year", "2024", "--cases", data=self.data)
        self.assertIn("[M: 540629.T-REV]", text)
        self.assertIn("尼阿调〔2024〕3号: revisit 2024-05-14, due 2024-05-16 → 2024-05-06", text)
        chinese, _ = anjie("whatif", "--rules", self.folder / "RULES.json", "--year", "2024", "--cases", data=self.data, lang="zh")
        self.assertIn("尼阿调〔2024〕3号：回访 2024-05-14，期限 2024-05-16 → 2024-05-06", chinese)

    def test_the_very_rules_in_force_change_nothing_as_a_whole_file_too(self):
        for name in ("540629.json", "CN.json"):
            asked = self.ask((RULES / name).read_text(encoding="utf-8"), "--year", "2024", "--cases")
            self.assertTrue(all(figure["difference"] in (0, None) for figure in asked["figures"]), name)
            self.assertFalse(any("cases" in figure for figure in asked["figures"]), name)
        text, _ = anjie("whatif", "--rules", RULES / "CN.json", "--year", "2024", data=self.data)
        self.assertIn("No figure changes.", text)

    def test_a_whole_file_takes_the_place_of_its_jurisdictions(self):
        township = json.loads((RULES / "540629.json").read_text(encoding="utf-8"))
        township["sets"][0]["version"] = "540629-supposed"
        township["sets"][0]["deadlines"][0]["period"] = "15d"
        asked = self.ask(township, "--year", "2024")
        (pair,) = asked["rules"]
        self.assertEqual((pair["recorded"], pair["judged"]), ("540629-2024.1", "540629-supposed"))
        self.assertEqual(asked["by_id"]["revisit.on_time"]["difference"], -12)
        self.assertEqual(asked["by_id"]["mediation.on_time"]["difference"], 0)

    def test_every_period_organisation_and_moment_can_be_asked_about(self):
        rules = {"deadlines": [{"kind": "revisit", "period": "15d"}]}
        halves = [self.ask(rules, "--year", "2024", "--half", half)["by_id"]["revisit.on_time"]["difference"] for half in ("1", "2")]
        quarters = [self.ask(rules, "--year", "2024", "--quarter", q)["by_id"]["revisit.on_time"]["difference"] for q in "1234"]
        months = [self.ask(rules, "--year", "2024", "--month", m)["by_id"]["revisit.on_time"]["difference"] for m in range(1, 13)]
        span = self.ask(rules, "--from", "2024-01-01", "--to", "2024-12-31")["by_id"]["revisit.on_time"]["difference"]
        self.assertEqual([sum(halves), sum(quarters), sum(months), span], [-12] * 4)
        self.assertEqual(self.ask(rules, "--year", "2024", "--org", "540629")["by_id"]["revisit.on_time"]["difference"], -12)
        self.assertEqual(self.ask(rules, "--year", "2024", "--org", "44")["by_id"]["revisit.on_time"]["difference"], 0)
        self.assertEqual(self.ask(rules, "--year", "2024", "--as-of", "2020-01-01")["cases"], 0)
        # Of another organisation's cases not even the number and the rules are told.
        elsewhere = self.ask(rules, "--year", "2024", "--org", "110101")
        self.assertEqual((elsewhere["cases"], elsewhere["rules"], elsewhere["unknown_rules"]), (0, [], []))
        self.assertEqual(self.ask(rules, "--year", "2024", "--org", "540629")["cases"], self.ask(rules, "--year", "2024")["cases"])

    def test_tables_read_by_spreadsheets(self):
        file = self.rules({"deadlines": [{"kind": "revisit", "period": "15d"}]})
        out, _ = anjie("whatif", "--rules", file, "--year", "2024", "--csv", "-", "--cases", data=self.data)
        rows = list(csv.reader(io.StringIO(out)))
        self.assertEqual(rows[0], ["figure", "name", "as recorded", "what if", "difference"])
        self.assertIn(["revisit.on_time", "Revisited in time", "12", "0", "-12"], rows)
        self.assertEqual(len([row for row in rows if row[:1] == ["revisit.on_time"] and row[1].startswith("尼阿调")]), 12)

    def test_mistakes_in_the_rules_are_named_with_what_is_allowed(self):
        for content, words in [
            ({"deadlines": [{"kind": "revist", "period": "15d"}]}, ["RULES.json", "deadlines[0].kind", "revisit"]),
            ({"deadlines": [{"kind": "revisit", "period": "fifteen"}]}, ["deadlines[0].period", "30d"]),
            ({"deadlines": [{"kind": "revisit", "period": "0d"}]}, ["deadlines[0].period", "1 to"]),
            ({"deadlines": [{"kind": "revisit", "perod": "15d"}]}, ["deadlines[0].perod", "period"]),
            ({"deadlines": [{"kind": "revisit"}]}, ["deadlines[0]", "\"period\""]),
            ({"deadlines": [{"kind": "revisit", "type": "medical", "roll": False}]}, ["deadlines[0]", "add \"period\""]),
            ({"deadlines": [{"kind": "revisit", "period": "1d"}] * 2}, ["deadlines[1]", "keep one"]),
            ({"mandatory_documents": ["agreement"]}, ["mandatory_documents", "no figure"]),
            ({"dedlines": []}, ["dedlines", "deadlines"]),
            ({}, ["deadlines", "sets"]),
            ({"jurisdiction": "54", "sets": []}, ["sets", "empty"]),
            ("{", ["RULES.json", "line 1"]),
        ]:
            _, err = anjie("whatif", "--rules", self.rules(content), "--year", "2024", data=self.data, code=2)
            for word in words:
                self.assertIn(word, err, content)
        anjie("whatif", "--rules", self.folder / "nowhere.json", "--year", "2024", data=self.data, code=5)
        anjie("whatif", "--year", "2024", data=self.data, code=2)
        self.assertIn("\"period\": \"15d\"", anjie("whatif", "--help")[0])


if __name__ == "__main__":
    unittest.main(verbosity=1)
