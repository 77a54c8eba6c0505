#!/usr/bin/env python3
"""Looks for trouble as an auditor does: audit_test.py ANJIE SOURCE_DIRECTORY"""
import csv
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
OFFICE = ["--org", "540629-102", "--jurisdiction", "540629", "--committee", "township", "--prefix", "尼阿调"]


class Audit(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="anjie-audit-"))
        self.data = self.folder / "office"
        self.anjie("init", self.data, *OFFICE)

    def tearDown(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def anjie(self, *words, lang="en", code=0, actor="tester"):
        env = {"PATH": os.environ["PATH"], "LANG": "zh_CN.UTF-8" if lang == "zh" else "C.UTF-8", "ANJIE_ACTOR": actor,
               "ANJIE_DATA": str(self.data)}
        done = subprocess.run([str(ANJIE)] + [str(word) for word in words], capture_output=True, text=True, env=env, timeout=120, check=False)
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout}\n{done.stderr}")
        return done.stdout, done.stderr

    def findings(self, *words, **options):
        return json.loads(self.anjie("audit", "findings", "--json", *words, **options)[0])

    def of_kind(self, kind, *words):
        return [finding for finding in self.findings(*words)["findings"] if finding["kind"] == kind]

    def new(self, day, applicant, respondent, *words):
        out, _ = self.anjie("case", "new", "--type", "neighbour", "--applicant", applicant, "--respondent", respondent, "--at", day, "--json", *words)
        return json.loads(out)["case"]

    def do(self, case, action, day, *words, **options):
        return self.anjie("case", "do", case, action, "--at", day, *words, **options)


class ExampleLedger(Audit):
    def test_a_years_ledger_is_one_import_and_the_mediators_own_revisits(self):
        self.anjie("import", LEDGER)
        found = self.findings("--year", "2024")
        kinds = {kind["kind"]: kind for kind in found["kinds"]}
        self.assertEqual(len(kinds), 9)
        self.assertEqual(found["cases"], 12)
        self.assertEqual({finding["kind"] for finding in found["findings"]}, {"revisit_by_mediator", "imported"})
        imported = [finding for finding in found["findings"] if finding["kind"] == "imported"]
        self.assertEqual([(one["cases"], one["events_in_all"]) for one in imported], [(12, found["events"])])
        own = [finding["events"][0]["case"] for finding in found["findings"] if finding["kind"] == "revisit_by_mediator"]
        self.assertEqual(own, [f"尼阿调〔2024〕{number}号" for number in (2, 5, 8, 11)])
        for finding in found["findings"]:
            self.assertEqual(finding["rule"]["mark"], "M")
            self.assertTrue(finding["rule"]["zh"].startswith("本地配置"))
        # The events cited are those that replay shows.
        first = next(finding for finding in found["findings"] if finding["kind"] == "revisit_by_mediator")["events"][0]
        events = json.loads(self.anjie("replay", first["case"], "--json")[0])["events"]
        cited = events[first["version"] - 1]
        self.assertEqual((cited["event"], cited["position"]), ("revisit_made", first["position"]))
        self.assertEqual(self.findings("--year", "2023")["findings"], [])
        self.assertEqual(self.findings("--org", "540630")["cases"], 0)

    def test_nobodys_name_is_printed_by_any_format(self):
        self.anjie("import", LEDGER)
        second = self.folder / "again.csv"
        second.write_text(LEDGER.read_text(encoding="utf-8").replace("尼阿调〔2024〕", "尼阿调〔2024〕9").replace("尼阿调协〔2024〕", "尼阿调协〔2024〕9"), encoding="utf-8")
        self.anjie("import", second)
        text = "".join(self.anjie("audit", "findings", *words, lang=lang)[0]
                       for words in ([], ["--json"], ["--csv", "-"]) for lang in ("zh", "en"))
        self.assertEqual(len(self.of_kind("duplicate")), 12)
        for name in ("德吉曲珍", "旺堆次仁", "贡布扎巴", "139****0101", "院墙外堆放"):
            self.assertNotIn(name, text)
        self.assertIn("尼阿调〔2024〕91号", text)

    def test_the_same_ledger_twice_under_other_numbers_is_twelve_serious_duplicates(self):
        self.anjie("import", LEDGER)
        self.assertEqual(self.of_kind("duplicate"), [])
        second = self.folder / "again.csv"
        second.write_text(LEDGER.read_text(encoding="utf-8").replace("尼阿调〔2024〕", "尼阿调〔2024〕9").replace("尼阿调协〔2024〕", "尼阿调协〔2024〕9"), encoding="utf-8")
        self.anjie("import", second)
        found = self.of_kind("duplicate")
        self.assertEqual([(finding["severity"], finding["cases"]) for finding in found], [("serious", 2)] * 12)
        pair = sorted(event["case"] for event in found[0]["events"])
        self.assertEqual(pair[1], pair[0].replace("〔2024〕", "〔2024〕9"))

    def test_without_the_import_marker_every_case_is_late(self):
        self.anjie("import", LEDGER)
        strict = self.folder / "strict.json"
        strict.write_text('{"import_actors": []}')
        self.assertEqual(len(self.of_kind("late_entry", "--config", strict)), 12)
        self.assertGreater(len(self.of_kind("back_dated", "--config", strict)), 12)
        self.assertEqual(self.of_kind("late_entry"), [])
        bulk = self.of_kind("revisit_bulk", "--config", strict)
        self.assertEqual([finding["cases"] for finding in bulk], [12])


