#!/usr/bin/env python3
"""Dossiers and provable reports, made, checked and forged: dossier_test.py ANJIE SIGN_HEAD SOURCE_DIRECTORY"""
import hashlib
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile

ANJIE = pathlib.Path(sys.argv.pop(1))
SIGN_HEAD = pathlib.Path(sys.argv.pop(1))
SOURCE = pathlib.Path(sys.argv.pop(1))
LEDGER = SOURCE / "examples" / "asuo-2024.csv"
OFFICE = ["--org", "540629-102", "--jurisdiction", "540629", "--committee", "township", "--prefix", "尼阿调"]
ORIGIN = "cases.example.org/log1"


def run(*words, code=0, data=None):
    command = [str(ANJIE)] + (["-C", str(data)] if data else []) + [str(word) for word in words]
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "ANJIE_ACTOR": "tester"}
    done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=120, check=False)
    if done.returncode != code:
        raise AssertionError(f"{' '.join(command)}: exit {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def sign_head(*words):
    return subprocess.run([str(SIGN_HEAD), *map(str, words)], capture_output=True, text=True, check=True).stdout


def leaf(record):
    return hashlib.sha256(b"\0" + record).digest()


def frame(record):
    return struct.pack(">H", len(record)) + leaf(record)[:8] + record


def records_in(entry):
    records, at = [], 0
    while at < len(entry):
        length = struct.unpack_from(">H", entry, at)[0]
        records.append(entry[at + 10:at + 10 + length])
        at += 10 + length
    return records


def read_zip(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_zip(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


class Proofs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="anjie-proof-"))
        cls.office = cls.folder / "office"
        run("init", cls.office, *OFFICE)
        run("import", LEDGER, data=cls.office)
        cls.secret, cls.key = sign_head("key", ORIGIN).split()
        cls.other_secret, cls.other_key = sign_head("key", ORIGIN).split()
        cls.checkpoint = cls.folder / "checkpoint"
        cls.checkpoint.write_text(sign_head("sign", cls.secret, cls.office / "log"))
        cls.size = int(cls.checkpoint.read_text().splitlines()[1])
        cls.old = cls.folder / "old-checkpoint"
        cls.old.write_text(sign_head("sign", cls.secret, cls.office / "log", cls.size - 50))
        cls.dossier = cls.folder / "dossier.zip"
        run("export", "dossier", "尼阿调〔2024〕3号", cls.dossier, "--checkpoint", cls.checkpoint, data=cls.office)
        cls.report = cls.folder / "report.zip"
        run("report", "--year", "2024", "--prove", cls.report, "--checkpoint", cls.checkpoint, "--since", cls.old,
            data=cls.office)
        cls.whole = cls.folder / "whole.zip"
        run("report", "--year", "2024", "--prove", cls.whole, "--complete", "--checkpoint", cls.checkpoint,
            data=cls.office)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    def verdict(self, path, *words, code=0):
        return json.loads(run("verify", path, "--json", *words, code=code))

    def judge(self, entries, *words, key=None):
        """The findings of a forged archive; it must not pass."""
        path = write_zip(self.folder / "forged.zip", entries)
        verdict = self.verdict(path, "--key", key or self.key, *words, code=3)
        self.assertFalse(verdict["sound"])
        self.assertTrue(verdict["findings"])
        return verdict["findings"]

    def names(self, findings, about, **expected):
        for finding in findings:
            if finding["about"] == about and all(str(value) in str(finding.get(key, "")) for key, value in expected.items()):
                return finding
        raise AssertionError(f"no finding about {about} with {expected} in {json.dumps(findings, ensure_ascii=False)}")

    def place_of(self, entries, number):
        event = json.loads(entries["history.json"])["events"][number]
        return {"version": event["version"], "position": event["position"]}

    # What an honest archive shows.

    def test_a_dossier_is_proved_where_there_is_no_data_directory(self):
        lonely = self.folder / "elsewhere"
        lonely.mkdir()
        shutil.copy(self.dossier, lonely / "it.zip")
        verdict = self.verdict(lonely / "it.zip", "--key", self.key)
        self.assertEqual((verdict["kind"], verdict["cases"], verdict["signed_by"]), ("dossier", 1, [ORIGIN]))
        self.assertTrue(any("withheld" in limit["en"] for limit in verdict["cannot_show"]))
        history = json.loads(read_zip(self.dossier)["history.json"])
        self.assertEqual([event["version"] for event in history["events"]], list(range(1, verdict["events"] + 1)))
        self.assertIn("PROVED", run("verify", self.dossier, "--key", self.key))

    def test_a_report_is_computed_anew(self):
        verdict = self.verdict(self.report, "--key", self.key)
        self.assertGreater(verdict["figures"], 100)
        self.assertEqual(verdict["cases"], 12)
        self.assertEqual(verdict["since"]["size"], self.size - 50)
        # Every event of this log is behind some figure of the year; a month shows fewer, and says what that means.
        self.assertTrue(any("the whole log is here" in limit["en"] for limit in verdict["cannot_show"]))
        april = self.folder / "april.zip"
        run("report", "--year", "2024", "--month", "4", "--prove", april, "--checkpoint", self.checkpoint, data=self.office)
        part = self.verdict(april, "--key", self.key)
        self.assertLess(part["events"], self.size)
        self.assertTrue(any("omitted" in limit["en"] for limit in part["cannot_show"]))
        stated = json.loads(read_zip(self.report)["report.json"])
        printed = json.loads(run("report", "--year", "2024", "--json", data=self.office))
        self.assertEqual([(f["id"], f["value"]) for f in stated["figures"]], [(f["id"], f["value"]) for f in printed["figures"]])

    def test_the_whole_log_rules_out_omissions(self):
        verdict = self.verdict(self.whole, "--key", self.key)
        self.assertEqual((verdict["complete"], verdict["events"]), (True, self.size))
        self.assertEqual(read_zip(self.whole)["proof"], b"")
        self.assertTrue(any("the whole log is here" in limit["en"] for limit in verdict["cannot_show"]))

    def test_a_key_may_come_from_a_file_and_no_key_is_not_enough(self):
        file = self.folder / "key.txt"
        file.write_text(self.key + "\n")
        self.verdict(self.report, "--key", file)
        self.names(self.verdict(self.report, code=3)["findings"], "checkpoint", reason="no key was given")
        verdict = self.verdict(self.report, "--no-key")
        self.assertFalse(verdict["signature_checked"])
        self.assertIn("nobody's signature", verdict["cannot_show"][0]["en"])

    def test_this_year_goes_on_from_last_year(self):
        earlier = self.folder / "earlier.zip"
        run("report", "--year", "2024", "--prove", earlier, "--checkpoint", self.old, data=self.office)
        for since in (self.old, earlier):
            verdict = self.verdict(self.report, "--key", self.key, "--since", since)
            self.assertEqual(verdict["since"]["size"], self.size - 50)
        self.names(self.verdict(self.whole, "--key", self.key, "--since", self.old, code=3)["findings"], "link", reason="no link")
        rewritten = self.folder / "rewritten"
        root = self.checkpoint.read_text().splitlines()[2]
        rewritten.write_text(sign_head("text", self.secret, ORIGIN, self.size - 50, root))
        self.names(self.verdict(self.report, "--key", self.key, "--since", rewritten, code=3)["findings"], "link",
                   reason="one history")

    def test_as_of_a_past_moment(self):
        path = self.folder / "past.zip"
        run("report", "--year", "2024", "--as-of", "2024-12-31", "--prove", path, "--checkpoint", self.checkpoint,
            data=self.office)
        self.assertEqual(self.verdict(path, "--key", self.key)["events"], 0)  # Nothing had been recorded by then.
        run("report", "--year", "2024", "--public", "--prove", path, "--checkpoint", self.checkpoint, data=self.office, code=2)

    def test_the_archive_is_the_same_every_time(self):
        again = self.folder / "again.zip"
        run("export", "dossier", "尼阿调〔2024〕3号", again, "--checkpoint", self.checkpoint, data=self.office)
        self.assertEqual(again.read_bytes(), self.dossier.read_bytes())

    # What a forger may try.

    def test_one_changed_byte_in_any_entry_is_found_and_named(self):
        for archive in (self.dossier, self.report):
            entries = read_zip(archive)
            for name, content in entries.items():
                if not content:
                    continue
                for at in {0, len(content) // 2, len(content) - 1}:
                    changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1:]
                    findings = self.judge({**entries, name: changed})
                    about = {"checkpoint": ["checkpoint"], "proof": ["proof"], "manifest.json": ["manifest", "case", "report", "record", "entry", "figure"],
                             "since/checkpoint": ["link"], "since/proof": ["link"]}.get(name)
                    about = about or (["record", "case"] if name.startswith("records/") else ["entry", "figure", "rate", "report"])
                    self.assertTrue(any(finding["about"] in about for finding in findings), f"{name} at {at}: {findings}")

    def test_a_changed_record_is_named_by_case_version_and_position(self):
        entries = read_zip(self.dossier)
        records = records_in(entries["records/00000000"])
        content = bytearray(entries["records/00000000"])
        at = content.index(b"540629-102", sum(10 + len(record) for record in records[:4]))
        content[at] ^= 1
        finding = self.names(self.judge({**entries, "records/00000000": bytes(content)}), "record", **self.place_of(entries, 4))
        self.assertEqual(finding["case_id"], json.loads(entries["manifest.json"])["case"])
        # Even when whatever the archive says of the record is made to fit.
        records[4] = records[4].replace(b"540629-102", b"540629-103")
        self.names(self.judge({**entries, "records/00000000": b"".join(map(frame, records))}), "proof")

    def test_a_dropped_last_event_is_found(self):
        entries = read_zip(self.dossier)
        records = records_in(entries["records/00000000"])
        short = b"".join(map(frame, records[:-1]))
        self.names(self.judge({**entries, "records/00000000": short}), "manifest", found=len(records) - 1)
        manifest = json.loads(entries["manifest.json"])
        text = entries["manifest.json"].decode()
        text = text.replace(f'"events": {manifest["events"]}', f'"events": {manifest["events"] - 1}')
        text = text.replace(f'"versions": {manifest["versions"]}', f'"versions": {manifest["versions"] - 1}')
        self.names(self.judge({**entries, "records/00000000": short, "manifest.json": text}), "proof")

    def test_a_dropped_middle_event_and_swapped_events_are_named(self):
        entries = read_zip(self.dossier)
        records = records_in(entries["records/00000000"])
        without = b"".join(map(frame, records[:2] + records[3:]))
        self.names(self.judge({**entries, "records/00000000": without}), "case", expected=3, found=4)
        swapped = b"".join(map(frame, [records[1], records[0]] + records[2:]))
        self.names(self.judge({**entries, "records/00000000": swapped}), "case", expected=1, found=2)

    def test_an_event_left_out_of_the_whole_log_is_found(self):
        entries = read_zip(self.whole)
        records = records_in(entries["records/00000000"])
        text = entries["manifest.json"].decode().replace(f'"events": {self.size}', f'"events": {self.size - 1}')
        short = b"".join(map(frame, records[:-1]))
        self.names(self.judge({**entries, "records/00000000": short, "manifest.json": text}), "proof")

    def test_an_altered_figure_or_rate_is_named_with_what_it_should_be(self):
        entries = read_zip(self.report)
        report = json.loads(entries["report.json"])
        figure = next(figure for figure in report["figures"] if figure["id"] == "succeeded")
        figure["value"], figure["text"] = 11, "11"
        finding = self.names(self.judge({**entries, "report.json": json.dumps(report)}), "figure", name="succeeded")
        self.assertEqual((finding["expected"], finding["found"]), ("12", "11"))
        report = json.loads(entries["report.json"])
        rate = next(rate for rate in report["rates"] if rate["definition"] == "success_rate/1")
        rate["numerator"], rate["percent"] = 11, "91.7%"
        finding = self.names(self.judge({**entries, "report.json": json.dumps(report)}), "rate", name="success_rate/1")
        self.assertEqual((finding["expected"], finding["found"]), ("12 / 12 = 100%", "11 / 12 = 91.7%"))
        self.assertIn("success_rate/1", run("verify", self.folder / "forged.zip", "--key", self.key, code=3))

    def test_two_figures_that_trade_their_cases_are_named(self):
        entries = read_zip(self.report)
        lists = {name: content.split(b"\n", 2)[2] for name, content in entries.items() if name.startswith("figures/type.")}
        (one, cases), (other, others) = [(name, lines) for name, lines in lists.items() if lines][:2]
        self.assertNotEqual(cases, others)
        head = lambda name: b"\n".join(entries[name].split(b"\n", 2)[:2]) + b"\n"
        findings = self.judge({**entries, one: head(one) + others, other: head(other) + cases})
        for name in (one, other):
            self.names(findings, "figure", name=name[len("figures/"):-len(".txt")])

    def test_an_omitted_case_changes_figures_that_do_not_follow(self):
        entries = read_zip(self.report)
        whole = read_zip(self.whole)
        leaves = [leaf(record) for record in records_in(whole["records/00000000"])]
        victim = entries["cases.txt"].decode().split()[0]
        self.assertEqual(len(entries["cases.txt"].decode().splitlines()), 12)
        marked = bytes.fromhex(victim.replace("-", ""))
        marked = marked[7::-1] + marked[15:7:-1]
        kept = [record for record in records_in(entries["records/00000000"]) if marked[:8] not in record]
        dropped = self.size - len(kept)
        self.assertGreater(dropped, 0)
        proof = multi_proof(leaves, {struct.unpack_from("<Q", record, 8 + 8)[0] - 1 for record in kept})
        text = entries["manifest.json"].decode().replace(f'"events": {len(records_in(entries["records/00000000"]))}', f'"events": {len(kept)}')
        text = text.replace('"cases": 12', '"cases": 11')
        findings = self.judge({**entries, "records/00000000": b"".join(map(frame, kept)), "proof": proof, "manifest.json": text})
        self.names(findings, "figure", name="total", expected="11", found="12")

    def test_a_wrong_key_another_log_and_a_foreign_checkpoint_are_refused(self):
        entries = read_zip(self.report)
        self.names(self.judge(entries, key=self.other_key), "checkpoint")
        foreign = sign_head("text", self.secret, ORIGIN, self.size, self.old.read_text().splitlines()[2])
        self.names(self.judge({**entries, "checkpoint": foreign}), "proof")
        other, _ = sign_head("key", "elsewhere.example.org/log").split()
        elsewhere = sign_head("text", other, "elsewhere.example.org/log", self.size, self.checkpoint.read_text().splitlines()[2])
        self.names(self.judge({**entries, "checkpoint": elsewhere}), "checkpoint")

    def test_entries_too_many_or_too_few_are_named(self):
        for archive in (self.dossier, self.report):
            entries = read_zip(archive)
            self.names(self.judge({**entries, "notes.txt": b"believe me"}), "entry", name="notes.txt")
            self.names(self.judge({**entries, "records/00000007": b""}), "entry", name="records/00000007")
            for name in entries:
                rest = {other: content for other, content in entries.items() if other != name}
                self.judge(rest)

    def test_a_half_year_cannot_be_called_a_year(self):
        entries = read_zip(self.report)
        text = entries["manifest.json"].decode().replace('"to": "2024-12-31"', '"to": "2024-06-30"')
        self.names(self.judge({**entries, "manifest.json": text}), "report", reason="period")

    def test_a_truncated_archive_is_refused(self):
        content = self.report.read_bytes()
        for length in (10, len(content) // 2, len(content) - 1):
            path = self.folder / "cut.zip"
            path.write_bytes(content[:length])
            self.names(self.verdict(path, "--key", self.key, code=3)["findings"], "archive")

    def test_a_log_that_does_not_hold_the_checkpoint_proves_nothing(self):
        lie = self.folder / "lie"
        lie.write_text(sign_head("text", self.secret, ORIGIN, self.size, self.old.read_text().splitlines()[2]))
        run("report", "--year", "2024", "--prove", self.folder / "none.zip", "--checkpoint", lie, data=self.office, code=3)
        self.assertFalse((self.folder / "none.zip").exists())


def multi_proof(leaves, shown):
    """The proof of many as the format's text has it: roots of the largest subtrees without a shown leaf."""
    def root(begin, end):
        if end - begin == 1:
            return leaves[begin]
        middle = begin + (1 << ((end - begin - 1).bit_length() - 1))
        return hashlib.sha256(b"\1" + root(begin, middle) + root(middle, end)).digest()

    def walk(begin, end):
        if not any(begin <= index < end for index in shown):
            return root(begin, end)
        if end - begin == 1:
            return b""
        middle = begin + (1 << ((end - begin - 1).bit_length() - 1))
        return walk(begin, middle) + walk(middle, end)

    return walk(0, len(leaves))


if __name__ == "__main__":
    unittest.main(verbosity=1)
