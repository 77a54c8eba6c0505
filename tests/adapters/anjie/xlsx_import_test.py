#!/usr/bin/env python3
"""Ledgers in workbooks, as people's programs save them: xlsx_import_test.py ANJIE SOURCE_DIRECTORY"""
import csv
import datetime
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile

import openpyxl

ANJIE = pathlib.Path(sys.argv.pop(1))
SOURCE = pathlib.Path(sys.argv.pop(1))
LEDGER = SOURCE / "examples" / "asuo-2024.csv"
OFFICE = ["--org", "540629-102", "--jurisdiction", "540629", "--committee", "township", "--prefix", "尼阿调"]
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def anjie(*words, data=None, code=0):
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "ANJIE_ACTOR": "tester"}
    command = [str(ANJIE)] + (["-C", str(data)] if data else []) + [str(word) for word in words]
    done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=120, check=False)
    if done.returncode != code:
        raise AssertionError(f"{' '.join(command)}: exit {done.returncode}, expected {code}\n{done.stdout}\n{done.stderr}")
    return done.stdout, done.stderr


def example():
    with open(LEDGER, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def typed(text):
    """What a person's program makes of what they type: days and numbers, where it can."""
    found = DAY.fullmatch(text)
    if found:
        return datetime.date(*map(int, found.groups()))
    return int(text) if re.fullmatch(r"\d{1,9}", text) else (text or None)


class Import(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="anjie-xlsx-"))
        self.data = self.folder / "office"
        anjie("init", self.data, *OFFICE)

    def tearDown(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def save(self, book, name="a.xlsx"):
        book.save(self.folder / name)
        return self.folder / name

    def workbook(self, table, convert=typed):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "台账"
        for row in table:
            sheet.append([convert(cell) for cell in row])
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, datetime.date):
                    cell.number_format = 'yyyy"年"m"月"d"日"'
        return book

    def report(self, file, *words, code=0):
        return json.loads(anjie("import", file, "--json", *words, data=self.data, code=code)[0])

    def head(self):
        return json.loads(anjie("verify", "--json", data=self.data)[0])["events"]

    def problem(self, content, name="a.xlsx"):
        file = self.folder / name
        file.write_bytes(content)
        report = self.report(file, code=2)
        self.assertFalse(report["readable"])
        self.assertEqual(report["totals"]["rows"], 0)
        for message in report["messages"]:
            self.assertTrue(message["zh"] and message["remedy"]["zh"])
        return " ".join(message["en"] + "; " + message["remedy"]["en"] for message in report["messages"])

    def test_a_workbook_gives_the_cases_that_the_text_gives(self):
        first = self.report(LEDGER)
        self.assertEqual(first["totals"]["entered"], 12)
        before = self.head()
        again = self.report(self.save(self.workbook(example())))
        self.assertEqual((again["totals"]["unchanged"], again["totals"]["commands"]), (12, 0), again)
        self.assertEqual((again["encoding"], again["sheet"]), ("XLSX", "台账"))
        self.assertEqual(self.head(), before)
        self.assertEqual([row["number"] for row in again["rows"]], [row["number"] for row in first["rows"]])

    def test_it_works_the_other_way_round_and_a_dry_run_writes_nothing(self):
        file = self.save(self.workbook(example(), lambda cell: cell or None))
        dry = self.report(file, "--dry-run")
        self.assertEqual((dry["totals"]["entered"], self.head()), (12, 0))
        self.assertEqual(self.report(file)["totals"]["entered"], 12)
        self.assertEqual(self.report(file)["totals"]["commands"], 0)
        self.assertEqual(self.report(LEDGER)["totals"]["commands"], 0)

    def test_titles_merged_headers_blank_rows_and_totals_are_understood(self):
        table = example()
        header = table[0]
        book = openpyxl.Workbook()
        sheet = book.active
        sheet["A1"] = "阿索乡2024年调解台账"
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(header))
        revisit = header.index("回访日期")
        for column, name in enumerate(header, 1):
            inside = revisit < column <= revisit + 3
            sheet.cell(row=4 if inside else 3, column=column, value=name)
            if not inside:
                sheet.merge_cells(start_row=3, start_column=column, end_row=4, end_column=column)
        sheet.cell(row=3, column=revisit + 1, value="回访")
        sheet.merge_cells(start_row=3, start_column=revisit + 1, end_row=3, end_column=revisit + 3)
        for place, row in zip((5, 8), table[1:3]):
            for column, cell in enumerate(row, 1):
                sheet.cell(row=place, column=column, value=typed(cell))
        sheet.cell(row=9, column=1, value="合计")
        for row in range(10, 400):
            sheet.cell(row=row, column=3).font = openpyxl.styles.Font(bold=True)
        report = self.report(self.save(book))
        self.assertEqual(report["totals"]["entered"], 2, report)
        self.assertEqual([(row["line"], row["outcome"]) for row in report["rows"]],
                         [(5, "entered"), (8, "entered"), (9, "skipped")])
        self.assertEqual([m for m in report["messages"] if m["severity"] != "note"], [])
        number = report["rows"][0]["number"]
        self.assertIn("2024-02-08", anjie("case", "show", number, data=self.data)[0])

    def test_what_cannot_be_known_refuses_its_row_and_says_how_to_mend_it(self):
        table = example()
        book = self.workbook([table[0] + ["申请人身份证号"]] + [row + [""] for row in table[1:6]])
        sheet = book.active
        identity = len(table[0]) + 1
        sheet.cell(row=2, column=identity, value=540629199001011234)
        sheet.cell(row=3, column=identity, value="540629199001011234")
        sheet.cell(row=4, column=2, value="#REF!").data_type = "e"
        sheet.cell(row=5, column=3, value="=A1")
        sheet.merge_cells("A6:A7")
        sheet.cell(row=7, column=5, value="另一人")
        report = self.report(self.save(book), code=4)
        said = {row["line"]: (row["outcome"], " ".join(m["column"] + ": " + m["en"] + m["remedy"]["en"] for m in row["messages"]))
                for row in report["rows"]}
        self.assertEqual({line: outcome for line, (outcome, _) in said.items()},
                         {2: "refused", 3: "entered", 4: "refused", 5: "refused", 6: "refused", 7: "refused"})
        self.assertIn("申请人身份证号: a number of more than 15 digits", said[2][1])
        self.assertIn("format to text", said[2][1])
        self.assertIn("受理日期: the formula of this cell yields an error", said[4][1])
        self.assertIn("never calculated", said[5][1])
        self.assertIn("merged over rows 6 to 7", said[6][1])
        self.assertIn("merged over rows 6 to 7", said[7][1])

    def test_hidden_sheets_are_passed_over_and_a_sheet_can_be_named(self):
        table = example()
        book = self.workbook(table[:3])
        other = book.create_sheet("代码表", 0)
        other.sheet_state = "hidden"
        other["A1"] = "x"
        third = book.create_sheet("二月")
        for row in [table[0], table[4]]:
            third.append([typed(cell) for cell in row])
        file = self.save(book)
        report = self.report(file)
        self.assertEqual((report["sheet"], report["totals"]["entered"]), ("台账", 2))
        self.assertTrue(report["messages"][0]["en"].endswith("there are also: 二月"), report["messages"])
        self.assertEqual(self.report(file, "--sheet", "二月")["totals"]["entered"], 1)
        self.assertIn("there is no sheet", json.dumps(self.report(file, "--sheet", "三月", code=2)))
        anjie("import", LEDGER, "--sheet", "x", data=self.data, code=2)

    def test_other_kinds_of_files_are_told_what_they_are(self):
        compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)
        self.assertIn("old kind", self.problem(compound, "a.xls"))
        self.assertIn("save it as .xlsx", self.problem(compound, "b.xlsx"))
        self.assertIn("password", self.problem(compound + "EncryptedPackage".encode("utf-16le") + bytes(100)))
        good = self.save(self.workbook(example())).read_bytes()
        self.assertIn("not a sound .xlsx", self.problem(good[:len(good) // 2], "b.xlsx"))

    def test_archives_that_lie_are_refused(self):
        good = self.save(self.workbook(example()))
        with zipfile.ZipFile(good) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}

        def archive_of(entries):
            file = self.folder / "made.zip"
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
                for name, content in entries:
                    made.writestr(name, content)
            return file.read_bytes()

        with_bomb = dict(parts) | {"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * (64 << 20) + b"</worksheet>"}
        self.assertIn("more than 300 to 1", self.problem(archive_of(with_bomb.items())))
        laughs = b'<!DOCTYPE l [<!ENTITY a "ha">]><worksheet>&a;</worksheet>'
        self.assertIn("document type", self.problem(archive_of((dict(parts) | {"xl/worksheets/sheet1.xml": laughs}).items())))
        import warnings
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.assertIn("already exists", self.problem(archive_of(list(parts.items()) + [("xl/workbook.xml", b"<workbook/>")])))
        # A directory that promises fewer bytes than there are.
        sound = bytearray(archive_of(parts.items()))
        at = sound.find(b"PK\x01\x02")
        struct.pack_into("<I", sound, at + 24, 1)
        self.assertIn("not a sound .xlsx", self.problem(bytes(sound)))

    def test_an_archive_written_without_going_back_is_read(self):
        good = self.save(self.workbook(example()))

        class Pipe:
            def __init__(self):
                self.bytes = bytearray()

            def write(self, piece):
                self.bytes += piece
                return len(piece)

            def flush(self):
                pass

        pipe = Pipe()
        with zipfile.ZipFile(good) as archive, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as made:
            for name in archive.namelist():
                made.writestr(name, archive.read(name))
        file = self.folder / "piped.xlsx"
        file.write_bytes(bytes(pipe.bytes))
        self.assertEqual(self.report(file)["totals"]["entered"], 12)


if __name__ == "__main__":
    unittest.main()
