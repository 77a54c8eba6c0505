#!/usr/bin/env python3
"""Uses the program as people do: end_to_end_test.py ANJIE SOURCE_DIRECTORY"""
import csv
import fcntl
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


def anjie(*words, data=None, lang="en", code=0, **environment):
    """Runs the program; expects an exit code; answers (stdout, stderr)."""
    env = {"PATH": os.environ["PATH"], "LANG": "zh_CN.UTF-8" if lang == "zh" else "C.UTF-8", "ANJIE_ACTOR": "tester", **environment}
    command = [str(ANJIE)] + (["-C", str(data)] if data else []) + [str(word) for word in words]
    done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=120, check=False)
    if done.returncode != code:
        raise AssertionError(f"{' '.join(command)}: exit {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}")
    return done.stdout, done.stderr


def data_of(*words, **options):
    return json.loads(anjie(*words, "--json", **options)[0])


class WithOffice(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="anjie-cli-"))
        self.data = self.folder / "office"
        anjie("init", self.data, *OFFICE)

    def tearDown(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def head(self):
        return data_of("verify", data=self.data)["events"]


class ExampleLedger(WithOffice):
    def test_the_years_figures_are_those_of_the_townships_report(self):
        anjie("import", LEDGER, data=self.data)
        report = data_of("report", "--year", "2024", data=self.data)
        figures = {figure["id"]: figure for figure in report["figures"]}
        self.assertEqual(figures["total"]["value"], 12)
        self.assertEqual(figures["succeeded"]["value"], 12)
        rates = {rate["definition"]: rate for rate in report["rates"]}
        self.assertEqual((rates["success_rate/1"]["numerator"], rates["success_rate/1"]["denominator"]), (12, 12))
        self.assertEqual(rates["success_rate/1"]["percent"], "100%")
        self.assertEqual((rates["revisit_coverage/1"]["numerator"], rates["revisit_coverage/1"]["denominator"]), (12, 12))
        text, _ = anjie("report", "--year", "2024", data=self.data)
        self.assertIn("100%", text)
        chinese, _ = anjie("report", "--year", "2024", data=self.data, lang="zh")
        self.assertIn("调解成功率", chinese)

    def test_the_same_ledger_twice_changes_nothing(self):
        anjie("import", LEDGER, data=self.data)
        before = self.head()
        anjie("import", LEDGER, data=self.data)
        self.assertEqual(self.head(), before)

    def test_a_dry_run_writes_nothing(self):
        anjie("import", LEDGER, "--dry-run", data=self.data)
        self.assertEqual(self.head(), 0)

    def test_lists_and_search_find_what_is_there(self):
        anjie("import", LEDGER, data=self.data)
        everything = data_of("case", "list", data=self.data)
        self.assertEqual(len(everything), 12)
        wages = data_of("case", "list", "--type", "migrant_wages", data=self.data)
        self.assertTrue(0 < len(wages) < 12)
        self.assertTrue(all(row["type"] == "migrant_wages" for row in wages))
        self.assertTrue(0 < len(data_of("case", "list", "--search", "草场", data=self.data)) < 12)
        self.assertEqual(data_of("case", "list", "--search", "\"' OR 1=1 --", data=self.data), [])
        first = data_of("case", "list", "--limit", "5", data=self.data)
        rest = data_of("case", "list", "--after", first[-1]["case_id"], data=self.data)
        self.assertEqual([row["number"] for row in first + rest], [row["number"] for row in everything])

    def test_a_replay_tells_who_when_what_and_by_which_rule(self):
        anjie("import", LEDGER, data=self.data)
        number = data_of("case", "list", data=self.data)[0]["number"]
        replay = data_of("replay", number, "--diff", data=self.data)
        events = replay["events"]
        self.assertEqual([event["version"] for event in events], list(range(1, len(events) + 1)))
        self.assertEqual(events[0]["event"], "case_registered")
        self.assertTrue(all(event["recorded_at"] >= events[0]["recorded_at"] for event in events))
        self.assertTrue(any(change["key"].startswith("deadline.revisit") for event in events for change in event["deadlines"]))
        shorter = data_of("replay", number, "--until", "3", data=self.data)
        self.assertEqual(len(shorter["events"]), 3)
        self.assertEqual(data_of("replay", number, "--until", "2020-01-01", data=self.data)["events"], [])

    def test_as_of_before_anything_was_recorded_knows_nothing(self):
        anjie("import", LEDGER, data=self.data)
        report = data_of("report", "--year", "2024", "--as-of", "2024-06-30", data=self.data)
        figures = {figure["id"]: figure for figure in report["figures"]}
        self.assertEqual(figures["total"]["value"], 0)

    def test_every_derived_thing_equals_its_rebuild(self):
        anjie("import", LEDGER, data=self.data)
        before = data_of("report", "--year", "2024", data=self.data)
        anjie("projection", "rebuild", data=self.data)
        self.assertEqual(data_of("report", "--year", "2024", data=self.data)["figures"], before["figures"])
        verified = data_of("verify", data=self.data)
        self.assertTrue(verified["sound"])
        self.assertGreater(verified["events"], 12 * 8)

    def test_the_report_as_csv_is_a_table(self):
        anjie("import", LEDGER, data=self.data)
        file = self.folder / "report.csv"
        anjie("report", "--year", "2024", "--csv", file, data=self.data)
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
        self.assertGreater(len(rows), 20)


class OneCaseByHand(WithOffice):
    def new(self, *words, **options):
        return data_of("case", "new", "--type", "neighbour", "--applicant", "甲", "--respondent", "乙", *words, data=self.data, **options)

    def test_a_case_from_registration_to_acceptance_and_what_is_due(self):
        first = self.new("--summary", "院墙")
        second = self.new()
        self.assertNotEqual(first["case"], second["case"])
        shown = data_of("case", "show", first["case"], data=self.data)
        allowed = {action["action"] for action in shown["allowed"]}
        refused = {action["action"]: action for action in shown["refused"]}
        self.assertIn("give_consent", allowed)
        self.assertIn("make_revisit", refused)
        self.assertTrue(refused["make_revisit"]["rule"]["id"])
        self.assertTrue(refused["make_revisit"]["remedy"]["zh"])
        anjie("case", "do", first["case"], "give_consent", "--party", "2", data=self.data)
        anjie("case", "do", first["case"], "accept_case", data=self.data)
        due = data_of("due", "--within", "2m", data=self.data)
        self.assertIn((first["case"], "mediation"), {(row["case"], row["deadline"]) for row in due})

    def test_what_is_overdue_is_shown_and_recorded_once(self):
        case = self.new("--at", "2024-03-01")["case"]
        anjie("case", "do", case, "give_consent", "--party", "2", "--at", "2024-03-01", data=self.data)
        anjie("case", "do", case, "accept_case", "--at", "2024-03-01", data=self.data)
        overdue = data_of("due", "--overdue", data=self.data)
        self.assertEqual([(row["case"], row["deadline"]) for row in overdue], [(case, "mediation")])
        self.assertLess(overdue[0]["days_left"], 0)
        alarms = [event for event in data_of("replay", case, data=self.data)["events"] if event["event"] == "alarm_raised"]
        self.assertEqual([alarm["fields"]["level"] for alarm in alarms], ["early", "near", "last day", "passed"])
        anjie("due", data=self.data)
        self.assertEqual(len(data_of("replay", case, data=self.data)["events"]), 3 + len(alarms))
        self.assertTrue(data_of("verify", data=self.data)["sound"])

    def test_a_refusal_names_the_rule_the_facts_and_the_way_out(self):
        case = self.new()["case"]
        anjie("case", "do", case, "refuse_consent", "--party", "2", data=self.data)
        _, why = anjie("case", "do", case, "accept_case", data=self.data, code=4)
        self.assertIn("rule:", why)
        self.assertIn("facts:", why)
        self.assertIn("do:", why)
        _, chinese = anjie("case", "do", case, "accept_case", data=self.data, code=4, lang="zh")
        self.assertIn("依据：", chinese)

    def test_the_same_command_id_is_done_once(self):
        case = self.new()["case"]
        identifier = "0190b5a0-0000-7000-8000-000000000001"
        first = data_of("case", "do", case, "give_consent", "--party", "2", "--command-id", identifier, data=self.data)
        again = data_of("case", "do", case, "give_consent", "--party", "2", "--command-id", identifier, data=self.data)
        self.assertFalse(first["repeated"])
        self.assertTrue(again["repeated"])
        self.assertEqual(first["events"], again["events"])

    def test_an_expected_version_that_has_passed_is_a_conflict(self):
        case = self.new()["case"]
        anjie("case", "do", case, "give_consent", "--party", "2", "--expect", "7", data=self.data, code=4)

    def test_a_number_is_given_only_once(self):
        self.new("--number", "尼阿调〔2024〕7号", "--at", "2024-03-01")
        anjie("case", "new", "--type", "neighbour", "--applicant", "丙", "--respondent", "丁", "--number", "尼阿调〔2024〕7号", "--at",
              "2024-03-02", data=self.data, code=4)


class Screenings(WithOffice):
    def act(self, *words, **options):
        return anjie("screening", "do", *words, data=self.data, **options)

    def test_a_nil_report_is_a_report_and_the_years_table_counts_it(self):
        number = "尼阿排〔2024〕1号"
        self.act("-", "open_campaign", "--number", number, "--theme", "施工领域劳资纠纷", "--area", "540629", "--from", "2024-05-01", "--to",
                 "2024-05-31", "--organiser", "540629-102", "--kind", "special", "--at", "2024-05-01")
        self.act(number, "close_campaign", "--at", "2024-05-31", code=4)
        self.act(number, "report_round", "--round", "1", "--unit", "540629-102", "--on", "2024-05-10", "--nil_report", "--at", "2024-05-10")
        self.act(number, "report_lead", "--lead", "1", "--round", "1", "--risk", "yellow", "--at", "2024-05-10", code=4)
        self.act(number, "close_campaign", "--at", "2024-05-31")
        self.assertEqual([row["phase"] for row in data_of("screening", "list", data=self.data)], ["closed"])
        text = json.dumps(data_of("report", "--year", "2024", data=self.data)["sections"], ensure_ascii=False)
        rows = [row for section in json.loads(text) if section["id"].startswith("screening") for row in section["rows"]]
        self.assertIn(1, [cell["value"] for row in rows for cell in row["cells"]])
        self.assertTrue(data_of("verify", data=self.data)["sound"])


class BadInput(WithOffice):
    """Whatever is fed in: a sentence, the right exit code, no internals, and the data directory as before."""

    def fingerprint(self):
        return data_of("verify", data=self.data)["events"]

    def check(self, *words, code, data=True):
        before = self.fingerprint()
        out, err = anjie(*words, data=self.data if data else None, code=code)
        for internals in ("terminate called", "what():", "std::", "rocksdb::", "Traceback", "assert"):
            self.assertNotIn(internals, out + err)
        self.assertTrue(err.strip(), "no sentence")
        self.assertEqual(self.fingerprint(), before)

    def test_wrong_words(self):
        self.check("reprot", code=2)
        self.check(code=2)
        self.check("report", "--year", "abc", code=2)
        self.check("report", "--year", "99999", code=2)
        self.check("due", "--within", "soon", code=2)
        self.check("due", "--on", "2024-02-30", code=2)
        self.check("case", "list", "--type", "quarrel", code=2)
        self.check("case", "list", "--from", "yesterday", code=2)
        self.check("replay", "nothing-like-this", code=5)
        self.check("replay", "x" * 100_000, code=5)
        self.check("case", "new", "--type", "neighbour", "--applicant", "甲", "--respondent", "乙", "--amount", "lots", code=2)
        self.check("case", "new", "--type", "neighbour", "--applicant", "甲", "--respondent", "乙", "--number", "seven", code=2)
        self.check("case", "new", "--type", "neighbour", "--applicant", "甲" * 20_000, "--respondent", "乙", code=2)
        self.check("case", "new", "--type", "neighbour", "--applicant", "甲", "--respondent", "乙", "--at", "2199-01-01", code=4)
        self.check("projection", "rebuild", "nothing", code=5)
        self.check("init", self.data, code=4)

    def test_wrong_fields_of_an_action(self):
        case = data_of("case", "new", "--type", "neighbour", "--applicant", "甲", "--respondent", "乙", data=self.data)["case"]
        self.check("case", "do", case, "fly", code=2)
        self.check("case", "do", case, "give_consent", "--party", "many", code=2)
        self.check("case", "do", case, "give_consent", "--party", "70000", code=2)
        self.check("case", "do", case, "give_consent", "--colour", "red", code=2)
        self.check("case", "do", case, "refuse_acceptance", "--ground", "because", code=2)
        self.check("case", "do", case, "give_consent", "--party", "2", "--command-id", "1", code=2)

    def test_files_that_are_no_ledger(self):
        folder = self.folder
        hostile = {
            "missing.csv": None,
            "empty.csv": b"",
            "zeros.csv": b"\0" * 4096,
            "zip.xlsx": b"PK\x03\x04" + bytes(range(256)) * 16,
            "quote.csv": "案号,受理日期\n\"尼阿调〔2024〕1号,2024-01-01\n".encode(),
            "headers.csv": "甲,乙,丙\n1,2,3\n".encode(),
            "latin.csv": bytes(range(128, 256)) * 20,
        }
        for name, content in hostile.items():
            if content is not None:
                (folder / name).write_bytes(content)
            before = self.fingerprint()
            done = subprocess.run([str(ANJIE), "-C", str(self.data), "import", str(folder / name)], capture_output=True, timeout=60, check=False)
            self.assertIn(done.returncode, (2, 4, 5), name)
            self.assertTrue(done.stderr.strip() or done.stdout.strip(), name)
            self.assertEqual(self.fingerprint(), before, name)

    def test_a_place_that_is_no_data_directory(self):
        _, err = anjie("report", "--year", "2024", data=self.folder / "nowhere", code=5)
        self.assertIn("anjie init", err)
        (self.data / "anjie.json").write_text("{ not json")
        anjie("report", "--year", "2024", data=self.data, code=2)

    def test_two_programs_at_once_do_not_share_a_directory(self):
        with open(self.data / "log" / "LOCKED", "r+", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _, err = anjie("case", "list", data=self.data, code=6)
        self.assertTrue(err.strip())


class TheProgramItself(unittest.TestCase):
    def test_help_begins_with_what_it_is_and_has_examples(self):
        out, _ = anjie("--help")
        self.assertIn("Examples:", out)
        out, _ = anjie("--help", lang="zh")
        self.assertIn("例子", out)
        for command in ("init", "import", "case", "due", "report", "replay", "verify", "projection", "bench", "completion"):
            self.assertTrue(anjie(command, "--help")[0])
        self.assertRegex(anjie("--version")[0], r"^anjie \d+\.\d+\.\d+\s*$")

    def test_a_close_word_is_suggested(self):
        _, err = anjie("reprot", code=2)
        self.assertIn("report", err)

    def test_bash_completes_commands_and_options(self):
        script, _ = anjie("completion", "bash")
        def complete(*words):
            line = " ".join(f"'{word}'" for word in words)
            program = f"{script}\nCOMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _anjie; printf '%s\\n' \"${{COMPREPLY[@]}}\""
            return subprocess.run(["bash", "-c", program], capture_output=True, text=True, timeout=20, check=True).stdout.split()
        self.assertIn("report", complete("anjie", "rep"))
        self.assertIn("rebuild", complete("anjie", "projection", "re"))
        self.assertIn("--within", complete("anjie", "due", "--w"))
        self.assertTrue(anjie("completion", "fish")[0])
        self.assertTrue(anjie("completion", "zsh")[0])

    def test_data_goes_to_stdout_and_nothing_coloured_to_a_pipe(self):
        with tempfile.TemporaryDirectory() as folder:
            data = pathlib.Path(folder) / "d"
            out, err = anjie("init", data, *OFFICE)
            self.assertEqual(out, "")
            self.assertTrue(err)
            out, _ = anjie("due", data=data)
            self.assertNotIn("\033", out)


if __name__ == "__main__":
    unittest.main(verbosity=1)