class ByHand(Audit):
    def test_a_late_entry_is_found_and_one_of_today_is_not(self):
        self.new("2024-03-01", "甲", "乙")
        self.anjie("case", "new", "--type", "neighbour", "--applicant", "丙", "--respondent", "丁", "--summary", "今天登记")
        late = self.of_kind("late_entry")
        self.assertEqual(len(late), 1)
        self.assertEqual(late[0]["severity"], "warning")
        self.assertEqual(late[0]["events"][0]["version"], 1)

    def test_thresholds_of_the_data_directory_and_of_a_file_are_used_and_shown(self):
        self.new("2024-03-01", "甲", "乙")
        (self.data / "audit.json").write_text('{"late_entry": {"days": 36000, "grave_days": 1}}')
        found = self.findings()
        self.assertEqual([one for one in found["findings"] if one["kind"] == "late_entry"], [])
        origins = {one["name"]: (one["value"], one["origin"]) for one in found["thresholds"]}
        self.assertEqual(origins["late_entry.days"], (36000, str(self.data / "audit.json")))
        self.assertEqual(origins["duplicate.window_days"][1], "default")
        other = self.folder / "mine.json"
        other.write_text('{"late_entry": {"days": 2}}')
        self.assertEqual(len(self.of_kind("late_entry", "--config", other)), 1)
        text, _ = self.anjie("audit", "findings", "--config", other)
        self.assertIn("late_entry.days", text)
        self.assertIn("mine.json", text)

    def test_likely_duplicates_name_the_cases_and_not_the_people(self):
        first = self.new("2024-03-01", "阿甲", "阿乙", "--summary", "院墙排水流入邻居院内")
        second = self.new("2024-03-20", "阿乙", "阿甲", "--summary", "院墙排水，流入邻居院内。")
        self.new("2024-03-20", "阿丙", "阿乙", "--summary", "借用水泵没有归还")
        found = self.of_kind("duplicate")
        self.assertEqual(len(found), 1)
        self.assertEqual(found[0]["severity"], "serious")
        self.assertEqual([event["case"] for event in found[0]["events"]], [first, second])


class Words(Audit):
    def test_the_table_in_both_languages_and_the_csv_file(self):
        self.anjie("import", LEDGER)
        english, _ = self.anjie("audit", "findings", "--year", "2024")
        for words in ("Extended without everybody's consent", "rule [M]", "Thresholds used", "a reason to ask"):
            self.assertIn(words, english)
        chinese, _ = self.anjie("audit", "findings", "--year", "2024", lang="zh")
        for words in ("延期未经全体同意", "依据 [M]", "所用门槛", "提问的理由"):
            self.assertIn(words, chinese)
        one, _ = self.anjie("audit", "findings", "--kind", "revisit_by_mediator", "--limit", "1")
        self.assertIn("3 more", one)
        file = self.folder / "findings.csv"
        self.anjie("audit", "findings", "--csv", file)
        rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
        self.assertEqual(len(rows), 5)
        self.assertTrue(all(row["zh"] and row["en"] and row["cited"] for row in rows))

    def test_help_says_that_findings_are_data(self):
        self.assertIn("exit code is 0", self.anjie("audit", "findings", "--help")[0])
        self.assertIn("退出码都是 0", self.anjie("audit", "findings", "--help", lang="zh")[0])

    def test_wrong_words_and_files_are_refused_with_a_sentence(self):
        bad = self.folder / "bad.json"
        bad.write_text('{"late_entry": {"days": "seven"}}')
        for words, code in ((["--kind", "gossip"], 2), (["--from", "soon"], 2), (["--from", "2024-02-01", "--to", "2024-01-01"], 2),
                            (["--config", bad], 2), (["--config", self.folder / "nowhere.json"], 5)):
            out, err = self.anjie("audit", "findings", *words, code=code)
            self.assertEqual(out, "")
            self.assertTrue(err.strip())
        _, err = self.anjie("audit", "findings", "--config", bad, code=2)
        self.assertIn("late_entry.days", err)
        self.assertIn("bad.json", err)
        self.anjie("audit", code=2)


if __name__ == "__main__":
    unittest.main(verbosity=1)
